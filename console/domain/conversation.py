"""The state of a conversation and how each fact changes it.

The state is the fold of the conversation's events (with the messages they name). Bots never
stop a human clock. An answer by a person also means that it was read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, NamedTuple

from console.domain import restore
from console.domain.events import Event, EventKind
from console.domain.ids import Instant
from console.domain.message import ActorKind, Direction, Message
from console.domain.priority import priority_of
from console.domain.text import preview


class Status(StrEnum):
    """Pending is everything that is not resolved."""

    PENDING = "pending"
    RESOLVED = "resolved"


class Conversation(NamedTuple):
    """One row of the inbox; `version` rises by one with every command that changes it.

    A tuple, because a bulk run makes a hundred thousand of them: a third of a frozen dataclass.

    `waiting_since_at` is the first message of the open customer turn, None when nobody waits.
    `inbound_at` is the last message of the customer, by the provider's clock; their activity also
    counts reactions and reading. A customer who writes ends a snooze, and so does resolving.
    `resolved_at` and `resolved_by_id` tell the last resolution also after a reopening;
    `reopened_at` is the last reopening, also after another resolution.
    """

    id: int
    instance_id: int
    contact_id: int
    status: str = Status.PENDING
    assignee_id: int | None = None
    team_id: int | None = None
    opened_at: Instant = 0
    last_activity_at: Instant = 0
    contact_activity_at: Instant | None = None
    waiting_since_at: Instant | None = None
    first_response_at: Instant | None = None
    resolved_at: Instant | None = None
    resolved_by_id: int | None = None
    reopened_n: int = 0
    reopened_at: Instant | None = None
    unread_n: int = 0
    message_n: int = 0
    inbound_n: int = 0
    outbound_n: int = 0
    note_n: int = 0
    last_message_id: int | None = None
    last_preview: str = ""
    last_direction: str | None = None
    priority: str | None = None
    snoozed_until_at: Instant | None = None
    inbound_at: Instant | None = None
    last_kind: str | None = None
    last_delivery: str | None = None
    version: int = 0
    label_ids: frozenset[int] = frozenset()

    @property
    def is_new(self) -> bool:
        """Whether no row of it has been written yet."""
        return self.version == 0

    @property
    def is_resolved(self) -> bool:
        """Whether it needs nobody's attention."""
        return self.status == Status.RESOLVED


_PLACES: Final = {name: place for place, name in enumerate(Conversation._fields)}


def evolve(state: Conversation, event: Event, message: Message | None = None) -> Conversation:
    """The state after one fact; `message` is the one the fact names."""
    if message is not None:
        return _MESSAGES[Direction(message.direction)](state, message)
    change = _CHANGES.get(event.kind)
    return change(state, event) if change else state


def fold(
    start: Conversation, events: Iterable[Event], messages: Mapping[int, Message]
) -> Conversation:
    """The state after all facts, in their order; the version is left to the store."""
    state = start
    for event in events:
        state = evolve(state, event, messages.get(event.message_id or 0))
    return state


def changed(state: Conversation, **changes: Any) -> Conversation:
    """The state with other values."""
    values = list(state)
    for name, value in changes.items():
        values[_PLACES[name]] = value
    return Conversation._make(values)


def _opened(state: Conversation, event: Event) -> Conversation:
    return changed(state, status=Status.PENDING, opened_at=event.at, last_activity_at=event.at)


def _assigned(state: Conversation, event: Event) -> Conversation:
    return changed(state, assignee_id=event.to_id)


def _team_assigned(state: Conversation, event: Event) -> Conversation:
    return changed(state, team_id=event.to_id)


def _resolved(state: Conversation, event: Event) -> Conversation:
    by_agent = event.actor_id if event.actor_kind == ActorKind.AGENT else None
    return changed(
        state,
        status=Status.RESOLVED,
        resolved_at=event.at,
        resolved_by_id=by_agent,
        waiting_since_at=None,
        snoozed_until_at=None,
    )


