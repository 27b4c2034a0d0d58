"""Business hours and targets as the store keeps them, one of each per owner."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select

from console.domain.hours import Block, BusinessHours
from console.domain.sla import CENTRE, Owner, OwnerKind, Rules, SlaPolicy, Timetable
from console.store import tables
from console.store.holidays import BrazilianHolidays

_HOURS: Final = tables.business_hours
_SLA: Final = tables.sla_policy


def timetables(connection: Connection) -> dict[Owner, Timetable]:
    """The business hours that were written down."""
    table = _HOURS
    wanted = select(
        table.c.owner_kind,
        table.c.owner_id,
        table.c.week,
        table.c.zone,
        table.c.holidays,
        table.c.closed_on,
    )
    return {
        Owner(kind, owner): Timetable(_week(week), zone, holidays, _days(closed))
        for kind, owner, week, zone, holidays, closed in connection.execute(wanted)
    }


def policies(connection: Connection) -> dict[Owner, SlaPolicy]:
    """The targets that were written down."""
    table = _SLA
    wanted = select(
        table.c.owner_kind,
        table.c.owner_id,
        table.c.first_response_s,
        table.c.next_reply_s,
        table.c.resolution_s,
        table.c.is_business,
    )
    return {Owner(kind, i): SlaPolicy(*rest) for kind, i, *rest in connection.execute(wanted)}


def rules(connection: Connection) -> Rules:
    """Everything that decides when an answer is due."""
    kept = timetables(connection)
    return Rules({owner: hours_of(table) for owner, table in kept.items()}, policies(connection))


def hours_of(timetable: Timetable) -> BusinessHours:
    """The hours to count with."""
    key = timetable.holidays
    return timetable.hours(BrazilianHolidays(key) if key else None)


def save_timetable(connection: Connection, owner: Owner, timetable: Timetable | None) -> bool:
    """Keep an owner's hours, or forget them (None); whether there were any before."""
    return _replace(connection, _HOURS, owner, None if timetable is None else _row(timetable))


def save_policy(connection: Connection, owner: Owner, policy: SlaPolicy | None) -> bool:
    """Keep an owner's targets, or forget them (None); whether there were any before."""
    return _replace(connection, _SLA, owner, None if policy is None else asdict(policy))


def owner_exists(connection: Connection, owner: Owner) -> bool:
    """Whether hours and targets can be given to this owner."""
    if owner == CENTRE:
        return True
    if owner.kind not in (OwnerKind.INSTANCE, OwnerKind.TEAM):
        return False
    table = tables.metadata.tables[owner.kind]
    return connection.scalar(select(table.c.id).where(table.c.id == owner.id)) is not None


def _replace(
    connection: Connection, table: Table, owner: Owner, values: Mapping[str, Any] | None
) -> bool:
    its = (table.c.owner_kind == owner.kind, table.c.owner_id == owner.id)
    was_there = connection.execute(delete(table).where(*its)).rowcount > 0
    if values is not None:
        row = {"owner_kind": owner.kind, "owner_id": owner.id, **values}
        connection.execute(insert(table).values(row))
    return was_there


def _row(timetable: Timetable) -> dict[str, Any]:
    return {
        "week": json.dumps(timetable.week),
        "zone": timetable.zone,
        "holidays": timetable.holidays,
        "closed_on": json.dumps([day.isoformat() for day in timetable.closed_on]),
    }


def _week(text: str) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(Block(*block) for block in day) for day in json.loads(text))


def _days(text: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in json.loads(text))
