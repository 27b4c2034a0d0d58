"""Block: automated notifications to a contact are refused; people can still write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right
from console.domain.contact import Contact
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text

ALREADY_BLOCKED = Text(
    "As mensagens do sistema já estavam bloqueadas para este contato.",
    "System messages to this contact were blocked already.",
    "Los mensajes del sistema ya estaban bloqueados para este contacto.",
)
ALREADY_ALLOWED = Text(
    "As mensagens do sistema já estavam liberadas para este contato.",
    "System messages to this contact were allowed already.",
    "Los mensajes del sistema ya estaban permitidos para este contacto.",
)


@dataclass(frozen=True, slots=True)
class Block:
    """Refuse automated notifications to the contact from now on."""

    kind: ClassVar = "block"
    title: ClassVar = Text(
        "Bloquear mensagens do sistema", "Block system messages", "Bloquear mensajes del sistema"
    )
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("is_blocked",)

    def decide_contact(self, state: Contact, actor: Acting, at: Instant) -> Facts:
        """Refused when they are blocked."""
        del actor, at
        if state.is_blocked:
            raise RuleError(ALREADY_BLOCKED)
        return (Fact(EventKind.BLOCKED),)

    def columns(self) -> Mapping[str, object]:
        """What changes on the contact."""
        return {"is_blocked": True}


@dataclass(frozen=True, slots=True)
class Unblock:
    """Allow automated notifications again."""

    kind: ClassVar = "unblock"
    title: ClassVar = Text(
        "Liberar mensagens do sistema", "Allow system messages", "Permitir mensajes del sistema"
    )
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("is_blocked",)

    def decide_contact(self, state: Contact, actor: Acting, at: Instant) -> Facts:
        """Refused when they are allowed."""
        del actor, at
        if not state.is_blocked:
            raise RuleError(ALREADY_ALLOWED)
        return (Fact(EventKind.UNBLOCKED),)

    def columns(self) -> Mapping[str, object]:
        """What changes on the contact."""
        return {"is_blocked": False}
