"""Answering one message of a conversation: the provider is told its name for it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from console.actions.base import MESSAGE_NOT_FOUND, Fact, Facts, Words
from console.actions.reply import written
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction, Message
from console.i18n import Text
from console.store.originals import seen_message
from console.store.work import Connection

NOT_QUOTABLE: Final = Text(
    "O WhatsApp não conhece esta mensagem: ela não pode ser citada.",
    "WhatsApp does not know this message: it cannot be quoted.",
    "WhatsApp no conoce este mensaje: no puede citarse.",
)


@dataclass(frozen=True, slots=True)
class Quote:
    """Reply to one message of the conversation, which the customer sees above the answer."""

    kind: ClassVar = "quote"
    title: ClassVar = Text("Responder citando", "Reply with quote", "Responder citando")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    text: str
    message_id: int
    found: Message | None = field(repr=False, default=None)  # read by `run`

    def read(self, connection: Connection, actor: Acting) -> Quote:
        """With the message; refused for one that the person may not see."""
        return replace(self, found=read_answered(connection, self.message_id, actor))

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused like a reply, and for messages of others or that no provider knows."""
        del actor, at
        quoted = quoted_name(self.found, state)
        words = Words(Direction.OUT, written(self.text), is_sent=True, quoted=quoted)
        return (Fact(EventKind.REPLIED, words=words),)


def read_answered(connection: Connection, message_id: int, actor: Acting) -> Message:
    """The message that is answered; raises RuleError with one answer for absent and not yours."""
    message = seen_message(connection, message_id, actor.scope)
    if message is None:
        raise RuleError(MESSAGE_NOT_FOUND)
    return message


def quoted_name(message: Message | None, state: Conversation) -> str:
    """What the provider calls the answered message of this conversation; raises RuleError."""
    if message is None or message.conversation_id != state.id:
        raise RuleError(MESSAGE_NOT_FOUND)
    if message.provider_id is None:
        raise RuleError(NOT_QUOTABLE)
    return message.provider_id
