"""A hundred thousand conversations, resolved and taken back by clicking in a real browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import func, select

from benchmarks.browser.desk import Desk
from benchmarks.browser.guest import let_in, signed_in
from benchmarks.browser.page import chromium, new_context
from benchmarks.browser.servers import Server, central, free_port
from benchmarks.ground import Ground
from benchmarks.measure import Figure, Gate, Result
from benchmarks.supervising import PREVIEW_MS, reopened
from console.config import Settings
from console.domain.agent import system
from console.domain.bulk import BulkRun
from console.domain.ids import now
from console.readmodel import ask
from console.readmodel.expression import to_text
from console.readmodel.model import ReadModel
from console.store import bulk, tables
from console.store.work import Store, open_store

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

USABLE_MS: Final = 3_000.0


def clicked(ground: Ground) -> list[Result]:
    """Resolve 100 000 by clicking, use other pages meanwhile, close the tab, and undo it all."""
    with ground.home() as home, chromium() as chrome:
        expression, total = _made_pending(home, ground.settings)
        password = let_in(home)
        environment = {"CENTRAL_HOME": str(home), "CENTRAL_STORE": ""}
        with central(free_port(), environment) as server, _opened(home) as store:
            cookies = signed_in(chrome, server, password)
            context = new_context(chrome, storage_state=cookies, locale="pt-BR")
            return _story(context, server, store, expression, total)


def _made_pending(home: Path, settings: Settings) -> tuple[str, int]:
    """A filter for about so many pending ones, and how many it matches."""
    store = open_store(f"sqlite:///{home / 'central.db'}")
    model = ReadModel.open(store, home / "readmodel", settings)
    tree = reopened(store, model)
    total = ask.count(model, tree, system(), now())
    model.close()
    store.close()
    return to_text(tree), total


def _story(
    context: BrowserContext, server: Server, store: Store, expression: str, total: int
) -> list[Result]:
    desk = Desk(context, server.url)
    desk.open_inbox()
    desk.visits()  # what the browser loads once
    quiet = desk.visits()
    many = f"{total:,}".replace(",", ".")
    counted = desk.filter(expression, many)
    desk.take_all("Resolver")
    preview, begun = desk.preview(), desk.agree("Resolver")
    busy = desk.visits()
    left = _newest(store).waiting_n
    desk.page.close()
    desk = Desk(context, server.url)
    ledger = desk.open_ledger()
    desk.settled()
    run = _newest(store)
    desk.first_run()
    told = desk.numbers()
    undone = desk.undo()
    undo = _newest(store)
    steps = (
        Figure(f"the preview of {many}, click to consent", preview),
        Figure("the filter, last key to its count", counted),
        Figure("the start, click to the bar", begun),
        Figure("a new tab with the ledger, to the table", ledger),
        Figure(f"the run itself ({_us(run):.0f} µs a row)", _ms(run)),
        Figure("taking it back, click to the end told", undone),
        Figure(f"taking it back itself ({_us(undo):.0f} µs a row)", _ms(undo)),
    )
    return [
        Result("bulk run by clicking", steps, _gates(preview, told, run, undo, left)),
        _meanwhile(quiet, busy),
    ]


def _gates(
    preview: float, told: list[int], run: BulkRun, undo: BulkRun, left: int
) -> tuple[Gate, ...]:
    return (
        Gate("preview", preview, PREVIEW_MS, "ms"),
        Gate("still to do when the tab was closed", left, 1, "rows", at_least=True),
        Gate("done, as the ledger says, of what matched", told[1], run.total_n, "rows", True),
        Gate("taken back", undo.done_n, run.done_n, "rows", at_least=True),
    )


def _meanwhile(quiet: Mapping[str, float], busy: Mapping[str, float]) -> Result:
    """What other pages took while the run went on, each beside the same without it."""
    figures = [
        Figure(f"{page}{when}", times[page])
        for page in quiet
        for times, when in ((busy, ""), (quiet, ", no run"))
    ]
    slowest = max(busy.values())
    gate = Gate("the slowest page while a run goes on", slowest, USABLE_MS, "ms")
    return Result("other pages while it runs, click to usable", tuple(figures), (gate,))


@contextmanager
def _opened(home: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{home / 'central.db'}")
    try:
        yield store
    finally:
        store.close()


def _newest(store: Store) -> BulkRun:
    with store.read() as connection:
        run_id = connection.scalar(select(func.max(tables.bulk_run.c.id)))
        run = bulk.find_run(connection, run_id) if run_id else None
    if run is None:
        raise RuntimeError("no run was made")
    return run


def _ms(run: BulkRun) -> float:
    return ((run.ended_at or 0) - (run.started_at or 0)) / 1000


def _us(run: BulkRun) -> float:
    return _ms(run) * 1000 / run.total_n
