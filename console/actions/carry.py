"""Carrying a wish out inside a transaction: rules decide each row, then everything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from console.actions.base import (
    CHANGED,
    CONTACT_NOT_FOUND,
    NOT_FOUND,
    CheckedCommand,
    Command,
    ContactCommand,
    ConversationCommand,
    Fact,
    Outcome,
    PlacingCommand,
    ReadingCommand,
    RecordCommand,
    Recorded,
    Words,
)
from console.domain.agent import Acting
from console.domain.contact import Contact
from console.domain.conversation import Conversation, evolve
from console.domain.errors import RuleError
from console.domain.events import Event
from console.domain.ids import LATE, Instant, late_id, new_id
from console.domain.message import ActorKind, Delivery, Message
from console.domain.text import clean
from console.i18n import Text
from console.store.changes import Changes, write_changes, write_contacts, write_record
from console.store.contacts import visible_contacts
from console.store.rows import load_contacts, load_conversations
from console.store.work import Connection


@dataclass(slots=True)
class Work:
    """One run in its transaction: who, when, and what has come of it so far."""

    connection: Connection
    actor: Acting
    at: Instant
    bulk_id: int | None = None
    changes: Changes = field(init=False)
    done: list[int] = field(default_factory=list)
    refused: dict[int, Text] = field(default_factory=dict)
    made: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.changes = Changes(self.at)

    def outcome(self) -> Outcome:
        """What has become of each id."""
        return Outcome(tuple(self.done), self.refused, self.made)


def carry_out(
    work: Work, command: Command, ids: Sequence[int], expected: Mapping[int, int]
) -> None:
    """Do what the command wishes on each id, or note why not; raises RuleError for all of it."""
    if isinstance(command, CheckedCommand):
        command.check(work.connection, work.actor)
    if isinstance(command, ReadingCommand):
        command = command.read(work.connection, work.actor)
    if isinstance(command, RecordCommand):
        _on_record(work, command)
    elif isinstance(command, ContactCommand):
        _on_contacts(work, command, ids)
    elif isinstance(command, PlacingCommand):
        _on_conversations(work, command, command.place(work.connection, work.actor, work.at), {})
    else:
        states = load_conversations(
            work.connection, ids, lock=True, with_labels="label_ids" in command.reads
        )
        _refuse_missing(work, ids, states, NOT_FOUND)
        _on_conversations(work, command, states, expected)


def _refuse_missing(
    work: Work, ids: Sequence[int], found: Iterable[Conversation | Contact], answer: Text
) -> None:
    known = {state.id for state in found}
    work.refused.update({i: answer for i in ids if i not in known})


def _on_conversations(
    work: Work,
    command: ConversationCommand,
    states: Sequence[Conversation],
    expected: Mapping[int, int],
) -> None:
    scope = work.actor.scope
    for state in states:
        if not scope.covers(state.assignee_id, state.team_id):
            work.refused[state.id] = NOT_FOUND
        elif expected.get(state.id, state.version) != state.version:
            work.refused[state.id] = CHANGED
        else:
            _on_one(work, command, state)
    write_changes(work.connection, work.changes)


def _on_one(work: Work, command: ConversationCommand, state: Conversation) -> None:
    try:
        facts = command.decide(state, work.actor, work.at)
    except RuleError as error:
        work.refused[state.id] = error.text
        return
    after = state
    for fact in facts:
        after = _happen(work, after, fact)
    if facts:
        work.changes.states.append((state, after))
    work.done.append(state.id)


def _happen(work: Work, state: Conversation, fact: Fact) -> Conversation:
    message = _message(work, state, fact.words) if fact.words else None
    if message and fact.words and fact.words.sent_file:
        work.changes.sent_files.append((message, fact.words.sent_file))
    event = Event(
        id=new_id(),
        kind=fact.kind,
        at=work.at if fact.at is None else fact.at,
        actor_kind=work.actor.kind,
        actor_id=_actor_id(work.actor, state.contact_id),
        conversation_id=state.id,
        contact_id=state.contact_id,
        instance_id=state.instance_id,
        from_id=fact.from_id,
        to_id=fact.to_id,
        message_id=message.id if message else None,
        bulk_id=work.bulk_id,
        restored=fact.restored,
    )
    work.changes.events.append(event)
    if message and fact.words:
        work.changes.messages.append(message)
        if fact.words.file:
            work.changes.files.append((message, fact.words.file))
        if fact.words.is_sent:
            work.changes.payloads[message.id] = fact.words.payload
        work.made[state.id] = message.id
    return evolve(state, event, message)


def _actor_id(actor: Acting, contact_id: int) -> int | None:
    return contact_id if actor.kind == ActorKind.CONTACT else actor.agent_id or None


def _message(work: Work, state: Conversation, words: Words) -> Message:
    cleaned = clean(words.text)
    at = work.at if words.at is None else words.at
    is_late = work.at - at > LATE
    return Message(
        id=late_id(at) if is_late else new_id(),
        conversation_id=state.id,
        instance_id=state.instance_id,
        direction=words.direction,
        kind=words.kind,
        author_kind=work.actor.kind,
        author_id=_actor_id(work.actor, state.contact_id),
        author_name=clean(words.author_name or work.actor.name).text,
        text=cleaned.text,
        raw=cleaned.raw,
        at=at,
        provider_id=words.provider_id,
        delivery=Delivery.QUEUED if words.is_sent else words.delivery,
        created_at=work.at,
        changed_at=work.at if is_late else None,
        quoted=words.quoted,
        resend_of_id=words.resend_of,
        forwarded_from_id=words.forwarded_from,
        is_forwarded=words.is_forwarded,
        content=words.content,
    )


def _on_contacts(work: Work, command: ContactCommand, ids: Sequence[int]) -> None:
    visible = visible_contacts(work.connection, ids, work.actor.scope)
    contacts = [c for c in load_contacts(work.connection, ids, lock=True) if c.id in visible]
    _refuse_missing(work, ids, contacts, CONTACT_NOT_FOUND)
    events = []
    for contact in contacts:
        try:
            facts = command.decide_contact(contact, work.actor, work.at)
        except RuleError as error:
            work.refused[contact.id] = error.text
            continue
        events += [_contact_event(work, contact.id, fact) for fact in facts]
        work.done.append(contact.id)
    write_contacts(work.connection, work.done, command.columns(), events, work.at)


def _contact_event(work: Work, contact_id: int, fact: Fact) -> Event:
    return Event(
        id=new_id(),
        kind=fact.kind,
        at=work.at,
        actor_kind=work.actor.kind,
        actor_id=_actor_id(work.actor, contact_id),
        contact_id=contact_id,
        from_id=fact.from_id,
        to_id=fact.to_id,
        bulk_id=work.bulk_id,
    )


def _on_record(work: Work, command: RecordCommand) -> None:
    recorded = command.record(work.connection, work.actor, work.at)
    events = recorded.events or (_record_event(work, recorded),)
    written_id = recorded.entity_id
    write_record(work.connection, recorded.entity, written_id, events)
    work.done.append(written_id)
    work.made[written_id] = recorded.made_id or written_id


def _record_event(work: Work, recorded: Recorded) -> Event:
    return Event(
        id=new_id(),
        kind=recorded.kind,
        at=work.at,
        actor_kind=work.actor.kind,
        actor_id=work.actor.agent_id or None,
        to_id=recorded.entity_id,
    )
