"""CSV that spreadsheets only read: no cell is ever a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from console.exports.guard import guarded

BOM: Final = "\ufeff"  # by it Excel knows UTF-8


def cell(value: object) -> object:
    """A value that no spreadsheet computes."""
    return guarded(value) if isinstance(value, str) else value


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The text of a file, line by line, the head first."""
    yield BOM + _line(head)
    for row in rows:
        yield _line([cell(value) for value in row])


def _line(values: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
