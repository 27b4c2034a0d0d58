"""Send a template: an approved text, which WhatsApp takes also when a customer has not written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from console.actions.base import Fact, Facts, Words
from console.actions.notify import NO_TEMPLATES
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.domain.template import TemplateCall, checked_call, payload_of, shown
from console.i18n import Text
from console.store.templates import templates
from console.store.work import Connection


@dataclass(frozen=True, slots=True)
class SendTemplate:
    """Send a template of the conversation's instance; `words` is what the customer reads.

    It answers the customer like any other message of a person.
    """

    kind: ClassVar = "send_template"
    title: ClassVar = Text("Enviar modelo", "Send template", "Enviar plantilla")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    instance_id: int
    template: TemplateCall
    words: str = field(repr=False, default="")  # the wish is the same without

    def check(self, connection: Connection, actor: Acting) -> None:
        """Refused for a template that the instance does not have, or that is called wrongly."""
        del actor
        if checked_call(self.template, templates(connection, self.instance_id)) is None:
            raise RuleError(NO_TEMPLATES)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused in a conversation of another instance: templates belong to one."""
        del actor, at
        if state.instance_id != self.instance_id:
            raise RuleError(NO_TEMPLATES)
        words = Words(
            Direction.OUT,
            self.words or shown(self.template, None),
            "template",
            is_sent=True,
            payload=payload_of(self.template),
        )
        return (Fact(EventKind.REPLIED, words=words),)
