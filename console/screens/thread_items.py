"""The bubbles of a thread; its alert lines are made in `screens/lines.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.domain.message import ActorKind, Message
from console.readmodel.rows import pseudonym
from console.screens import bubbles
from console.screens.directory import Directory
from console.screens.mask import HIDDEN_TEXT
from console.store.beside import NOTHING, Beside

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ThreadNames:
    """The names that facts of one conversation refer to by id."""

    contact_id: int
    contact: str
    agents: Mapping[int, str] = field(default_factory=dict)
    teams: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, str] = field(default_factory=dict)


def names_in(known: Directory, contact_id: int, contact: str) -> ThreadNames:
    """The names for the facts of a conversation with this contact."""
    return ThreadNames(contact_id, contact, known.agent_names, known.team_names, known.label_names)


def item_of(message: Message, names: ThreadNames, who: Acting, beside: Beside = NOTHING) -> Item:
    """One message as a bubble; an analyst reads neither its words nor who wrote to us."""
    is_masked = who.is_masked
    return {
        "type": "message",
        "id": str(message.id),
        "direction": message.direction,
        "kind": message.kind,
        "text": HIDDEN_TEXT.in_(who.language) if is_masked else _text(message, who),
        "author": _author(message, names, who),
        "at": message.at // 1000 if message.is_dated else None,
        "delivery": message.delivery,
        "reason": None if is_masked else bubbles.reason(message, who),
        **({} if is_masked else bubbles.parts_of(message, beside, who)),
    }


def _text(message: Message, who: Acting) -> str:
    return message.text if bubbles.is_readable(message, who) else ""


def milliseconds(at: Instant | None) -> int | None:
    """An instant as browsers count it."""
    return None if at is None else at // 1000


def _author(message: Message, names: ThreadNames, who: Acting) -> str:
    if message.author_kind == ActorKind.AGENT:
        return names.agents.get(message.author_id or 0, message.author_name)
    if who.is_masked and message.author_kind == ActorKind.CONTACT:
        return pseudonym(names.contact_id, who.language)
    return message.author_name
