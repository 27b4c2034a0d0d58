"""Canned replies as they are now."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from sqlalchemy import Connection, RowMapping, insert, select, update

from console.domain.agent import Acting
from console.domain.audience import Audience, may_see
from console.domain.canned import CannedReply
from console.domain.ids import Instant
from console.store import tables

_CANNED: Final = tables.canned_reply
_FIELDS: Final = tuple(CannedReply.__dataclass_fields__)


def canned_of(connection: Connection, who: Acting) -> list[CannedReply]:
    """What a person finds, by shortcut; their own before those of a team and of everybody."""
    wanted = select(_CANNED).where(_CANNED.c.is_active).order_by(_CANNED.c.shortcut, _CANNED.c.id)
    found = [_canned(row) for row in connection.execute(wanted).mappings()]
    order = list(Audience)
    seen = [reply for reply in found if may_see(reply, who)]
    return sorted(seen, key=lambda reply: (reply.shortcut, order.index(reply.audience)))


def find_canned(connection: Connection, canned_id: int) -> CannedReply | None:
    """One of them, None for what does not exist any more."""
    wanted = select(_CANNED).where(_CANNED.c.id == canned_id, _CANNED.c.is_active)
    row = connection.execute(wanted.with_for_update()).mappings().first()
    return _canned(row) if row else None


def holder(connection: Connection, reply: CannedReply) -> int | None:
    """The id of whichever has the shortcut already, among the same people."""
    wanted = select(_CANNED.c.id).where(
        _CANNED.c.is_active,
        _CANNED.c.audience == reply.audience,
        _CANNED.c.scope_id == reply.scope_id,
        _CANNED.c.shortcut == reply.shortcut,
    )
    found: int | None = connection.scalar(wanted)
    return found


def save_canned(connection: Connection, reply: CannedReply, at: Instant) -> None:
    """Write one down, new or changed."""
    values = {**asdict(reply), "scope_id": reply.scope_id, "changed_at": at}
    if reply.version == 1:
        connection.execute(insert(_CANNED).values(**values, created_at=at))
    else:
        connection.execute(update(_CANNED).where(_CANNED.c.id == reply.id).values(**values))


def remove_canned(connection: Connection, reply: CannedReply, at: Instant) -> None:
    """Take one out of every list; its words stay in the store, and its shortcut is free."""
    changed = {"is_active": False, "version": reply.version + 1, "changed_at": at}
    connection.execute(update(_CANNED).where(_CANNED.c.id == reply.id).values(**changed))


def _canned(row: RowMapping) -> CannedReply:
    values = {name: row[name] for name in _FIELDS}
    return CannedReply(**{**values, "audience": Audience(values["audience"])})
