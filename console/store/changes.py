"""Writing what commands decided: state, messages, outbox, events and feed, set-based."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, delete, update

from console.domain.attachment import SentFile
from console.domain.conversation import Conversation
from console.domain.events import Event, EventKind
from console.domain.ids import Instant, new_id
from console.domain.message import Delivery, Message
from console.domain.restore import changed_columns
from console.store import tables
from console.store.attachments import keep_sent
from console.store.bulk_write import id_set, ids_given, insert_rows, named_ids, update_rows
from console.store.feed import write_feed
from console.store.incoming import Incoming, expect_files
from console.store.originals import consider_sent, stop_blocking
from console.store.rows import (
    CHANGING_FIELDS,
    conversation_row,
    insert_events,
    insert_messages,
)


@dataclass(slots=True)
class Changes:
    """What one transaction writes; states are pairs of before and after."""

    at: Instant
    states: list[tuple[Conversation, Conversation]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    sent_files: list[tuple[Message, SentFile]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    files: list[tuple[Message, Incoming]] = field(default_factory=list)
    payloads: dict[int, str] = field(default_factory=dict)  # of the outbox, by message


def write_changes(connection: Connection, changes: Changes) -> None:
    """Write everything; the number of statements does not depend on the number of rows."""
    _write_new(connection, [after for before, after in changes.states if before.is_new])
    _write_changed(connection, [pair for pair in changes.states if not pair[0].is_new])
    _write_labels(connection, changes.states)
    insert_messages(connection, changes.messages)
    keep_sent(connection, changes.sent_files, changes.at)
    insert_rows(connection, tables.outbox, _outbox_rows(changes))
    expect_files(connection, changes.files, changes.at)
    insert_events(connection, changes.events)
    _settle_unknown(connection, changes)
    _write_feed(connection, changes)


def _settle_unknown(connection: Connection, changes: Changes) -> None:
    """What people have decided about messages of which no provider knew whether they went out."""
    again = [m.resend_of_id for m in changes.messages if m.resend_of_id is not None]
    stop_blocking(connection, again)
    taken = [e.to_id for e in changes.events if e.kind == EventKind.CONSIDERED_SENT]
    consider_sent(connection, [i for i in taken if i is not None], changes.at)


def _write_new(connection: Connection, states: Sequence[Conversation]) -> None:
    rows = [{**conversation_row(state), "version": 1} for state in states]
    insert_rows(connection, tables.conversation, rows)


def _write_changed(
    connection: Connection, pairs: Sequence[tuple[Conversation, Conversation]]
) -> None:
    values: dict[str, Any] = {}
    for name, _, new in changed_columns(pairs, CHANGING_FIELDS):
        values[name] = new[0] if new.count(new[0]) == len(new) else list(new)
    ids = [after.id for _, after in pairs]
    if pairs and not any(isinstance(value, list) for value in values.values()):
        wanted = _setting(connection.dialect.name, tuple(values))
        given = {f"new_{name}": value for name, value in values.items()}
        connection.execute(wanted, {"ids": ids_given(connection, ids), **given})
        return
    values["version"] = tables.conversation.c.version + 1
    update_rows(connection, tables.conversation, ids, values)


@cache
def _setting(dialect: str, names: tuple[str, ...]) -> Update:
    """One value a column for every row, as one message brings them; made once for these columns."""
    table = tables.conversation
    given = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    wanted = update(table).where(table.c.id.in_(named_ids(dialect)))
    return wanted.values(version=table.c.version + 1, **given)


def _write_labels(
    connection: Connection, states: Sequence[tuple[Conversation, Conversation]]
) -> None:
    table = tables.conversation_label
    changed = [(b, a) for b, a in states if b.label_ids != a.label_ids]
    put_on = [(a.id, label) for b, a in changed for label in a.label_ids - b.label_ids]
    taken_off = [(a.id, label) for b, a in changed for label in b.label_ids - a.label_ids]
    rows = [{"conversation_id": i, "label_id": label} for i, label in put_on]
    insert_rows(connection, table, rows)
    for label in {label for _, label in taken_off}:
        _take_off(connection, label, [i for i, other in taken_off if other == label])


def _take_off(connection: Connection, label: int, ids: Sequence[int]) -> None:
    table = tables.conversation_label
    chosen = table.c.conversation_id.in_(id_set(connection, ids))
    connection.execute(delete(table).where(table.c.label_id == label, chosen))


def _outbox_rows(changes: Changes) -> list[dict[str, Any]]:
    queued = [m for m in changes.messages if m.delivery == Delivery.QUEUED]
    ids = new_id.many(len(queued))
    return [
        {
            "id": row_id,
            "message_id": message.id,
            "conversation_id": message.conversation_id,
            "instance_id": message.instance_id,
            "state": Delivery.QUEUED,
            "created_at": changes.at,
            "payload": changes.payloads.get(message.id, "{}"),
            "next_at": changes.at,
        }
        for row_id, message in zip(ids, queued, strict=True)
    ]


def _write_feed(connection: Connection, changes: Changes) -> None:
    states = [after for _, after in changes.states]
    instances: list[int | None] = [state.instance_id for state in states]
    write_feed(connection, "conversation", [s.id for s in states], changes.at, instances)
    messages = changes.messages
    from_instances: list[int | None] = [message.instance_id for message in messages]
    write_feed(connection, "message", [m.id for m in messages], changes.at, from_instances)


def write_contacts(
    connection: Connection,
    ids: Sequence[int],
    values: Mapping[str, Any],
    events: Sequence[Event],
    at: Instant,
) -> None:
    """Set the same columns on contacts, with their facts and the feed."""
    table = tables.contact
    update_rows(connection, table, ids, {**values, "version": table.c.version + 1})
    insert_events(connection, events)
    write_feed(connection, "contact", ids, at)


def write_record(
    connection: Connection, entity: str, entity_id: int, events: Sequence[Event]
) -> None:
    """The facts and the feed row of one saved record."""
    insert_events(connection, events)
    write_feed(connection, entity, [entity_id], events[0].at)
