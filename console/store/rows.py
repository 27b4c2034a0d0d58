"""Rows to domain values and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, RowMapping, Select, literal_column, select

from console.domain.contact import Address, Contact
from console.domain.conversation import Conversation
from console.domain.events import Event
from console.domain.message import Message
from console.domain.scope import Scope
from console.store import tables
from console.store.bulk_write import id_set, ids_given, in_order, insert_tuples, named_ids

CONVERSATION_FIELDS: Final = tuple(
    name for name in Conversation._fields if name in tables.conversation.c
)
_FIXED: Final = frozenset({"id", "instance_id", "contact_id", "version"})
CHANGING_FIELDS: Final = tuple(n for n in CONVERSATION_FIELDS if n not in _FIXED)
# What taking a run back gives back; messages stay in the thread, and so do their counts.
RESTORED_FIELDS: Final = (
    "status",
    "assignee_id",
    "team_id",
    "waiting_since_at",
    "first_response_at",
    "resolved_at",
    "resolved_by_id",
    "reopened_n",
    "reopened_at",
    "unread_n",
    "priority",
    "snoozed_until_at",
    "label_ids",
)
_CONVERSATION_COLUMNS: Final[tuple[Column[Any], ...]] = tuple(
    tables.conversation.c[n] for n in CONVERSATION_FIELDS
)
_EVENT_FIELDS: Final = in_order(tables.event, Event._fields)
_MESSAGE_FIELDS: Final = in_order(tables.message, [f.name for f in fields(Message)])
_EVENT_VALUES: Final = attrgetter(*_EVENT_FIELDS)
_MESSAGE_VALUES: Final = attrgetter(*_MESSAGE_FIELDS)


def load_conversations(
    connection: Connection, ids: Sequence[int], *, lock: bool = False, with_labels: bool = False
) -> list[Conversation]:
    """The conversations with these ids, in the order of ids; unknown ones are left out."""
    wanted = _conversations(connection.dialect.name, lock=lock)
    rows = connection.execute(wanted, {"ids": ids_given(connection, ids)}).all()
    labels = _labels(connection, ids) if with_labels else {}
    nothing: frozenset[int] = frozenset()
    return [Conversation._make((*row, labels.get(row[0], nothing))) for row in rows]


@cache
def _conversations(dialect: str, *, lock: bool) -> Select[Any]:
    """Made once: it is asked for every message that comes in."""
    table = tables.conversation
    wanted = (
        select(*_CONVERSATION_COLUMNS)
        .where(table.c.id.in_(named_ids(dialect)))
        .order_by(table.c.id)
    )
    return wanted.with_for_update() if lock else wanted


def _labels(connection: Connection, ids: Sequence[int]) -> dict[int, frozenset[int]]:
    table = tables.conversation_label
    wanted = select(table.c.conversation_id, table.c.label_id).where(
        table.c.conversation_id.in_(id_set(connection, ids))
    )
    found: dict[int, set[int]] = {}
    for conversation_id, label_id in connection.execute(wanted):
        found.setdefault(conversation_id, set()).add(label_id)
    return {key: frozenset(value) for key, value in found.items()}


def load_contacts(
    connection: Connection, ids: Sequence[int], *, lock: bool = False
) -> list[Contact]:
    """The contacts with these ids and their addresses in use, in the order of ids."""
    table = tables.contact
    wanted = (
        select(table.c.id, table.c.name, table.c.email, table.c.is_blocked, table.c.version)
        .where(table.c.id.in_(id_set(connection, ids)))
        .order_by(table.c.id)
    )
    rows = connection.execute(wanted.with_for_update() if lock else wanted).all()
    addresses = _addresses(connection, ids)
    return [Contact(*row, addresses=tuple(addresses.get(row[0], ()))) for row in rows]


def _addresses(connection: Connection, ids: Sequence[int]) -> dict[int, list[Address]]:
    table = tables.address
    wanted = (
        select(table.c.contact_id, table.c.kind, table.c.value, table.c.send_value, table.c.scope)
        .where(table.c.contact_id.in_(id_set(connection, ids)), table.c.retired_at.is_(None))
        .order_by(table.c.id)
    )
    found: dict[int, list[Address]] = {}
    for contact_id, *parts in connection.execute(wanted):
        found.setdefault(contact_id, []).append(Address(*parts))
    return found


def conversation_row(state: Conversation) -> dict[str, Any]:
    """A row of a conversation that is written for the first time."""
    return {name: getattr(state, name) for name in CONVERSATION_FIELDS}


def insert_events(connection: Connection, events: Sequence[Event]) -> None:
    """Write facts down."""
    insert_tuples(connection, tables.event, _EVENT_FIELDS, list(map(_EVENT_VALUES, events)))


def insert_messages(connection: Connection, messages: Sequence[Message]) -> None:
    """Write messages down."""
    rows = list(map(_MESSAGE_VALUES, messages))
    insert_tuples(connection, tables.message, _MESSAGE_FIELDS, rows)


def message_of(row: RowMapping) -> Message:
    """A message from a row that names its columns."""
    return Message(**{name: row[name] for name in _MESSAGE_FIELDS})


def event_of(row: RowMapping) -> Event:
    """An event from a row that names its columns."""
    return Event(**{name: row[name] for name in _EVENT_FIELDS})


def condition(scope: Scope) -> ColumnElement[bool]:
    """A person's scope as a condition on the conversation table."""
    return literal_column(f"({scope.condition('conversation.')})")