def _reopened(state: Conversation, event: Event) -> Conversation:
    return changed(
        state,
        status=Status.PENDING,
        reopened_n=state.reopened_n + 1,
        reopened_at=event.at,
    )


def _marked_read(state: Conversation, _: Event) -> Conversation:
    return changed(state, unread_n=0)


def _marked_unread(state: Conversation, _: Event) -> Conversation:
    return changed(state, unread_n=max(1, state.unread_n))


def _labelled(state: Conversation, event: Event) -> Conversation:
    return changed(state, label_ids=state.label_ids | {event.to_id or 0})


def _unlabelled(state: Conversation, event: Event) -> Conversation:
    return changed(state, label_ids=state.label_ids - {event.from_id or 0})


def _priority_set(state: Conversation, event: Event) -> Conversation:
    return changed(state, priority=priority_of(event.to_id))


def _snoozed(state: Conversation, event: Event) -> Conversation:
    return changed(state, snoozed_until_at=event.to_id)


def _undone(state: Conversation, event: Event) -> Conversation:
    return changed(state, **restore.values(event.restored))


_CHANGES: Final[Mapping[str, Callable[[Conversation, Event], Conversation]]] = {
    EventKind.OPENED: _opened,
    EventKind.ASSIGNED: _assigned,
    EventKind.TEAM_ASSIGNED: _team_assigned,
    EventKind.RESOLVED: _resolved,
    EventKind.REOPENED: _reopened,
    EventKind.MARKED_READ: _marked_read,
    EventKind.MARKED_UNREAD: _marked_unread,
    EventKind.LABELLED: _labelled,
    EventKind.UNLABELLED: _unlabelled,
    EventKind.PRIORITY_SET: _priority_set,
    EventKind.SNOOZED: _snoozed,
    EventKind.UNSNOOZED: _snoozed,
    EventKind.UNDONE: _undone,
}


def _inbound(state: Conversation, message: Message) -> Conversation:
    waiting = state.waiting_since_at
    return changed(
        state,
        message_n=state.message_n + 1,
        inbound_n=state.inbound_n + 1,
        unread_n=state.unread_n + 1,
        last_activity_at=max(state.last_activity_at, message.at),
        contact_activity_at=max(state.contact_activity_at or 0, message.at),
        inbound_at=max(state.inbound_at or 0, message.at),
        waiting_since_at=message.at if waiting is None else min(waiting, message.at),
        snoozed_until_at=None,
        **_as_last(state, message),
    )


def _outbound(state: Conversation, message: Message) -> Conversation:
    by_person = message.author_kind == ActorKind.AGENT
    first = state.first_response_at
    if by_person and first is None and state.inbound_n:
        first = message.at
    return changed(
        state,
        message_n=state.message_n + 1,
        outbound_n=state.outbound_n + 1,
        unread_n=0 if by_person else state.unread_n,
        last_activity_at=max(state.last_activity_at, message.at),
        waiting_since_at=None if by_person else state.waiting_since_at,
        first_response_at=first,
        **_as_last(state, message),
    )


def _as_last(state: Conversation, message: Message) -> dict[str, Any]:
    """What a list tells of the message that was written last; ids are the order of a thread."""
    if message.id < (state.last_message_id or 0):
        return {}
    return {
        "last_message_id": message.id,
        "last_preview": preview(message.text),
        "last_direction": message.direction,
        "last_kind": message.kind,
        "last_delivery": message.delivery,
    }


def _recorded(state: Conversation, message: Message) -> Conversation:
    return changed(
        state,
        message_n=state.message_n + 1,
        note_n=state.note_n + (message.direction == Direction.NOTE),
        last_activity_at=max(state.last_activity_at, message.at),
    )


_MESSAGES: Final[Mapping[Direction, Callable[[Conversation, Message], Conversation]]] = {
    Direction.IN: _inbound,
    Direction.OUT: _outbound,
    Direction.NOTE: _recorded,
    Direction.SYSTEM: _recorded,
    Direction.DRAFT: _recorded,
}
