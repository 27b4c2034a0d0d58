"""Idempotency keys: a wish that arrives twice has one effect, and both get the same answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from console.domain.ids import Instant
from console.store import tables


@dataclass(frozen=True, slots=True)
class Claim:
    """A key and what it is used for; `fingerprint` tells two wishes apart."""

    key: str
    kind: str
    actor_id: int | None
    fingerprint: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Saved:
    """What the first use of a key was for and what came of it."""

    fingerprint: str
    outcome: str


def claim(connection: Connection, wanted: Claim) -> Saved | None:
    """Take the key for this transaction, or give what its first use came to.

    A second transaction with the same key waits here for the end of the first.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    taken = connection.scalar(
        dialect.insert(tables.command)
        .values(
            key=wanted.key,
            kind=wanted.kind,
            actor_id=wanted.actor_id,
            fingerprint=wanted.fingerprint,
            outcome="",
            at=wanted.at,
        )
        .on_conflict_do_nothing()
        .returning(tables.command.c.key)
    )
    return _saved(connection, wanted.key) if taken is None else None


def _saved(connection: Connection, key: str) -> Saved:
    table = tables.command
    wanted = select(table.c.fingerprint, table.c.outcome).where(table.c.key == key)
    return Saved(*connection.execute(wanted).one())


def save_outcome(connection: Connection, key: str, outcome: str) -> None:
    """Keep the answer for whoever asks with the same key."""
    table = tables.command
    connection.execute(update(table).where(table.c.key == key).values(outcome=outcome))
