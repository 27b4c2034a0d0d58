"""What the flood has shown: how long answers took, what became of messages, what was painted."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from benchmarks.hooks.post import MARK
from benchmarks.hooks.scene import Scene, aimed_at
from console.store import tables
from console.store.work import Store

MARGIN_MS: Final = 1_500.0  # who leaves a conversation sooner after a message was not shown it


@dataclass(frozen=True, slots=True)
class Post:
    """One post: when it was due and answered (wall clock, milliseconds); 0 is no answer."""

    n: int
    due: float
    answered: float
    status: int

    @property
    def ms(self) -> float:
        """From when it was due to its answer."""
        return self.answered - self.due


def lost_and_doubled(store: Store, posts: Iterable[Post]) -> tuple[int, int]:
    """How many acknowledged messages are not in the store, and how many stand there twice."""
    table = tables.message
    wanted = select(table.c.text).where(table.c.provider_id.like("wamid.bench.%"))
    with store.read() as connection:
        kept = Counter(text.rpartition(" ")[2] for text in connection.scalars(wanted))
    acknowledged = {MARK.format(n=post.n) for post in posts if post.status == 200}  # noqa: PLR2004
    return len(acknowledged - kept.keys()), sum(kept.values()) - len(kept)


def on_screen_ms(
    scene: Scene, posts: Sequence[Post], told: Sequence[Mapping[str, Any]]
) -> list[float]:
    """From each answer to the paint, for messages to conversations that were open all the while.

    One that was never painted while its conversation stayed open counts as endless.
    """
    aimed = [str(talk.id) for person in scene.people for talk in person.talks]
    first = {post.n: post.answered for post in reversed(posts) if post.status == 200}  # noqa: PLR2004
    found = []
    for desk in told:
        for stay in desk["stays"]:
            whose = aimed.index(stay["id"])
            for n in _within(first, stay, whose, len(aimed)):
                painted = desk["painted"].get(str(n), math.inf)
                found.append(max(0.0, painted - first[n]))
    return found


def _within(
    answered: Mapping[int, float], stay: Mapping[str, Any], whose: int, aimed_n: int
) -> list[int]:
    """The messages to this conversation that were answered while it was open."""
    last = stay["until"] - MARGIN_MS
    return [
        n
        for n, at in answered.items()
        if aimed_at(n, aimed_n) == whose and stay["from"] <= at <= last
    ]


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed; endless for none."""
    if not values:
        return math.inf
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """Their median; endless for none."""
    return statistics.median(values) if values else math.inf
