"""The state of many conversations after their items: the domain's fold, on arrays.

A test compares it with `domain.conversation.fold` conversation by conversation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from console.demo.story import NOBODY, Code, Items
from console.demo.turns import Bools, Ints


@dataclass(frozen=True, slots=True)
class States:
    """One value per conversation; instants in milliseconds, NOBODY where there is none."""

    is_resolved: Bools
    assignee: Ints
    team: Ints
    opened_ms: Ints
    last_activity_ms: Ints
    contact_activity_ms: Ints
    waiting_since_ms: Ints
    first_response_ms: Ints
    resolved_ms: Ints
    resolved_by: Ints
    reopened_n: Ints
    reopened_ms: Ints
    unread_n: Ints
    inbound_n: Ints
    outbound_n: Ints
    note_n: Ints
    item_n: Ints
    last_message: Ints  # position among the items


def fold_items(items: Items, first: Ints) -> States:
    """The state of each conversation; `first` is the position of its first item."""
    code, at = items.code, items.at_ms
    incoming, outgoing, bot = code == Code.IN, code == Code.OUT, code == Code.BOT
    resolved = code == Code.RESOLVED
    spoken = incoming | outgoing | bot
    last = _Last(first, code.size)
    resolution, answer = last.of(resolved), last.of(outgoing | resolved)
    seen = last.of(outgoing | (code == Code.READ))
    since = last.after(incoming, answer)
    return States(
        is_resolved=resolution > last.of((code == Code.REOPENED) | (code == Code.OPENED)),
        assignee=_at(items.target, last.of(code == Code.ASSIGNED)),
        team=_at(items.target, last.of(code == Code.TEAM)),
        opened_ms=at[first],
        last_activity_ms=at[last.of(spoken | (code == Code.NOTE))],
        contact_activity_ms=_at(at, last.of(incoming)),
        waiting_since_ms=_at(at, since),
        first_response_ms=_at(at, last.after(outgoing, last.first(incoming))),
        resolved_ms=_at(at, resolution),
        resolved_by=_at(items.actor, resolution),
        reopened_n=_count(code == Code.REOPENED, first),
        reopened_ms=_at(at, last.of(code == Code.REOPENED)),
        unread_n=_count(incoming & (np.arange(code.size) > last.spread(seen)), first),
        inbound_n=_count(incoming, first),
        outbound_n=_count(outgoing | bot, first),
        note_n=_count(code == Code.NOTE, first),
        item_n=_count(np.ones(code.size, np.bool_), first),
        last_message=last.of(spoken),
    )


class _Last:
    """Positions of flagged items within each conversation; NOBODY when there is none."""

    def __init__(self, first: Ints, size: int) -> None:
        self._first, self._size = first, size
        self._place = np.arange(size)
        self._lengths = np.diff(np.append(first, size))

    def of(self, flags: Bools) -> Ints:
        """The last flagged position."""
        return np.asarray(np.maximum.reduceat(np.where(flags, self._place, NOBODY), self._first))

    def first(self, flags: Bools) -> Ints:
        """The first flagged position, beyond the end when there is none."""
        return np.asarray(
            np.minimum.reduceat(np.where(flags, self._place, self._size), self._first)
        )

    def after(self, flags: Bools, position: Ints) -> Ints:
        """The first flagged position after a position of the same conversation."""
        found = self.first(flags & (self._place > self.spread(position)))
        return np.where(found == self._size, NOBODY, found)

    def spread(self, values: Ints) -> Ints:
        """A value per conversation as a value per item."""
        return np.repeat(values, self._lengths)


def _at(values: Ints, position: Ints) -> Ints:
    return np.where(position == NOBODY, NOBODY, values[position])


def _count(flags: Bools, first: Ints) -> Ints:
    return np.asarray(np.add.reduceat(flags.astype(np.int64), first))
