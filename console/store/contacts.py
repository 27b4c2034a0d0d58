"""Contacts and addresses: finding the person behind an address, or writing down a new one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Final

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, not_, or_, select, true

from console.domain.contact import Address
from console.domain.ids import Instant, new_id
from console.domain.scope import Scope
from console.domain.text import fold
from console.store import tables
from console.store.bulk_write import id_set
from console.store.feed import write_feed
from console.store.merges import gone_among, gone_ids
from console.store.rows import condition

_LATEST: Final = (  # made once: it is asked for every message that comes in
    select(tables.conversation.c.id)
    .where(
        tables.conversation.c.instance_id == bindparam("instance"),
        tables.conversation.c.contact_id == bindparam("contact"),
    )
    .order_by(tables.conversation.c.id.desc())
    .limit(1)
)
_ACCENTED: Final = "áàâãäéèêëíìîïóòôõöúùûüçñ"
_ACCENTS: Final = tuple((c, fold(c)) for c in _ACCENTED + _ACCENTED.upper())


def contact_by_address(connection: Connection, address: Address) -> int | None:
    """The contact that uses this address now."""
    table = tables.address
    return connection.scalar(
        select(table.c.contact_id).where(
            table.c.kind == address.kind,
            table.c.scope == address.scope,
            table.c.value == address.value,
            table.c.retired_at.is_(None),
        )
    )


def create_contact(
    connection: Connection,
    name: str,
    email: str | None,
    addresses: Sequence[Address],
    at: Instant,
    source: str,
) -> int:
    """Write a contact with its addresses; gives its id."""
    contact_id = new_id()
    row = {"id": contact_id, "name": name, "email": email, "created_at": at}
    connection.execute(insert(tables.contact).values(**row))
    for address in addresses:
        add_address(connection, contact_id, address, at, source)
    write_feed(connection, "contact", [contact_id], at)
    return contact_id


def add_address(
    connection: Connection, contact_id: int, address: Address, at: Instant, source: str
) -> None:
    """Give a contact one more address."""
    connection.execute(
        insert(tables.address).values(
            id=new_id(),
            contact_id=contact_id,
            kind=address.kind,
            scope=address.scope,
            value=address.value,
            send_value=address.send_value,
            source=source,
            first_seen_at=at,
            last_seen_at=at,
        )
    )


def visible_contacts(connection: Connection, ids: Sequence[int], scope: Scope) -> set[int]:
    """Those of `ids` that have a conversation in the scope, or none at all yet.

    Who has become part of another contact is not among them.
    """
    gone = gone_among(connection, ids)
    ids = [i for i in ids if i not in gone]
    if scope.kind == "all":
        return set(ids)
    table = tables.conversation
    among = table.c.contact_id.in_(id_set(connection, ids))
    known = set(connection.scalars(select(table.c.contact_id).where(among)))
    seen = select(table.c.contact_id).where(among, condition(scope))
    return (set(ids) - known) | set(connection.scalars(seen))


def has_hidden_conversations(connection: Connection, ids: Sequence[int], scope: Scope) -> bool:
    """Whether any of these contacts has a conversation outside the scope."""
    if scope.kind == "all":
        return False
    table = tables.conversation
    among = table.c.contact_id.in_(id_set(connection, ids))
    hidden = select(table.c.id).where(among, condition(scope).is_not(true()))
    return connection.scalar(hidden.limit(1)) is not None


def latest_conversation(connection: Connection, instance_id: int, contact_id: int) -> int | None:
    """The newest conversation of a contact on an instance."""
    asked = {"instance": instance_id, "contact": contact_id}
    found: int | None = connection.scalar(_LATEST, asked)
    return found


def conversations_of(
    connection: Connection, contact_ids: Sequence[int], scope: Scope, *, limit: int = 1_000
) -> list[int]:
    """Ids of the contacts' conversations in the scope, latest activity first."""
    table = tables.conversation
    among = table.c.contact_id.in_(id_set(connection, contact_ids))
    wanted = select(table.c.id).where(among, condition(scope))
    return list(connection.scalars(wanted.order_by(table.c.last_activity_at.desc()).limit(limit)))


def contacts_without_conversation(connection: Connection, ids: Sequence[int]) -> list[int]:
    """Those of `ids` with whom there is no conversation at all, in their order."""
    table = tables.conversation
    among = table.c.contact_id.in_(id_set(connection, ids))
    known = set(connection.scalars(select(table.c.contact_id).where(among)))
    return [i for i in ids if i not in known]


def wrote_since(connection: Connection, since: Instant) -> list[tuple[int, str, str, Instant]]:
    """Instance, phone, name and instant of the contacts whose last words are not older."""
    talk, person, way = tables.conversation, tables.contact, tables.address
    wanted = (
        select(talk.c.instance_id, way.c.send_value, person.c.name, func.max(talk.c.inbound_at))
        .join(person, person.c.id == talk.c.contact_id)
        .join(way, way.c.contact_id == person.c.id)
        .where(talk.c.inbound_at >= since, way.c.kind == "phone", way.c.retired_at.is_(None))
        .group_by(talk.c.instance_id, way.c.send_value, person.c.name)
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(wanted)]


def contact_page(
    connection: Connection, scope: Scope, wanted: str, *, limit: int, offset: int
) -> tuple[list[int], int]:
    """Ids of the contacts whose name, e-mail or address contains `wanted`, and how many.

    By name. Offset paging, because the page shows numbered pages.
    """
    table = tables.contact
    own = table.c.id.not_in(gone_ids())
    found = select(table.c.id).where(own, _seen(scope), _matches(wanted.strip()))
    total = connection.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = found.order_by(func.lower(table.c.name), table.c.id).limit(limit).offset(offset)
    return list(connection.scalars(page)), total


def _seen(scope: Scope) -> ColumnElement[bool]:
    if scope.kind == "all":
        return true()
    table = tables.conversation
    own = select(table.c.id).where(table.c.contact_id == tables.contact.c.id)
    return or_(own.where(condition(scope)).exists(), not_(own.exists()))


def _matches(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return true()
    table, address = tables.contact, tables.address
    live = select(address.c.contact_id).where(address.c.retired_at.is_(None))
    return or_(
        _folded(table.c.name).contains(fold(wanted), autoescape=True),
        table.c.email.icontains(wanted, autoescape=True),
        table.c.id.in_(live.where(address.c.value.icontains(wanted, autoescape=True))),
    )


def _folded(column: ColumnElement[str]) -> ColumnElement[str]:
    """Lower case without the accents of our languages; SQLite's own lower() knows ASCII only."""
    return reduce(lambda text, pair: func.replace(text, *pair), _ACCENTS, func.lower(column))
