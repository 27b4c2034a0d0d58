"""A bulk run: one wish about everything a filter matched, frozen before it is carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from console.domain.ids import Instant
from console.i18n import Text

UNDO: Final = "undo"  # the kind of a run that takes another one back


class RunStatus(StrEnum):
    """Where a run stands; only a running one is carried on."""

    PLANNED = "planned"
    ASKED = "asked"  # waits for a second person
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    CANCELLED = "cancelled"


class RowResult(StrEnum):
    """What became of one row."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


OPEN: Final = frozenset({RunStatus.PLANNED, RunStatus.ASKED, RunStatus.RUNNING, RunStatus.PAUSED})
STATUS_NAMES: Final = {
    RunStatus.PLANNED: Text("Planejada", "Planned", "Planificada"),
    RunStatus.ASKED: Text("Aguarda aprovação", "Awaits approval", "Espera aprobación"),
    RunStatus.RUNNING: Text("Em andamento", "Running", "En curso"),
    RunStatus.PAUSED: Text("Pausada", "Paused", "En pausa"),
    RunStatus.DONE: Text("Concluída", "Done", "Concluida"),
    RunStatus.CANCELLED: Text("Cancelada", "Cancelled", "Cancelada"),
}


@dataclass(frozen=True, slots=True)
class BulkRun:
    """One line of the ledger.

    `arguments` is the command as JSON, `filter` the expression it was made from, `counts` what
    the preview said: per sort of group, the number of rows by id or word. `author_id` is None
    for Central itself. `next_position` is the first row that was not looked at yet.
    """

    id: int
    kind: str
    arguments: str = "{}"
    filter: str = ""
    author_id: int | None = None
    status: RunStatus = RunStatus.PLANNED
    total_n: int = 0
    done_n: int = 0
    refused_n: int = 0
    next_position: int = 0
    undo_of_id: int | None = None
    approved_by_id: int | None = None
    planned_at: Instant = 0
    started_at: Instant | None = None
    ended_at: Instant | None = None
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reasons: tuple[Text, ...] = ()
    problem: Text | None = None

    @property
    def waiting_n(self) -> int:
        """How many rows are still to be done."""
        return self.total_n - self.done_n - self.refused_n

    @property
    def is_undo(self) -> bool:
        """Whether it takes another run back."""
        return self.kind == UNDO


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One frozen row: the version that was seen, and what it was before it was changed.

    `target_id` is whom the row goes to, when each goes to somebody of its own.
    """

    position: int
    conversation_id: int
    version: int
    was: str | None = None
    target_id: int | None = None
