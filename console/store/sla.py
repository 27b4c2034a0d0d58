"""Business hours and targets as the store keeps them, one of each per owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select

from console.domain.sla import CENTRE, Owner, OwnerKind, Rules, SlaPolicy, Timetable
from console.store import tables
from console.store.rules import (
    HOURS_COLUMNS,
    POLICY_COLUMNS,
    policy_of,
    policy_row,
    rules_of,
    timetable_of,
    timetable_row,
)

_HOURS: Final = tables.business_hours
_SLA: Final = tables.sla_policy
_HOURS_WANTED: Final = select(*(_HOURS.c[name] for name in HOURS_COLUMNS))
_SLA_WANTED: Final = select(*(_SLA.c[name] for name in POLICY_COLUMNS))


def timetables(connection: Connection) -> dict[Owner, Timetable]:
    """The business hours that were written down."""
    return dict(timetable_of(tuple(row)) for row in connection.execute(_HOURS_WANTED))


def policies(connection: Connection) -> dict[Owner, SlaPolicy]:
    """The targets that were written down."""
    return dict(policy_of(tuple(row)) for row in connection.execute(_SLA_WANTED))


def rules(connection: Connection) -> Rules:
    """Everything that decides when an answer is due."""
    hours = [tuple(row) for row in connection.execute(_HOURS_WANTED)]
    return rules_of(hours, [tuple(row) for row in connection.execute(_SLA_WANTED)])


def save_timetable(connection: Connection, owner: Owner, timetable: Timetable | None) -> bool:
    """Keep an owner's hours, or forget them (None); whether there were any before."""
    values = None if timetable is None else timetable_row(timetable)
    return _replace(connection, _HOURS, owner, values)


def save_policy(connection: Connection, owner: Owner, policy: SlaPolicy | None) -> bool:
    """Keep an owner's targets, or forget them (None); whether there were any before."""
    values = None if policy is None else policy_row(policy)
    return _replace(connection, _SLA, owner, values)


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
