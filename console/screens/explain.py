"""Why a wish was refused, with the name of whoever was faster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from console.actions.base import CHANGED
from console.actions.reopen import ALREADY_PENDING
from console.actions.resolve import ALREADY_RESOLVED
from console.domain.agent import Acting
from console.domain.conversation import Conversation
from console.domain.events import EventKind
from console.domain.message import ActorKind, Direction
from console.i18n import Text
from console.store import people, thread
from console.store.rows import load_conversations
from console.store.work import Connection, Store

_RACES: Final = (CHANGED, ALREADY_RESOLVED, ALREADY_PENDING)
_CONTACT_WROTE: Final = Text(
    "O contato escreveu antes de você. Leia e tente de novo.",
    "The contact wrote before you did. Read it, then try again.",
    "El contacto escribió antes que tú. Léelo e inténtalo de nuevo.",
)
_ANSWERED: Final = Text(
    "{name} respondeu antes de você.",
    "{name} answered before you.",
    "{name} respondió antes que tú.",
)
_FASTER: Final[Mapping[str, Text]] = {
    EventKind.RESOLVED: Text(
        "{name} resolveu antes de você.",
        "{name} resolved it before you.",
        "{name} la resolvió antes que tú.",
    ),
    EventKind.REOPENED: Text(
        "{name} reabriu antes de você.",
        "{name} reopened it before you.",
        "{name} la reabrió antes que tú.",
    ),
    EventKind.ASSIGNED: Text(
        "{name} mudou o responsável antes de você. Confira e tente de novo.",
        "{name} changed the assignee before you. Look again, then retry.",
        "{name} cambió el responsable antes que tú. Revisa e inténtalo de nuevo.",
    ),
    EventKind.TEAM_ASSIGNED: Text(
        "{name} mudou a equipe antes de você. Confira e tente de novo.",
        "{name} changed the team before you. Look again, then retry.",
        "{name} cambió el equipo antes que tú. Revisa e inténtalo de nuevo.",
    ),
}


def explained(store: Store, who: Acting, conversation_id: int, refusal: Text) -> Text:
    """A refusal that somebody else caused, with their name; any other as it is."""
    if refusal not in _RACES:
        return refusal
    with store.read() as connection:
        found = load_conversations(connection, [conversation_id])
        told = _last_change(connection, found[0], who) if found else None
    return told or refusal


def _last_change(connection: Connection, state: Conversation, who: Acting) -> Text | None:
    facts = thread.events(connection, state.id, state.contact_id, limit=1)
    written = thread.messages(connection, state.id, limit=1)
    if written and (not facts or written[0].id > facts[0].id):
        message = written[0]
        if message.direction == Direction.IN:
            return _CONTACT_WROTE
        is_answer = message.direction == Direction.OUT and message.author_id != who.agent_id
        return _ANSWERED.with_(name=message.author_name) if is_answer else None
    if not facts or facts[0].actor_kind != ActorKind.AGENT or facts[0].actor_id == who.agent_id:
        return None
    sentence = _FASTER.get(facts[0].kind)
    actor = people.agent(connection, facts[0].actor_id or 0)
    return sentence.with_(name=actor.name) if sentence and actor else None
