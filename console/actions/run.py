"""The only place where a wish meets the database.

One transaction for one id or a hundred thousand: authorization, idempotency key, optimistic
version, state, events, outbox and feed. The number of statements does not depend on the number
of ids.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.actions.base import (
    CHANGED,
    CONTACT_NOT_FOUND,
    KEY_REUSED,
    NOT_ALLOWED,
    NOT_FOUND,
    SIGNED_OUT,
    CheckedCommand,
    Command,
    ContactCommand,
    ConversationCommand,
    Fact,
    Outcome,
    PlacingCommand,
    RecordCommand,
    Words,
)
from console.domain.agent import Acting
from console.domain.contact import Contact
from console.domain.conversation import Conversation, evolve
from console.domain.errors import RuleError
from console.domain.events import Event
from console.domain.ids import Instant, new_id
from console.domain.message import ActorKind, Delivery, Message
from console.domain.text import clean
from console.i18n import Text
from console.store import people
from console.store.changes import Changes, write_changes, write_contacts, write_record
from console.store.contacts import visible_contacts
from console.store.idempotency import Claim, claim, save_outcome
from console.store.rows import load_contacts, load_conversations
from console.store.work import Connection, Store


@dataclass(slots=True)
class _Work:
    """One run in its transaction: who, when, and what has come of it so far."""

    connection: Connection
    actor: Acting
    at: Instant
    bulk_id: int | None
    changes: Changes
    done: list[int] = field(default_factory=list)
    refused: dict[int, Text] = field(default_factory=dict)
    made: dict[int, int] = field(default_factory=dict)

    def outcome(self) -> Outcome:
        return Outcome(tuple(self.done), self.refused, self.made)


def run(
    store: Store,
    command: Command,
    ids: Sequence[int] = (),
    *,
    actor: Acting,
    at: Instant,
    key: str,
    expected: Mapping[int, int] | None = None,
    bulk_id: int | None = None,
) -> Outcome:
    """Carry out a command on each id, in one transaction, exactly once per `key`.

    `expected` gives the versions the person saw: a row that has moved on is refused. Raises
    RuleError when the whole wish is refused: role, deactivated person, key of another wish.
    """

    def unit(connection: Connection) -> Outcome:
        who = _today(connection, actor)
        if not who.may(command.right):
            raise RuleError(NOT_ALLOWED)
        mark = _fingerprint(command, ids)
        saved = claim(connection, Claim(key, command.kind, who.agent_id or None, mark, at))
        if saved is not None:
            return _answer_again(saved.fingerprint, mark, saved.outcome)
        work = _Work(connection, who, at, bulk_id, Changes(at))
        _carry_out(work, command, ids, expected or {})
        save_outcome(connection, key, _written(work.outcome()))
        return work.outcome()

    return store.write(unit)


def _today(connection: Connection, actor: Acting) -> Acting:
    """Role and teams as they are now: rights taken away a moment ago are gone."""
    if actor.kind != ActorKind.AGENT:
        return actor
    found = people.acting(connection, actor.agent_id)
    if found is None:
        raise RuleError(SIGNED_OUT)
    return found


def _carry_out(
    work: _Work, command: Command, ids: Sequence[int], expected: Mapping[int, int]
) -> None:
    if isinstance(command, CheckedCommand):
        command.check(work.connection, work.actor)
    if isinstance(command, RecordCommand):
        _on_record(work, command)
    elif isinstance(command, ContactCommand):
        _on_contacts(work, command, ids)
    elif isinstance(command, PlacingCommand):
        _on_conversations(work, command, command.place(work.connection, work.actor, work.at), {})
    else:
        states = load_conversations(
            work.connection, ids, lock=True, with_labels=command.reads_labels
        )
        _refuse_missing(work, ids, states, NOT_FOUND)
        _on_conversations(work, command, states, expected)


def _refuse_missing(
    work: _Work, ids: Sequence[int], found: Iterable[Conversation | Contact], answer: Text
) -> None:
    known = {state.id for state in found}
    work.refused.update({i: answer for i in ids if i not in known})


def _on_conversations(
    work: _Work,
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


def _on_one(work: _Work, command: ConversationCommand, state: Conversation) -> None:
    try:
        facts = command.decide(state, work.actor)
    except RuleError as error:
        work.refused[state.id] = error.text
        return
    after = state
    for fact in facts:
        after = _happen(work, after, fact)
    if facts:
        work.changes.states.append((state, after))
    work.done.append(state.id)


def _happen(work: _Work, state: Conversation, fact: Fact) -> Conversation:
    message = _message(work, state, fact.words) if fact.words else None
    event = Event(
        id=new_id(),
        kind=fact.kind,
        at=work.at,
        actor_kind=work.actor.kind,
        actor_id=_actor_id(work.actor, state.contact_id),
        conversation_id=state.id,
        contact_id=state.contact_id,
        instance_id=state.instance_id,
        from_id=fact.from_id,
        to_id=fact.to_id,
        message_id=message.id if message else None,
        bulk_id=work.bulk_id,
    )
    work.changes.events.append(event)
    if message:
        work.changes.messages.append(message)
        work.made[state.id] = message.id
    return evolve(state, event, message)


def _actor_id(actor: Acting, contact_id: int) -> int | None:
    return contact_id if actor.kind == ActorKind.CONTACT else actor.agent_id or None


def _message(work: _Work, state: Conversation, words: Words) -> Message:
    cleaned = clean(words.text)
    return Message(
        id=new_id(),
        conversation_id=state.id,
        instance_id=state.instance_id,
        direction=words.direction,
        kind=words.kind,
        author_kind=work.actor.kind,
        author_id=_actor_id(work.actor, state.contact_id),
        author_name=clean(words.author_name or work.actor.name).text,
        text=cleaned.text,
        raw=cleaned.raw,
        at=work.at,
        provider_id=words.provider_id,
        delivery=Delivery.QUEUED if words.is_sent else None,
        created_at=work.at,
    )


def _on_contacts(work: _Work, command: ContactCommand, ids: Sequence[int]) -> None:
    visible = visible_contacts(work.connection, ids, work.actor.scope)
    contacts = [c for c in load_contacts(work.connection, ids, lock=True) if c.id in visible]
    _refuse_missing(work, ids, contacts, CONTACT_NOT_FOUND)
    events = []
    for contact in contacts:
        try:
            facts = command.decide_contact(contact, work.actor)
        except RuleError as error:
            work.refused[contact.id] = error.text
            continue
        events += [_contact_event(work, contact.id, fact) for fact in facts]
        work.done.append(contact.id)
    write_contacts(work.connection, work.done, command.columns(), events, work.at)


def _contact_event(work: _Work, contact_id: int, fact: Fact) -> Event:
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


def _on_record(work: _Work, command: RecordCommand) -> None:
    recorded = command.record(work.connection, work.actor, work.at)
    event = Event(
        id=new_id(),
        kind=recorded.kind,
        at=work.at,
        actor_kind=work.actor.kind,
        actor_id=work.actor.agent_id or None,
        to_id=recorded.entity_id,
    )
    write_record(work.connection, recorded.entity, event)
    work.done.append(recorded.entity_id)
    work.made[recorded.entity_id] = recorded.entity_id


def _fingerprint(command: Command, ids: Sequence[int]) -> str:
    wish = json.dumps([command.kind, repr(command), list(ids)])
    return hashlib.sha256(wish.encode("utf-8", "surrogatepass")).hexdigest()


def _answer_again(saved_mark: str, mark: str, outcome: str) -> Outcome:
    if saved_mark != mark:
        raise RuleError(KEY_REUSED)
    return _read(outcome)


def _written(outcome: Outcome) -> str:
    refused = {i: [t.pt, t.en, t.es] for i, t in outcome.refused.items()}
    return json.dumps({"done": outcome.done, "refused": refused, "made": dict(outcome.made)})


def _read(text: str) -> Outcome:
    saved: Any = json.loads(text)
    return Outcome(
        tuple(saved["done"]),
        {int(i): Text(*words) for i, words in saved["refused"].items()},
        {int(i): made for i, made in saved["made"].items()},
    )
