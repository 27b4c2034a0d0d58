"""Note: words for the team only, never sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts, Words
from console.actions.reply import written
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.i18n import Text


@dataclass(frozen=True, slots=True)
class Note:
    """Write an internal note."""

    kind: ClassVar = "note"
    title: ClassVar = Text("Nota interna", "Internal note", "Nota interna")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ()

    text: str

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """White space alone is refused."""
        del state, actor, at
        return (Fact(EventKind.NOTED, words=Words(Direction.NOTE, written(self.text))),)
