"""Receive: a customer's message arrives; a resolved conversation becomes pending again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts, Words
from console.actions.open import found_or_new
from console.actions.reopen import reopened
from console.domain.agent import Acting, Right
from console.domain.contact import Address
from console.domain.conversation import Conversation
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.domain.text import clean
from console.i18n import Text
from console.store.contacts import contact_by_address, create_contact
from console.store.work import Connection


@dataclass(frozen=True, slots=True)
class Receive:
    """Write down what the channel brought; the contact is the actor of all that follows."""

    kind: ClassVar = "receive"
    title: ClassVar = Text("Receber", "Receive", "Recibir")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    instance_id: int
    address: Address
    name: str
    text: str
    provider_id: str | None = None
    message_kind: str = "text"

    def place(self, connection: Connection, actor: Acting, at: Instant) -> list[Conversation]:
        """The conversation of whoever uses the address; both are made when unknown."""
        del actor
        contact_id = contact_by_address(connection, self.address)
        if contact_id is None:
            name = clean(self.name).text
            contact_id = create_contact(connection, name, None, [self.address], at, "channel")
        return [found_or_new(connection, self.instance_id, contact_id)]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Opening or reopening comes before the message."""
        del actor, at
        words = Words(Direction.IN, self.text, self.message_kind, self.provider_id, self.name)
        received = Fact(EventKind.RECEIVED, words=words)
        if state.is_new:
            return (Fact(EventKind.OPENED, to_id=state.contact_id), received)
        return (reopened(state), received) if state.is_resolved else (received,)
