"""What a bulk run has sent and blocked, and taking messages out of the outbox again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Delivery
from console.store import tables
from console.store.bulk_write import id_set, update_rows
from console.store.deliveries import show_delivery
from console.store.feed import write_feed


@dataclass(frozen=True, slots=True)
class RunMessage:
    """A message that a run wrote; `is_held` while no channel has taken it."""

    id: int
    conversation_id: int
    is_held: bool


def messages_of_run(
    connection: Connection, run_id: int, conversation_ids: Sequence[int]
) -> list[RunMessage]:
    """The messages of a run in these conversations; meanwhile no channel takes them."""
    event, message, outbox = tables.event, tables.message, tables.outbox
    wanted = (
        select(event.c.message_id, event.c.conversation_id, message.c.delivery)
        .join(message, message.c.id == event.c.message_id)
        .where(
            event.c.conversation_id.in_(id_set(connection, conversation_ids)),
            event.c.bulk_id == run_id,
        )
        .order_by(event.c.message_id)
    )
    found = [tuple(row) for row in connection.execute(wanted)]
    states = connection.execute(
        select(outbox.c.message_id, outbox.c.state)
        .where(outbox.c.message_id.in_(id_set(connection, [i for i, *_ in found])))
        .order_by(outbox.c.message_id)
        .with_for_update()
    )
    queued = {i for i, state in states if state == Delivery.QUEUED}
    return [RunMessage(i, talk, sent is None or i in queued) for i, talk, sent in found]


def withdraw(connection: Connection, message_ids: Sequence[int], at: Instant) -> None:
    """Mark messages as withdrawn, in the outbox too: no channel takes them any more."""
    if not message_ids:
        return
    message, outbox = tables.message, tables.outbox
    update_rows(connection, message, message_ids, {"delivery": Delivery.WITHDRAWN})
    show_delivery(connection, message_ids, Delivery.WITHDRAWN)
    rows = select(outbox.c.id).where(outbox.c.message_id.in_(id_set(connection, message_ids)))
    waiting = list(connection.scalars(rows))
    update_rows(connection, outbox, waiting, {"state": Delivery.WITHDRAWN})
    write_feed(connection, "message", message_ids, at)


def last_blocking_runs(connection: Connection, contact_ids: Sequence[int]) -> dict[int, int | None]:
    """The bulk run that blocked or unblocked each contact last; None when no run did.

    Meanwhile nobody else blocks or unblocks them.
    """
    event, contact = tables.event, tables.contact
    wanted = select(contact.c.id).where(contact.c.id.in_(id_set(connection, contact_ids)))
    connection.execute(wanted.order_by(contact.c.id).with_for_update())
    last = (
        select(func.max(event.c.id))
        .where(
            event.c.contact_id.in_(id_set(connection, contact_ids)),
            event.c.conversation_id.is_(None),
            or_(event.c.kind == EventKind.BLOCKED, event.c.kind == EventKind.UNBLOCKED),
        )
        .group_by(event.c.contact_id)
    )
    rows = connection.execute(
        select(event.c.contact_id, event.c.bulk_id).where(event.c.id.in_(last))
    )
    return {row.contact_id: row.bulk_id for row in rows}
