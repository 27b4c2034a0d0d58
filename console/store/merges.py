"""Contacts that are one person: joined with what it takes to part them again, and parted.

The one that is gone stays as a row without anything of its own: its addresses and conversations
are the kept one's, until the merge is reversed. A block holds for both, the stricter wins.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select, and_, func, select, update

from console.domain.events import EventKind
from console.domain.ids import Instant, new_id
from console.store import tables
from console.store.bulk_write import id_set
from console.store.feed import write_feed

_MERGE: Final = tables.contact_merge
_CONTACT: Final = tables.contact
_MOVING: Final = {"addresses": "address", "conversations": "conversation"}
_BLOCKS: Final = (EventKind.BLOCKED, EventKind.UNBLOCKED)
BY_HAND: Final = "a person said so"


@dataclass(frozen=True, slots=True)
class Merge:
    """One contact that has become part of another."""

    id: int
    kept_id: int
    gone_id: int
    at: Instant


def lock(connection: Connection, contact_ids: Iterable[int]) -> None:
    """Let nobody else join, part or block these contacts meanwhile."""
    wanted = select(_CONTACT.c.id).where(_CONTACT.c.id.in_(id_set(connection, [*contact_ids])))
    connection.execute(wanted.order_by(_CONTACT.c.id).with_for_update())


def join(connection: Connection, kept_id: int, gone_id: int, at: Instant, why: str) -> int:
    """Let one contact have everything of another; gives the id of the merge, to reverse it."""
    lock(connection, [kept_id, gone_id])
    moved = {name: _move(connection, table, gone_id, kept_id) for name, table in _MOVING.items()}
    kept = json.dumps({**moved, "given": _give(connection, kept_id, gone_id)})
    merge_id = new_id()
    row = {"kept_id": kept_id, "gone_id": gone_id, "why": why, "at": at}
    connection.execute(_MERGE.insert().values(id=merge_id, moved=kept, **row))
    _tell(connection, [kept_id, gone_id], moved["conversations"], at)
    return merge_id


def part(connection: Connection, merge: Merge, at: Instant) -> None:
    """Reverse a merge: what was moved goes back, what was written since stays where it is."""
    lock(connection, [merge.kept_id, merge.gone_id])
    row = select(_MERGE.c.moved).where(_MERGE.c.id == merge.id)
    moved: Mapping[str, list[Any]] = json.loads(connection.scalar(row) or "{}")
    for name, table in _MOVING.items():
        _move_back(connection, table, moved.get(name, []), merge)
    _take_back(connection, merge, moved.get("given", ()))
    reversed_ = update(_MERGE).where(_MERGE.c.id == merge.id).values(reversed_at=at)
    connection.execute(reversed_)
    _tell(connection, [merge.kept_id, merge.gone_id], moved.get("conversations", []), at)


def find_merge(connection: Connection, merge_id: int, *, lock: bool = False) -> Merge | None:
    """A merge that holds; None for an unknown one and for one that was reversed."""
    wanted = _live().where(_MERGE.c.id == merge_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).first()
    return _merge_of(row) if row else None


def merges_into(connection: Connection, contact_id: int) -> list[Merge]:
    """The merges that a contact is made of, the latest first."""
    wanted = _live().where(_MERGE.c.kept_id == contact_id).order_by(_MERGE.c.id.desc())
    return [_merge_of(row) for row in connection.execute(wanted)]


def made_by(connection: Connection, contact_id: int) -> dict[int, int]:
    """The agent who made each merge into a contact; those that a provider caused are left out."""
    event = tables.event
    wanted = select(event.c.to_id, event.c.actor_id).where(
        event.c.contact_id == contact_id,
        event.c.conversation_id.is_(None),
        event.c.kind == EventKind.CONTACTS_MERGED,
        event.c.actor_id.is_not(None),
    )
    return {row.to_id: row.actor_id for row in connection.execute(wanted)}


def gone_among(connection: Connection, contact_ids: Sequence[int]) -> dict[int, int]:
    """Those of these contacts that are part of another one, each with that one."""
    wanted = _live().where(_MERGE.c.gone_id.in_(id_set(connection, contact_ids)))
    return {row.gone_id: row.kept_id for row in connection.execute(wanted)}


def gone_ids() -> Select[tuple[int]]:
    """The ids of all contacts that are part of another one, for a condition."""
    return select(_MERGE.c.gone_id).where(_MERGE.c.reversed_at.is_(None))


def current(connection: Connection, contact_id: int) -> int:
    """The contact that somebody is part of now: themselves, or whom they were joined to."""
    while kept := gone_among(connection, [contact_id]).get(contact_id):
        contact_id = kept
    return contact_id


def parts_of(connection: Connection, contact_ids: Sequence[int]) -> dict[int, int]:
    """Everybody whom these contacts are made of, themselves too, each with whom they are now."""
    found = {contact_id: contact_id for contact_id in contact_ids}
    newest = list(contact_ids)
    while newest:
        wanted = _live().where(_MERGE.c.kept_id.in_(id_set(connection, newest)))
        rows = connection.execute(wanted).all()
        newest = [row.gone_id for row in rows if row.gone_id not in found]
        found |= {row.gone_id: found[row.kept_id] for row in rows if row.gone_id not in found}
    return found


def _live() -> Select[Any]:
    columns = (_MERGE.c.id, _MERGE.c.kept_id, _MERGE.c.gone_id, _MERGE.c.at)
    return select(*columns).where(_MERGE.c.reversed_at.is_(None))


def _merge_of(row: Any) -> Merge:
    return Merge(row.id, row.kept_id, row.gone_id, row.at)


def _move(connection: Connection, name: str, gone_id: int, kept_id: int) -> list[int]:
    table = tables.metadata.tables[name]
    ids = list(connection.scalars(select(table.c.id).where(table.c.contact_id == gone_id)))
    own = table.c.id.in_(id_set(connection, ids))
    connection.execute(update(table).where(own).values(contact_id=kept_id))
    return ids


def _move_back(connection: Connection, name: str, ids: Sequence[int], merge: Merge) -> None:
    table = tables.metadata.tables[name]
    own = and_(table.c.id.in_(id_set(connection, ids)), table.c.contact_id == merge.kept_id)
    connection.execute(update(table).where(own).values(contact_id=merge.gone_id))


def _give(connection: Connection, kept_id: int, gone_id: int) -> list[str]:
    """Names of the columns that the kept contact lacked and has from the other one now."""
    kept, gone = _row(connection, kept_id), _row(connection, gone_id)
    given = [name for name in ("name", "email", "is_blocked") if gone[name] and not kept[name]]
    _set(connection, kept_id, {name: gone[name] for name in given})
    return given


def _take_back(connection: Connection, merge: Merge, given: Sequence[str]) -> None:
    """What was given goes back, unless somebody has changed it since; so do later blocks."""
    kept, gone = _row(connection, merge.kept_id), _row(connection, merge.gone_id)
    blank: dict[str, Any] = {"name": "", "email": None, "is_blocked": False}
    later = _last_block(connection, merge)
    same = [n for n in given if kept[n] == gone[n] and (n != "is_blocked" or later is None)]
    _set(connection, merge.kept_id, {name: blank[name] for name in same})
    _set(connection, merge.gone_id, {"is_blocked": True} if later == EventKind.BLOCKED else {})


def _last_block(connection: Connection, merge: Merge) -> str | None:
    """How people have blocked or unblocked both of them last since they are one."""
    event = tables.event
    wanted = select(event.c.kind).where(
        event.c.contact_id == merge.kept_id,
        event.c.conversation_id.is_(None),
        event.c.kind.in_(_BLOCKS),
        event.c.id > merge.id,
    )
    return connection.scalar(wanted.order_by(event.c.id.desc()).limit(1))


def _row(connection: Connection, contact_id: int) -> Mapping[str, Any]:
    columns = (_CONTACT.c.name, _CONTACT.c.email, _CONTACT.c.is_blocked)
    return dict(
        connection.execute(select(*columns).where(_CONTACT.c.id == contact_id)).mappings().one()
    )


def _set(connection: Connection, contact_id: int, values: Mapping[str, Any]) -> None:
    changed = {**values, "version": _CONTACT.c.version + 1}
    connection.execute(update(_CONTACT).where(_CONTACT.c.id == contact_id).values(**changed))


def _tell(
    connection: Connection, contact_ids: Sequence[int], conversation_ids: Sequence[int], at: Instant
) -> None:
    write_feed(connection, "contact", contact_ids, at)
    write_feed(connection, "conversation", conversation_ids, at)


def counts_of(connection: Connection, contact_id: int) -> dict[str, int]:
    """How much a merge would move: addresses, conversations, and labels on these."""
    address, talk, on = tables.address, tables.conversation, tables.conversation_label
    own = select(talk.c.id).where(talk.c.contact_id == contact_id)
    live = and_(address.c.contact_id == contact_id, address.c.retired_at.is_(None))
    asked = {
        "addresses": select(func.count()).select_from(address).where(live),
        "conversations": select(func.count()).select_from(own.subquery()),
        "labels": select(func.count(on.c.label_id.distinct())).where(on.c.conversation_id.in_(own)),
    }
    return {name: connection.scalar(wanted) or 0 for name, wanted in asked.items()}
