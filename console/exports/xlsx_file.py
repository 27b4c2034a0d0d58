"""XLSX: typed cells on as many sheets as the rows need; texts are texts whatever they hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, islice
from math import isfinite
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from console.exports.guard import guarded
from console.exports.parquet_file import typed
from console.exports.rows import Column, Kind, Rows, in_zone, joined, shaped

MOST_ROWS: Final = 1_048_576  # of a sheet, its head included
LONGEST_TEXT: Final = 32_767  # of a cell
_OPTIONS: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}
_FIRST_DAY: Final = datetime(1900, 1, 1)  # noqa: DTZ001 - of a spreadsheet, which knows no zones
_SHEET_NAME: Final = 25  # signs, and room for the number


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet whose texts come back exactly.

    The library's own escapes (3.3) forget that what looks like one may begin inside another.
    """

    @staticmethod
    def _escape_control_characters(value: object) -> object:
        if not isinstance(value, str):
            return value
        return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)


# As in ECMA-376, part 1, 22.9.2.19; `guard` has left no other control in the texts.
_ESCAPED: Final = re.compile("\r|_(?=x[0-9A-Fa-f]{4}_)")


def write(path: Path, rows: Rows, most_rows: int = MOST_ROWS) -> None:
    """Write the file; `most_rows` is that of a sheet."""
    lines = _lines(rows)
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        for number in range(1, 2**16):
            first = next(lines, None)
            if first is None and number > 1:
                return
            taken = chain(() if first is None else (first,), islice(lines, most_rows - 2))
            _sheet(book, f"{rows.name[:_SHEET_NAME]} {number}", rows.columns, taken)


def _sheet(book: Any, name: str, columns: Sequence[Column], lines: Iterator[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(name, Sheet)
    sheet.freeze_panes(1, 0)
    bold = book.add_format({"bold": True})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    writers = [_writer(sheet, column) for column in columns]
    for n, line in enumerate(lines, 1):
        for place, value in enumerate(line):
            if value is not None:
                writers[place](n, place, value)


def _writer(sheet: Any, column: Column) -> Callable[[int, int, Any], Any]:
    match column.kind:
        case Kind.FLAG:
            return partial(sheet.write_boolean)
        case Kind.NUMBER | Kind.SECONDS:
            return partial(_number, sheet)
        case Kind.INSTANT:
            return partial(_instant, sheet)
        case _:
            return partial(_text, sheet)


def _text(sheet: Any, row: int, place: int, text: str) -> None:
    sheet.write_string(row, place, guarded(text)[:LONGEST_TEXT])


def _number(sheet: Any, row: int, place: int, value: float) -> None:
    if isfinite(value):
        sheet.write_number(row, place, value)


def _instant(sheet: Any, row: int, place: int, at: datetime) -> None:
    if at >= _FIRST_DAY:
        sheet.write_datetime(row, place, at)
    else:
        sheet.write_string(row, place, at.isoformat(" "))


def _lines(rows: Rows) -> Iterator[Sequence[Any]]:
    shape = shaped(rows, partial(_shape, rows))
    for batch in map(shape, rows.batches):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _shape(rows: Rows, column: Column, values: pa.Array) -> pa.Array:
    match column.kind:
        case Kind.ID:
            return values.cast(pa.string())
        case Kind.TEXTS:
            return joined(values)
        case Kind.INSTANT:
            return in_zone(values, rows.zone)
        case _:
            return typed(column, values)
