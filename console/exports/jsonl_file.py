"""JSON Lines: one object a row; ids as texts, because browsers' numbers are too short for them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from console.exports.parquet_file import typed
from console.exports.rows import Column, Kind, Rows, in_utc, shaped


def write(path: Path, rows: Rows) -> None:
    """Write the file."""
    shape = shaped(rows, _shape)
    with path.open("wb") as file, closing(duckdb.connect()) as connection:
        for batch in map(shape, rows.batches):
            file.write(_text(connection, batch))


def _shape(column: Column, values: pa.Array) -> pa.Array:
    match column.kind:
        case Kind.ID:
            return values.cast(pa.string())
        case Kind.INSTANT:
            return pc.strftime(in_utc(values), format="%Y-%m-%dT%H:%M:%SZ")
        case _:
            return typed(column, values)


def _text(connection: duckdb.DuckDBPyConnection, batch: pa.RecordBatch) -> pa.Buffer:
    """The lines of a batch: the bytes of a column in which each text ends its line."""
    connection.register("line", pa.Table.from_batches([batch]))
    written = connection.sql("select to_json(line)::varchar || chr(10) from line").to_arrow_table()
    connection.unregister("line")
    return pa.concat_arrays(written.column(0).chunks).buffers()[2] or b""
