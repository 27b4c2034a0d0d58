"""Resend: a message of ours goes out again, as a new one; the old one stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from console.actions.base import MESSAGE_NOT_FOUND, Fact, Facts, Words
from console.actions.copying import check_window, copied, read_original
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Delivery, Direction
from console.domain.template import template_in
from console.i18n import Text
from console.store.originals import Original
from console.store.work import Connection

NOT_OURS: Final = Text(
    "Só mensagens enviadas ao cliente podem ser reenviadas.",
    "Only messages to the customer can be sent again.",
    "Solo se reenvían mensajes enviados al cliente.",
)
ON_ITS_WAY: Final = Text(
    "Esta mensagem já foi reenviada, e o reenvio ainda está a caminho.",
    "This message was sent again already, and that is still on its way.",
    "Este mensaje ya fue reenviado, y el reenvío aún está en camino.",
)
NOT_UNKNOWN: Final = Text(
    "Já se sabe o que houve com esta mensagem: não há o que decidir.",
    "It is known by now what became of this message: there is nothing to decide.",
    "Ya se sabe qué pasó con este mensaje: no hay nada que decidir.",
)


@dataclass(frozen=True, slots=True)
class Resend:
    """Send a message of ours again in its conversation, with other words if `text` says so.

    What was unknown holds nothing up any more. A template goes out as it was, also to customers
    who have not written for 24 hours.
    """

    kind: ClassVar = "resend"
    title: ClassVar = Text("Reenviar", "Send again", "Reenviar")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("inbound_at",)

    message_id: int
    text: str | None = None
    found: Original | None = field(repr=False, default=None)  # read by `run`

    def read(self, connection: Connection, actor: Acting) -> Resend:
        """With the message; refused for one that the person may not see."""
        return replace(self, found=read_original(connection, self.message_id, actor))

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused for notes, what customers wrote, closed windows, and files that are not here."""
        del actor
        found = _of(self.found, state)
        if found.message.direction != Direction.OUT:
            raise RuleError(NOT_OURS)
        if found.is_on_its_way:
            raise RuleError(ON_ITS_WAY)
        words = replace(self._words(found, state, at), resend_of=self.message_id)
        return (Fact(EventKind.REPLIED, words=words),)

    def _words(self, found: Original, state: Conversation, at: Instant) -> Words:
        if self.text is None and template_in(found.payload) is not None:
            text, payload = found.message.text, found.payload
            return Words(Direction.OUT, text, "template", is_sent=True, payload=payload)
        check_window(found, state, at)
        return copied(found, self.text)


@dataclass(frozen=True, slots=True)
class ConsiderSent:
    """Take a message as sent of which no provider knew; what waited behind it goes on."""

    kind: ClassVar = "consider_sent"
    title: ClassVar = Text("Considerar enviada", "Take as sent", "Dar por enviado")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    message_id: int
    found: Original | None = field(repr=False, default=None)  # read by `run`

    def read(self, connection: Connection, actor: Acting) -> ConsiderSent:
        """With the message; refused for one that the person may not see."""
        return replace(self, found=read_original(connection, self.message_id, actor))

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused once a provider has told what became of it."""
        del actor, at
        if _of(self.found, state).message.delivery != Delivery.UNKNOWN:
            raise RuleError(NOT_UNKNOWN)
        return (Fact(EventKind.CONSIDERED_SENT, to_id=self.message_id),)


def _of(found: Original | None, state: Conversation) -> Original:
    """The message, when it is one of this conversation."""
    if found is None or found.message.conversation_id != state.id:
        raise RuleError(MESSAGE_NOT_FOUND)
    return found
