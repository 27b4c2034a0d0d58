"""Open: begin a conversation with a contact on an instance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import CONTACT_NOT_FOUND, Fact, Facts
from console.actions.reopen import reopened
from console.domain.agent import Acting, Right, Role
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant, new_id
from console.i18n import Text
from console.store import people
from console.store.contacts import latest_conversation, visible_contacts
from console.store.merges import current
from console.store.rows import load_conversations
from console.store.work import Connection

NO_SUCH_INSTANCE = Text(
    "Essa instância não está ativa. Escolha outra da lista.",
    "That instance is not active. Choose another.",
    "Esa instancia no está activa. Elige otra de la lista.",
)


@dataclass(frozen=True, slots=True)
class Open:
    """Open a conversation, or bring back the one the contact already has on the instance."""

    kind: ClassVar = "open"
    title: ClassVar = Text("Abrir conversa", "Open conversation", "Abrir conversación")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    instance_id: int
    contact_id: int

    def place(self, connection: Connection, actor: Acting, at: Instant) -> list[Conversation]:
        """The newest conversation on the instance of whom the contact is now, or a new one."""
        del at
        active = {i.id for i in people.instances(connection, only_active=True)}
        if self.instance_id not in active:
            raise RuleError(NO_SUCH_INSTANCE)
        contact_id = current(connection, self.contact_id)
        if not visible_contacts(connection, [contact_id], actor.scope):
            raise RuleError(CONTACT_NOT_FOUND)
        return [found_or_new(connection, self.instance_id, contact_id)]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """An agent who opens a conversation has it; a resolved one is reopened."""
        del at
        if not state.is_new:
            return (reopened(state),) if state.is_resolved else ()
        opened = Fact(EventKind.OPENED, to_id=state.contact_id)
        if actor.role is not Role.AGENT:
            return (opened,)
        return (opened, Fact(EventKind.ASSIGNED, to_id=actor.agent_id))


def found_or_new(connection: Connection, instance_id: int, contact_id: int) -> Conversation:
    """The newest conversation of a contact on an instance, locked, or a blank one."""
    known = latest_conversation(connection, instance_id, contact_id)
    if known is None:
        return Conversation(new_id(), instance_id, contact_id)
    return load_conversations(connection, [known], lock=True)[0]
