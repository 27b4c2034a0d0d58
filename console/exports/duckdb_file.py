"""A DuckDB file with one table, called like what its rows are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from console.exports.parquet_file import schema, typed
from console.exports.rows import Rows, shaped

_SETTINGS: Final[dict[str, str | int | bool | float | list[str]]] = {
    "memory_limit": "512MB",
    "threads": 2,
}


def write(path: Path, rows: Rows) -> None:
    """Write the file, which must not exist."""
    shape, is_first = shaped(rows, typed), True
    with closing(duckdb.connect(str(path), config=_SETTINGS)) as connection:
        for batch in map(shape, rows.batches):
            _take(connection, rows.name, pa.Table.from_batches([batch]), is_first)
            is_first = False
        if is_first:
            _take(connection, rows.name, schema(rows).empty_table(), is_first)


def _take(
    connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table, is_first: bool
) -> None:
    taken = connection.from_arrow(table)
    if is_first:
        taken.create(name)
    else:
        taken.insert_into(name)
