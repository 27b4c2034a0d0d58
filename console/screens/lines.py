"""Alert lines: every fact that a reader of a conversation should know of, in their language.

Each kind of fact has a line here or a reason for having none in `screens/without_line.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from console.domain.agent import Acting
from console.domain.blocking import BLOCK_REASONS, reason_of
from console.domain.events import Event, EventKind
from console.domain.message import ActorKind
from console.domain.priority import PRIORITY_NAMES, priority_of
from console.i18n import Text
from console.readmodel.rows import pseudonym
from console.screens.thread_items import Item, ThreadNames, milliseconds

Case = tuple[Callable[[Event], bool], Text | None]


@dataclass(frozen=True, slots=True)
class Line:
    """How one kind of fact is told; the first of `cases` that holds says it otherwise, or not."""

    tone: str
    text: Text
    cases: tuple[Case, ...] = ()

    def sentence(self, event: Event) -> Text | None:
        """What is said of this very fact, None when nothing is."""
        return next((text for holds, text in self.cases if holds(event)), self.text)


def line_of(event: Event, names: ThreadNames, who: Acting) -> Item | None:
    """One fact as an alert line in the reader's language; None for facts that need no line.

    `{until}` in a text is the instant `until`, which the browser writes in the reader's way.
    """
    line = LINES.get(event.kind)
    sentence = line.sentence(event) if line else None
    if line is None or sentence is None:
        return None
    until = {"until": milliseconds(event.to_id)} if event.kind == EventKind.SNOOZED else {}
    return {
        "type": "line",
        "id": str(event.id),
        "at": event.at // 1000,
        "text": sentence.with_(**_words(event, names, who)).in_(who.language),
        "tone": line.tone,
        **until,
    }


def _words(event: Event, names: ThreadNames, who: Acting) -> dict[str, object]:
    told = _TOLD.get(event.kind)
    known = names.agents if told is None else told(names)
    return {
        "by": _actor(event, names, who),
        "to": _named(known, event.to_id, who),
        "before": _named(known, event.from_id, who),
        "priority": _priority(event),
        "reason": _reason(event),
        "until": "{until}",
    }


def _priority(event: Event) -> Text | str:
    priority = priority_of(event.to_id) if event.kind == EventKind.PRIORITY_SET else None
    return PRIORITY_NAMES[priority] if priority else ""


def _reason(event: Event) -> Text | str:
    reason = reason_of(event.to_id)
    return BLOCK_REASONS[reason] if reason else ""


def _named(names: Mapping[int, str], wanted: int | None, who: Acting) -> str:
    return names.get(wanted or 0) or _SOMEBODY.in_(who.language)


def _actor(event: Event, names: ThreadNames, who: Acting) -> str:
    match event.actor_kind:
        case ActorKind.AGENT:
            return _named(names.agents, event.actor_id, who)
        case ActorKind.CONTACT if who.is_masked:
            return pseudonym(names.contact_id, who.language)
        case ActorKind.CONTACT:
            return names.contact
        case _:
            return _MACHINE.in_(who.language)


def _is_taken_away(event: Event) -> bool:
    return event.to_id is None


def _is_by_machine(event: Event) -> bool:
    return event.actor_kind == ActorKind.SYSTEM


def _is_by_no_agent(event: Event) -> bool:
    return event.actor_kind != ActorKind.AGENT


def _is_to_oneself(event: Event) -> bool:
    return event.actor_id == event.to_id


def _has_reason(event: Event) -> bool:
    return reason_of(event.to_id) is not None


_TOLD: Final[Mapping[str, Callable[[ThreadNames], Mapping[int, str]]]] = {
    EventKind.TEAM_ASSIGNED: lambda names: names.teams,
    EventKind.LABELLED: lambda names: names.labels,
    EventKind.UNLABELLED: lambda names: names.labels,
}
_SOMEBODY: Final = Text("alguém", "somebody", "alguien")
_MACHINE: Final = Text("automação", "automation", "automatización")
LINES: Final[Mapping[str, Line]] = {
    EventKind.OPENED: Line(
        "open",
        Text(
            "Conversa aberta por {by}",
            "Conversation opened by {by}",
            "Conversación abierta por {by}",
        ),
        ((_is_by_no_agent, None),),  # their first message says it
    ),
    EventKind.ASSIGNED: Line(
        "assign",
        Text(
            "Conversa atribuída a {to} por {by}",
            "Conversation assigned to {to} by {by}",
            "Conversación asignada a {to} por {by}",
        ),
        (
            (
                _is_taken_away,
                Text(
                    "{before} deixou de ser responsável, por {by}",
                    "{before} unassigned by {by}",
                    "{before} dejó de ser responsable, por {by}",
                ),
            ),
            (
                _is_to_oneself,
                Text(
                    "Conversa atribuída a {to}",
                    "Conversation assigned to {to}",
                    "Conversación asignada a {to}",
                ),
            ),
        ),
    ),
    EventKind.TEAM_ASSIGNED: Line(
        "assign",
        Text(
            "Conversa atribuída à equipe {to} por {by}",
            "Conversation assigned to the team {to} by {by}",
            "Conversación asignada al equipo {to} por {by}",
        ),
        (
            (
                _is_taken_away,
                Text(
                    "Conversa retirada da equipe {before} por {by}",
                    "Conversation removed from the team {before} by {by}",
                    "Conversación retirada del equipo {before} por {by}",
                ),
            ),
        ),
    ),
    EventKind.CONSIDERED_SENT: Line(
        "sent",
        Text(
            "Mensagem não confirmada considerada enviada por {by}",
            "Unconfirmed message taken as sent by {by}",
            "Mensaje no confirmado dado por enviado por {by}",
        ),
    ),
    EventKind.RESOLVED: Line(
        "resolve",
        Text(
            "Conversa resolvida por {by}",
            "Conversation resolved by {by}",
            "Conversación resuelta por {by}",
        ),
    ),
    EventKind.REOPENED: Line(
        "reopen",
        Text(
            "Conversa reaberta por {by}",
            "Conversation reopened by {by}",
            "Conversación reabierta por {by}",
        ),
    ),
    EventKind.UNDONE: Line(
        "undo",
        Text(
            "Ação em massa desfeita por {by}",
            "Bulk action undone by {by}",
            "Acción en masa deshecha por {by}",
        ),
    ),
    EventKind.LABELLED: Line(
        "label",
        Text(
            "Etiqueta {to} colocada por {by}",
            "Label {to} added by {by}",
            "Etiqueta {to} puesta por {by}",
        ),
    ),
    EventKind.UNLABELLED: Line(
        "label",
        Text(
            "Etiqueta {before} retirada por {by}",
            "Label {before} removed by {by}",
            "Etiqueta {before} retirada por {by}",
        ),
    ),
    EventKind.PRIORITY_SET: Line(
        "priority",
        Text(
            "Prioridade {priority} definida por {by}",
            "Priority set to {priority} by {by}",
            "Prioridad {priority} definida por {by}",
        ),
        (
            (
                _is_taken_away,
                Text(
                    "Prioridade retirada por {by}",
                    "Priority removed by {by}",
                    "Prioridad retirada por {by}",
                ),
            ),
        ),
    ),
    EventKind.SNOOZED: Line(
        "snooze",
        Text(
            "Conversa adiada até {until} por {by}",
            "Conversation snoozed until {until} by {by}",
            "Conversación pospuesta hasta {until} por {by}",
        ),
    ),
    EventKind.UNSNOOZED: Line(
        "snooze",
        Text(
            "Conversa trazida de volta por {by}",
            "Conversation brought back by {by}",
            "Conversación traída de vuelta por {by}",
        ),
        (
            (
                _is_by_machine,
                Text(
                    "Conversa de volta: o adiamento terminou",
                    "Conversation back: the snooze is over",
                    "Conversación de vuelta: terminó la espera",
                ),
            ),
        ),
    ),
    EventKind.BLOCKED: Line(
        "block",
        Text(
            "Bloqueio de notificações feito por {by}",
            "Notifications blocked by {by}",
            "Bloqueo de notificaciones hecho por {by}",
        ),
        (
            (
                _has_reason,
                Text(
                    "Bloqueio de notificações feito por {by}: {reason}",
                    "Notifications blocked by {by}: {reason}",
                    "Bloqueo de notificaciones hecho por {by}: {reason}",
                ),
            ),
        ),
    ),
    EventKind.UNBLOCKED: Line(
        "block",
        Text(
            "Bloqueio de notificações desfeito por {by}",
            "Notifications unblocked by {by}",
            "Bloqueo de notificaciones deshecho por {by}",
        ),
    ),
    EventKind.NOTIFICATION_REFUSED: Line(
        "block",
        Text(
            "Notificação automática não enviada: as mensagens do sistema estão bloqueadas",
            "Automated notification not sent: system messages are blocked",
            "Aviso automático no enviado: los mensajes del sistema están bloqueados",
        ),
    ),
    EventKind.CONTACT_EDITED: Line(
        "contact",
        Text("Contato editado por {by}", "Contact edited by {by}", "Contacto editado por {by}"),
    ),
    EventKind.CONTACTS_MERGED: Line(
        "merge",
        Text(
            "Contato unido a outro cadastro da mesma pessoa por {by}",
            "Contact merged with another entry of the same person by {by}",
            "Contacto unido a otro registro de la misma persona por {by}",
        ),
    ),
    EventKind.CONTACTS_PARTED: Line(
        "merge",
        Text(
            "União de contatos desfeita por {by}",
            "Merge of contacts reversed by {by}",
            "Unión de contactos deshecha por {by}",
        ),
    ),
    EventKind.CONTACTS_KEPT_APART: Line(
        "merge",
        Text(
            "{by} disse que um contato parecido é outra pessoa",
            "{by} said that a similar contact is somebody else",
            "{by} dijo que un contacto parecido es otra persona",
        ),
    ),
    EventKind.NUMBER_CHANGED: Line(
        "number",
        Text(
            "O contato mudou de número ou de identificação no WhatsApp",
            "The contact has another number or identity on WhatsApp",
            "El contacto cambió de número o de identificación en WhatsApp",
        ),
    ),
    EventKind.NUMBER_REASSIGNED: Line(
        "number",
        Text(
            "O número deste contato agora é de outra pessoa",
            "This contact's number belongs to somebody else now",
            "El número de este contacto ahora es de otra persona",
        ),
    ),
    EventKind.CODE_CHANGED: Line(
        "code",
        Text(
            "O código de segurança do contato mudou",
            "The contact's security code has changed",
            "El código de seguridad del contacto cambió",
        ),
    ),
}
