"""The bench of bulk runs: preview, run and undo of 100 000, against a loop of single commands."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks.copies import filled_postgresql
from benchmarks.ground import POSTGRES, Ground, act, scratch
from benchmarks.measure import Figure, Gate, Result, once_ms
from console.actions import Reopen, Resolve, StartBulk, UndoBulk, run
from console.actions.advance import carried_on
from console.bulk import plan
from console.domain.agent import system
from console.domain.bulk import BulkRun
from console.domain.ids import now
from console.readmodel import ask
from console.readmodel.expression import parse
from console.readmodel.model import ReadModel
from console.readmodel.tree import Tree
from console.store.work import Store

ROWS: Final = 100_000
SINGLES: Final = 200
PREVIEW_MS: Final = 2_000.0
RATIO: Final = 30.0
UNDO_RATIO: Final = 2.0


def bulk(ground: Ground) -> list[Result]:
    """Resolve 100 000 conversations in one run and take it back, on each store."""
    found = []
    with ground.workshop() as (store, model):
        found.append(_measured("SQLite", store, model))
    if os.environ.get(POSTGRES):
        with _postgresql(ground) as (store, model):
            found.append(_measured("PostgreSQL", store, model))
    return found


def reopened(store: Store, model: ReadModel) -> Tree:
    """At least so many pending ones: the resolved ones with the newest ids are reopened."""
    resolved = sorted(ask.ids(model, parse("status:resolved"), system(), now()))[-ROWS:]
    for start in range(0, len(resolved), ROWS // 10):
        act(store, Reopen(), resolved[start : start + ROWS // 10])
    model.sync()
    return parse(f"status:pending id>={resolved[0]}")


@contextmanager
def _postgresql(ground: Ground) -> Iterator[tuple[Store, ReadModel]]:
    """The same rows in PostgreSQL; pending ones of a run before are resolved again."""
    store = filled_postgresql(ground.store, os.environ[POSTGRES])
    with scratch(ground.folder) as folder:
        model = ReadModel.open(store, Path(folder) / "readmodel", ground.settings)
        try:
            yield store, model
        finally:
            model.close()
            store.close()


def _measured(name: str, store: Store, model: ReadModel) -> Result:
    tree = reopened(store, model)
    total = ask.count(model, tree, system(), now())
    made: list[BulkRun] = []
    preview = once_ms(lambda: made.append(_planned(store, model, tree)))
    _say(store, StartBulk(made[0].id, total))
    ran = once_ms(lambda: _carried(store, made[0].id))
    undo = _say(store, UndoBulk(made[0].id))
    undone = once_ms(lambda: _carried(store, undo))
    loop = _loop_ms(store, ask.ids(model, tree, system(), now())[:SINGLES]) / SINGLES * total
    figures = (
        Figure(f"Central, resolve {total} in a run ({ran / total * 1000:.0f} µs a row)", ran),
        Figure("the preview before it", preview),
        Figure(f"taking it back ({undone / total * 1000:.0f} µs a row)", undone),
        Figure(f"a loop of single commands ({SINGLES} measured)", loop),
    )
    gates = (
        Gate(f"preview of {total}", preview, PREVIEW_MS, "ms"),
        Gate("run against the loop", loop / ran, RATIO, at_least=True),
        Gate("undo against the run", undone / ran, UNDO_RATIO),
    )
    return Result(f"bulk run on {name}", figures, gates)


def _planned(store: Store, model: ReadModel, tree: Tree) -> BulkRun:
    key = secrets.token_hex(16)
    return plan(store, model, Resolve(), tree, who=system(), at=now(), key=key)


def _say(store: Store, command: StartBulk | UndoBulk) -> int:
    return run(store, command, actor=system(), at=now(), key=secrets.token_hex(16)).done[0]


def _carried(store: Store, run_id: int) -> None:
    for _ in carried_on(store, run_id, now):
        pass


def _loop_ms(store: Store, ids: list[int]) -> float:
    start = time.perf_counter()
    for one in ids:
        act(store, Resolve(), [one])
    return (time.perf_counter() - start) * 1000
