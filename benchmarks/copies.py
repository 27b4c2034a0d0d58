"""Copies of a store: another SQLite file, or the same rows in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select

from console.store import tables
from console.store.schema import migrate
from console.store.work import Store, open_store

_BATCH = 50_000
_GO_ON = "select setval(pg_get_serial_sequence('change_feed', 'seq'), max(seq)) from change_feed"


def copy_of(store: Store, file: Path) -> Store:
    """The SQLite file as it is now, copied through SQLite's backup; an existing copy is kept."""
    if not file.exists():
        made = file.with_name(f"{file.name}.new")
        made.unlink(missing_ok=True)
        _backup(store, made)
        made.rename(file)
    return open_store(f"sqlite:///{file}")


def _backup(store: Store, file: Path) -> None:
    target = open_store(f"sqlite:///{file}")
    source = store.engine.raw_connection()
    copy = target.engine.raw_connection()
    try:
        _driver(copy).execute("pragma journal_mode=delete")
        _driver(source).backup(_driver(copy))
    finally:
        source.close()
        copy.close()
        target.close()


def _driver(connection: Any) -> Any:
    return connection.driver_connection


def filled_postgresql(store: Store, url: str) -> Store:
    """The same rows in PostgreSQL; a database that holds them already is left alone."""
    target = open_store(url)
    migrate(target)
    if _size(target) != _size(store):
        for table in tables.metadata.sorted_tables:
            if table.name != "meta":
                _fill(store, target, table)
    return target


def _size(store: Store) -> int:
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(tables.message)) or 0


def _fill(store: Store, target: Store, table: Table) -> None:
    """COPY, with the feed's transaction ids left to the target."""
    names = [c.name for c in table.c if c.name != "txid"]
    order = f"copy {table.name} ({', '.join(names)}) from stdin"
    connection = target.engine.raw_connection()
    try:
        cursor = _driver(connection).cursor()
        cursor.execute(f"truncate {table.name} cascade")
        with cursor.copy(order) as copy:
            for row in _rows(store, table, names):
                copy.write_row(row)
        if table is tables.change_feed:
            cursor.execute(_GO_ON)
        connection.commit()
    finally:
        connection.close()


def _rows(store: Store, table: Table, names: list[str]) -> Iterator[tuple[Any, ...]]:
    with store.read() as connection:
        found = connection.execution_options(yield_per=_BATCH).execute(
            select(*(table.c[name] for name in names))
        )
        for row in found:
            yield tuple(row)
