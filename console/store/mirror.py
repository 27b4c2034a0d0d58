"""Rows for the read model: some columns of some tables, as they are in one snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from console.store import tables
from console.store.bulk_write import id_set


def table_rows(connection: Connection, table: str, columns: Sequence[str]) -> list[Any]:
    """Every row of a small table."""
    source = tables.metadata.tables[table]
    return list(connection.execute(select(*(source.c[name] for name in columns))))


def rows_by_ids(
    connection: Connection, table: str, columns: Sequence[str], key: str, ids: Sequence[int]
) -> list[Any]:
    """The rows whose `key` column holds one of `ids`."""
    if not ids:
        return []
    source = tables.metadata.tables[table]
    wanted = select(*(source.c[name] for name in columns))
    return list(connection.execute(wanted.where(source.c[key].in_(id_set(connection, ids)))))
