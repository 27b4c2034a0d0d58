"""Conversations whose snooze is over."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from console.domain.ids import Instant
from console.store import tables


class Snoozed(NamedTuple):
    """A conversation that rests until an instant."""

    id: int
    version: int
    until_at: Instant


def due_snoozes(connection: Connection, at: Instant, limit: int) -> list[Snoozed]:
    """The conversations that were to come back by `at`, those longest due first."""
    table = tables.conversation
    wanted = (
        select(table.c.id, table.c.version, table.c.snoozed_until_at)
        .where(table.c.snoozed_until_at <= at)
        .order_by(table.c.snoozed_until_at, table.c.id)
        .limit(limit)
    )
    return [Snoozed(*row) for row in connection.execute(wanted)]
