"""Reopen: a resolved conversation needs attention again."""

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

ALREADY_PENDING = Text(
    "Esta conversa já estava pendente.",
    "This conversation was pending already.",
    "Esta conversación ya estaba pendiente.",
)


@dataclass(frozen=True, slots=True)
class Reopen:
    """Move a resolved conversation back to pending."""

    kind: ClassVar = "reopen"
    title: ClassVar = Text("Reabrir", "Reopen", "Reabrir")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("status",)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Reopening what is pending is refused."""
        del actor, at
        if not state.is_resolved:
            raise RuleError(ALREADY_PENDING)
        return (reopened(state),)


def reopened(state: Conversation) -> Fact:
    """The fact of a reopening; `from` is who had resolved."""
    return Fact(EventKind.REOPENED, from_id=state.resolved_by_id)
