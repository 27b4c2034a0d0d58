"""One conversation as people read it: its messages and facts, a window at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, func, literal, select, union_all

from console.domain.events import OF_CONTACT, Event, EventKind
from console.domain.message import Message
from console.store import tables
from console.store.bulk_write import id_set
from console.store.merges import parts_of
from console.store.rows import event_of, message_of


def messages(
    connection: Connection,
    conversation_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    limit: int = 100,
) -> list[Message]:
    """At most `limit` messages in the order they were written down.

    The newest without `before` and `after`; the nearest older than `before`, or newer than
    `after` (message ids).
    """
    table = tables.message
    wanted = select(table).where(table.c.conversation_id == conversation_id)
    if after is not None:
        wanted = wanted.where(table.c.id > after).order_by(table.c.id)
    else:
        wanted = wanted.order_by(table.c.id.desc())
    if before is not None:
        wanted = wanted.where(table.c.id < before)
    rows = connection.execute(wanted.limit(limit)).mappings().all()
    return [message_of(row) for row in (rows if after is not None else reversed(rows))]


def message_by_id(connection: Connection, message_id: int) -> Message | None:
    """One message, or None."""
    table = tables.message
    row = connection.execute(select(table).where(table.c.id == message_id)).mappings().first()
    return message_of(row) if row else None


def messages_by_ids(connection: Connection, ids: Sequence[int]) -> list[Message]:
    """The messages with these ids, in the order of ids."""
    table = tables.message
    wanted = select(table).where(table.c.id.in_(id_set(connection, ids))).order_by(table.c.id)
    return [message_of(row) for row in connection.execute(wanted).mappings()]


def words_by_ids(connection: Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """Id and text of the messages with these ids, in no order."""
    table = tables.message
    wanted = select(table.c.id, table.c.text).where(table.c.id.in_(id_set(connection, ids)))
    return [(row[0], row[1]) for row in connection.execute(wanted)]


def next_messages(connection: Connection, places: Sequence[tuple[int, int]]) -> list[int | None]:
    """For each conversation and id, the id of its first message from there on."""
    table = tables.message
    wanted = [
        select(literal(n), func.min(table.c.id)).where(
            table.c.conversation_id == conversation_id, table.c.id >= id_
        )
        for n, (conversation_id, id_) in enumerate(places)
    ]
    if not wanted:
        return []
    rows = connection.execute(union_all(*wanted)).all()
    return [message_id for _, message_id in sorted(rows, key=lambda row: row[0])]


def events_by_ids(connection: Connection, ids: Sequence[int]) -> list[Event]:
    """The facts with these ids, in the order of ids."""
    table = tables.event
    wanted = select(table).where(table.c.id.in_(id_set(connection, ids))).order_by(table.c.id)
    return [event_of(row) for row in connection.execute(wanted).mappings()]


def decision_on(connection: Connection, message: Message) -> Event | None:
    """The fact that somebody took this message as sent, if anybody has."""
    table = tables.event
    wanted = select(table).where(
        table.c.conversation_id == message.conversation_id,
        table.c.kind == EventKind.CONSIDERED_SENT,
        table.c.to_id == message.id,
    )
    row = connection.execute(wanted.order_by(table.c.id).limit(1)).mappings().first()
    return event_of(row) if row else None


def events(
    connection: Connection,
    conversation_id: int,
    contact_id: int,
    *,
    after: int = 0,
    until: int | None = None,
    limit: int = 1_000,
) -> list[Event]:
    """The newest facts of a conversation and of its contact, in order.

    Those of everybody whom the contact is made of are among them.

    `after` (excluded) and `until` (included) are event ids: ids of messages and events share one
    order, so the window of a thread bounds its facts.
    """
    table = tables.event
    window: list[ColumnElement[bool]] = [table.c.id > after, table.c.message_id.is_(None)]
    if until is not None:
        window.append(table.c.id <= until)
    own = select(table).where(table.c.conversation_id == conversation_id, *window)
    parts = id_set(connection, list(parts_of(connection, [contact_id])))
    of_contact = select(table).where(
        table.c.contact_id.in_(parts),
        table.c.conversation_id.is_(None),
        table.c.kind.in_(OF_CONTACT),
        *window,
    )
    # Two questions in one: joined by "or" they would read every event of the store.
    both = union_all(own, of_contact).subquery()
    wanted = select(both).order_by(both.c.id.desc()).limit(limit)
    return [event_of(row) for row in reversed(connection.execute(wanted).mappings().all())]
