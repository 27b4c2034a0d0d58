"""Filling an empty store with generated conversations, in batches of arrays."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np

from console.demo import measures
from console.demo.calendar import arrivals, local_midnight
from console.demo.centre import Centre, plan_centre, write_centre
from console.demo.rows import Batch, write_batch
from console.demo.staff import Staff, agents_needed
from console.demo.story import Cast, tell
from console.demo.texts import phrasebook
from console.demo.turns import Ints, Turns, draw_turns
from console.demo.words import Words, load_words
from console.domain.agent import Role
from console.domain.ids import SECOND, Instant
from console.store.bulk_load import bulk_load, refuse_filled
from console.store.work import Connection, Store

Progress = Callable[[int, int], None]  # conversations done, conversations wanted

_BATCH: Final = 20_000
_LAST_SECONDS: Final = 10  # nobody begins a conversation in them, so that each has a message
_BUSY_MS: Final = 1_800_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What to generate; the same plan gives the same rows."""

    conversations: int
    days: int
    until: Instant
    seed: int = 1
    unanswered: float = measures.UNANSWERED

    @property
    def begin(self) -> Instant:
        """The local midnight with which the traffic begins."""
        return local_midnight(self.until, self.days - 1)


@dataclass(frozen=True, slots=True)
class Made:
    """What was generated, and in how many seconds."""

    centre: Centre
    conversations: int
    messages: int
    seconds: float


def generate(store: Store, plan: Plan, progress: Progress | None = None) -> Made:
    """Write the centre and its conversations; raises StoreError when the store has some."""
    started = time.perf_counter()
    words = load_words()
    centre = plan_centre(words, agents_needed(plan.conversations, plan.days), plan.begin, plan.seed)

    def unit(connection: Connection) -> None:
        refuse_filled(connection)
        write_centre(connection, words, centre, plan.begin)

    store.write(unit)
    messages = done = 0
    with bulk_load(store) as load, _no_garbage_collection():
        for batch in batches(words, centre, plan):
            messages += write_batch(load, batch)
            load.commit()
            done += batch.cast.start_ms.size
            if progress:
                progress(done, plan.conversations)
        load.message_events()
    return Made(centre, done, messages, time.perf_counter() - started)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Millions of short-lived tuples hold no cycles: looking for some takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def batches(words: Words, centre: Centre, plan: Plan) -> Iterator[Batch]:
    """Everything that happens, in batches of conversations by the time they begin."""
    random = np.random.default_rng(plan.seed)
    book = phrasebook()
    last = plan.until - _LAST_SECONDS * SECOND
    starts = arrivals(plan.conversations, plan.begin, last, random) // 1_000
    staff = Staff(centre.members())
    item_n = 0
    for place in range(0, starts.size, _BATCH):
        turns = draw_turns(random, starts[place : place + _BATCH].size, plan.unanswered)
        topic = _topics(words, random, turns.n)
        start_ms = starts[place : place + _BATCH]
        cast = _cast(words, centre, staff, random, turns, start_ms, topic)
        items = tell(random, turns, cast, plan.until // 1_000)
        yield Batch(words, book, centre, random, turns, cast, topic, items, place, item_n)
        item_n += items.code.size


def _topics(words: Words, random: measures.Random, n: int) -> Ints:
    weights = np.array([topic.weight for topic in words.topics])
    return random.choice(weights.size, n, p=weights / weights.sum())


def _cast(
    words: Words,
    centre: Centre,
    staff: Staff,
    random: measures.Random,
    turns: Turns,
    start_ms: Ints,
    topic: Ints,
) -> Cast:
    team_keys = [entry["key"] for entry in words.shop["teams"]]
    label_keys = [entry["key"] for entry in words.shop["labels"]]
    team = np.array([team_keys.index(t.team) for t in words.topics])[topic]
    label = np.array([label_keys.index(t.label) for t in words.topics])[topic]
    length_ms = np.add.reduceat(np.minimum(turns.gap_s, 900), turns.first) * 1_000
    end_ms = start_ms + np.minimum(length_ms, _BUSY_MS).astype(np.int64)
    agent, second = staff.take(random, team, start_ms, end_ms)
    supervisors = np.array(centre.who(Role.SUPERVISOR))
    return Cast(
        start_ms=start_ms,
        agent=np.array(agent),
        second_agent=np.array(second),
        supervisor=supervisors[random.integers(0, supervisors.size, start_ms.size)],
        team=team,
        label=label,
    )
