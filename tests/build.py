"""A small service centre built by the real commands; a minute passes with each of them."""

from uuid import uuid4

from console import actions
from console.domain.agent import Acting, Role, a_bot, a_contact, system
from console.domain.contact import Address
from console.domain.ids import MINUTE
from console.store import people
from console.store.rows import load_contacts, load_conversations

MONDAY_9H = 1_793_620_800_000_000  # 2026-11-02 09:00 in São Paulo
FIRST_PHONE = 5511900000001

__all__ = ["FIRST_PHONE", "MONDAY_9H", "Acting", "Centre", "Role", "a_bot", "a_contact", "system"]


class Centre:
    """People, instances and conversations in a store, written by commands only."""

    def __init__(self, store, at=MONDAY_9H):
        self.store = store
        self.at = at
        with store.read() as connection:
            loja = people.instance_by_key(connection, "loja-1")
            ana = people.agent_by_email(connection, "ana@loja.example")
        self.loja = loja.id if loja else self.instance("Loja 1")
        self.ana = self.today(ana.id) if ana else self.agent("Ana", Role.ADMIN)

    def run(self, command, *ids, by=None, **options):
        """The command's outcome, a minute after the one before."""
        self.at += MINUTE
        key = options.pop("key", str(uuid4()))
        return actions.run(
            self.store, command, ids, actor=by or self.ana, at=self.at, key=key, **options
        )

    def agent(self, name, role=Role.AGENT, *teams):
        """Somebody who works here, as they act today."""
        wish = actions.SaveAgent(f"{name.lower()}@loja.example", name, role, teams)
        made = self.run(wish, by=system()).done[0]
        return self.today(made)

    def today(self, agent_id):
        """Role and teams as they are now."""
        with self.store.read() as connection:
            return people.acting(connection, agent_id)

    def team(self, name):
        return self.run(actions.SaveTeam(name), by=system()).done[0]

    def instance(self, name):
        return self.run(actions.SaveInstance(name), by=system()).done[0]

    def label(self, name):
        return self.run(actions.SaveLabel(name), by=system()).done[0]

    def receive(self, text="Oi", phone=FIRST_PHONE, name="João", instance=None, **options):
        """A customer writes; gives the conversation's id."""
        address = Address("phone", str(phone), str(phone))
        wish = actions.Receive(instance or self.loja, address, name, text)
        return self.run(wish, by=a_contact(), **options).done[0]

    def conversations(self, n, **options):
        """`n` conversations of different customers."""
        return [
            self.receive(f"Oi {i}", FIRST_PHONE + i, f"Cliente {i}", **options) for i in range(n)
        ]

    def state(self, conversation_id):
        with self.store.read() as connection:
            return load_conversations(connection, [conversation_id], with_labels=True)[0]

    def contact(self, conversation_id):
        contact_id = self.state(conversation_id).contact_id
        with self.store.read() as connection:
            return load_contacts(connection, [contact_id])[0]
