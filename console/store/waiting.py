"""What waits to be sent, by instance."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from console.domain.ids import Instant
from console.domain.message import Delivery
from console.store import tables


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many messages wait, and since when the oldest."""

    n: int
    since_at: Instant


def waiting(connection: Connection) -> dict[int, Waiting]:
    """By instance; those without anything that waits are left out."""
    t = tables.outbox
    wanted = select(t.c.instance_id, func.count(), func.min(t.c.created_at))
    queued = wanted.where(t.c.state == Delivery.QUEUED).group_by(t.c.instance_id)
    return {row[0]: Waiting(row[1], row[2]) for row in connection.execute(queued)}
