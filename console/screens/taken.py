"""Tables that pages show, as files: the very rows, kept for a day like any other export."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from console.actions import AskTable, CancelExport, FinishExport, run
from console.config import Settings
from console.domain.agent import Acting
from console.domain.ids import Instant, new_id
from console.exports import formats, limits
from console.exports.make import export_table
from console.exports.runner import folder_in
from console.exports.typed import heads_of
from console.readmodel.model import ReadModel
from console.screens.exports import Line, line_of
from console.store.work import Store

FORMATS: Final = tuple(formats.BY_KEY[key] for key in ("csv", "xlsx", "parquet", "jsonl"))


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
    job_id = run(store, wish, actor=who, at=now, key=f"table:{new_id()}").done[0]
    folder = folder_in(settings.home)
    try:
        finish = _written(model, folder, who, shown, form, job_id, now)
    except BaseException:
        cancel = CancelExport(job_id)
        run(store, cancel, actor=who, at=now, key=f"table:{new_id()}")
        raise
    run(store, finish, actor=who, at=now, key=f"table:{new_id()}")
    with store.read() as connection:
        return line_of(connection, job_id, who, now)


def _written(
    model: ReadModel, folder: Path, who: Acting, shown: Shown, form: str, job_id: int, now: Instant
) -> FinishExport:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{job_id}.{formats.BY_KEY[form].extension}"
    about = {"export": str(job_id), "name": shown.name, **shown.about}
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
