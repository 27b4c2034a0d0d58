"""Rows of the store as Arrow tables, with the column types that DuckDB keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from console.readmodel.sources import Source
from console.store.mirror import selected, selected_by_ids

_ARROW: Final = {"bigint": pa.int64(), "varchar": pa.string(), "boolean": pa.bool_()}


def all_rows(connection: Any, source: Source) -> pa.Table:
    """Every row of a source."""
    return _arrow(source, selected(connection, source.statement))


def rows_of(connection: Any, source: Source, ids: Sequence[int]) -> pa.Table:
    """The rows of a source that belong to these ids."""
    return _arrow(source, selected_by_ids(connection, source.statement, source.key, ids))


def types_of(source: Source) -> dict[str, pa.DataType]:
    """The Arrow type of each column."""
    return {name: _ARROW[type_] for name, type_ in source.columns.items()}


def _arrow(source: Source, rows: Sequence[Any]) -> pa.Table:
    """The rows in the order of the source's columns, which kept plans rely on."""
    types = types_of(source)
    if not rows:
        return pa.schema(list(types.items())).empty_table()
    columns = dict(zip(rows[0]._fields, zip(*rows, strict=True), strict=True))
    return pa.table({name: _column(columns[name], type_) for name, type_ in types.items()})


def _column(values: Sequence[Any], type_: pa.DataType) -> pa.Array:
    """SQLite answers a boolean with a number."""
    return pa.array(map(bool, values) if type_ == pa.bool_() else values, type_)
