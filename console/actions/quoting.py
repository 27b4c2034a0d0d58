"""Answering one message of the conversation: the provider is told its name for it."""

from __future__ import annotations

from typing import Final

from console.actions.base import MESSAGE_NOT_FOUND
from console.domain.agent import Acting
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.message import Message
from console.i18n import Text
from console.store.originals import seen_message
from console.store.work import Connection

NOT_QUOTABLE: Final = Text(
    "O WhatsApp não conhece esta mensagem: ela não pode ser citada.",
    "WhatsApp does not know this message: it cannot be quoted.",
    "WhatsApp no conoce este mensaje: no puede citarse.",
)


def read_answered(connection: Connection, message_id: int, actor: Acting) -> Message:
    """The message that is answered; raises RuleError with one answer for absent and not yours."""
    message = seen_message(connection, message_id, actor.scope)
    if message is None:
        raise RuleError(MESSAGE_NOT_FOUND)
    return message


def quoted_name(message: Message | None, state: Conversation) -> str | None:
    """What the provider calls the answered message of this conversation; raises RuleError."""
    if message is None:
        return None
    if message.conversation_id != state.id:
        raise RuleError(MESSAGE_NOT_FOUND)
    if message.provider_id is None:
        raise RuleError(NOT_QUOTABLE)
    return message.provider_id
