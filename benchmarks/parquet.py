"""Writes a store's tables as Parquet: `python -m benchmarks.parquet STORE FOLDER`.

A program of its own, because a process that has the store open must not open the same SQLite file
with a second SQLite library.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from adbc_driver_postgresql import dbapi as postgresql
from adbc_driver_sqlite import dbapi as sqlite

from console.readmodel.duck import LAYOUT
from console.readmodel.sources import (
    CONVERSATION,
    DIRECTORY_SOURCES,
    LOADED_MESSAGE,
    THREAD_EVENT,
)

SOURCES = (*DIRECTORY_SOURCES, CONVERSATION, THREAD_EVENT, LOADED_MESSAGE)
ROOT = Path(__file__).parents[1]


def write_in_child(url: str, folder: Path) -> None:
    """Write the files from another process; files that are there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / f"done-{LAYOUT}"
    if done.exists():
        return
    command = [sys.executable, "-m", "benchmarks.parquet", url, str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own interpreter
    done.touch()


def main(url: str, folder: Path) -> None:
    """Stream everything that a full load takes into files, one for each source."""
    connection = _connect(url)
    for source in SOURCES:
        with connection.cursor() as cursor:
            cursor.execute(source.streamed)
            _write(cursor.fetch_record_batch(), folder / f"{source.table}.parquet")
    connection.close()


def _connect(url: str) -> Any:
    if url.startswith("sqlite"):
        return sqlite.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro")
    return postgresql.connect(url)


def _write(batches: Any, file: Path) -> None:
    with pq.ParquetWriter(file, batches.schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
