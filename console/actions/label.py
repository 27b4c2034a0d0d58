"""Label: put a word on a conversation or take it off."""

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
from console.store import people
from console.store.work import Connection

ALREADY_SO = Text(
    "A etiqueta já estava assim.", "The label was like this already.", "La etiqueta ya estaba así."
)
NO_SUCH_LABEL = Text(
    "Essa etiqueta não existe mais. Escolha outra da lista.",
    "That label does not exist any more. Choose another.",
    "Esa etiqueta ya no existe. Elige otra de la lista.",
)


@dataclass(frozen=True, slots=True)
class Label:
    """Put a label on (`on`) or take it off."""

    kind: ClassVar = "label"
    title: ClassVar = Text("Etiquetar", "Label", "Etiquetar")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("label_ids",)

    label_id: int
    on: bool = True

    def check(self, connection: Connection, actor: Acting) -> None:
        """The label must exist."""
        del actor
        if self.label_id not in {label.id for label in people.labels(connection)}:
            raise RuleError(NO_SUCH_LABEL)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when the conversation is as wished."""
        del actor, at
        if (self.label_id in state.label_ids) == self.on:
            raise RuleError(ALREADY_SO)
        if self.on:
            return (Fact(EventKind.LABELLED, to_id=self.label_id),)
        return (Fact(EventKind.UNLABELLED, from_id=self.label_id),)
