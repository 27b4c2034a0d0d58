"""Resolve: nobody needs to look at the conversation any more."""

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

ALREADY_RESOLVED = Text(
    "Esta conversa já estava resolvida.",
    "This conversation was resolved already.",
    "Esta conversación ya estaba resuelta.",
)


@dataclass(frozen=True, slots=True)
class Resolve:
    """Move a pending conversation to resolved."""

    kind: ClassVar = "resolve"
    title: ClassVar = Text("Resolver", "Resolve", "Resolver")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("status",)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Resolving twice is refused: the second person sees who was first."""
        del actor, at
        if state.is_resolved:
            raise RuleError(ALREADY_RESOLVED)
        return (Fact(EventKind.RESOLVED, from_id=state.assignee_id),)
