"""Writing a file in a process of its own: `python -m console.exports.apart ORDER < batches`.

What is written cell by cell in Python would hold the interpreter of a server for minutes. The
batches come as an Arrow stream on standard input.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from pyarrow import ipc

from console.exports import formats
from console.exports.formats import Format
from console.exports.rows import Column, Kind, Rows


class ApartError(Exception):
    """The other process could not write the file."""


def write(form: Format, path: Path, rows: Rows) -> None:
    """Write the file like `form.write`, but elsewhere; raises ApartError."""
    order = {
        "format": form.key,
        "path": str(path),
        "name": rows.name,
        "columns": [[c.name, c.kind.value] for c in rows.columns],
        "zone": rows.zone.key,
        "separator": rows.separator,
    }
    with subprocess.Popen(  # noqa: S603 - this program
        [sys.executable, "-m", "console.exports.apart", json.dumps(order)],
        stdin=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:
        try:
            _send(rows, child.stdin)
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise ApartError(f"The process that writes {form.key} ended with {child.returncode}.")


def _send(rows: Rows, batches: IO[bytes] | None) -> None:
    writer = None
    for batch in rows.batches:
        writer = writer or ipc.new_stream(batches, batch.schema)
        writer.write_batch(batch)
    if writer:
        writer.close()


def main() -> None:
    """Read the order and the batches, and write."""
    order: dict[str, Any] = json.loads(sys.argv[1])
    rows = Rows(
        order["name"],
        tuple(Column(name, Kind(kind)) for name, kind in order["columns"]),
        _sent(sys.stdin.buffer),
        ZoneInfo(order["zone"]),
        order["separator"],
    )
    formats.BY_KEY[order["format"]].write(Path(order["path"]), rows)


def _sent(batches: Any) -> Iterator[pa.RecordBatch]:
    if batches.peek(1):  # nothing at all: there are no rows
        yield from ipc.open_stream(batches)


if __name__ == "__main__":
    main()
