"""The full load, a program of its own: `python -m console.readmodel.fullload < order.json`.

It streams the store through ADBC into a new DuckDB file. It must not run inside a serving
process: two SQLite libraries on one file in one process lose each other's locks (SQLite, "How To
Corrupt An SQLite Database File"). It also keeps the load off the interpreter of the server.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlsplit

import duckdb

from console.readmodel import deadlines, duck, facts
from console.readmodel.index import index_messages
from console.readmodel.sources import (
    CONVERSATION,
    DIRECTORY_SOURCES,
    LOADED_MESSAGE,
    THREAD_EVENT,
    Source,
)

_BATCH_ROWS: Final = "65536"


@dataclass(frozen=True, slots=True)
class Order:
    """What to load, from where, to which file, and what to write beside it."""

    url: str
    path: str
    memory: str
    threads: int
    state: dict[str, str]

    def to_json(self) -> str:
        """The order as the child process reads it; it may hold a password."""
        return json.dumps(asdict(self))


def main() -> None:
    """Read the order from standard input and build the file."""
    build(Order(**json.load(sys.stdin)))


def build(order: Order) -> None:
    """Make a whole read model in `order.path`, which must not exist."""
    with closing(duck.open_free(Path(order.path), memory=order.memory, threads=order.threads)) as c:
        duck.make_macros(c)
        duck.make_tables(c)
        with _reading(order.url) as reader:
            for source in DIRECTORY_SOURCES:
                _take(c, reader, source, f"insert into {source.table}")
            _take(c, reader, CONVERSATION, f"create temp table {CONVERSATION.staged} as")
            set_deadlines(c)
            duck.make_conversations(c)
            facts.make_tables(c)
            _take(c, reader, THREAD_EVENT, "create temp table loaded_event as")
            reader.execute(LOADED_MESSAGE.streamed)
            index_messages(c, _without_first(reader.fetch_record_batch()))
        facts.load(c, deadlines.read_rules(c))
        duck.first_state(c, {**order.state, "layout": duck.LAYOUT})
        c.execute("checkpoint").fetchall()


@contextmanager
def _reading(url: str) -> Iterator[Any]:
    """A cursor inside one snapshot of the store."""
    connection = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
    with closing(connection), closing(connection.cursor()) as cursor:
        if url.startswith("sqlite"):
            cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": _BATCH_ROWS})
        yield cursor


def _sqlite(url: str) -> Any:
    from adbc_driver_sqlite import dbapi  # noqa: PLC0415 - one driver per store

    file = quote(url.removeprefix("sqlite:///"))
    return dbapi.connect(f"file:{file}?mode=ro")


def _postgresql(url: str) -> Any:
    from adbc_driver_postgresql import dbapi  # noqa: PLC0415 - one driver per store

    scheme = urlsplit(url).scheme
    connection = dbapi.connect("postgresql" + url[len(scheme) :])
    with closing(connection.cursor()) as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
    return connection


def _take(connection: duckdb.DuckDBPyConnection, cursor: Any, source: Source, into: str) -> None:
    cursor.execute(source.streamed)
    connection.register("streamed", cursor.fetch_record_batch())
    connection.execute(f"{into} select {source.taken} from streamed where id >= 0").fetchall()  # noqa: S608 - ours
    connection.unregister("streamed")


def set_deadlines(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the staged rows their deadlines; few of them wait."""
    staged = CONVERSATION.staged
    for name in deadlines.COLUMNS:
        connection.execute(f"alter table {staged} add column {name} bigint").fetchall()
    columns = ", ".join(("id", *deadlines.READ))
    waiting = connection.sql(
        f"select {columns} from {staged} where waiting_since_at is not null"  # noqa: S608 - ours
    ).to_arrow_table()
    found = deadlines.with_deadlines(deadlines.read_rules(connection), waiting)
    connection.register("answered", found.filter(found["sla_due_at"].is_valid()))
    changes = ", ".join(f"{name} = answered.{name}" for name in deadlines.COLUMNS)
    connection.execute(
        f"update {staged} set {changes} from answered where answered.id = {staged}.id"  # noqa: S608 - ours
    ).fetchall()
    connection.unregister("answered")


def _without_first(batches: Iterator[Any]) -> Iterator[Any]:
    """The batches without the typed row that leads them."""
    for n, batch in enumerate(batches):
        yield batch if n else batch.slice(1)


if __name__ == "__main__":
    main()
