"""The rows of a typed statement as a file: all of them, as they come."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.exports import apart
from console.exports.comma import lines
from console.exports.formats import Format
from console.exports.guard import guarded
from console.exports.limits import TOO_MANY_ROWS
from console.exports.rows import Rows, columns_of
from console.readmodel import sql
from console.readmodel.model import ReadModel

LIMIT_S: Final = 120.0
NAME: Final = "analise"
_PART: Final = 5_000
_ODD: Final = (
    pa.types.is_nested,
    pa.types.is_duration,
    pa.types.is_interval,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_fixed_size_binary,
    pa.types.is_dictionary,
    pa.types.is_null,
)


def typed_csv(model: ReadModel, who: Acting, statement: str) -> Iterator[str]:
    """The file in parts; raises QueryError here when the statement is refused or fails at once.

    Instants are written by the clock of the account's zone, lists as JSON.
    """
    written = _lines(model, who, statement)
    first = list(islice(written, _PART))
    return (
        "".join(part) for part in chain([first], iter(lambda: list(islice(written, _PART)), []))
    )


def typed_file(
    model: ReadModel,
    who: Acting,
    statement: str,
    form: Format,
    path: Path,
    *,
    most_rows: int | None = None,
    stop: threading.Event | None = None,
) -> None:
    """Write the whole file; `stop` ends it from another thread.

    Raises QueryError, and RuleError for more rows than the person may take away.
    """
    with sql.opened(model, who, statement, limit_s=LIMIT_S, stop=stop, is_file=True) as batches:
        heads = heads_of(batches.schema.names, form)
        shaped = (_plain(heads, form, batch) for batch in _counted(batches, most_rows))
        first = next(shaped, None)
        empty = pa.RecordBatch.from_pylist([], batches.schema)
        columns = columns_of((_plain(heads, form, empty) if first is None else first).schema)
        found = shaped if first is None else chain([first], shaped)
        # What a person's file shows is the wall clock already.
        zone = ZoneInfo("UTC") if form.is_guarded else model.zone
        rows = Rows(NAME, columns, found, zone)
        write = partial(apart.write, form) if form.is_slow else form.write
        write(path, rows)


def heads_of(names: Sequence[str], form: Format) -> list[str]:
    """The heads of columns, each once; those of a guarded file are no formulas either."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        head = guarded(name).replace('"', "'") if form.is_guarded else name
        seen[head] = seen.get(head, 0) + 1
        found.append(head if seen[head] == 1 else f"{head}_{seen[head]}")
    return found


def _counted(batches: Iterable[pa.RecordBatch], most_rows: int | None) -> Iterator[pa.RecordBatch]:
    n = 0
    for batch in batches:
        n += batch.num_rows
        if most_rows is not None and n > most_rows:
            raise RuleError(TOO_MANY_ROWS.with_(n=most_rows))
        yield batch


def _plain(heads: Sequence[str], form: Format, batch: pa.RecordBatch) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([_values(one, form) for one in batch.columns], heads)


def _values(values: pa.Array, form: Format) -> pa.Array:
    """Values of the few types that every file has; a person's file shows the wall clock."""
    of_type, types = values.type, pa.types
    if types.is_timestamp(of_type):
        is_shown = form.is_guarded and of_type.tz is not None
        return pc.local_timestamp(values) if is_shown else values
    if types.is_decimal(of_type):
        return values.cast(pa.float64())
    if types.is_list(of_type) and not types.is_nested(of_type.value_type):
        return values.cast(pa.list_(pa.string()))
    if any(is_odd(of_type) for is_odd in _ODD):
        texts = [None if v is None else str(_value(v)) for v in values.to_pylist()]
        return pa.array(texts, pa.string())
    return values


def _lines(model: ReadModel, who: Acting, statement: str) -> Iterator[str]:
    with sql.opened(model, who, statement, limit_s=LIMIT_S, is_file=True) as batches:
        head = [guarded(name) for name in batches.schema.names]
        yield from lines(head, (row for batch in batches for row in _rows(batch)))


def _rows(batch: Any) -> Iterator[list[object]]:
    columns = [column.to_pylist() for column in batch.columns]
    return ([_value(cell) for cell in row] for row in zip(*columns, strict=True))


def _value(cell: object) -> object:
    match cell:
        case datetime():
            return cell.replace(tzinfo=None).isoformat(sep=" ", timespec="seconds")
        case Decimal():
            return format(cell.normalize(), "f")
        case list() | dict():
            return json.dumps(cell, ensure_ascii=False, default=str)
    return cell
