"""Who writes when: the messages of many conversations as flat arrays, drawn at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from console.demo import measures
from console.demo.measures import Floats, Random

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

_MOST_FORCED = 6  # an unanswered conversation has few messages
_TIGHTEST = 0.95  # of the first response, taken by the messages of the first turn


@dataclass(frozen=True, slots=True)
class Turns:
    """Messages of `n` conversations, one after the other, in their order.

    `gap_s` is the time since the message before (0 for the first); `is_return` marks a message
    that comes after the conversation had been resolved.
    """

    n: int
    first: Ints  # position of each conversation's first message
    conversation: Ints  # per message
    is_agent: Bools
    is_new_run: Bools
    run: Ints  # 0, 1, 2 … within the conversation
    gap_s: Floats
    is_return: Bools

    @property
    def last(self) -> Ints:
        """Position of each conversation's last message."""
        return np.append(self.first[1:], self.conversation.size) - 1


def draw_turns(random: Random, n: int, unanswered: float = measures.UNANSWERED) -> Turns:
    """Draw the messages of `n` conversations."""
    counts = measures.message_counts(random, n)
    first = np.cumsum(counts) - counts
    conversation = np.repeat(np.arange(n), counts)
    is_new_run = random.random(conversation.size) < measures.RUN_ENDS
    is_new_run[first] = True
    by_agent = random.random(n) < measures.OPENED_BY_AGENT
    _leave_unanswered(random, unanswered, counts, first, conversation, is_new_run, by_agent)
    run = _since_first(is_new_run, first, conversation)
    is_agent = (run + by_agent[conversation]) % 2 == 1
    gaps = _gaps(random, is_agent, is_new_run)
    gaps[first] = 0
    is_return = _returns(random, is_agent, is_new_run, run)
    gaps[is_return] = measures.lognormal(random, measures.CLOSED_GAP, int(is_return.sum()))
    _first_responses(random, gaps, first, conversation, run, by_agent)
    return Turns(n, first, conversation, is_agent, is_new_run, run, gaps, is_return)


def _since_first(flags: Bools, first: Ints, conversation: Ints) -> Ints:
    """How many flags were set since the conversation's first message, which counts as 0."""
    total = np.cumsum(flags)
    return np.asarray(total - total[first][conversation])


def _leave_unanswered(
    random: Random,
    share: float,
    counts: Ints,
    first: Ints,
    conversation: Ints,
    is_new_run: Bools,
    by_agent: Bools,
) -> None:
    """Some short conversations get one turn only, until the wanted share has no answer."""
    runs = np.add.reduceat(is_new_run.astype(np.int64), first)
    alone = (runs == 1) & ~by_agent
    eligible = np.flatnonzero((counts <= _MOST_FORCED) & (runs > 1) & ~by_agent)
    missing = int(share * counts.size - alone.sum())
    if missing > 0 and eligible.size:
        chosen = random.choice(eligible, min(missing, eligible.size), replace=False)
        is_chosen = np.zeros(counts.size, dtype=np.bool_)
        is_chosen[chosen] = True
        is_new_run[is_chosen[conversation]] = False
        is_new_run[first] = True


def _gaps(random: Random, is_agent: Bools, is_new_run: Bools) -> Floats:
    gaps = measures.lognormal(random, measures.BURST_GAP, is_agent.size)
    replies, answers = is_new_run & is_agent, is_new_run & ~is_agent
    gaps[replies] = measures.lognormal(random, measures.AGENT_GAP, int(replies.sum()))
    gaps[answers] = measures.customer_gaps(random, int(answers.sum()))
    return gaps


def _returns(random: Random, is_agent: Bools, is_new_run: Bools, run: Ints) -> Bools:
    later_turn = is_new_run & ~is_agent & (run > 1)
    return later_turn & (random.random(run.size) < measures.REOPENING)


def _first_responses(
    random: Random, gaps: Floats, first: Ints, conversation: Ints, run: Ints, by_agent: Bools
) -> None:
    """Set the gap before the first answer, so that it counts from the customer's first message.

    A long first turn needs a long response: among conversations whose first turn has several
    messages, the slowest responses go to the longest turns. Both distributions stay as drawn,
    except where even that does not suffice: there the turn is tightened.
    """
    answered = np.unique(conversation[run == 1])
    answered = answered[~by_agent[answered]]
    replies = first[answered] + _first_run_length(run, first)[answered]
    elapsed = np.cumsum(gaps)
    turn_s = elapsed[replies - 1] - elapsed[first[answered]]
    response = measures.lognormal(random, measures.FIRST_RESPONSE, answered.size)
    several = np.flatnonzero(turn_s > 0)
    response[several[np.argsort(turn_s[several])]] = np.sort(response[several])
    factor = np.minimum(1.0, _TIGHTEST * response / np.maximum(turn_s, 1e-9))
    gaps[replies] = response - turn_s * factor
    scale = np.ones(first.size)
    scale[answered] = factor
    in_first_turn = run == 0
    gaps[in_first_turn] *= scale[conversation[in_first_turn]]


def _first_run_length(run: Ints, first: Ints) -> Ints:
    return np.asarray(np.add.reduceat((run == 0).astype(np.int64), first))
