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
import pyarrow as pa
from adbc_driver_manager import AdbcConnection, AdbcDatabase, AdbcStatement

from console.readmodel import deadlines, duck, facts, tally
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
            index_messages(c, _without_first(reader.stream(LOADED_MESSAGE.streamed)))
        facts.load(c, deadlines.read_rules(c))
        tally.make(c)
        duck.first_state(c, {**order.state, "layout": duck.LAYOUT})
        c.execute("checkpoint").fetchall()


class _Reader:
    """Streams what statements find, all in one snapshot of the store.

    By the driver manager's own interface: its DB-API imports pandas, a third of a small load.
    """

    def __init__(self, statement: AdbcStatement) -> None:
        self._statement = statement

    def stream(self, query: str) -> pa.RecordBatchReader:
        """The rows of a query in Arrow batches; those of the query before must have been read."""
        self._statement.set_sql_query(query)
        stream, _ = self._statement.execute_query()
        return pa.RecordBatchReader.from_stream(stream)


@contextmanager
def _reading(url: str) -> Iterator[_Reader]:
    with (
        _database(url) as database,
        AdbcConnection(database) as connection,
        AdbcStatement(connection) as statement,
    ):
        connection.set_autocommit(False)
        if url.startswith("sqlite"):
            statement.set_options(**{"adbc.sqlite.query.batch_rows": _BATCH_ROWS})
        else:
            statement.set_sql_query("set transaction isolation level repeatable read, read only")
            statement.execute_update()
        yield _Reader(statement)


def _database(url: str) -> AdbcDatabase:
    """The store's own driver; the other one is not loaded."""
    if url.startswith("sqlite"):
        import adbc_driver_sqlite  # noqa: PLC0415 - one driver per store

        file = quote(url.removeprefix("sqlite:///"))
        return adbc_driver_sqlite.connect(f"file:{file}?mode=ro")
    import adbc_driver_postgresql  # noqa: PLC0415 - one driver per store

    address = "postgresql" + url[len(urlsplit(url).scheme) :]
    database: AdbcDatabase = adbc_driver_postgresql.connect(address)
    return database


def _take(
    connection: duckdb.DuckDBPyConnection, reader: _Reader, source: Source, into: str
) -> None:
    connection.register("streamed", reader.stream(source.streamed))
    connection.execute(f"{into} select {source.taken} from streamed where id >= 0").fetchall()  # noqa: S608 - ours
    connection.unregister("streamed")


def set_deadlines(connection: duckdb.DuckDBPyConnection) -> None:
    """Give the staged rows their deadlines; few of them wait."""
    staged = CONVERSATION.staged
    for name in deadlines.COLUMNS:
        connection.execute(f"alter table {staged} add column {name} bigint").fetchall()
    rules = deadlines.read_rules(connection)
    if not rules.policies:
        return
    columns = ", ".join(("id", *deadlines.READ))
    waiting = connection.sql(
        f"select {columns} from {staged} where waiting_since_at is not null"  # noqa: S608 - ours
    ).to_arrow_table()
    found = deadlines.with_deadlines(rules, waiting)
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
