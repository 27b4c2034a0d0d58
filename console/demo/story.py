"""What happens in each conversation: messages and facts in their order, as flat arrays."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Final

import numpy as np

from console.demo import measures
from console.demo.measures import Random
from console.demo.turns import Bools, Ints, Turns

NOBODY: Final = -1
_LABELS_AT_LARGE: Final = 2  # the first two labels are not of a subject
_SECOND_ANSWER: Final = 3  # the run in which an agent answers for the second time
_RANKS: Final = 16  # places around one message


class Code(IntEnum):
    """Kinds of items."""

    OPENED = 0
    TEAM = 1
    READ = 2
    RESOLVED = 3
    REOPENED = 4
    ASSIGNED = 5
    IN = 6
    OUT = 7
    BOT = 8
    NOTE = 9
    LABELLED = 10


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in each conversation: numbers of agents, teams and labels, NOBODY for none."""

    start_ms: Ints
    agent: Ints
    second_agent: Ints
    supervisor: Ints
    team: Ints
    label: Ints


@dataclass(frozen=True, slots=True)
class Items:
    """Messages and facts, by conversation and time; `message` is the place in the turns."""

    conversation: Ints
    at_ms: Ints
    code: Ints
    actor: Ints
    source: Ints  # what a fact changes from
    target: Ints  # … and to
    message: Ints

    def where(self, chosen: Bools | Ints) -> Items:
        """Some of the items, in their order or in the order of the positions given."""
        return Items(*(getattr(self, f.name)[chosen] for f in fields(self)))


class _Script:
    """Items being collected: each stands at a rank before (< 8) or after a message."""

    def __init__(self, turns: Turns, at_ms: Ints) -> None:
        self._turns, self._at_ms = turns, at_ms
        self._keys: list[Ints] = []
        self._parts: list[Items] = []

    def add(
        self,
        code: Code,
        rank: int,
        message: Ints,
        *,
        at_ms: Ints | None = None,
        actor: Ints | int = NOBODY,
        source: Ints | int = NOBODY,
        target: Ints | int = NOBODY,
    ) -> None:
        """One item beside each of these messages, at the message's time unless given."""
        size = message.size
        self._keys.append(message * _RANKS + rank)
        self._parts.append(
            Items(
                conversation=self._turns.conversation[message],
                at_ms=self._at_ms[message] if at_ms is None else at_ms,
                code=np.full(size, int(code)),
                actor=np.broadcast_to(actor, size),
                source=np.broadcast_to(source, size),
                target=np.broadcast_to(target, size),
                message=message,
            )
        )

    def items(self) -> Items:
        """Everything in order; instants rise by a millisecond at least."""
        order = np.argsort(np.concatenate(self._keys), kind="stable")
        joined = Items(
            *(
                np.concatenate([getattr(part, f.name) for part in self._parts])[order]
                for f in fields(Items)
            )
        )
        rising = _rising(joined.conversation, joined.at_ms)
        return Items(
            joined.conversation, rising, *(getattr(joined, f.name) for f in fields(Items)[2:])
        )


def _rising(conversation: Ints, at_ms: Ints) -> Ints:
    """Instants that rise strictly within each conversation."""
    base = int(at_ms.min())
    lane = conversation.astype(np.int64) << 40  # milliseconds: 35 years for each conversation
    steps = np.arange(at_ms.size)
    relative = np.maximum.accumulate(lane + (at_ms - base) - steps) + steps
    return np.asarray(relative - lane + base)


def tell(random: Random, turns: Turns, cast: Cast, until_ms: int) -> Items:
    """Everything that happens before `until_ms`."""
    elapsed = np.cumsum(turns.gap_s)
    elapsed -= elapsed[turns.first][turns.conversation]
    at_ms = cast.start_ms[turns.conversation] + np.rint(elapsed * 1_000).astype(np.int64)
    agent, is_handed_over = _agents(random, turns, cast)
    script = _Script(turns, at_ms)
    _add_messages(script, turns, agent)
    _add_opening(random, script, turns, cast)
    owner = _add_assignments(random, script, turns, cast, at_ms, is_handed_over)
    _add_extras(random, script, turns, cast, agent)
    _add_returns(random, script, turns, at_ms, agent, owner)
    _add_endings(random, script, turns, at_ms, agent, owner)
    items = script.items()
    return items.where(items.at_ms < until_ms)


def _agents(random: Random, turns: Turns, cast: Cast) -> tuple[Ints, Bools]:
    """Who has the conversation at each message, and where a second agent takes over."""
    moves = random.random(turns.n) < measures.TRANSFER
    moves &= cast.second_agent != cast.agent
    is_over = (
        (turns.run == _SECOND_ANSWER)
        & turns.is_new_run
        & turns.is_agent
        & moves[turns.conversation]
    )
    second = np.cumsum(is_over)
    second -= (second - is_over)[turns.first][turns.conversation]
    return (
        np.where(second > 0, cast.second_agent[turns.conversation], cast.agent[turns.conversation]),
        is_over,
    )


def _add_messages(script: _Script, turns: Turns, agent: Ints) -> None:
    incoming, outgoing = np.flatnonzero(~turns.is_agent), np.flatnonzero(turns.is_agent)
    script.add(Code.IN, 8, incoming)
    script.add(Code.OUT, 8, outgoing, actor=agent[outgoing])


