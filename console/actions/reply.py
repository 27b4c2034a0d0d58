"""Reply: words to the customer, handed to the outbox in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import EMPTY, LONGEST_TEXT, TOO_LONG, Fact, Facts, Words
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.domain.window import is_open
from console.i18n import Text

WINDOW_CLOSED = Text(
    "O cliente não escreve há mais de 24 horas: o WhatsApp só aceita um modelo de mensagem.",
    "The customer has not written for 24 hours: WhatsApp takes a message template only.",
    "El cliente no escribe hace más de 24 horas: WhatsApp solo acepta una plantilla.",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """Send a text; it waits in the outbox until the channel takes it.

    `in_window` leaves out customers who have not written within the last 24 hours.
    """

    kind: ClassVar = "reply"
    title: ClassVar = Text("Responder", "Reply", "Responder")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("inbound_at",)

    text: str
    in_window: bool = False

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused for white space alone, too long texts, and windows that are closed."""
        del actor
        if self.in_window and not is_open(state.inbound_at, at):
            raise RuleError(WINDOW_CLOSED)
        words = Words(Direction.OUT, written(self.text), is_sent=True)
        return (Fact(EventKind.REPLIED, words=words),)


def written(text: str) -> str:
    """The text a person wrote, when it can be sent; raises RuleError otherwise."""
    if not text.strip():
        raise RuleError(EMPTY)
    if len(text) > LONGEST_TEXT:
        raise RuleError(TOO_LONG)
    return text
