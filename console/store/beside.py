"""What stands beside messages: their files, the reactions to them, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, select

from console.domain.attachment import Attachment
from console.domain.message import Message
from console.store import tables
from console.store.attachments import files_of
from console.store.bulk_write import id_set
from console.store.rows import message_of


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji that somebody has put on a message."""

    emoji: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """Files and reactions by message; quoted messages by conversation and provider's id."""

    files: Mapping[int, Attachment] = field(default_factory=dict)
    reactions: Mapping[int, Sequence[Reaction]] = field(default_factory=dict)
    quoted: Mapping[tuple[int, str], Message] = field(default_factory=dict)


NOTHING: Final = Beside()


def beside(connection: Connection, messages: Sequence[Message]) -> Beside:
    """All of it in three statements, however many messages there are."""
    ids = [message.id for message in messages]
    return Beside(
        files_of(connection, ids), _reactions(connection, ids), _quoted(connection, messages)
    )


def _reactions(connection: Connection, ids: Sequence[int]) -> dict[int, list[Reaction]]:
    table = tables.reaction
    wanted = (
        select(table.c.message_id, table.c.emoji, table.c.is_ours)
        .where(table.c.message_id.in_(id_set(connection, ids)), table.c.emoji != "")
        .order_by(table.c.message_id, table.c.at, table.c.author)
    )
    found: dict[int, list[Reaction]] = {}
    for message_id, emoji, is_ours in connection.execute(wanted):
        found.setdefault(message_id, []).append(Reaction(emoji, is_ours))
    return found


def _quoted(connection: Connection, messages: Sequence[Message]) -> dict[tuple[int, str], Message]:
    """A message quotes one of its own conversation only: what is in others is not everybody's."""
    wanted = {(m.conversation_id, m.instance_id, m.quoted) for m in messages if m.quoted}
    if not wanted:
        return {}
    table = tables.message
    conversations, instances, names = (sorted(set(part)) for part in zip(*wanted, strict=True))
    rows = connection.execute(
        select(table).where(
            table.c.conversation_id.in_(conversations),
            table.c.instance_id.in_(instances),
            table.c.provider_id.in_(names),
        )
    ).mappings()
    found = [message_of(row) for row in rows]
    return {(m.conversation_id, m.provider_id or ""): m for m in found}
