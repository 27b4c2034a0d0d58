"""What was written or changed lately in a set of conversations: for browsers that listen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, or_, select, union

from console.domain.events import OF_CONTACT, Event
from console.domain.ids import Instant, id_floor
from console.domain.message import Message
from console.store import tables
from console.store.beside import NOTHING, Beside, beside
from console.store.bulk_write import id_set
from console.store.rows import event_of, message_of


@dataclass(frozen=True, slots=True)
class Whose:
    """The contact of a conversation."""

    contact_id: int
    contact: str


@dataclass(frozen=True, slots=True)
class News:
    """New messages and facts with what is needed to put them into words."""

    whose: dict[int, Whose]  # by conversation
    messages: list[Message]
    events: list[Event]
    beside: Beside = NOTHING


def news(connection: Connection, conversation_ids: Sequence[int], since: Instant) -> News:
    """Messages of these conversations written or changed since then, and their facts, in order."""
    after, message = id_floor(since), tables.message
    theirs = message.c.conversation_id.in_(id_set(connection, conversation_ids))
    written = select(message.c.id).where(theirs, message.c.id > after)
    changed = select(message.c.id).where(theirs, message.c.changed_at >= since)
    wanted = select(message).where(message.c.id.in_(union(written, changed)))
    rows = connection.execute(wanted.order_by(message.c.id)).mappings()
    messages = [message_of(row) for row in rows]
    whose = _whose(connection, conversation_ids)
    facts = _events(connection, conversation_ids, whose, after)
    return News(whose, messages, facts, beside(connection, messages))


def _whose(connection: Connection, conversation_ids: Sequence[int]) -> dict[int, Whose]:
    conversation, contact = tables.conversation, tables.contact
    rows = connection.execute(
        select(conversation.c.id, contact.c.id.label("contact_id"), contact.c.name)
        .join(contact, contact.c.id == conversation.c.contact_id)
        .where(conversation.c.id.in_(id_set(connection, conversation_ids)))
    )
    return {row.id: Whose(row.contact_id, row.name) for row in rows}


def _events(
    connection: Connection,
    conversation_ids: Sequence[int],
    whose: dict[int, Whose],
    after: int,
) -> list[Event]:
    event = tables.event
    contacts = sorted({w.contact_id for w in whose.values()})
    of_contact = and_(
        event.c.contact_id.in_(id_set(connection, contacts)),
        event.c.conversation_id.is_(None),
        event.c.kind.in_(OF_CONTACT),
    )
    of_conversation = event.c.conversation_id.in_(id_set(connection, conversation_ids))
    rows = connection.execute(
        select(event)
        .where(or_(of_conversation, of_contact), event.c.id > after, event.c.message_id.is_(None))
        .order_by(event.c.id)
    ).mappings()
    return [event_of(row) for row in rows]
