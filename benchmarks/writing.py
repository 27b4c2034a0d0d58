"""Benches that change something, on copies: synchronization, full load."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from itertools import cycle
from typing import Final

from benchmarks import floors
from benchmarks.ground import Ground, act, scratch
from benchmarks.measure import (
    Figure,
    Gate,
    Result,
    collector_off,
    median_ms,
    once_ms,
    timed_ms,
)
from console.actions import Reopen, Resolve
from console.actions.base import Command
from console.readmodel import ask
from console.readmodel.expression import parse
from console.readmodel.load import load as full_load
from console.readmodel.model import ReadModel
from console.store.work import Store

SIZES: Final = (1, 100, 10_000)
SYNC_WARM_UP: Final = 3
SYNC_RUNS: Final = 15
SYNC_LIMITS_MS: Final = {100: 15.0, 10_000: 150.0}
LOAD_SHARE: Final = 0.75


def sync(ground: Ground) -> list[Result]:
    """From a committed change of k conversations to a read model that shows it."""
    with ground.workshop() as (store, model):
        ids = _resolved(ground, model, max(SIZES))
        wishes: Iterator[Command] = cycle((Reopen(), Resolve()))
        return [_sync(store, model, wishes, ids[:k]) for k in SIZES if k <= len(ids)]


def _sync(store: Store, model: ReadModel, wishes: Iterator[Command], ids: list[int]) -> Result:
    commits: list[float] = []
    follows: list[float] = []
    with collector_off():
        for _ in range(SYNC_WARM_UP + SYNC_RUNS):
            wish = next(wishes)
            commits.append(timed_ms(lambda w=wish: act(store, w, ids)))
            follows.append(timed_ms(model.sync))
    ours = statistics.median(follows[SYNC_WARM_UP:])
    k = len(ids)
    figures = (
        Figure(f"Central, feed to read model, k = {k}", ours),
        Figure(f"the command itself, k = {k}", statistics.median(commits[SYNC_WARM_UP:])),
        Figure("floor: nothing to follow", median_ms(model.sync, runs=15)),
    )
    limit = SYNC_LIMITS_MS.get(k)
    gates = (Gate(f"sync of {k}", ours, limit, "ms"),) if limit else ()
    return Result(f"sync, k = {k}", figures, gates)


def load(ground: Ground) -> list[Result]:
    """The full load of the store, against the same work from Parquet files."""
    rows = _rows(ground)
    memory = ground.settings.read_model_memory
    threads = ground.settings.read_model_threads
    with scratch(ground.folder) as folder:
        ours = once_ms(
            lambda: full_load(ground.store, folder / "ours", memory=memory, threads=threads)
        )
        floor = once_ms(
            lambda: floors.load_in_child(ground.parquet, folder / "floor", memory, threads)
        )
    figures = (
        Figure(f"Central, {rows / ours * 1000:,.0f} rows/s", ours),
        Figure(f"floor: from Parquet, {rows / floor * 1000:,.0f} rows/s", floor),
    )
    gate = Gate("full load at the speed of Parquet", floor / ours, LOAD_SHARE, at_least=True)
    return [Result("full load", figures, (gate,))]


def _rows(ground: Ground) -> int:
    with ground.model.cursor() as cursor:
        found = cursor.execute("select count(*), sum(message_n) from conversation").fetchall()
    return int(found[0][0]) + int(found[0][1])


def _resolved(ground: Ground, model: ReadModel, n: int) -> list[int]:
    """The resolved conversations with the newest activity."""
    return ask.ids(model, parse("status:resolved"), ground.who, ground.now)[:n]
