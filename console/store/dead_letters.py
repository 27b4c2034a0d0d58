"""Bodies that came in and could not be taken in after every try: they wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select, update

from console.domain.ids import Instant
from console.store import tables
from console.store.bulk_write import id_set

DEAD: Final = "dead"
NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One body, without its words; `problem` says why it was given up."""

    id: int
    instance_id: int
    received_at: Instant
    attempts_n: int
    problem: str


def dead_letters(connection: Connection, limit: int = 50) -> list[DeadLetter]:
    """The newest ones first."""
    t = tables.webhook_raw
    problem = func.coalesce(t.c.problem, "")
    wanted = select(t.c.id, t.c.instance_id, t.c.received_at, t.c.attempts_n, problem)
    rows = connection.execute(wanted.where(t.c.state == DEAD).order_by(t.c.id.desc()).limit(limit))
    return [DeadLetter(*row) for row in rows]


def dead_n(connection: Connection) -> int:
    """How many there are."""
    t = tables.webhook_raw
    return connection.scalar(select(func.count()).where(t.c.state == DEAD)) or 0


def retry_dead(connection: Connection, ids: Sequence[int], at: Instant) -> list[int]:
    """Let these be taken in again at once; gives those that were still given up."""
    t = tables.webhook_raw
    again = {"state": NEW, "attempts_n": 0, "next_at": at, "ended_at": None, "problem": None}
    chosen = t.c.id.in_(id_set(connection, ids))
    return list(
        connection.scalars(
            update(t).where(chosen, t.c.state == DEAD).values(**again).returning(t.c.id)
        )
    )
