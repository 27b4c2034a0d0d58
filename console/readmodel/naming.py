"""Names in the place of ids, batch by batch.

A join per name would cost DuckDB a third of an export, and its joins lose the order of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

# The columns of `facts/export_*.sql` that hold ids, and what is shown of those.
NAMED: Final = {
    "instance": "select id, key from instance",
    "team": "select id, name from team",
    "labels": "select id, key from label",
    **dict.fromkeys(
        (
            "assignee",
            "resolved_by",
            "served_by",
            "replied_by",
            "last_replier",
            "author",
            "actor",
        ),
        "select id, name from agent",
    ),
}


def named(
    cursor: duckdb.DuckDBPyConnection, columns: Iterable[str]
) -> Callable[[pa.RecordBatch], pa.RecordBatch]:
    """A function that puts names into batches of these columns; nobody's id becomes null.

    A name is kept once a batch, as a dictionary, however many rows have it.
    """
    known = {one: cursor.sql(NAMED[one]).to_arrow_table() for one in columns if one in NAMED}
    names = {one: _Names(table) for one, table in known.items()}

    def put(batch: pa.RecordBatch) -> pa.RecordBatch:
        taken = [
            names[one](values) if one in names else values
            for one, values in zip(batch.schema.names, batch.columns, strict=True)
        ]
        return pa.RecordBatch.from_arrays(taken, batch.schema.names)

    return put


class _Names:
    """The names of one sort of thing by id."""

    def __init__(self, table: pa.Table) -> None:
        ids, names = (column.combine_chunks() for column in table.columns)
        self._ids, self._names = ids, names

    def __call__(self, values: pa.Array) -> pa.Array:
        if pa.types.is_list(values.type):
            return self._lists(values)
        places = pc.index_in(values, self._ids)
        return pa.DictionaryArray.from_arrays(places, self._names)

    def _lists(self, lists: pa.Array) -> pa.Array:
        texts = self._names.take(pc.index_in(lists.flatten(), self._ids))
        begins = pc.subtract(lists.offsets, lists.offsets[0])
        return pa.ListArray.from_arrays(begins, texts, mask=lists.is_null())
