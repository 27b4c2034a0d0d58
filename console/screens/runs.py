"""The ledger: every bulk run with its author, its filter, what it did and whether it was undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.actions.advance import BULK_COMMANDS
from console.bulk import Skipped, sample, skipped
from console.domain.agent import Acting
from console.domain.bulk import BulkRun, RowResult, RunStatus
from console.domain.ids import Instant
from console.i18n import Text
from console.readmodel import ask
from console.readmodel.filters import BY_KEY
from console.readmodel.model import ReadModel
from console.readmodel.rows import Row
from console.readmodel.tree import Everything
from console.screens.paging import page_within, pages_of
from console.screens.supervision import check
from console.store import bulk
from console.store.bulk import Result
from console.store.centre import centre_settings
from console.store.work import Connection, Store

PAGE: Final = 20
MOST: Final = 100_000  # runs of one file
ROWS: Final = 50
RESULTS: Final = "central-bulk"  # how the file of a run's results is called
NO_TEAM: Final = Text("Nenhuma equipe", "No team", "Ningún equipo")
UNDOING: Final = Text("Desfazer", "Undo", "Deshacer")
MACHINE: Final = Text("Central", "Central", "Central")
NOBODY: Final = Text("Ninguém", "Nobody", "Nadie")


@dataclass(frozen=True, slots=True)
class Line:
    """One run as the ledger lists it; `undone_by` is the run that took it back."""

    run: BulkRun
    title: Text
    author: str
    undone_by: BulkRun | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """One page of the ledger; `total` counts all that the person may see."""

    lines: tuple[Line, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, PAGE)


@dataclass(frozen=True, slots=True)
class Preview:
    """A run in words: what would happen or has happened; each group is name and number of rows.

    `typed_n` is the number that has to be typed to start it, `needs_second` whether somebody else
    has to agree.
    """

    line: Line
    skipped: tuple[Skipped, ...] = ()
    groups: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    sample: tuple[Row, ...] = ()
    typed_n: int | None = None
    needs_second: bool = False


@dataclass(frozen=True, slots=True)
class Ends:
    """One page of the results of a run, with the conversations as they are now, where in sight."""

    results: tuple[Result, ...]
    rows: Mapping[int, Row]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, ROWS)


def build(store: Store, model: ReadModel, who: Acting, page: int) -> Ledger:
    """The page that is asked for, latest runs first; raises RuleError without the right."""
    check(who)
    with store.read() as connection:
        total = bulk.run_n(connection, who)
        page = page_within(page, total, PAGE)
        lines = _lines(connection, model, who, PAGE, (page - 1) * PAGE)
    return Ledger(lines, total, page)


def every(store: Store, model: ReadModel, who: Acting) -> Ledger:
    """The whole ledger as one page, up to `MOST` runs; raises RuleError without the right."""
    check(who)
    with store.read() as connection:
        lines = _lines(connection, model, who, MOST, 0)
    return Ledger(lines, len(lines), 1)


def _lines(
    connection: Connection, model: ReadModel, who: Acting, limit: int, offset: int
) -> tuple[Line, ...]:
    found = bulk.runs(connection, who, limit=limit, offset=offset)
    undone = bulk.undone_by(connection, [run.id for run in found])
    return tuple(_line(run, model, undone.get(run.id)) for run in found)


def active(store: Store, model: ReadModel, who: Acting) -> tuple[Line, ...]:
    """The runs that are going on, are held, or wait for a second person."""
    check(who)
    with store.read() as connection:
        found = bulk.active_runs(connection, who)
        return tuple(_line(run, model, None) for run in found)


def line(store: Store, model: ReadModel, who: Acting, run_id: int) -> Line | None:
    """One run, None when there is none that the person may see."""
    check(who)
    with store.read() as connection:
        run = bulk.visible_run(connection, run_id, who)
        return _line(run, model, bulk.undo_of(connection, run.id)) if run else None


def preview(
    store: Store, model: ReadModel, who: Acting, run_id: int, now: Instant
) -> Preview | None:
    """Everything there is to know before a run starts, or after."""
    shown = line(store, model, who, run_id)
    if shown is None:
        return None
    run = shown.run
    with store.read() as connection:
        limits = centre_settings(connection)
    second = limits.bulk_second_above
    is_planned = run.status is RunStatus.PLANNED
    return Preview(
        shown,
        tuple(skipped(store, run, who)),
        {group: _named(group, counts, model, who) for group, counts in run.counts.items()},
        tuple(sample(store, model, run, who, now)) if is_planned else (),
        run.waiting_n if run.waiting_n > limits.bulk_confirm_above else None,
        second is not None and run.waiting_n > second,
    )


def ends(
    store: Store,
    model: ReadModel,
    who: Acting,
    run: BulkRun,
    wanted: RowResult | None,
    page: int,
    now: Instant,
) -> Ends:
    """One page of what became of each row."""
    with store.read() as connection:
        counts = bulk.result_counts(connection, run, who)
        total = sum(n for (result, _), n in counts.items() if wanted in (None, result))
        page = page_within(page, total, ROWS)
        found = bulk.results(
            connection, run, who, result=wanted, limit=ROWS, offset=(page - 1) * ROWS
        )
    rows = ask.rows(model, Everything(), who, [one.conversation_id for one in found], now)
    return Ends(tuple(found), {row.id: row for row in rows}, total, page)


def title(run: BulkRun) -> Text:
    """What a run does, in words."""
    command = BULK_COMMANDS.get(run.kind)
    named: Text = command.title if command else UNDOING
    return named


def _line(run: BulkRun, model: ReadModel, undone_by: BulkRun | None) -> Line:
    author = model.directory.agents.get(run.author_id or 0)
    return Line(run, title(run), author.name if author else MACHINE.pt, undone_by)


def _named(
    group: str, counts: Mapping[str, int], model: ReadModel, who: Acting
) -> tuple[tuple[str, int], ...]:
    return tuple((_name(group, key, model, who), n) for key, n in counts.items())


def _name(group: str, key: str, model: ReadModel, who: Acting) -> str:
    if not key:
        return (NO_TEAM if group == "team" else NOBODY).in_(who.language)
    if group == "status":
        return STATUS[key].in_(who.language) if key in STATUS else key
    names = model.directory
    listed = {"team": names.teams, "instance": names.instances}.get(group, names.agents)
    entry = listed.get(int(key))
    return entry.name if entry else key


STATUS: Final = {choice.key: choice.name for choice in BY_KEY["status"].choices}
