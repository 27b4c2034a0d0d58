"""A message with everything that it takes to send it once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from console.domain.attachment import Attachment
from console.domain.ids import Instant
from console.domain.message import Delivery, Message
from console.domain.provider import provider_of
from console.domain.scope import Scope
from console.store import people, tables
from console.store.attachments import files_of
from console.store.bulk_write import id_set, update_rows
from console.store.deliveries import show_delivery
from console.store.outbox import OutState
from console.store.rows import load_conversations
from console.store.thread import message_by_id


@dataclass(frozen=True, slots=True)
class Original:
    """A message as the store has it: with its file, and what the outbox was given beside it.

    `windowed` are the instances whose customers take free text for a day only. `is_on_its_way`
    tells of a copy that was sent again already and has not come to an end.
    """

    message: Message
    file: Attachment | None = None
    payload: str = "{}"
    windowed: frozenset[int] = frozenset()
    is_on_its_way: bool = False


def original(connection: Connection, message_id: int, scope: Scope) -> Original | None:
    """A message of a conversation in this scope; None for absent and not yours."""
    message = seen_message(connection, message_id, scope)
    if message is None:
        return None
    table = tables.outbox
    payload = connection.scalar(select(table.c.payload).where(table.c.message_id == message_id))
    return Original(
        message,
        files_of(connection, [message_id]).get(message_id),
        payload or "{}",
        windowed(connection),
        _is_on_its_way(connection, message),
    )


def seen_message(connection: Connection, message_id: int, scope: Scope) -> Message | None:
    """A message of a conversation in this scope; None for absent and not yours."""
    message = message_by_id(connection, message_id)
    states = load_conversations(connection, [message.conversation_id] if message else [])
    is_seen = any(scope.covers(state.assignee_id, state.team_id) for state in states)
    return message if is_seen else None


def windowed(connection: Connection) -> frozenset[int]:
    """The instances whose provider takes free text for a day after the customer wrote."""
    linked = [(one.id, provider_of(one.channel)) for one in people.instances(connection)]
    return frozenset(i for i, provider in linked if provider and provider.has_window)


def _is_on_its_way(connection: Connection, message: Message) -> bool:
    outbox, copy = tables.outbox, tables.message
    waiting = (
        select(outbox.c.id)
        .join(copy, copy.c.id == outbox.c.message_id)
        .where(
            outbox.c.conversation_id == message.conversation_id,
            outbox.c.state.in_([OutState.QUEUED, OutState.SENDING, OutState.UNKNOWN]),
            copy.c.resend_of_id == message.id,
        )
    )
    return connection.scalar(waiting.limit(1)) is not None


def stop_blocking(connection: Connection, message_ids: Sequence[int]) -> None:
    """Somebody has sent these again: while they were unknown they held up what came later."""
    _end(connection, message_ids, OutState.LEFT)


def consider_sent(connection: Connection, message_ids: Sequence[int], at: Instant) -> None:
    """Somebody takes these as sent; whatever a provider tells later stands above that."""
    if not message_ids:
        return
    table = tables.message
    among = table.c.id.in_(id_set(connection, message_ids))
    unknown = select(table.c.id).where(among, table.c.delivery == Delivery.UNKNOWN)
    ids = list(connection.scalars(unknown.with_for_update()))
    _end(connection, ids, OutState.CONSIDERED)
    update_rows(connection, table, ids, {"delivery": Delivery.SENT, "changed_at": at})
    show_delivery(connection, ids, Delivery.SENT)


def _end(connection: Connection, message_ids: Sequence[int], state: OutState) -> None:
    if not message_ids:
        return
    table = tables.outbox
    among = table.c.message_id.in_(id_set(connection, message_ids))
    unknown = (among, table.c.state == OutState.UNKNOWN)
    connection.execute(update(table).where(*unknown).values(state=state, next_at=None))
