"""One `select` that a person typed, run with that person's rights and limits.

Three walls stand one behind the other: the statement is parsed and everything in it must be on a
list (`check`); its tables are temporary views on the person's own cursor that hold their rows and
columns only (`tables`); and it runs in a read-only transaction, after DuckDB has named the tables
it really reads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from console.domain.agent import Acting, Right
from console.readmodel.model import ReadModel
from console.readmodel.sql.check import LONGEST, check
from console.readmodel.sql.refusals import (
    BUSY,
    NOT_YOURS,
    STOPPED,
    QueryError,
    no_table,
    of_duckdb,
    too_slow,
)
from console.readmodel.sql.tables import BASES, TABLES, Table, views
from console.readmodel.watch import SlowQueryError

__all__ = ["LONGEST", "TABLES", "Answer", "QueryError", "Table", "answer", "opened"]

NOTEBOOK_LIMIT_S: Final = 600.0
_BATCH: Final = 10_000
# Typed statements at a time in one process: the inbox of everybody else shares its cores.
_PLACES: Final = threading.BoundedSemaphore(2)
_FILES: Final = threading.BoundedSemaphore(2)  # a file lasts as long as somebody's line is slow


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a statement, the first `most_rows` of them; how long it took."""

    table: pa.Table
    has_more: bool
    took_s: float


def answer(
    model: ReadModel,
    who: Acting,
    statement: str,
    *,
    limit_s: float,
    most_rows: int | None = None,
    stop: threading.Event | None = None,
) -> Answer:
    """Run one select; `stop` ends it from another thread. Raises QueryError."""
    began = time.monotonic()
    with opened(model, who, statement, limit_s=limit_s, stop=stop) as batches:
        taken, n = [], 0
        for batch in batches:
            taken.append(batch)
            n += batch.num_rows
            if most_rows is not None and n > most_rows:
                break
        table = pa.Table.from_batches(taken, batches.schema)
    has_more = most_rows is not None and n > most_rows
    return Answer(table.slice(0, most_rows), has_more, time.monotonic() - began)


@contextmanager
def opened(
    model: ReadModel,
    who: Acting,
    statement: str,
    *,
    limit_s: float,
    stop: threading.Event | None = None,
    is_file: bool = False,
) -> Iterator[pa.RecordBatchReader]:
    """All rows of one select in parts, while the body reads them. Raises QueryError."""
    if not who.may(Right.ANALYSE):
        raise QueryError(NOT_YOURS)
    stop = stop or threading.Event()
    places = _FILES if is_file else _PLACES
    if not places.acquire(timeout=limit_s):
        raise QueryError(BUSY)
    try:
        with model.cursor(limit_s=limit_s, stop=stop) as cursor:
            yield _started(cursor, who, statement)
    except SlowQueryError:
        raise (QueryError(STOPPED) if stop.is_set() else too_slow(limit_s)) from None
    except (duckdb.Error, pa.ArrowException) as error:
        raise of_duckdb(error, statement) from None
    finally:
        places.release()


def _started(
    cursor: duckdb.DuckDBPyConnection, who: Acting, statement: str
) -> pa.RecordBatchReader:
    _make_views(cursor, who)
    check(cursor, statement)
    cursor.execute("begin transaction read only").fetchall()
    _check_tables(cursor, statement)
    return cursor.sql(statement).to_arrow_reader(_BATCH)


def _make_views(cursor: duckdb.DuckDBPyConnection, who: Acting) -> None:
    for name, select in views(who, _main(cursor)):
        cursor.execute(f"create temp view {name} as {select}").fetchall()


def _check_tables(cursor: duckdb.DuckDBPyConnection, statement: str) -> None:
    """DuckDB says which tables it would read: those under the views, and no others."""
    inside = {f"{_main(cursor)}.{name}".replace('"', "") for name in BASES}
    named = cursor.get_table_names(statement, qualified=True)
    read = {name.partition(" AS ")[0].replace('"', "") for name in named}
    if read - inside:
        raise no_table(min(read - inside), None)


def _main(cursor: duckdb.DuckDBPyConnection) -> str:
    """The schema of the base tables with its database: without it, the name means the views."""
    database = cursor.execute("select current_database()").fetchall()[0][0]
    return f'"{database}".main'
