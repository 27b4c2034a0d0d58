"""Lines of a file, plain or Zstandard, one at a time and never longer than a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import zstandard

from console.i18n import Text

LONGEST_LINE: Final = 16 * 1024 * 1024
_CHUNK: Final = 256 * 1024
_LARGEST_WINDOW: Final = 128 * 1024 * 1024  # memory one compressed file may demand
_MAGIC: Final = b"\x28\xb5\x2f\xfd"  # RFC 8878, section 3.1.1

TOO_LONG: Final = Text(
    "A linha passa de 16 MB.", "The line is longer than 16 MB.", "La línea supera los 16 MB."
)
CUT_OFF: Final = Text(
    "O arquivo comprimido termina antes do fim ou está corrompido; o que veio depois se perdeu.",
    "The compressed file ends too early or is corrupt; what came after is lost.",
    "El archivo comprimido termina antes de tiempo o está dañado; lo que seguía se perdió.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not empty, or the reason why there is none; `read` are bytes of the file."""

    number: int
    content: bytes
    read: int
    problem: Text | None = None


class _CutOffError(Exception):
    """The compressed bytes end in the middle, or make no sense."""


def read_lines(path: Path) -> Iterator[Line]:
    """Every line in turn; broken compression ends the lines with a problem."""
    number, rest, is_skipping, position = 1, b"", False, 0
    problem: Text | None = None
    chunks = _chunks(path)
    while True:
        try:
            position, chunk = next(chunks, (position, b""))
        except _CutOffError:
            problem = CUT_OFF
            break
        if not chunk:
            break
        *complete, rest = (rest + chunk).split(b"\n")
        for content in complete:
            yield from _line(number, content, position, is_too_long=is_skipping)
            number, is_skipping = number + 1, False
        if len(rest) > LONGEST_LINE:
            rest, is_skipping = b"", True
    if problem:
        yield Line(number, b"", position, problem)
    else:
        yield from _line(number, rest, position, is_too_long=is_skipping)


def _line(number: int, content: bytes, read: int, *, is_too_long: bool) -> Iterator[Line]:
    if is_too_long or len(content) > LONGEST_LINE:
        yield Line(number, b"", read, TOO_LONG)
    elif content.strip():
        yield Line(number, content, read)


def _chunks(path: Path) -> Iterator[tuple[int, bytes]]:
    """Pieces of the content, each with the bytes read from the file so far."""
    with path.open("rb") as file:
        is_compressed = file.read(len(_MAGIC)) == _MAGIC
        file.seek(0)
        if not is_compressed:
            while piece := file.read(_CHUNK):
                yield file.tell(), piece
            return
        frame = _frame()
        while piece := file.read(_CHUNK):
            while piece:
                frame = _frame() if frame.eof else frame
                made = _decompressed(frame, piece)
                piece = frame.unused_data if frame.eof else b""
                if made:
                    yield file.tell(), made
        if not frame.eof:
            raise _CutOffError


def _frame() -> zstandard.ZstdDecompressionObj:
    return zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).decompressobj()


def _decompressed(frame: zstandard.ZstdDecompressionObj, piece: bytes) -> bytes:
    try:
        return frame.decompress(piece)
    except zstandard.ZstdError:
        raise _CutOffError from None
