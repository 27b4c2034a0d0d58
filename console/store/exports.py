"""Export jobs: written by commands and by the process that makes the files."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, delete, func, insert, not_, or_, select, update
from sqlalchemy.exc import IntegrityError

from console.domain.export import (
    KEPT,
    OPEN,
    SILENT,
    TABLE,
    TABLE_SILENT,
    ExportJob,
    JobStatus,
)
from console.domain.ids import Instant
from console.i18n import Text
from console.store import tables

_JOB: Final = tables.export_job
_USE: Final = tables.export_use


def add_job(connection: Connection, job: ExportJob) -> None:
    """Write a new job."""
    values = {c.name: getattr(job, c.name) for c in _JOB.c}
    connection.execute(insert(_JOB).values({**values, "columns": json.dumps(job.columns)}))


def change_job(connection: Connection, job_id: int, **values: Any) -> None:
    """Set some columns of a job."""
    problem = values.get("problem")
    if problem is not None:
        values["problem"] = json.dumps([problem.pt, problem.en, problem.es], ensure_ascii=False)
    connection.execute(update(_JOB).where(_JOB.c.id == job_id).values(**values))


def find_job(connection: Connection, job_id: int) -> ExportJob | None:
    """One job, whoever asked for it."""
    row = connection.execute(select(_JOB).where(_JOB.c.id == job_id)).mappings().first()
    return _job(row) if row else None


def jobs_of(connection: Connection, author_id: int, limit: int) -> list[ExportJob]:
    """The latest jobs of a person, the newest first, but for tables that came to nothing."""
    is_nothing = and_(_JOB.c.grain == TABLE, _JOB.c.status == JobStatus.CANCELLED)
    mine = _JOB.c.author_id == author_id, not_(is_nothing)
    wanted = select(_JOB).where(*mine).order_by(_JOB.c.id.desc())
    return [_job(row) for row in connection.execute(wanted.limit(limit)).mappings()]


def open_n(connection: Connection, author_id: int | None) -> int:
    """How many jobs that a person asked for are not over; those that come round do not count."""
    mine = _JOB.c.author_id == author_id if author_id else _JOB.c.author_id.is_(None)
    wanted = select(func.count()).where(mine, _JOB.c.status.in_(OPEN), _JOB.c.schedule_id.is_(None))
    return connection.scalar(wanted) or 0


def taken_n(connection: Connection, author_id: int, since: Instant, but_id: int) -> int:
    """How many rows a person's exports since an instant have, but for one of them.

    Those that failed or were given up do not count.
    """
    counted = _JOB.c.status.in_((*OPEN, JobStatus.DONE, JobStatus.TAKEN))
    mine = (_JOB.c.author_id == author_id, _JOB.c.asked_at >= since, _JOB.c.id != but_id)
    return int(connection.scalar(select(func.sum(_JOB.c.rows_n)).where(counted, *mine)) or 0)


def claim_job(connection: Connection, at: Instant) -> ExportJob | None:
    """Take the first job that waits, or that a dead process left; from now on it is running."""
    is_table = _JOB.c.grain == TABLE
    is_silent = or_(
        and_(is_table, _JOB.c.seen_at < at - TABLE_SILENT),
        and_(~is_table, _JOB.c.seen_at < at - SILENT),
    )
    left = and_(_JOB.c.status == JobStatus.RUNNING, is_silent)
    free = or_(_JOB.c.status == JobStatus.WAITING, left)
    wanted = select(_JOB).where(free).order_by(_JOB.c.id).limit(1)
    row = connection.execute(wanted.with_for_update(skip_locked=True)).mappings().first()
    if row is None:
        return None
    change_job(connection, row["id"], status=JobStatus.RUNNING, seen_at=at, rows_n=0)
    return _job({**row, "status": JobStatus.RUNNING, "seen_at": at, "rows_n": 0})


def is_waited_for(connection: Connection) -> bool:
    """Whether any job is not over; costs nothing when there is none."""
    return connection.scalar(select(_JOB.c.id).where(_JOB.c.status.in_(OPEN)).limit(1)) is not None


def finished_ids(connection: Connection, at: Instant) -> Sequence[int]:
    """The jobs whose files are to be kept: those in the making, and finished ones for a day."""
    fresh = and_(_JOB.c.status == JobStatus.DONE, _JOB.c.ended_at > at - KEPT)
    wanted = select(_JOB.c.id).where(or_(_JOB.c.status.in_(OPEN), fresh))
    return connection.scalars(wanted).all()


def use_link(connection: Connection, nonce: str, at: Instant) -> bool:
    """Take a link once; False when it was used before."""
    connection.execute(delete(_USE).where(_USE.c.at < at - KEPT))
    if connection.scalar(select(_USE.c.nonce).where(_USE.c.nonce == nonce)) is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(_USE).values(nonce=nonce, at=at))
    except IntegrityError:  # another click was faster
        return False
    return True


def _job(row: Mapping[Any, Any]) -> ExportJob:
    values = dict(row)
    problem = values["problem"]
    values["problem"] = Text(*json.loads(problem)) if problem else None
    values["columns"] = tuple(json.loads(values["columns"]))
    return ExportJob(**{**values, "status": JobStatus(values["status"])})
