"""Changing a message that is written down: reactions, edits, deletions; and what waits for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from console.domain.ids import Instant, new_id
from console.domain.text import preview
from console.store import tables
from console.store.feed import write_feed


@dataclass(frozen=True, slots=True)
class Target:
    """A message that something is told of."""

    message_id: int
    conversation_id: int
    instance_id: int


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji of one author; empty when it was taken away."""

    author: str
    emoji: str
    is_ours: bool
    at: Instant


def target_of(connection: Connection, instance_id: int, provider_id: str) -> Target | None:
    """The message that a provider calls so."""
    asked = {"instance": instance_id, "provider": provider_id}
    row = connection.execute(_TARGET, asked).first()
    return Target(*row) if row else None


def touch(connection: Connection, target: Target, now: Instant, **values: object) -> None:
    """Set columns of a message, and let those who look at it know."""
    table = tables.message
    wanted = update(table).where(table.c.id == target.message_id)
    connection.execute(wanted.values(changed_at=now, **values))
    write_feed(connection, "conversation", [target.conversation_id], now, [target.instance_id])


def react(connection: Connection, message_id: int, given: Reaction) -> bool:
    """Keep a reaction when it is the newest of its author; whether it is."""
    table = tables.reaction
    own = and_(table.c.message_id == message_id, table.c.author == given.author)
    values = {"emoji": given.emoji, "is_ours": given.is_ours, "at": given.at}
    held = connection.execute(select(table.c.at, table.c.emoji).where(own)).first()
    if held is None:
        connection.execute(
            insert(table).values(message_id=message_id, author=given.author, **values)
        )
        return True
    # Of two within one second the provider's clock does not tell the newer: the larger holds.
    if (held.at, held.emoji) >= (given.at, given.emoji):
        return False
    connection.execute(update(table).where(own).values(**values))
    return True


def edit(connection: Connection, target: Target, text: str, at: Instant, now: Instant) -> None:
    """Other words from `at` on; an older edit that comes late changes nothing."""
    table = tables.message
    held = connection.execute(
        select(table.c.text, table.c.original, table.c.edited_at).where(
            table.c.id == target.message_id
        )
    ).one()
    if held.edited_at is not None and (held.edited_at, held.text) >= (at, text):
        return
    original = held.text if held.original is None else held.original
    touch(connection, target, now, text=text, original=original, edited_at=at)
    _show_text(connection, target, text)
    write_feed(connection, "message", [target.message_id], now, [target.instance_id])


def _show_text(connection: Connection, target: Target, text: str) -> None:
    table = tables.conversation
    is_last = table.c.last_message_id == target.message_id
    shown = update(table).where(table.c.id == target.conversation_id, is_last)
    connection.execute(shown.values(last_preview=preview(text)))


def revoke(connection: Connection, target: Target, at: Instant, now: Instant) -> None:
    """Mark a message as deleted on WhatsApp."""
    table = tables.message
    told = select(table.c.revoked_at).where(table.c.id == target.message_id)
    if connection.scalar(told) is None:
        touch(connection, target, now, revoked_at=at)


def contact_was_active(
    connection: Connection, conversation_id: int, at: Instant, now: Instant
) -> None:
    """Remember the last thing a contact did; the version of the conversation stays.

    Reading is nothing that people who act on the conversation at this moment need to know.
    """
    table = tables.conversation
    is_newer = or_(table.c.contact_activity_at.is_(None), table.c.contact_activity_at < at)
    own = and_(table.c.id == conversation_id, is_newer)
    if connection.execute(update(table).where(own).values(contact_activity_at=at)).rowcount:
        write_feed(connection, "conversation", [conversation_id], now)


def park(
    connection: Connection,
    instance_id: int,
    provider_id: str,
    effect: str,
    at: Instant,
    until: Instant,
) -> None:
    """Keep an effect until its message comes, or until it expires into diagnostics."""
    table = tables.pending_effect
    same = select(table.c.id).where(
        table.c.instance_id == instance_id,
        table.c.target == provider_id,
        table.c.effect == effect,
    )
    if connection.scalar(same.limit(1)) is None:
        row = {"target": provider_id, "effect": effect, "at": at, "expires_at": until}
        connection.execute(insert(table).values(id=new_id(), instance_id=instance_id, **row))


def take_parked(connection: Connection, instance_id: int, provider_id: str) -> list[str]:
    """What waits for a message, in the order it came; it waits no longer."""
    asked = {"instance": instance_id, "provider": provider_id}
    waiting = list(connection.scalars(_PARKED, asked))
    if waiting:
        connection.execute(delete(tables.pending_effect).where(_IS_PARKED), asked)
    return waiting


def parked_n(connection: Connection, now: Instant) -> tuple[int, int]:
    """How many effects wait for their message, and how many have done so for too long."""
    table = tables.pending_effect
    late = func.count().filter(table.c.expires_at <= now)
    row = connection.execute(select(func.count(), late)).one()
    return int(row[0]), int(row[1])


# Made once: they are asked for every message that comes in, and making takes longer than asking.
_TARGET: Final = select(
    tables.message.c.id, tables.message.c.conversation_id, tables.message.c.instance_id
).where(
    tables.message.c.instance_id == bindparam("instance"),
    tables.message.c.provider_id == bindparam("provider"),
)
_IS_PARKED: Final = and_(
    tables.pending_effect.c.instance_id == bindparam("instance"),
    tables.pending_effect.c.target == bindparam("provider"),
)
_PARKED: Final = (
    select(tables.pending_effect.c.effect).where(_IS_PARKED).order_by(tables.pending_effect.c.id)
)
