"""Who an item of a provider is about: contacts found by their addresses, and joined by them.

A contact has any number of addresses; a phone is one of them. Only strong kinds identify. Two
contacts become one when a provider names an address of each in one item; the merge is written
down with what it takes to reverse it (`store/merges.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from console.domain.contact import STRONG, Address
from console.domain.events import Event, EventKind
from console.domain.ids import Instant, new_id
from console.domain.message import ActorKind
from console.store import merges, tables
from console.store.contacts import add_address, create_contact
from console.store.feed import write_feed
from console.store.rows import insert_events

SOURCE: Final = "channel"


@dataclass(frozen=True, slots=True)
class Holder:
    """An address in use, and whose it is."""

    id: int
    contact_id: int
    address: Address


def contact_of(connection: Connection, addresses: Sequence[Address], name: str, at: Instant) -> int:
    """The contact whom one item names by these addresses; made, completed or joined as needed."""
    held = holders(connection, [a for a in addresses if a.kind in STRONG])
    held = _without_reassigned(connection, held, addresses, at)
    found = list(dict.fromkeys(holder.contact_id for holder in held))
    _free_weak(connection, addresses, found, at)
    if not found:
        return create_contact(connection, name, None, list(addresses), at, SOURCE)
    kept = min(found)
    for gone in found:
        if gone != kept:
            merge(connection, kept, gone, at, why="one item")
    _complete(connection, kept, addresses, name, at)
    return kept


def holders(connection: Connection, addresses: Sequence[Address]) -> list[Holder]:
    """Who uses these addresses now."""
    asked = [{"kind": a.kind, "scope": a.scope, "value": a.value} for a in addresses]
    rows = (row for one in asked for row in connection.execute(_HOLDER, one))
    return [Holder(row[0], row[1], Address(*row[2:])) for row in rows]


def _without_reassigned(
    connection: Connection, held: list[Holder], addresses: Sequence[Address], at: Instant
) -> list[Holder]:
    """A number that somebody else of another business identifier has now leaves its old contact.

    History never moves silently to a stranger.
    """
    told = next((a for a in addresses if a.kind == "bsuid"), None)
    phone = next((h for h in held if h.address.kind == "phone"), None)
    if told is None or phone is None:
        return held
    known = _identifiers(connection, phone.contact_id, told.scope)
    if not known or told.value in known:
        return held
    retire(connection, [phone.id], at)
    event = _event(EventKind.NUMBER_REASSIGNED, phone.contact_id, at, from_id=phone.contact_id)
    insert_events(connection, [event])
    write_feed(connection, "contact", [phone.contact_id], at)
    return [h for h in held if h.contact_id != phone.contact_id]


def _free_weak(
    connection: Connection, addresses: Sequence[Address], found: Sequence[int], at: Instant
) -> None:
    """A user name that another contact had has moved on: it never says who somebody is."""
    weak = holders(connection, [a for a in addresses if a.kind not in STRONG])
    retire(connection, [h.id for h in weak if h.contact_id not in found], at)


def _identifiers(connection: Connection, contact_id: int, scope: str) -> set[str]:
    table = tables.address
    wanted = select(table.c.value).where(
        table.c.contact_id == contact_id,
        table.c.kind == "bsuid",
        table.c.scope == scope,
        table.c.retired_at.is_(None),
    )
    return set(connection.scalars(wanted))


def retire(connection: Connection, address_ids: Sequence[int], at: Instant) -> None:
    """Addresses that nobody is reached by any more; they stay as history."""
    if not address_ids:
        return
    table = tables.address
    connection.execute(update(table).where(table.c.id.in_(address_ids)).values(retired_at=at))


def _complete(
    connection: Connection, contact_id: int, addresses: Sequence[Address], name: str, at: Instant
) -> None:
    """Give the contact what it lacks: addresses, the form to send to, and a name."""
    table = tables.address
    mine = connection.execute(_MINE, {"contact": contact_id})
    known = {(kind, scope, value): (i, sent) for i, kind, scope, value, sent in mine}
    is_changed = _named(connection, contact_id, name)
    for address in addresses:
        held = known.get((address.kind, address.scope, address.value))
        if held is None:
            add_address(connection, contact_id, address, at, SOURCE)
            is_changed = True
        elif held[1] != address.send_value:
            sent = {"send_value": address.send_value, "last_seen_at": at}
            connection.execute(update(table).where(table.c.id == held[0]).values(**sent))
    if is_changed:
        write_feed(connection, "contact", [contact_id], at)


def _named(connection: Connection, contact_id: int, name: str) -> bool:
    """A contact without a name takes the one they gave; what people wrote stays."""
    if not name or connection.scalar(_NAME, {"contact": contact_id}):
        return False
    table = tables.contact
    blank = table.c.name == ""
    named = connection.execute(
        update(table).where(table.c.id == contact_id, blank).values(name=name)
    )
    return bool(named.rowcount)


def merge(connection: Connection, kept_id: int, gone_id: int, at: Instant, why: str) -> int:
    """Join two contacts because a provider says that they are one; gives the merge's id."""
    merge_id = merges.join(connection, kept_id, gone_id, at, why)
    event = _event(EventKind.CONTACTS_MERGED, kept_id, at, from_id=gone_id, to_id=merge_id)
    insert_events(connection, [event])
    return merge_id


def _event(
    kind: EventKind,
    contact_id: int,
    at: Instant,
    *,
    from_id: int | None = None,
    to_id: int | None = None,
) -> Event:
    return Event(
        id=new_id(),
        kind=kind,
        at=at,
        actor_kind=ActorKind.SYSTEM,
        contact_id=contact_id,
        from_id=from_id,
        to_id=to_id,
    )


def change(
    connection: Connection, old: Sequence[Address], new: Sequence[Address], at: Instant
) -> bool:
    """A provider says that somebody has other addresses now; whether we know them.

    With nothing new it is their security code that changed.
    """
    held = holders(connection, [a for a in old if a.kind in STRONG])
    if not held:
        return False
    contact_id = min(h.contact_id for h in held)
    fresh = [a for a in new if a not in old]
    kinds = {a.kind for a in fresh}
    retire(connection, [h.id for h in held if h.address.kind in kinds], at)
    if fresh:
        for other in {h.contact_id for h in holders(connection, fresh)} - {contact_id}:
            merge(connection, contact_id, other, at, why="number changed")
        _complete(connection, contact_id, fresh, "", at)
    kind = EventKind.NUMBER_CHANGED if fresh else EventKind.CODE_CHANGED
    insert_events(connection, [_event(kind, contact_id, at)])
    write_feed(connection, "contact", [contact_id], at)
    return True


# Made once: they are asked for every message that comes in, and making takes longer than asking.
_ADDRESS: Final = tables.address.c
_HOLDER: Final = select(
    _ADDRESS.id,
    _ADDRESS.contact_id,
    _ADDRESS.kind,
    _ADDRESS.value,
    _ADDRESS.send_value,
    _ADDRESS.scope,
).where(
    _ADDRESS.kind == bindparam("kind"),
    _ADDRESS.scope == bindparam("scope"),
    _ADDRESS.value == bindparam("value"),
    _ADDRESS.retired_at.is_(None),
)
_MINE: Final = select(
    _ADDRESS.id, _ADDRESS.kind, _ADDRESS.scope, _ADDRESS.value, _ADDRESS.send_value
).where(_ADDRESS.contact_id == bindparam("contact"), _ADDRESS.retired_at.is_(None))
_NAME: Final = select(tables.contact.c.name).where(tables.contact.c.id == bindparam("contact"))
