"""Whether an instance may send now: paused by a person, held up by its provider, or free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from console.domain.ids import SECOND, Instant
from console.store import tables

_ACCOUNT = tables.channel_account
_LONGEST_HOLD_S = 300
_FREE: Final[Mapping[str, Any]] = {
    "held_until_at": None,
    "held_for": None,
    "held_n": 0,
    "stopped_at": None,
}


@dataclass(frozen=True, slots=True)
class Stop:
    """An instance that sends nothing: paused by a person, or held for `why` until then.

    Without `until_at` it is held until somebody resumes it; `since_at` is when it began.
    """

    instance_id: int
    name: str
    is_paused: bool
    why: str | None
    until_at: Instant | None
    since_at: Instant | None


def sendable(connection: Connection, now: Instant) -> list[int]:
    """The linked instances that are neither paused nor held."""
    table, instance = _ACCOUNT, tables.instance
    wanted = (
        select(table.c.instance_id)
        .join(instance, instance.c.id == table.c.instance_id)
        .where(
            instance.c.is_active,
            ~table.c.is_paused,
            table.c.held_for.is_(None) | (table.c.held_until_at <= now),
        )
        .order_by(table.c.instance_id)
    )
    return list(connection.scalars(wanted))


def hold(
    connection: Connection,
    instance_id: int,
    why: str,
    now: Instant,
    *,
    for_s: float | None = None,
) -> Instant:
    """Let an instance send nothing for a while, longer each time; gives until when."""
    table = _ACCOUNT
    own = table.c.instance_id == instance_id
    held_n = connection.scalar(select(table.c.held_n).where(own)) or 0
    seconds = for_s if for_s is not None else min(2.0 * 2**held_n, _LONGEST_HOLD_S)
    until = now + round(seconds * SECOND)
    _hold(connection, instance_id, why, now, until)
    return until


def hold_fast(connection: Connection, instance_id: int, why: str, now: Instant) -> None:
    """Let an instance send nothing until somebody resumes it."""
    _hold(connection, instance_id, why, now, None)


def pause(connection: Connection, instance_id: int, now: Instant) -> None:
    """Let an instance send nothing until a person resumes it."""
    table = _ACCOUNT
    values = {"is_paused": True, "stopped_at": func.coalesce(table.c.stopped_at, now)}
    connection.execute(update(table).where(table.c.instance_id == instance_id).values(**values))


def resume(connection: Connection, instance_id: int) -> None:
    """A person lets it send again, whoever has stopped it."""
    own = _ACCOUNT.c.instance_id == instance_id
    connection.execute(update(_ACCOUNT).where(own).values(is_paused=False, **_FREE))


def stopped(connection: Connection, now: Instant) -> list[Stop]:
    """The linked instances in use that send nothing now, by name."""
    table, instance = _ACCOUNT, tables.instance
    is_held = table.c.held_for.is_not(None) & (
        table.c.held_until_at.is_(None) | (table.c.held_until_at > now)
    )
    wanted = (
        select(
            table.c.instance_id,
            instance.c.name,
            table.c.is_paused,
            table.c.held_for,
            table.c.held_until_at,
            table.c.stopped_at,
        )
        .join(instance, instance.c.id == table.c.instance_id)
        .where(instance.c.is_active, table.c.is_paused | is_held)
        .order_by(instance.c.name, instance.c.id)
    )
    return [Stop(*row) for row in connection.execute(wanted)]


def _hold(
    connection: Connection, instance_id: int, why: str, now: Instant, until: Instant | None
) -> None:
    table = _ACCOUNT
    values = {
        "held_until_at": until,
        "held_for": why,
        "held_n": table.c.held_n + 1,
        "stopped_at": func.coalesce(table.c.stopped_at, now),
    }
    connection.execute(update(table).where(table.c.instance_id == instance_id).values(**values))


def release(connection: Connection, instance_id: int) -> None:
    """Messages go out again, and how often they were held is forgotten."""
    _end(connection, instance_id, _ACCOUNT.c.held_n > 0)


def takes_again(connection: Connection, instance_id: int) -> None:
    """The provider has taken a message; what holds until somebody resumes it goes on to hold."""
    _end(connection, instance_id, _ACCOUNT.c.held_until_at.is_not(None))


def _end(connection: Connection, instance_id: int, which: ColumnElement[bool]) -> None:
    table = _ACCOUNT
    own = update(table).where(table.c.instance_id == instance_id, which)
    since = case((table.c.is_paused, table.c.stopped_at), else_=None)
    connection.execute(own.values(**{**_FREE, "stopped_at": since}))