def _add_opening(random: Random, script: _Script, turns: Turns, cast: Cast) -> None:
    first = turns.first
    by_agent = turns.is_agent[first]
    script.add(Code.OPENED, 0, first, actor=np.where(by_agent, cast.agent, NOBODY))
    routed = np.flatnonzero(random.random(turns.n) < measures.TEAM_KNOWN)
    script.add(Code.TEAM, 3, first[routed], target=cast.team[routed])
    greeted = np.flatnonzero(~by_agent & (random.random(turns.n) < measures.BOT_GREETING))
    script.add(Code.BOT, 9, first[greeted], at_ms=cast.start_ms[greeted] + 1_500)


def _add_assignments(
    random: Random,
    script: _Script,
    turns: Turns,
    cast: Cast,
    at_ms: Ints,
    is_handed_over: Bools,
) -> Ints:
    """Assignments and transfers; gives the assignee at each message."""
    replies = np.flatnonzero(turns.is_agent)
    answered, place = np.unique(turns.conversation[replies], return_index=True)
    first_reply = replies[place]
    by_supervisor = random.random(answered.size) < measures.ASSIGNED_BY_SUPERVISOR
    actor = np.where(by_supervisor, cast.supervisor[answered], cast.agent[answered])
    ahead = (turns.gap_s[first_reply] * 500 * by_supervisor).astype(np.int64)
    before = at_ms[first_reply] - ahead
    script.add(
        Code.ASSIGNED, 5, first_reply, at_ms=before, actor=actor, target=cast.agent[answered]
    )
    over = np.flatnonzero(is_handed_over)
    of = turns.conversation[over]
    script.add(
        Code.ASSIGNED, 6, over, actor=cast.agent[of], source=cast.agent[of],
        target=cast.second_agent[of],
    )  # fmt: skip
    unanswered = np.setdiff1d(np.arange(turns.n), answered)
    given = unanswered[random.random(unanswered.size) < measures.ASSIGNED_UNANSWERED]
    script.add(
        Code.ASSIGNED, 10, turns.last[given], at_ms=at_ms[turns.last[given]] + 240_000,
        actor=cast.supervisor[given], target=cast.agent[given],
    )  # fmt: skip
    has_agent = np.zeros(turns.n, np.bool_)
    has_agent[answered] = has_agent[given] = True
    return np.where(has_agent, cast.agent, NOBODY)


def _add_extras(random: Random, script: _Script, turns: Turns, cast: Cast, agent: Ints) -> None:
    """Labels and notes of the agent, beside the first answer."""
    replies = np.flatnonzero(turns.is_agent)
    answered, place = np.unique(turns.conversation[replies], return_index=True)
    beside = replies[place]
    luck = random.random((3, answered.size))
    labelled = np.flatnonzero(luck[0] < measures.LABELLED)
    script.add(
        Code.LABELLED, 11, beside[labelled], actor=agent[beside[labelled]],
        target=cast.label[answered[labelled]],
    )  # fmt: skip
    marked = np.flatnonzero(
        (luck[1] < measures.MARKED) & (cast.label[answered] >= _LABELS_AT_LARGE)
    )
    script.add(
        Code.LABELLED, 12, beside[marked], actor=agent[beside[marked]], target=answered[marked] % 2
    )
    noted = beside[luck[2] < measures.NOTE]
    script.add(Code.NOTE, 13, noted, actor=agent[noted])


def _add_returns(
    random: Random, script: _Script, turns: Turns, at_ms: Ints, agent: Ints, owner: Ints
) -> None:
    """Resolved some time after the message before; reopened by the customer's return."""
    returns = np.flatnonzero(turns.is_return)
    before = returns - 1
    wait = measures.lognormal(random, measures.RESOLVE_GAP, returns.size) * 1_000
    resolved_ms = at_ms[before] + np.minimum(wait, (at_ms[returns] - at_ms[before]) * 0.6).astype(
        np.int64
    )
    of, who = turns.conversation[returns], agent[before]
    source = np.where(owner[of] == NOBODY, NOBODY, who)
    script.add(Code.RESOLVED, 1, returns, at_ms=resolved_ms, actor=who, source=source)
    script.add(Code.REOPENED, 2, returns, source=who)


def _add_endings(
    random: Random, script: _Script, turns: Turns, at_ms: Ints, agent: Ints, owner: Ints
) -> None:
    """Read and resolved after the last message; some are left lying for weeks."""
    last, n = turns.last, turns.n
    is_answered = np.logical_or.reduceat(turns.is_agent, turns.first)
    wait = np.where(
        is_answered,
        measures.lognormal(random, measures.RESOLVE_GAP, n),
        measures.lognormal(random, measures.GIVEN_UP_GAP, n),
    )
    slow = np.where(is_answered, measures.SLOW, measures.SLOW_UNANSWERED)
    wait = np.where(random.random(n) < slow, measures.slow_gaps(random, n), wait)
    wait_ms = np.rint(wait * 1_000).astype(np.int64) + 300_000
    is_read = ~turns.is_agent[last] & (owner != NOBODY)
    is_read &= is_answered | (random.random(n) < measures.READ_UNANSWERED)
    read = np.flatnonzero(is_read)
    script.add(
        Code.READ, 14, last[read], at_ms=at_ms[last[read]] + 260_000, actor=agent[last[read]]
    )
    source = np.where(owner == NOBODY, NOBODY, agent[last])
    script.add(
        Code.RESOLVED, 15, last, at_ms=at_ms[last] + wait_ms, actor=agent[last], source=source
    )
