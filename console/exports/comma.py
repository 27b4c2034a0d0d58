"""CSV that spreadsheets only read: no cell is ever a formula.

A cell that begins like a formula gets an apostrophe (OWASP ASVS 1.2.10): `=`, `+`, `-`, `@`, tab,
line breaks, and their full-width forms.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

_STARTS: Final = tuple("=+-@\t\r\n＝＋－＠")
BOM: Final = "\ufeff"  # by it Excel knows UTF-8


def cell(value: object) -> object:
    """A value that no spreadsheet computes."""
    if isinstance(value, str) and value.startswith(_STARTS):
        return f"'{value}"
    return value


def lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The text of a file, line by line, the head first."""
    yield BOM + _line(head)
    for row in rows:
        yield _line([cell(value) for value in row])


def _line(values: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
