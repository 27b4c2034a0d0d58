"""The items of a thread: bubbles from messages, alert lines from facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from console.domain.agent import Acting
from console.domain.events import Event, EventKind
from console.domain.ids import Instant
from console.domain.message import ActorKind, Message
from console.domain.priority import PRIORITY_NAMES, priority_of
from console.i18n import Text
from console.readmodel.rows import pseudonym
from console.screens import bubbles
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


def line_of(event: Event, names: ThreadNames, who: Acting) -> Item | None:
    """One fact as an alert line in the reader's language; None for facts that need no line.

    `{until}` in a text is the instant `until`, which the browser writes in the reader's way.
    """
    line = _LINES.get(event.kind)
    if line is None:
        return None
    tone, _ = line
    until = {"until": milliseconds(event.to_id)} if event.kind == EventKind.SNOOZED else {}
    return {
        "type": "line",
        "id": str(event.id),
        "at": event.at // 1000,
        "text": _sentence(event).with_(**_words(event, names, who)).in_(who.language),
        "tone": tone,
        **until,
    }


def milliseconds(at: Instant | None) -> int | None:
    """An instant as browsers count it."""
    return None if at is None else at // 1000


def _author(message: Message, names: ThreadNames, who: Acting) -> str:
    if message.author_kind == ActorKind.AGENT:
        return names.agents.get(message.author_id or 0, message.author_name)
    if who.is_masked and message.author_kind == ActorKind.CONTACT:
        return pseudonym(names.contact_id, who.language)
    return message.author_name


def _sentence(event: Event) -> Text:
    _, sentence = _LINES[event.kind]
    if event.kind in _TAKEN_AWAY and event.to_id is None:
        return _TAKEN_AWAY[event.kind]
    if event.kind == EventKind.UNSNOOZED and event.actor_kind == ActorKind.SYSTEM:
        return _CAME_BACK
    if event.kind == EventKind.ASSIGNED and event.actor_id == event.to_id:
        return _TAKEN
    return sentence


def _words(event: Event, names: ThreadNames, who: Acting) -> dict[str, object]:
    if event.kind == EventKind.PRIORITY_SET:
        priority = priority_of(event.to_id)
        named = PRIORITY_NAMES[priority] if priority else ""
        return {"by": _actor(event, names, who), "priority": named}
    known = names.teams if event.kind == EventKind.TEAM_ASSIGNED else names.agents
    return {
        "by": _actor(event, names, who),
        "to": _known(known, event.to_id, who),
        "before": _known(known, event.from_id, who),
        "until": "{until}",
    }


def _known(names: Mapping[int, str], wanted: int | None, who: Acting) -> str:
    return names.get(wanted or 0) or _SOMEBODY.in_(who.language)


def _actor(event: Event, names: ThreadNames, who: Acting) -> str:
    match event.actor_kind:
        case ActorKind.AGENT:
            return _known(names.agents, event.actor_id, who)
        case ActorKind.CONTACT if who.is_masked:
            return pseudonym(names.contact_id, who.language)
        case ActorKind.CONTACT:
            return names.contact
        case _:
            return _MACHINE.in_(who.language)


_SOMEBODY: Final = Text("alguém", "somebody", "alguien")
_MACHINE: Final = Text("automação", "automation", "automatización")
_TAKEN: Final = Text(
    "Conversa atribuída a {to}", "Conversation assigned to {to}", "Conversación asignada a {to}"
)
_CAME_BACK: Final = Text(
    "Conversa de volta: o adiamento terminou",
    "Conversation back: the snooze is over",
    "Conversación de vuelta: terminó la espera",
)
_LINES: Final[Mapping[str, tuple[str, Text]]] = {
    EventKind.ASSIGNED: (
        "assign",
        Text(
            "Conversa atribuída a {to} por {by}",
            "Conversation assigned to {to} by {by}",
            "Conversación asignada a {to} por {by}",
        ),
    ),
    EventKind.TEAM_ASSIGNED: (
        "assign",
        Text(
            "Conversa atribuída à equipe {to} por {by}",
            "Conversation assigned to the team {to} by {by}",
            "Conversación asignada al equipo {to} por {by}",
        ),
    ),
    EventKind.RESOLVED: (
        "resolve",
        Text(
            "Conversa resolvida por {by}",
            "Conversation resolved by {by}",
            "Conversación resuelta por {by}",
        ),
    ),
    EventKind.REOPENED: (
        "reopen",
        Text(
            "Conversa reaberta por {by}",
            "Conversation reopened by {by}",
            "Conversación reabierta por {by}",
        ),
    ),
    EventKind.UNDONE: (
        "undo",
        Text(
            "Ação em massa desfeita por {by}",
            "Bulk action undone by {by}",
            "Acción en masa deshecha por {by}",
        ),
    ),
    EventKind.PRIORITY_SET: (
        "priority",
        Text(
            "Prioridade {priority} definida por {by}",
            "Priority set to {priority} by {by}",
            "Prioridad {priority} definida por {by}",
        ),
    ),
    EventKind.SNOOZED: (
        "snooze",
        Text(
            "Conversa adiada até {until} por {by}",
            "Conversation snoozed until {until} by {by}",
            "Conversación pospuesta hasta {until} por {by}",
        ),
    ),
    EventKind.UNSNOOZED: (
        "snooze",
        Text(
            "Conversa trazida de volta por {by}",
            "Conversation brought back by {by}",
            "Conversación traída de vuelta por {by}",
        ),
    ),
    EventKind.BLOCKED: (
        "block",
        Text(
            "Bloqueio de notificações feito por {by}",
            "Notifications blocked by {by}",
            "Bloqueo de notificaciones hecho por {by}",
        ),
    ),
    EventKind.UNBLOCKED: (
        "block",
        Text(
            "Bloqueio de notificações desfeito por {by}",
            "Notifications unblocked by {by}",
            "Bloqueo de notificaciones deshecho por {by}",
        ),
    ),
}
_TAKEN_AWAY: Final[Mapping[str, Text]] = {
    EventKind.ASSIGNED: Text(
        "{before} deixou de ser responsável, por {by}",
        "{before} unassigned by {by}",
        "{before} dejó de ser responsable, por {by}",
    ),
    EventKind.TEAM_ASSIGNED: Text(
        "Conversa retirada da equipe {before} por {by}",
        "Conversation removed from the team {before} by {by}",
        "Conversación retirada del equipo {before} por {by}",
    ),
    EventKind.PRIORITY_SET: Text(
        "Prioridade retirada por {by}", "Priority removed by {by}", "Prioridad retirada por {by}"
    ),
}
