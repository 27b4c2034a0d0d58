"""Messages people have sent, in the order they were written down."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from console.domain.message import ActorKind, Direction
from console.store import tables


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to a customer, and who wrote it."""

    id: int
    conversation_id: int
    author_id: int


def newest_message(connection: Connection) -> int:
    """The id of the message written last, 0 when there is none."""
    return connection.scalar(select(func.max(tables.message.c.id))) or 0


def outgoing_after(connection: Connection, after: int, limit: int = 1_000) -> list[Outgoing]:
    """Messages of people to customers with an id above `after`."""
    table = tables.message
    wanted = (
        select(table.c.id, table.c.conversation_id, table.c.author_id)
        .where(
            table.c.id > after,
            table.c.direction == Direction.OUT,
            table.c.author_kind == ActorKind.AGENT,
        )
        .order_by(table.c.id)
        .limit(limit)
    )
    return [Outgoing(*row) for row in connection.execute(wanted)]
