"""Mark as read or unread: by the assignee's reading, or by an explicit act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text

ALREADY_READ = Text(
    "Esta conversa já estava lida.",
    "This conversation was read already.",
    "Esta conversación ya estaba leída.",
)
ALREADY_UNREAD = Text(
    "Esta conversa já estava como não lida.",
    "This conversation was unread already.",
    "Esta conversación ya estaba como no leída.",
)


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Nothing in the conversation waits to be read."""

    kind: ClassVar = "mark_read"
    title: ClassVar = Text("Marcar como lida", "Mark as read", "Marcar como leída")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("unread_n",)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when nothing is unread."""
        del actor, at
        if not state.unread_n:
            raise RuleError(ALREADY_READ)
        return (Fact(EventKind.MARKED_READ),)


@dataclass(frozen=True, slots=True)
class MarkUnread:
    """Somebody is to look at it again."""

    kind: ClassVar = "mark_unread"
    title: ClassVar = Text("Marcar como não lida", "Mark as unread", "Marcar como no leída")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("unread_n",)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when it is unread."""
        del actor, at
        if state.unread_n:
            raise RuleError(ALREADY_UNREAD)
        return (Fact(EventKind.MARKED_UNREAD),)
