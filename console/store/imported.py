"""Rows behind an import: who and what is known already, and the people it brings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ARRAY, Connection, Text, bindparam, func, select

from console.domain.agent import Role
from console.domain.ids import Instant
from console.store import tables
from console.store.bulk_write import id_set, insert_rows, update_rows
from console.store.feed import write_feed

ADDRESS_KIND: Final = "import"


@dataclass(frozen=True, slots=True)
class NewContact:
    """A customer of the source; `scope` and `value` identify them in later imports."""

    id: int
    name: str
    scope: str
    value: str


@dataclass(frozen=True, slots=True)
class NewAgent:
    """An agent of the source: named in history, cannot sign in, is offered to nobody."""

    id: int
    name: str
    email: str


def known_contacts(connection: Connection, scope: str, values: Iterable[str]) -> dict[str, int]:
    """Contacts by the author's address in this source."""
    table = tables.address
    wanted = select(table.c.value, table.c.contact_id).where(
        table.c.kind == ADDRESS_KIND,
        table.c.scope == scope,
        table.c.value.in_(_text_set(connection, values)),
        table.c.retired_at.is_(None),
    )
    return {row[0]: row[1] for row in connection.execute(wanted)}


def known_agents(connection: Connection, emails: Iterable[str]) -> dict[str, int]:
    """Agents by e-mail."""
    table = tables.agent
    wanted = select(table.c.email, table.c.id).where(
        table.c.email.in_(_text_set(connection, emails))
    )
    return {row[0]: row[1] for row in connection.execute(wanted)}


def known_conversations(
    connection: Connection, instance_id: int, source: str, keys: Iterable[str]
) -> dict[str, int]:
    """Conversations by their name in this source."""
    table = tables.conversation
    wanted = select(table.c.source_key, table.c.id).where(
        table.c.instance_id == instance_id,
        table.c.source == source,
        table.c.source_key.in_(_text_set(connection, keys)),
    )
    return {row[0]: row[1] for row in connection.execute(wanted)}


def known_messages(connection: Connection, conversation_ids: Sequence[int]) -> set[str]:
    """Provider ids of every message in these conversations."""
    table = tables.message
    wanted = select(table.c.provider_id).where(
        table.c.conversation_id.in_(id_set(connection, conversation_ids)),
        table.c.provider_id.is_not(None),
    )
    return set(connection.scalars(wanted))


def write_people(
    connection: Connection,
    contacts: Sequence[NewContact],
    agents: Sequence[NewAgent],
    at: Instant,
) -> None:
    """Write the people of a batch, and name them in the feed."""
    made = {"created_at": at}
    insert_rows(
        connection, tables.contact, [{"id": c.id, "name": c.name, **made} for c in contacts]
    )
    insert_rows(connection, tables.address, [_address_row(c, at) for c in contacts])
    write_feed(connection, "contact", [c.id for c in contacts], at)
    same = {"role": Role.AGENT.value, "is_active": False, **made}
    rows = [{"id": a.id, "name": a.name, "email": a.email, **same} for a in agents]
    insert_rows(connection, tables.agent, rows)
    write_feed(connection, "agent", [a.id for a in agents], at)


def _address_row(contact: NewContact, at: Instant) -> dict[str, Any]:
    return {
        "id": contact.id,
        "contact_id": contact.id,
        "kind": ADDRESS_KIND,
        "scope": contact.scope,
        "value": contact.value,
        "send_value": contact.value,
        "source": ADDRESS_KIND,
        "first_seen_at": at,
        "last_seen_at": at,
    }


def write_sources(
    connection: Connection, ids: Sequence[int], sources: Sequence[str], keys: Sequence[str]
) -> None:
    """Remember which record of which source each new conversation is."""
    values = {"source": list(sources), "source_key": list(keys)}
    update_rows(connection, tables.conversation, ids, values)


def _text_set(connection: Connection, values: Iterable[str]) -> Any:
    """A subquery of texts for `column.in_(…)`, carried by one parameter."""
    listed = sorted(set(values))
    if connection.dialect.name == "sqlite":
        rows = func.json_each(json.dumps(listed)).table_valued("value")
        return select(rows.c.value)
    array = bindparam(None, listed, type_=ARRAY(Text))
    return select(func.unnest(array).column_valued("value"))
