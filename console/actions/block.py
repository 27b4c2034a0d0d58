"""Block: automated notifications to a contact are refused; people can still write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right
from console.domain.blocking import BlockReason, reason_number
from console.domain.contact import Contact
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store.work import Connection

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
NO_SUCH_REASON = Text(
    "Escolha um dos motivos da lista.",
    "Choose one of the reasons in the list.",
    "Elige uno de los motivos de la lista.",
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

    reason: str = ""  # a `BlockReason`, empty for none

    def check(self, connection: Connection, actor: Acting) -> None:
        """Refused for a reason that is not one of the list."""
        del connection, actor
        if self.reason and self.reason not in set(BlockReason):
            raise RuleError(NO_SUCH_REASON)

    def decide_contact(self, state: Contact, actor: Acting, at: Instant) -> Facts:
        """Refused when they are blocked."""
        del actor, at
        if state.is_blocked:
            raise RuleError(ALREADY_BLOCKED)
        return (Fact(EventKind.BLOCKED, to_id=reason_number(self.reason)),)

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
