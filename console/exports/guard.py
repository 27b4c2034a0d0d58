"""Texts in files for spreadsheets: none is ever a formula, and each can be had back exactly.

A text that begins like a formula gets an apostrophe (OWASP ASVS 1.2.10): `=`, `+`, `-`, `@`, tab,
line breaks, and their full-width forms; so does one that begins with apostrophes before these, or
it would lose one on the way back. A control character becomes `_xHHHH_`, as in XLSX
(ECMA-376, part 1, 22.9.2.19), and what already looks like that is marked as text.
"""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_STARTS: Final = "=+\\-@\t\r\n＝＋－＠"
_FORMULA: Final = re.compile(f"'*[{_STARTS}]")
_MARKED: Final = re.compile(f"''*[{_STARTS}]")
_ODD: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff"  # no text of XML, and no print
_CONTROL: Final = re.compile(f"[{_ODD}]|_(?=x[0-9A-F]{{4}}_)")
_WRITTEN: Final = re.compile("_x([0-9A-F]{4})_")
# By first byte: what begins a formula, an apostrophe, or the UTF-8 of the full-width forms.
_FIRST: Final = np.zeros(256, bool)
_FIRST[list(b"=+-@\t\r\n'\xef")] = True


def guarded(text: str) -> str:
    """The text as a spreadsheet may have it."""
    plain = _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return f"'{plain}" if _FORMULA.match(plain) else plain


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    plain = cell[1:] if _MARKED.match(cell) else cell
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), plain)


def guarded_array(texts: pa.Array) -> pa.Array:
    """The same for a column; only the rows that may need it are looked at one by one."""
    if pa.types.is_dictionary(texts.type):  # a name that many rows have is looked at once
        names = guarded_array(texts.dictionary)
        return pa.DictionaryArray.from_arrays(texts.indices, names)
    texts = texts.cast(pa.string())
    rows = _doubtful(texts)
    if not len(rows):
        return texts
    mask = np.zeros(len(texts), bool)
    mask[rows] = True
    found = texts.take(pa.array(rows)).to_pylist()
    written = [None if text is None else guarded(text) for text in found]
    return pc.replace_with_mask(texts, pa.array(mask), pa.array(written, pa.string()))


def _doubtful(texts: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    """The rows whose first byte may begin a formula, or that hold what may be a control."""
    _, offsets, signs = texts.buffers()
    if signs is None or not len(texts):
        return np.zeros(0, np.int64)
    ends = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    body = signs.slice(ends[0], ends[-1] - ends[0]).to_pybytes()
    if not body:
        return np.zeros(0, np.int64)
    starts = np.minimum(ends[:-1] - ends[0], len(body) - 1)  # an empty text shows the next one's
    rows = np.flatnonzero(_FIRST[np.frombuffer(body, np.uint8)[starts]])
    odd = _rows_with_odd(body, ends - ends[0])
    return np.union1d(rows, odd) if len(odd) else rows


def _rows_with_odd(
    body: bytes, ends: np.ndarray[Any, np.dtype[np.int32]]
) -> np.ndarray[Any, np.dtype[np.int64]]:
    if not _has_odd(body):
        return np.zeros(0, np.int64)
    places = [found.start() for found in _ODD_PLACES.finditer(body)]
    return np.searchsorted(ends, places, side="right") - 1


def _has_odd(body: bytes) -> bool:
    """Whether there may be a control; single bytes are found ten times faster than others."""
    return (
        (np.frombuffer(body, np.uint8).min() < _SPACE and _holds(body, _LOW_BYTES))
        or _DELETE in body
        or (b"_" in body and b"_x" in body)
        or (b"\xef" in body and b"\xef\xbf" in body)
    )


def _holds(body: bytes, signs: bytes) -> bool:
    return len(body.translate(None, signs)) < len(body)


_SPACE: Final = 0x20
_DELETE: Final = 0x7F
_LOW_BYTES: Final = bytes([*range(9), 0x0B, 0x0C, *range(0x0E, _SPACE)])
_ODD_BYTES: Final = _LOW_BYTES + bytes([_DELETE])
_ODD_PLACES: Final = re.compile(b"[" + re.escape(_ODD_BYTES) + b"]|_x|\xef\xbf[\xbe\xbf]")
