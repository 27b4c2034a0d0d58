"""The rows of a typed statement as a file: all of them, as they come."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.exports.formats import Format
from console.exports.guard import guarded
from console.exports.make import Made, export_rows
from console.exports.rows import Rows, columns_of
from console.readmodel import sql
from console.readmodel.model import ReadModel

LIMIT_S: Final = 120.0
NAME: Final = "analise"
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


@dataclass(frozen=True, slots=True)
class Typed:
    """A statement whose rows are wanted; `stop` gives it up from another thread."""

    statement: str
    form: Format
    reason: str = ""
    stop: threading.Event = field(default_factory=threading.Event)


def typed_file(
    model: ReadModel,
    who: Acting,
    typed: Typed,
    path: Path,
    *,
    now: Instant,
    about: Mapping[str, Any] | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> Made:
    """Write the whole file and its manifest.

    `told` hears how many rows have gone by, and may raise. Raises QueryError, RuleError.
    """
    form, stop = typed.form, typed.stop
    asked = sql.opened(model, who, typed.statement, limit_s=LIMIT_S, stop=stop, is_file=True)
    with asked as batches:
        heads = heads_of(batches.schema.names, form)
        shaped = (_plain(heads, form, batch) for batch in batches)
        first = next(shaped, None)
        empty = pa.RecordBatch.from_pylist([], batches.schema)
        columns = columns_of((_plain(heads, form, empty) if first is None else first).schema)
        found = shaped if first is None else chain([first], shaped)
        # What a person's file shows is the wall clock already.
        zone = ZoneInfo("UTC") if form.is_guarded else model.zone
        rows = Rows(NAME, columns, found, zone)
        return export_rows(
            rows,
            form.key,
            path,
            who=who,
            now=now,
            about=about or {},
            told=told,
            is_server=True,
        )


def heads_of(names: Sequence[str], form: Format) -> list[str]:
    """The heads of columns, each once; those of a guarded file are no formulas either."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        head = guarded(name).replace('"', "'") if form.is_guarded else name
        seen[head] = seen.get(head, 0) + 1
        found.append(head if seen[head] == 1 else f"{head}_{seen[head]}")
    return found


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


def _value(cell: object) -> object:
    match cell:
        case list() | dict():
            return json.dumps(cell, ensure_ascii=False, default=str)
    return cell
