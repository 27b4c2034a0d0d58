"""Contacts that have something in common with another one, read for the rule that compares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, and_, func, or_, select

from console.domain.contact import Address
from console.domain.events import EventKind
from console.domain.likeness import TAIL, Person, email_key, tails
from console.store import tables
from console.store.bulk_write import id_set
from console.store.merges import gone_ids

MOST: Final = 50
"""Contacts that are compared with one: what more of them share says little."""
_ANSWERS: Final = (EventKind.CONTACTS_KEPT_APART, EventKind.CONTACTS_PARTED)


def person(connection: Connection, contact_id: int) -> Person | None:
    """One contact with all the addresses that it has and had."""
    return next(iter(_people(connection, [contact_id])), None)


def alike(connection: Connection, one: Person) -> list[Person]:
    """Other contacts with an address, the end of a number or the e-mail of this one."""
    ids = _by_address(connection, one) | _by_email(connection, one)
    return _people(connection, sorted(ids - {one.id}, reverse=True)[:MOST])


def answered(connection: Connection, contact_id: int, others: Iterable[int]) -> set[int]:
    """Those of the others of whom people have said that they are somebody else."""
    event, asked = tables.event, list(others)
    both = [contact_id, *asked]
    told = select(event.c.contact_id, event.c.from_id).where(
        event.c.contact_id.in_(id_set(connection, both)),
        event.c.conversation_id.is_(None),
        event.c.kind.in_(_ANSWERS),
    )
    pairs = {frozenset(row) for row in connection.execute(told)}
    return {other for other in asked if frozenset((contact_id, other)) in pairs}


def _people(connection: Connection, ids: Sequence[int]) -> list[Person]:
    contact, address = tables.contact, tables.address
    among = contact.c.id.in_(id_set(connection, ids))
    wanted = select(contact.c.id, contact.c.name, contact.c.email).where(among)
    own = select(
        address.c.contact_id,
        address.c.kind,
        address.c.value,
        address.c.send_value,
        address.c.scope,
    ).where(address.c.contact_id.in_(id_set(connection, ids)))
    found: dict[int, list[Address]] = {}
    for contact_id, *parts in connection.execute(own):
        found.setdefault(contact_id, []).append(Address(*parts))
    rows = connection.execute(wanted.order_by(contact.c.id.desc()))
    return [Person(*row, addresses=tuple(found.get(row[0], ()))) for row in rows]


def _by_address(connection: Connection, one: Person) -> set[int]:
    address = tables.address
    values = sorted({a.value for a in one.addresses})
    ends = sorted(tails(one.addresses))
    if not values:
        return set()
    is_alike = and_(address.c.kind == "phone", func.substr(address.c.value, *_end()).in_(ends))
    wanted = select(address.c.contact_id).where(
        or_(address.c.value.in_(values), is_alike),
        address.c.contact_id != one.id,
        address.c.contact_id.not_in(gone_ids()),
    )
    return set(connection.scalars(wanted.limit(MOST)))


def _end() -> tuple[object, int]:
    """Where the last digits begin; PostgreSQL counts no negative places."""
    return func.length(tables.address.c.value) - TAIL + 1, TAIL


def _by_email(connection: Connection, one: Person) -> set[int]:
    contact, email = tables.contact, email_key(one.email)
    if not email:
        return set()
    wanted = select(contact.c.id).where(
        func.lower(contact.c.email) == email,
        contact.c.id != one.id,
        contact.c.id.not_in(gone_ids()),
    )
    return set(connection.scalars(wanted.limit(MOST)))
