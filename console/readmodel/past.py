"""The queue at many instants of its past, in one question: how much stood with whom, and how long.

A stretch of a state holds from its start until its end; where these lie among the instants is
found by search, so that an answer costs the stretches and the instants, not their product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.readmodel.counted import NOT_BY, Counted
from console.readmodel.measure import AGES, WAITING_SINCE, Question
from console.readmodel.metrics import Form
from console.readmodel.model import ReadModel

Numbers = np.ndarray[Any, np.dtype[np.int64]]
_NEVER: Final = np.iinfo(np.int64).max
_NOBODY: Final = 0  # no agent has this id


@dataclass(frozen=True, slots=True)
class Held:
    """How many stretches of a state held at each instant, by whose they were then; None: nobody's.

    Of waits also how many there were in each band of `AGES`, with a last one above it, and the
    seconds of the oldest one, None when nobody waited; of other states both are empty.
    """

    totals: tuple[int, ...]
    by_agent: Mapping[int | None, tuple[int, ...]]
    bands: tuple[tuple[int, ...], ...] = ()
    oldest_s: tuple[float | None, ...] = ()

    def of(self, agent_id: int | None) -> tuple[int, ...]:
        """What this agent, or nobody, had at each instant."""
        return self.by_agent.get(agent_id, (0,) * len(self.totals))


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches by the places of their ends among the instants: it holds at `first <= n < last`."""

    instants: Numbers
    agents: Numbers
    since: Numbers
    first: Numbers
    last: Numbers


def held(
    model: ReadModel, question: Question, instants: Sequence[Instant], who: Acting, now: Instant
) -> Held:
    """How much of a state held at each of the instants, which rise; raises RuleError.

    What lies after `now` has not happened: no instant may be later.
    """
    if question.metric.form is not Form.STATE or question.parts:
        raise RuleError(NOT_BY)
    found = _stretches(_rows(model, question, instants, who, now), instants)
    ids, place = np.unique(found.agents, return_inverse=True)
    counts = _counts(found, found.last, place, len(ids))
    by_agent = {
        None if agent == _NOBODY else int(agent): _told(line)
        for agent, line in zip(ids, counts, strict=True)
    }
    totals = _told(counts.sum(axis=0))
    if question.metric.value != WAITING_SINCE:
        return Held(totals, by_agent)
    return Held(totals, by_agent, _bands(found, totals), _oldest_s(found))


def _rows(
    model: ReadModel, question: Question, instants: Sequence[Instant], who: Acting, now: Instant
) -> pa.Table:
    """The stretches that touch the span of the instants."""
    metric = question.metric
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        first, last = asked.bind(instants[0]), asked.bind(instants[-1])
        touching = f"{metric.start} <= {last} and ({metric.end} is null or {metric.end} > {first})"
        rows = asked.rows(touching, asked.within())
        return asked.arrow(
            f"select coalesce({metric.credit('').column}, {_NOBODY})::bigint as agent,"
            f" {metric.start} as start_at, coalesce({metric.end}, {_NEVER}) as end_at,"
            f" {metric.value}::bigint as since_at from {rows}"
        )


def _stretches(rows: pa.Table, instants: Sequence[Instant]) -> _Stretches:
    agents, start, end, since = (column.to_numpy() for column in rows.columns)
    at = np.array(instants, np.int64)
    return _Stretches(at, agents, since, np.searchsorted(at, start), np.searchsorted(at, end))


def _counts(found: _Stretches, last: Numbers, group: Numbers, group_n: int) -> Numbers:
    """How many stretches of each group hold at each instant, each until its `last`."""
    steps = np.zeros((group_n, len(found.instants) + 1), np.int64)
    np.add.at(steps, (group, found.first), 1)
    np.subtract.at(steps, (group, np.maximum(last, found.first)), 1)
    counts: Numbers = steps.cumsum(axis=1)[:, :-1]
    return counts


def _bands(found: _Stretches, totals: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """A wait is in the first band whose edge in seconds it has not passed."""
    nothing, one = np.zeros_like(found.instants), np.zeros_like(found.first)
    young = [nothing]
    for edge in AGES:
        older = np.searchsorted(found.instants, found.since + edge * SECOND, side="right")
        young += list(_counts(found, np.minimum(found.last, older), one, 1))
    young.append(np.array(totals, np.int64))
    return tuple(_told(line) for line in np.diff(young, axis=0))


def _oldest_s(found: _Stretches) -> tuple[float | None, ...]:
    since = _least(found.first, found.last, found.since, len(found.instants))
    waits = zip(found.instants.tolist(), since.tolist(), strict=True)
    return tuple(None if first == _NEVER else (at - first) / SECOND for at, first in waits)


def _least(first: Numbers, last: Numbers, values: Numbers, n: int) -> Numbers:
    """The least value of the spans `first <= place < last` that cover each of `n` places.

    Each span is two overlapping ones whose length is a power of two; from the longest length down
    each is handed to its two halves.
    """
    is_seen = last > first
    first, last, values = first[is_seen], last[is_seen], values[is_seen]
    power = np.frexp(last - first)[1] - 1
    least: Numbers = np.full((n.bit_length(), n), _NEVER)
    np.minimum.at(least, (power, first), values)
    np.minimum.at(least, (power, last - (1 << power)), values)
    for level in range(len(least) - 1, 0, -1):
        longer, shorter, half = least[level], least[level - 1], 1 << (level - 1)
        np.minimum(shorter, longer, out=shorter)
        np.minimum(shorter[half:], longer[:-half], out=shorter[half:])
    best: Numbers = least[0]
    return best


def _told(line: Numbers) -> tuple[int, ...]:
    return tuple(line.tolist())
