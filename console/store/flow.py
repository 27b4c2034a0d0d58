"""What comes in and what is resolved: counts of facts in spans of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)

from console.domain.events import EventKind
from console.domain.ids import HOUR, SECOND, Instant
from console.domain.message import ActorKind
from console.domain.scope import Scope
from console.store import tables
from console.store.rows import condition

WEEKS: Final = 4
_EVENT: Final = tables.event
# Written out as in the index `event_flow`: with bound values it would not be used.
_IN_INDEX: Final[ColumnElement[bool]] = literal_column(
    "event.kind IN ('opened', 'reopened', 'resolved')"
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of instants: `begins` belongs to it, `ends` does not."""

    begins: Instant
    ends: Instant


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened in one window."""

    arrived: int
    resolved: int


def last_hours(now: Instant, zone: ZoneInfo, weeks: int = WEEKS) -> list[Window]:
    """The last hour, then the hours that ended at the same time of day, one to `weeks` weeks ago.

    The time of day is that of the wall clock: across a change of the clocks a week has 167 or
    169 hours.
    """
    local = datetime.fromtimestamp(now // SECOND, tz=zone)
    before = [local - timedelta(weeks=week) for week in range(1, weeks + 1)]
    ends = [now, *(_instant(moment) + now % SECOND for moment in before)]
    return [Window(end - HOUR, end) for end in ends]


def _instant(local: datetime) -> Instant:
    return (local.astimezone(UTC) - _EPOCH) // timedelta(seconds=1) * SECOND


def flows(connection: Connection, windows: Sequence[Window], scope: Scope) -> list[Flow]:
    """What customers opened or reopened and what was resolved, in each window (one or more).

    The scope is that of the conversations as they are now. A resolving that was taken back does
    not count.
    """
    parts = [_counted(place, window, scope) for place, window in enumerate(windows)]
    rows = connection.execute(union_all(*parts).order_by("place"))
    return [Flow(arrived, resolved) for _, arrived, resolved in rows]


def began_at(connection: Connection) -> Instant | None:
    """The first arrival or resolving that the store knows of."""
    first: Instant | None = connection.scalar(select(func.min(_EVENT.c.at)).where(_IN_INDEX))
    return first


def _counted(place: int, window: Window, scope: Scope) -> Select[int, int, int]:
    arrived = and_(
        or_(_EVENT.c.kind == EventKind.OPENED, _EVENT.c.kind == EventKind.REOPENED),
        _EVENT.c.actor_kind == ActorKind.CONTACT,
    )
    stands = or_(_EVENT.c.bulk_id.is_(None), not_(_taken_back()))
    resolved = and_(_EVENT.c.kind == EventKind.RESOLVED, stands)
    home = tables.conversation
    return (
        select(
            literal(place).label("place"),
            func.count(case((arrived, 1))),
            func.count(case((resolved, 1))),
        )
        .select_from(_EVENT.join(home, home.c.id == _EVENT.c.conversation_id))
        .where(
            _IN_INDEX,
            _EVENT.c.at >= window.begins,
            _EVENT.c.at < window.ends,
            condition(scope),
        )
    )


def _taken_back() -> ColumnElement[bool]:
    undone = tables.event.alias("undone")
    return exists().where(
        undone.c.conversation_id == _EVENT.c.conversation_id,
        undone.c.kind == EventKind.UNDONE,
        undone.c.to_id == _EVENT.c.bulk_id,
    )
