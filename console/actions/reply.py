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
from console.i18n import Text


@dataclass(frozen=True, slots=True)
class Reply:
    """Send a text; it waits in the outbox until the channel takes it."""

    kind: ClassVar = "reply"
    title: ClassVar = Text("Responder", "Reply", "Responder")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ()

    text: str

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """White space alone and texts longer than the channel takes are refused."""
        del state, actor, at
        words = Words(Direction.OUT, written(self.text), is_sent=True)
        return (Fact(EventKind.REPLIED, words=words),)


def written(text: str) -> str:
    """The text a person wrote, when it can be sent; raises RuleError otherwise."""
    if not text.strip():
        raise RuleError(EMPTY)
    if len(text) > LONGEST_TEXT:
        raise RuleError(TOO_LONG)
    return text
