"""Tables that pages show, as files: the very rows, kept for a day like any other export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from console.actions import AskSql, AskTable, CancelExport, FinishExport, run
from console.config import Settings
from console.domain.agent import Acting
from console.domain.ids import Instant, new_id
from console.exports import formats, limits
from console.exports.make import export_table
from console.exports.runner import folder_in
from console.exports.typed import Typed, heads_of, typed_file
from console.readmodel.model import ReadModel
from console.screens.exports import Line, line_of
from console.store.work import Store

FORMATS: Final = tuple(formats.BY_KEY[key] for key in ("csv", "xlsx", "parquet", "jsonl"))

SQL: Final = "SQL"  # what the rows of a typed statement are called, in every language


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, or the marks of a chart, as somebody sees it: its columns are of one length.

    `about` goes into the manifest; a personal one holds names or numbers of customers.
    """

    name: str
    columns: Mapping[str, Sequence[Any]]
    about: Mapping[str, Any] = field(default_factory=dict)
    is_personal: bool = False

    @property
    def rows_n(self) -> int:
        """How many rows it has."""
        return len(next(iter(self.columns.values()), ()))


def needs_reason(is_personal: bool, rows_n: int, settings: Settings) -> bool:
    """Whether somebody has to say what so many rows are for."""
    return is_personal and 0 <= settings.export_reason_rows < rows_n


def make(
    store: Store,
    model: ReadModel,
    settings: Settings,
    who: Acting,
    shown: Shown,
    form: str,
    now: Instant,
    reason: str = "",
) -> Line:
    """Write the file, and put down that it was taken; its line with links. Raises RuleError."""
    is_untold = needs_reason(shown.is_personal, shown.rows_n, settings)
    taken_n = limits.taken_before(store, who, now)
    limits.check_table(shown.rows_n, is_untold, reason, who, settings, taken_n)
    wish = AskTable(shown.name, form, str(shown.about.get("filter", "")), shown.rows_n, reason)
    write = partial(_written, model, settings, who, shown, form, now, reason)
    return _put_down(store, who, wish, write, now)


def make_typed(
    store: Store, model: ReadModel, settings: Settings, who: Acting, typed: Typed, now: Instant
) -> Line:
    """Write every row of a typed statement, and put it down; its line with links.

    Whoever sees customers' data says what many rows are for: nobody knows which of them a
    statement has put where. Raises QueryError, and RuleError as of any other table.
    """
    taken_n = limits.taken_before(store, who, now)

    def check(rows_n: int) -> None:
        is_untold = needs_reason(not who.is_masked, rows_n, settings)
        limits.check_table(rows_n, is_untold, typed.reason, who, settings, taken_n)

    def write(job_id: int) -> FinishExport:
        path = _place(settings, job_id, typed.form.key)
        told = {"export": str(job_id), "name": SQL, "statement": typed.statement}
        made = typed_file(
            model, who, typed, path, now=now, about={**told, **_for(typed.reason)}, told=check
        )
        return FinishExport(job_id, made.rows_n, path.stat().st_size, made.sha256)

    run(store, AskSql.of(typed.statement), actor=who, at=now, key=f"rows:{new_id()}")
    wish = AskTable(SQL, typed.form.key, "", 0, typed.reason)  # its text may name a customer
    return _put_down(store, who, wish, write, now)


def _put_down(
    store: Store,
    who: Acting,
    wish: AskTable,
    write: Callable[[int], FinishExport],
    now: Instant,
) -> Line:
    """Ask, write and finish; whatever happens on the way cancels it."""
    job_id = run(store, wish, actor=who, at=now, key=f"table:{new_id()}").done[0]
    try:
        finish = write(job_id)
    except BaseException:
        run(store, CancelExport(job_id), actor=who, at=now, key=f"table:{new_id()}")
        raise
    run(store, finish, actor=who, at=now, key=f"table:{new_id()}")
    with store.read() as connection:
        return line_of(connection, job_id, who, now)


def _place(settings: Settings, job_id: int, form: str) -> Path:
    folder = folder_in(settings.home)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{job_id}.{formats.BY_KEY[form].extension}"


def _for(reason: str) -> dict[str, str]:
    return {"reason": reason.strip()} if reason.strip() else {}


def _written(
    model: ReadModel,
    settings: Settings,
    who: Acting,
    shown: Shown,
    form: str,
    now: Instant,
    reason: str,
    job_id: int,
) -> FinishExport:
    path = _place(settings, job_id, form)
    about = {"export": str(job_id), "name": shown.name, **shown.about, **_for(reason)}
    table = table_of(shown)
    table = table.rename_columns(heads_of(table.column_names, formats.BY_KEY[form]))
    made = export_table(table, form, path, model=model, who=who, now=now, about=about)
    return FinishExport(job_id, made.rows_n, path.stat().st_size, made.sha256)


def table_of(shown: Shown) -> pa.Table:
    """The columns with the types that their values have; one that mixes them is of texts."""
    return pa.table({name: _column(values) for name, values in shown.columns.items()})


def _column(values: Sequence[Any]) -> pa.Array:
    given = [None if value != value else value for value in values]  # noqa: PLR0124 - not a number
    if all(value is None for value in given):
        return pa.array(given, pa.string())
    try:
        return pa.array(given)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in given])
