"""What nothing can be faster than: one empty question, one scan of all rows, Parquet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from benchmarks.measure import median_ms
from benchmarks.parquet import ROOT
from console.readmodel import deadlines, duck, facts
from console.readmodel.fullload import set_deadlines
from console.readmodel.index import index_messages
from console.readmodel.model import ReadModel
from console.readmodel.sources import (
    CONVERSATION,
    DIRECTORY_SOURCES,
    LOADED_MESSAGE,
    THREAD_EVENT,
    Source,
)

SCAN = "select sum(unread_n), sum(last_activity_at) from conversation"


def select_one_ms(model: ReadModel) -> float:
    """The time of `select 1`, with a cursor of its own like every question."""
    return median_ms(lambda: _ask(model, "select 1"), runs=51)


def scan_ms(model: ReadModel) -> float:
    """The time to read two columns of every conversation."""
    return median_ms(lambda: _ask(model, SCAN), runs=31)


def load_in_child(folder: Path, target: Path, memory: str, threads: int) -> None:
    """The full load's own work from Parquet files, in a process of its own like the real one."""
    command = [sys.executable, "-m", "benchmarks.floors", str(folder), str(target)]
    subprocess.run([*command, memory, str(threads)], check=True, cwd=ROOT)  # noqa: S603 - ours


def load(folder: Path, target: Path, memory: str, threads: int) -> None:
    """Build a whole read model from Parquet files."""
    with duck.open_free(target, memory=memory, threads=threads) as connection:
        duck.make_macros(connection)
        duck.make_tables(connection)
        for source in DIRECTORY_SOURCES:
            _take(connection, folder, source, f"insert into {source.table}")
        _take(connection, folder, CONVERSATION, f"create temp table {CONVERSATION.staged} as")
        set_deadlines(connection)
        duck.make_conversations(connection)
        facts.make_tables(connection)
        _take(connection, folder, THREAD_EVENT, "create temp table loaded_event as")
        index_messages(connection, _messages(folder))
        facts.load(connection, deadlines.read_rules(connection))
        connection.execute("checkpoint").fetchall()


def _ask(model: ReadModel, statement: str) -> Any:
    with model.cursor() as cursor:
        return cursor.execute(statement).fetchall()


def _take(connection: Any, folder: Path, source: Source, into: str) -> None:
    file = str(folder / f"{source.table}.parquet").replace("'", "''")
    connection.execute(
        f"{into} select {source.taken} from read_parquet('{file}') where id >= 0"
    ).fetchall()


def _messages(folder: Path) -> Iterator[Any]:
    """The message file in batches, without the typed row that leads it."""
    batches = pq.ParquetFile(folder / f"{LOADED_MESSAGE.table}.parquet").iter_batches(65_536)
    for n, batch in enumerate(batches):
        yield batch if n else batch.slice(1)


if __name__ == "__main__":
    load(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
