"""Records on their way into the store: one transaction's worth of conversations of one source.

The order of a record is kept by ids. Facts are those of the commands (opened, received, replied,
assigned with the first answer), and the state is their fold by the domain's own rules.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from console.domain.conversation import Conversation, evolve
from console.domain.events import Event, EventKind
from console.domain.ids import Instant, new_id
from console.domain.message import ActorKind, Message
from console.imports.record import Record, Said
from console.store import imported
from console.store.changes import Changes, write_changes
from console.store.imported import NewAgent, NewContact
from console.store.rows import load_conversations
from console.store.work import Connection

_ROLE_WORDS: Final = frozenset(
    {"", "@user", "cidadao", "cidadão", "cliente", "client", "contact", "customer", "u", "user"}
)  # authors that name no person: each conversation gets a contact of its own
_MAIL_HOST: Final = "import.invalid"  # RFC 2606: can never receive mail
_LONGEST_LOCAL: Final = 48
_NOT_MAIL: Final = re.compile(r"[^a-z0-9._-]+")


@dataclass(slots=True)
class Rehearsed:
    """What a dry run would have written by now: the store cannot tell."""

    contacts: dict[tuple[str, str], int] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    messages: set[str] = field(default_factory=set)
    conversations: dict[tuple[str, str], Conversation] = field(default_factory=dict)

    def remember(self, batch: Batch) -> None:
        """Keep the batch as if it had been written."""
        self.contacts |= {(c.scope, c.value): c.id for c in batch.new_contacts}
        self.agents |= {agent.email: agent.id for agent in batch.new_agents}
        self.messages |= {m.provider_id for m in batch.changes.messages if m.provider_id}
        after = {state.id: state for _, state in batch.changes.states}
        self.conversations |= {
            (batch.source, key): after[conversation] for key, conversation in batch.new_keys.items()
        }


@dataclass(slots=True)
class Batch:
    """Records of one source on their way into one transaction."""

    instance_id: int
    at: Instant
    source: str
    records: Sequence[Record]
    contacts: dict[str, int] = field(default_factory=dict)
    agents: dict[str, int] = field(default_factory=dict)
    new_contacts: list[NewContact] = field(default_factory=list)
    new_agents: list[NewAgent] = field(default_factory=list)
    new_keys: dict[str, int] = field(default_factory=dict)
    changes: Changes = field(default_factory=lambda: Changes(0))

    def decide(self, connection: Connection, rehearsed: Rehearsed, *, lock: bool) -> None:
        """Work out people, states, messages and events; reads, but does not write."""
        self.changes = Changes(self.at)
        self._meet(connection, rehearsed)
        keys = [record.key for record in self.records]
        known = imported.known_conversations(connection, self.instance_id, self.source, keys)
        states = {s.id: s for s in load_conversations(connection, list(known.values()), lock=lock)}
        messages = imported.known_messages(connection, list(known.values())) | rehearsed.messages
        for record in self.records:
            state = states.get(known.get(record.key, 0))
            state = state or rehearsed.conversations.get((self.source, record.key))
            fresh = [s for s in record.messages if provider_id(record, s) not in messages]
            self._tell(record, state or self._begin(record), fresh)

    def write(self, connection: Connection) -> None:
        """Write everything decided."""
        imported.write_people(connection, self.new_contacts, self.new_agents, self.at)
        write_changes(connection, self.changes)
        ids, keys = list(self.new_keys.values()), list(self.new_keys)
        imported.write_sources(connection, ids, [self.source] * len(keys), keys)

    def _meet(self, connection: Connection, rehearsed: Rehearsed) -> None:
        """Find or make the contacts and agents of all records."""
        customers = {address: name for r in self.records for address, name in _customers(r)}
        self.contacts = imported.known_contacts(connection, self.source, customers)
        self.contacts |= {v: i for (s, v), i in rehearsed.contacts.items() if s == self.source}
        for address, name in customers.items():
            if address not in self.contacts:
                contact = NewContact(new_id(), name, self.source, address)
                self.contacts[address] = contact.id
                self.new_contacts.append(contact)
        agents = {agent_email(self.source, name): name for r in self.records for name in _agents(r)}
        self.agents = imported.known_agents(connection, agents) | rehearsed.agents
        for email, name in agents.items():
            if email not in self.agents:
                agent = NewAgent(new_id(), name, email)
                self.agents[email] = agent.id
                self.new_agents.append(agent)

    def _begin(self, record: Record) -> Conversation:
        contact = self.contacts[next(iter(_customers(record)))[0]]
        state = Conversation(new_id(), self.instance_id, contact)
        self.new_keys[record.key] = state.id
        return state

    def _tell(self, record: Record, before: Conversation, said: Sequence[Said]) -> None:
        """Fold the messages into the conversation; a known one without new ones stays as it is."""
        if not said:
            return
        state = self._opened(record, before, said[0]) if before.is_new else before
        for one in said:
            message = self._message(record, state, one)
            if one.role.event is EventKind.REPLIED and state.assignee_id is None:
                state = self._assigned(state, message)
            event = self._event(state, one.role.event, message)
            self.changes.messages.append(message)
            state = self._happen(state, event, message)
        self.changes.states.append((before, state))

    def _opened(self, record: Record, state: Conversation, first: Said) -> Conversation:
        """Opened at the earliest time given, by whoever wrote first."""
        given = [one.at for one in record.messages if one.at is not None]
        message = self._message(record, state, first)
        event = self._event(state, EventKind.OPENED, message, to_id=state.contact_id)
        return self._happen(state, event._replace(at=min(given, default=self.at)))

    def _assigned(self, state: Conversation, message: Message) -> Conversation:
        """The first agent who answers has the conversation."""
        if message.author_kind != ActorKind.AGENT:
            return state
        event = self._event(state, EventKind.ASSIGNED, message, to_id=message.author_id)
        return self._happen(state, event)

    def _happen(
        self, state: Conversation, event: Event, message: Message | None = None
    ) -> Conversation:
        self.changes.events.append(event)
        return evolve(state, event, message)

    def _message(self, record: Record, state: Conversation, said: Said) -> Message:
        return Message(
            id=new_id(),
            conversation_id=state.id,
            instance_id=self.instance_id,
            direction=said.role.direction,
            kind=said.kind,
            author_kind=said.role.author,
            author_id=self._author_id(record, said),
            author_name=said.author,
            text=said.text.text,
            raw=said.text.raw,
            at=self.at if said.at is None else said.at,
            is_dated=said.at is not None,
            provider_id=provider_id(record, said),
            created_at=self.at,
        )

    def _author_id(self, record: Record, said: Said) -> int | None:
        if said.role.author is ActorKind.CONTACT:
            return self.contacts[_address(record, said.author)]
        if said.role.author is ActorKind.AGENT:
            return self.agents[agent_email(self.source, said.author)]
        return None

    def _event(
        self, state: Conversation, kind: EventKind, message: Message, to_id: int | None = None
    ) -> Event:
        is_words = kind not in {EventKind.OPENED, EventKind.ASSIGNED}
        return Event(
            id=new_id(),
            kind=kind,
            at=message.at,
            actor_kind=message.author_kind,
            actor_id=message.author_id,
            conversation_id=state.id,
            contact_id=state.contact_id,
            instance_id=self.instance_id,
            to_id=to_id,
            message_id=message.id if is_words else None,
        )


def provider_id(record: Record, said: Said) -> str:
    """The name of a message in its source: the position never changes."""
    return f"{record.source}:{record.key}:{said.position}"


def agent_email(source: str, author: str) -> str:
    """A stable address that can never receive mail; different authors never share one."""
    name, host = _local(author), _local(source)
    return f"{name}@{host}.{_MAIL_HOST}"


def _local(text: str) -> str:
    plain = _NOT_MAIL.sub("-", text.lower()).strip("-.")[:_LONGEST_LOCAL]
    if plain == text:
        return plain
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{plain}-{mark}" if plain else mark


def _agents(record: Record) -> Iterator[str]:
    for said in record.messages:
        if said.role.author is ActorKind.AGENT:
            yield said.author


def _customers(record: Record) -> Iterator[tuple[str, str]]:
    """Address and name of every customer, the conversation's contact first."""
    authors = [s.author for s in record.messages if s.role.author is ActorKind.CONTACT]
    for author in authors or [""]:
        yield _address(record, author), author if _is_person(author) else record.key


def _address(record: Record, author: str) -> str:
    return author if _is_person(author) else f"{record.key}/{author}"


def _is_person(author: str) -> bool:
    return author.lower() not in _ROLE_WORDS
