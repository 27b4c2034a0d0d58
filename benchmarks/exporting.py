"""The bench of exports: conversations and messages as files, each in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.ground import Ground, scratch
from benchmarks.measure import Figure, Gate, Result
from console.config import Settings
from console.domain.agent import system
from console.domain.ids import now
from console.exports.make import Wish, export
from console.readmodel.model import ReadModel
from console.store.work import open_store

CSV_ROWS: Final = 800.0  # thousands a second, of conversations
MEMORY: Final = 1_000.0  # MB, at the most, of the whole process
# Grain, format, and the filter: XLSX is written cell by cell, and is measured on a part.
FILES: Final = (
    ("conversation", "csv", ""),
    ("conversation", "parquet", ""),
    ("conversation", "jsonl", ""),
    ("conversation", "duckdb", ""),
    ("conversation", "xlsx", "last_activity:30d.."),
    ("episode", "csv", ""),
    ("message", "csv", ""),
    ("message", "parquet", ""),
)


def exports(ground: Ground) -> list[Result]:
    """Seconds, rows a second and the most memory of each file."""
    ground.leave_model()
    with scratch(ground.folder) as folder:
        return [_measured(ground, folder, *one) for one in FILES]


def _measured(ground: Ground, folder: Path, grain: str, form: str, filter_text: str) -> Result:
    places = (ground.store.url, str(ground.folder), str(folder))
    done = subprocess.run(  # noqa: S603 - this program
        [sys.executable, "-m", "benchmarks.exporting", *places, grain, form, filter_text],
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    thousands = told["rows"] / told["s"] / 1000
    figure = Figure(
        f"{told['rows']} rows, {thousands:.0f} thousand a second, {told['mb']:.0f} MB of memory",
        told["s"] * 1000,
    )
    gates = [Gate(f"memory of {grain} as {form}", told["mb"], MEMORY, "MB")]
    if (grain, form) == ("conversation", "csv"):
        name = "thousand rows a second, conversations as CSV"
        gates.append(Gate(name, thousands, CSV_ROWS, "k/s", at_least=True))
    return Result(f"export of {grain}s, {form}", (figure,), tuple(gates))


def main() -> None:
    """One export in this process: what it cost, as JSON."""
    url, ground, folder, grain, form, filter_text = sys.argv[1:]
    store = open_store(url)
    # What DuckDB caches of the read model counts as memory; the file is not held in it.
    settings = Settings(read_model_memory="400MB")
    model = ReadModel.open(store, Path(ground) / "readmodel", settings)
    start = time.perf_counter()
    path = Path(folder) / f"file.{form}"
    made = export(store, model, system(), Wish(grain, form, filter_text), path, now=now())
    took_s = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"rows": made.rows_n, "s": took_s, "mb": most}))
    model.close()
    store.close()
    path.unlink()


if __name__ == "__main__":
    main()
