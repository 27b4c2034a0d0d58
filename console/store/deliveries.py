"""What is known of outgoing messages: told facts, and the state that lists and threads show."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from console.store import tables
from console.store.bulk_write import id_set


def show_delivery(connection: Connection, message_ids: Sequence[int], delivery: str) -> None:
    """Let the lists show it of conversations in which one of these messages is the last."""
    message, conversation = tables.message, tables.conversation
    among = id_set(connection, message_ids)
    spoken = select(message.c.conversation_id).where(message.c.id.in_(among))
    connection.execute(
        update(conversation)
        .where(conversation.c.id.in_(spoken), conversation.c.last_message_id.in_(among))
        .values(last_delivery=delivery)
    )
