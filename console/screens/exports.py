"""Exports: the files somebody asked for, how far they are, and links to those that are ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.actions.base import NOT_ALLOWED
from console.actions.export import NO_SUCH_EXPORT
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.export import OPEN, ExportJob
from console.domain.ids import Instant
from console.exports import formats, grains, links
from console.exports.formats import Format
from console.exports.grains import Grain
from console.exports.links import Target
from console.i18n import Text
from console.readmodel import expression
from console.readmodel.model import ReadModel
from console.readmodel.watch import SlowQueryError
from console.store import exports
from console.store.work import Connection, Store, secret

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One export; the links are there while its file is kept, and are used up by one click."""

    job: ExportJob
    title: Text
    format: Format
    file: str | None = None
    manifest: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits or is being made."""
        return self.job.status in OPEN

    @property
    def share(self) -> float:
        """How much of it is made, as far as that is known."""
        return min(1.0, self.job.rows_n / self.job.total_n) if self.job.total_n else 0.0


def build(store: Store, who: Acting, now: Instant) -> tuple[Line, ...]:
    """The person's latest exports, the newest first; raises RuleError without the right."""
    check(who)
    with store.read() as connection:
        found = exports.jobs_of(connection, who.agent_id, MOST)
        key = secret(connection)
    return tuple(_line(job, who, key, now) for job in found)


def line_of(connection: Connection, job_id: int, who: Acting, now: Instant) -> Line:
    """One export of the person; raises RuleError for somebody else's."""
    job = exports.find_job(connection, job_id)
    if job is None or job.author_id != who.agent_id:
        raise RuleError(NO_SUCH_EXPORT)
    return _line(job, who, secret(connection), now)


def title_of(job: ExportJob) -> Text:
    """What its rows are: those of a table or a schedule go by its name."""
    grain = grains.BY_KEY.get(job.grain)
    return Text(job.name, job.name, job.name) if job.name or grain is None else grain.name


def rows_n(
    model: ReadModel, who: Acting, grain: Grain, filter_text: str, now: Instant
) -> int | None:
    """How many rows an export would hold, None when counting takes too long; raises RuleError."""
    check(who)
    try:
        return grains.count(grain, model, expression.parse(filter_text), who, now)
    except SlowQueryError:
        return None


def check(who: Acting) -> None:
    """Raise RuleError for a person who may not export."""
    if not who.may(Right.EXPORT):
        raise RuleError(NOT_ALLOWED)


def _line(job: ExportJob, who: Acting, key: bytes, now: Instant) -> Line:
    line = Line(job, title_of(job), formats.BY_KEY[job.format])
    if not job.is_kept(now):
        return line
    file, manifest = (_link(job, who, part, key, now) for part in ("file", "manifest"))
    return Line(job, line.title, line.format, file, manifest)


def _link(job: ExportJob, who: Acting, part: str, key: bytes, now: Instant) -> str:
    token = links.sealed(Target(job.id, who.agent_id, part), key, now)
    return f"/export/{job.id}/{part}?token={token}"
