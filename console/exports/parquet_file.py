"""Parquet: every value as it is, with its type."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from console.exports.rows import Column, Kind, Rows, in_utc, shaped


def write(path: Path, rows: Rows) -> None:
    """Write the file; rows in groups of the batches they come in."""
    shape, writer = shaped(rows, typed), None
    try:
        for batch in map(shape, rows.batches):
            writer = writer or parquet.ParquetWriter(path, batch.schema, compression="zstd")
            writer.write_batch(batch)
        writer = writer or parquet.ParquetWriter(path, schema(rows), compression="zstd")
    finally:
        if writer:
            writer.close()


def typed(column: Column, values: pa.Array) -> pa.Array:
    """The values with the one type that their kind has in every file for programs."""
    if column.kind is Kind.INSTANT:
        return in_utc(values)
    return values.cast(_TYPES[column.kind]) if column.kind in _TYPES else values


def schema(rows: Rows) -> pa.Schema:
    """The types of a file without rows."""
    return pa.schema([(c.name, _TYPES.get(c.kind) or _EMPTY[c.kind]) for c in rows.columns])


_TYPES = {
    Kind.TEXT: pa.string(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.FLAG: pa.bool_(),
}
_EMPTY = {
    Kind.ID: pa.int64(),
    Kind.NUMBER: pa.int64(),
    Kind.SECONDS: pa.int64(),
    Kind.INSTANT: pa.timestamp("us", "UTC"),
}
