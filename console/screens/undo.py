"""What to say after a wish was granted, and the wish that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.i18n import Text
from console.screens.asked import Action
from console.screens.thread_items import milliseconds

Undo = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Notice:
    """One short message; `undo` is the action that its button sends."""

    tone: str
    text: Text
    undo: Undo | None = None

    def json(self, language: str, n: int) -> dict[str, Any]:
        """The notice for the component; `n` tells two equal ones apart."""
        return {
            "tone": self.tone,
            "text": self.text.in_(language),
            "undo": self.undo,
            "n": n,
        }


def success(
    action: Action, before: Conversation | Contact | None, made: Mapping[int, int]
) -> Notice | None:
    """What to say when an action was done; None when the screen shows it by itself.

    `before` is the conversation or contact as it was when the action was about a single one,
    `made` names what was written.
    """
    kind = action["kind"]
    if kind == "block":
        return Notice("info", _BLOCKED if action["on"] else _UNBLOCKED, _opposite(action))
    if kind == "merge":
        return Notice("info", _MERGED, _part_again(made))
    sentence = _DONE.get(kind)
    if sentence is None:
        return None
    if isinstance(before, Contact):
        return Notice("info", sentence, _edit_back(before))
    undo = _UNDO.get(kind)
    return Notice("info", sentence, undo(before) if undo and before else None)


def _opposite(action: Action) -> Undo:
    return {"kind": "block", "contact": action["contact"], "on": not action["on"]}


def _part_again(made: Mapping[int, int]) -> Undo:
    (merge_id,) = made.values()
    return {"kind": "part", "merge": str(merge_id)}


def _edit_back(before: Contact) -> Undo | None:
    """A contact that had no name keeps the one it was given."""
    if not before.name:
        return None
    known = {"name": before.name, "email": before.email or ""}
    return {"kind": "contact", "contact": str(before.id), **known}


def _again(kind: str) -> Callable[[Conversation], Undo]:
    return lambda before: {"kind": kind, "ids": [str(before.id)]}


def _assign_back(before: Conversation) -> Undo:
    return {"kind": "assign", "ids": [str(before.id)], "agent": _id(before.assignee_id)}


def _team_back(before: Conversation) -> Undo:
    return {"kind": "team", "ids": [str(before.id)], "team": _id(before.team_id)}


def _priority_back(before: Conversation) -> Undo:
    return {"kind": "priority", "ids": [str(before.id)], "priority": before.priority}


def _snooze_back(before: Conversation) -> Undo:
    until = milliseconds(before.snoozed_until_at)
    if until is None:
        return {"kind": "unsnooze", "ids": [str(before.id)]}
    return {"kind": "snooze", "ids": [str(before.id)], "until": until}


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)


_UNDO: Final[Mapping[str, Callable[[Conversation], Undo]]] = {
    "assign": _assign_back,
    "team": _team_back,
    "read": _again("unread"),
    "unread": _again("read"),
    "priority": _priority_back,
    "snooze": _snooze_back,
    "unsnooze": _snooze_back,
}
_DONE: Final[Mapping[str, Text]] = {
    "reopen": Text("Conversa reaberta.", "Conversation reopened.", "Conversación reabierta."),
    "assign": Text("Responsável alterado.", "Assignee changed.", "Responsable cambiado."),
    "team": Text("Equipe alterada.", "Team changed.", "Equipo cambiado."),
    "read": Text("Marcada como lida.", "Marked as read.", "Marcada como leída."),
    "unread": Text("Marcada como não lida.", "Marked as unread.", "Marcada como no leída."),
    "priority": Text("Prioridade alterada.", "Priority changed.", "Prioridad cambiada."),
    "snooze": Text("Conversa adiada.", "Conversation snoozed.", "Conversación pospuesta."),
    "unsnooze": Text(
        "Conversa trazida de volta.", "Conversation brought back.", "Conversación traída de vuelta."
    ),
    "consider": Text(
        "Mensagem considerada enviada.", "Message taken as sent.", "Mensaje dado por enviado."
    ),
    "contact": Text("Contato salvo.", "Contact saved.", "Contacto guardado."),
    "new_contact": Text("Contato criado.", "Contact created.", "Contacto creado."),
    "part": Text("Contatos separados.", "Contacts separated.", "Contactos separados."),
    "apart": Text(
        "Anotado: são pessoas diferentes.",
        "Noted: they are different people.",
        "Anotado: son personas distintas.",
    ),
}
_MERGED: Final = Text("Contatos unidos.", "Contacts merged.", "Contactos unidos.")
_BLOCKED: Final = Text(
    "Mensagens do sistema bloqueadas para este contato.",
    "System messages to this contact are blocked.",
    "Mensajes del sistema bloqueados para este contacto.",
)
_UNBLOCKED: Final = Text(
    "Mensagens do sistema liberadas para este contato.",
    "System messages to this contact are allowed.",
    "Mensajes del sistema permitidos para este contacto.",
)
