"""The systems that may send notifications, each known by the hash of its token."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from console.domain.ids import MINUTE, Instant, new_id
from console.store import tables
from console.store.work import Store

PREFIX: Final = "central_"  # so that scanners of leaked secrets know what they have found
_USED_EVERY: Final = MINUTE


@dataclass(frozen=True, slots=True)
class Integration:
    """One system; nobody can read its token any more."""

    id: int
    key: str
    name: str
    is_active: bool
    created_at: Instant
    used_at: Instant | None


def new_token() -> str:
    """A token of 256 bits; it is shown once and kept nowhere."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """What is kept of a token: it has 256 bits of its own, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def integrations(connection: Connection) -> list[Integration]:
    """Every system, the active ones first, by name."""
    t = tables.integration
    rows = connection.execute(select(*_columns()).order_by(t.c.is_active.desc(), t.c.name, t.c.id))
    return [_integration(row) for row in rows]


def integration_of(connection: Connection, token: str) -> Integration | None:
    """The active system with this token; found by hash and compared in constant time."""
    t, wanted = tables.integration, hash_of(token)
    row = connection.execute(
        select(*_columns(), t.c.token_hash).where(t.c.token_hash == wanted, t.c.is_active)
    ).first()
    is_right = row is not None and hmac.compare_digest(row[-1], wanted)
    return _integration(row[:-1]) if row is not None and is_right else None


def save_integration(
    connection: Connection, key: str, name: str, token_hash: str, at: Instant
) -> int | None:
    """Write down a system; None when an active one has the key. A revoked one gives it up."""
    t = tables.integration
    row = connection.execute(select(t.c.id, t.c.is_active).where(t.c.key == key)).first()
    if row is not None and row.is_active:
        return None
    if row is not None:
        free = {"key": f"{key}-{row.id}"}
        connection.execute(update(t).where(t.c.id == row.id).values(**free))
    made = new_id()
    values = {"name": name, "token_hash": token_hash, "is_active": True, "created_at": at}
    connection.execute(insert(t).values(id=made, key=key, **values))
    return made


def revoke_integration(connection: Connection, integration_id: int) -> bool:
    """End a token; whether it was active."""
    t = tables.integration
    ended = connection.execute(
        update(t).where(t.c.id == integration_id, t.c.is_active).values(is_active=False)
    )
    return bool(ended.rowcount)


def note_use(store: Store, integration: Integration, at: Instant) -> None:
    """Remember that a token was used, to the minute."""
    if integration.used_at is not None and at - integration.used_at < _USED_EVERY:
        return
    t = tables.integration
    store.write(lambda c: c.execute(update(t).where(t.c.id == integration.id).values(used_at=at)))


def _columns() -> tuple[Any, ...]:
    t = tables.integration
    return (t.c.id, t.c.key, t.c.name, t.c.is_active, t.c.created_at, t.c.used_at)


def _integration(row: Any) -> Integration:
    found, key, name, is_active, created_at, used_at = row
    return Integration(found, key, name, bool(is_active), created_at, used_at)
