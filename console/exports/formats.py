"""The formats of files, in the order in which people choose them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from console.exports import csv_file, duckdb_file, jsonl_file, parquet_file, xlsx_file
from console.exports.rows import Rows
from console.i18n import Text

# Writes a file, and says its SHA-256 if it is known on the way.
Write = Callable[[Path, Rows], str | None]


@dataclass(frozen=True, slots=True)
class Format:
    """One sort of file; in a guarded one texts are written by `guard.guarded`.

    A slow one is written cell by cell in Python: a server does so in another process.
    """

    key: str
    name: Text
    extension: str
    media_type: str
    write: Write
    is_guarded: bool = False
    is_slow: bool = False


FORMATS: Final = (
    Format(
        "csv",
        Text("CSV", "CSV", "CSV"),
        "csv",
        "text/csv; charset=utf-8",
        csv_file.write,
        is_guarded=True,
    ),
    Format(
        "xlsx",
        Text("Planilha (XLSX)", "Spreadsheet (XLSX)", "Planilla (XLSX)"),
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_file.write,
        is_guarded=True,
        is_slow=True,
    ),
    Format(
        "parquet",
        Text("Parquet", "Parquet", "Parquet"),
        "parquet",
        "application/vnd.apache.parquet",
        parquet_file.write,
    ),
    Format(
        "jsonl",
        Text("JSON Lines", "JSON Lines", "JSON Lines"),
        "jsonl",
        "application/x-ndjson",
        jsonl_file.write,
    ),
    Format(
        "duckdb",
        Text("Arquivo DuckDB", "DuckDB file", "Archivo DuckDB"),
        "duckdb",
        "application/vnd.duckdb",
        duckdb_file.write,
    ),
)
BY_KEY: Final = {one.key: one for one in FORMATS}
