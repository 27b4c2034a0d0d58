"""Bodies that providers posted: kept before anybody reads them, then worked through once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from console.domain.ids import MINUTE, SECOND, Instant, new_id
from console.store import tables
from console.store.bulk_write import id_set

MOST_TRIES: Final = 5
LEASE: Final = 30 * SECOND
_BACKOFF: Final = (2 * SECOND, 8 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE)
_RAW: Final = tables.webhook_raw


class RawState(StrEnum):
    """Where a body is on its way."""

    NEW = "new"
    DONE = "done"
    DEAD = "dead"  # could not be worked through; a person may have it tried again


@dataclass(frozen=True, slots=True)
class Body:
    """What came in: `headers` is JSON of the few that are kept."""

    instance_id: int
    sha256: str
    headers: str
    body: bytes
    received_at: Instant


@dataclass(frozen=True, slots=True)
class Claimed:
    """A body that is being worked through; `attempts_n` counts this try."""

    id: int
    instance_id: int
    body: bytes
    received_at: Instant
    attempts_n: int


@dataclass(frozen=True, slots=True)
class Read:
    """What became of a body: facts in it, those known before, and those nobody understands."""

    facts_n: int = 0
    known_n: int = 0
    unhandled_n: int = 0


def keep(connection: Connection, bodies: Sequence[Body]) -> int:
    """Write bodies down, those known already left out; gives how many were new."""
    if not bodies:
        return 0
    insert = insert_postgresql if connection.dialect.name == "postgresql" else insert_sqlite
    rows = [
        _row(body, row_id) for body, row_id in zip(bodies, new_id.many(len(bodies)), strict=True)
    ]
    wanted = insert(_RAW).values(rows).on_conflict_do_nothing().returning(_RAW.c.id)
    return len(connection.execute(wanted).all())


def keep_claimed(connection: Connection, body: Body) -> Claimed | None:
    """Write a body down as one that is being worked through; None when it was known."""
    if not keep(connection, [body]):
        return None
    row = find(connection, body.instance_id, body.sha256)
    own = update(_RAW).where(_RAW.c.id == row.id)
    connection.execute(own.values(attempts_n=1, next_at=body.received_at + LEASE))
    return Claimed(row.id, body.instance_id, body.body, body.received_at, 1)


def _row(body: Body, row_id: int) -> dict[str, Any]:
    return {
        "id": row_id,
        "instance_id": body.instance_id,
        "sha256": body.sha256,
        "headers": body.headers,
        "body": body.body,
        "received_at": body.received_at,
        "state": RawState.NEW,
        "next_at": body.received_at,
    }


def has_due(connection: Connection, now: Instant) -> bool:
    """Whether a body waits to be worked through."""
    due = select(_RAW.c.id).where(_RAW.c.next_at.is_not(None), _RAW.c.next_at <= now)
    return connection.scalar(due.limit(1)) is not None


def claim(connection: Connection, now: Instant, limit: int) -> list[Claimed]:
    """Take the oldest bodies that wait; nobody else gets them before the lease is over."""
    table = _RAW
    due = (
        select(table.c.id)
        .where(table.c.next_at.is_not(None), table.c.next_at <= now)
        .order_by(table.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = list(connection.scalars(due))
    if not ids:
        return []
    taken = table.c.id.in_(id_set(connection, ids))
    tried = update(table).where(taken)
    connection.execute(tried.values(attempts_n=table.c.attempts_n + 1, next_at=now + LEASE))
    wanted = select(
        table.c.id, table.c.instance_id, table.c.body, table.c.received_at, table.c.attempts_n
    )
    rows = connection.execute(wanted.where(taken).order_by(table.c.id))
    return [Claimed(*row) for row in rows]


def finish(connection: Connection, raw_id: int, read: Read, now: Instant) -> None:
    """A body has been worked through."""
    counts = {"facts": read.facts_n, "known": read.known_n, "unhandled": read.unhandled_n}
    connection.execute(_FINISHED, {"raw": raw_id, "now": now, **counts})


def fail(connection: Connection, claimed: Claimed, problem: str, now: Instant) -> RawState:
    """A body could not be worked through: later again, or, after five tries, never by itself."""
    if claimed.attempts_n >= MOST_TRIES:
        _end(connection, claimed.id, RawState.DEAD, now, problem=problem)
        return RawState.DEAD
    later = now + _BACKOFF[claimed.attempts_n - 1]
    own = update(_RAW).where(_RAW.c.id == claimed.id)
    connection.execute(own.values(next_at=later, problem=problem))
    return RawState.NEW


def retry(connection: Connection, raw_ids: Sequence[int], now: Instant) -> int:
    """Have dead ones tried again from the beginning; gives how many."""
    table = _RAW
    dead = table.c.id.in_(id_set(connection, raw_ids)) & (table.c.state == RawState.DEAD)
    values = {"state": RawState.NEW, "attempts_n": 0, "next_at": now, "ended_at": None}
    return connection.execute(update(table).where(dead).values(**values)).rowcount


def waiting_n(connection: Connection) -> int:
    """How many bodies nobody has worked through yet."""
    table = _RAW
    wanted = select(func.count()).where(table.c.next_at.is_not(None))
    return connection.scalar(wanted) or 0


def find(connection: Connection, instance_id: int, digest: str) -> Any:
    """The row of a body by its digest: id, state, problem and counts; None when unknown."""
    table = _RAW
    wanted = select(
        table.c.id,
        table.c.state,
        table.c.problem,
        table.c.facts_n,
        table.c.known_n,
        table.c.unhandled_n,
    )
    own = wanted.where(table.c.instance_id == instance_id, table.c.sha256 == digest)
    return connection.execute(own).first()


def _end(connection: Connection, raw_id: int, state: RawState, now: Instant, **values: Any) -> None:
    own = update(_RAW).where(_RAW.c.id == raw_id)
    connection.execute(own.values(state=state, next_at=None, ended_at=now, **values))


_FINISHED: Final = (  # made once: it is said of every body
    update(_RAW)
    .where(_RAW.c.id == bindparam("raw"))
    .values(
        state=RawState.DONE.value,
        next_at=None,
        ended_at=bindparam("now"),
        facts_n=bindparam("facts"),
        known_n=bindparam("known"),
        unhandled_n=bindparam("unhandled"),
    )
)
