"""An export that somebody asked for: a file in the making, or one that waits to be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.agent import Acting, Right
from console.domain.ids import DAY, MINUTE, Instant
from console.i18n import Text

TABLE: Final = "table"  # the grain of what a page showed: nobody can make it anew
KEPT: Final = DAY  # how long a finished file waits
SILENT: Final = MINUTE  # without a sign of life the process that made it is taken for dead
TABLE_SILENT: Final = 5 * MINUTE  # who writes a table says nothing until it is done


class JobStatus(StrEnum):
    """Where an export stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    TAKEN = "taken"  # written by the command line, to a place of its own


STATUS_NAMES: Final = {
    JobStatus.WAITING: Text("Na fila", "Queued", "En cola"),
    JobStatus.RUNNING: Text("Em andamento", "Running", "En curso"),
    JobStatus.DONE: Text("Pronta", "Ready", "Lista"),
    JobStatus.FAILED: Text("Falhou", "Failed", "Falló"),
    JobStatus.CANCELLED: Text("Cancelada", "Cancelled", "Cancelada"),
    JobStatus.TAKEN: Text("Gravada no servidor", "Written on the server", "Grabada en el servidor"),
}
OPEN: Final = frozenset({JobStatus.WAITING, JobStatus.RUNNING})


@dataclass(frozen=True, slots=True)
class ExportJob:
    """One export; `made_for` is what its author was then: somebody with fewer rights gets nothing.

    `author_id` is None for Central itself. `total_n` is how many rows there will be, 0 unknown.
    `name` is that of a table which a page showed, `schedule_id` what it is a run of, and `reason`
    what a customer's data is taken away for. `columns` are those that were chosen, none for all.
    """

    id: int
    grain: str
    format: str
    filter: str
    author_id: int | None = None
    made_for: str = ""
    status: JobStatus = JobStatus.WAITING
    rows_n: int = 0
    total_n: int = 0
    bytes_n: int = 0
    sha256: str | None = None
    asked_at: Instant = 0
    seen_at: Instant | None = None
    ended_at: Instant | None = None
    problem: Text | None = None
    name: str = ""
    reason: str = ""
    schedule_id: int | None = None
    columns: tuple[str, ...] = ()

    def is_kept(self, at: Instant) -> bool:
        """Whether its file can still be fetched."""
        return self.status is JobStatus.DONE and at < (self.ended_at or 0) + KEPT


def rights_of(who: Acting) -> str:
    """What a file was made for: the role, and the teams where these bound what is seen."""
    teams = sorted(who.team_ids) if who.scope.kind != "all" else []
    return " ".join([who.role.value, *map(str, teams)])


def sees_as_much(who: Acting, made_for: str) -> bool:
    """Whether a file made for somebody shows a person nothing that is not theirs to see."""
    if not who.may(Right.EXPORT):
        return False
    is_everything = who.scope.kind == "all" and not who.is_masked
    return is_everything or rights_of(who) == made_for
