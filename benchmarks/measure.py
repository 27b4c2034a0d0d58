"""Timing: the median of several runs with the collector off, and what a run is held against."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

MOST_RUNS: Final = 100  # of one question; the tests, which look at no figure, ask once


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured time: who answered, and how long it took in milliseconds (median)."""

    subject: str
    ms: float


@dataclass(frozen=True, slots=True)
class Gate:
    """A promise about one ratio or time: `value` must be at most (or at least) `limit`."""

    what: str
    value: float
    limit: float
    unit: str = "×"
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Result:
    """What one bench found; `figures[0]` is ours, the others are what one would pick instead."""

    bench: str
    figures: tuple[Figure, ...]
    gates: tuple[Gate, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether every gate of the bench holds."""
        return all(gate.holds for gate in self.gates)


def median_ms(question: Callable[[], object], runs: int = 7, warm_up: int = 2) -> float:
    """The median time of `question` in milliseconds, after some runs that are not counted."""
    for _ in range(min(warm_up, MOST_RUNS)):
        question()
    with collector_off():
        return statistics.median(timed_ms(question) for _ in range(min(runs, MOST_RUNS)))


def once_ms(question: Callable[[], object]) -> float:
    """The time of one run in milliseconds."""
    with collector_off():
        return timed_ms(question)


def timed_ms(question: Callable[[], object]) -> float:
    """The time of one run in milliseconds, the collector as it is."""
    start = time.perf_counter()
    question()
    return (time.perf_counter() - start) * 1000


@contextmanager
def collector_off() -> Iterator[None]:
    """Run the body without the garbage collector, as a server's frozen one hardly runs."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
