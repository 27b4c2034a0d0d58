"""Priority: how urgent a conversation is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.priority import RANKS, Priority, rank_of
from console.i18n import Text
from console.store.work import Connection

SAME_PRIORITY = Text(
    "A prioridade já era essa.", "The priority was this already.", "La prioridad ya era esa."
)
NO_SUCH_PRIORITY = Text(
    "Essa prioridade não existe. Escolha urgente, alta, média, baixa ou nenhuma.",
    "There is no such priority. Choose urgent, high, medium, low or none.",
    "Esa prioridad no existe. Elige urgente, alta, media, baja o ninguna.",
)


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Say how urgent conversations are; None takes the priority away."""

    kind: ClassVar = "set_priority"
    title: ClassVar = Text("Mudar prioridade", "Set priority", "Cambiar prioridad")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("priority",)

    priority: Priority | None

    def check(self, connection: Connection, actor: Acting) -> None:
        """The priority must be one of ours."""
        del connection, actor
        if self.priority is not None and self.priority not in set(RANKS):
            raise RuleError(NO_SUCH_PRIORITY)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when it is so already."""
        del actor, at
        if state.priority == self.priority:
            raise RuleError(SAME_PRIORITY)
        return (Fact(EventKind.PRIORITY_SET, rank_of(state.priority), rank_of(self.priority)),)
