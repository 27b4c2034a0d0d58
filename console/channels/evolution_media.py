"""Bytes out of an answer that has them as Base64 in JSON, without ever holding them whole."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from console.channels.base import Action, Fetched, Rejected
from console.channels.evolution_shapes import Json, mapping
from console.channels.own_errors import own_error

# A quote inside a string of JSON is escaped, so that these bytes are a key and its value.
_START: Final = re.compile(rb'"base64"\s*:\s*"')
_AROUND: Final = 65_536  # bytes beside the file
_CHUNK: Final = 4 * 65_536


class NoFileError(Exception):
    """An answer in which there is no such file; says why, for people who operate."""


class FileInJson:
    """The file in a JSON answer, piece by piece; `around` is the answer without it, at the end."""

    def __init__(self) -> None:
        self.around: Json = {}
        self._beside = b""
        self._held = b""

    def pieces(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Decoded pieces; raises NoFileError."""
        coming = iter(chunks)
        yield from self._inside(self._before(coming), coming)
        for chunk in coming:
            self._keep(chunk)
        try:
            self.around = mapping(json.loads(self._beside))
        except (ValueError, RecursionError) as error:
            raise NoFileError("answer cut off") from error

    def _before(self, coming: Iterator[bytes]) -> bytes:
        """Read on until the file begins; the first bytes of it."""
        for chunk in coming:
            beside = self._beside + chunk
            start = _START.search(beside)
            self._keep(chunk if start is None else chunk[: start.end() - len(self._beside)])
            if start:
                return beside[start.end() :]
        raise NoFileError("no file in the answer")

    def _inside(self, first: bytes, coming: Iterator[bytes]) -> Iterator[bytes]:
        chunk: bytes | None = first
        while chunk is not None:
            piece, quote, rest = chunk.partition(b'"')
            yield self._decoded(piece, is_last=bool(quote))
            if quote:
                self._keep(quote + rest)
                return
            chunk = next(coming, None)
        raise NoFileError("answer cut off")

    def _decoded(self, piece: bytes, *, is_last: bool) -> bytes:
        self._held += piece
        end = len(self._held) if is_last else len(self._held) // 4 * 4
        whole, self._held = self._held[:end], self._held[end:]
        try:
            return base64.b64decode(whole, validate=True)
        except binascii.Error as error:
            raise NoFileError("no Base64") from error

    def _keep(self, chunk: bytes) -> None:
        self._beside += chunk
        if len(self._beside) > _AROUND:
            raise NoFileError("too much beside the file")


def pieces_of_text(text: str) -> Iterator[bytes]:
    """Decoded pieces of Base64 that is at hand; raises NoFileError."""
    for place in range(0, len(text), _CHUNK):
        try:
            yield base64.b64decode(text[place : place + _CHUNK], validate=True)
        except ValueError as error:
            raise NoFileError("no Base64") from error


def write_file(
    pieces: Iterable[bytes], to: Path, most: int, sha256: str | None
) -> Fetched | Rejected:
    """Write pieces to a file that is there whole or not at all; a wrong hash is refused."""
    part = to.with_name(f"{to.name}.part")
    try:
        found = _write(pieces, part, most)
        _compare(found, sha256)
        part.replace(to)
    except NoFileError as error:
        return Rejected(own_error("not_fetched", str(error)), Action.PERMANENT)
    finally:
        part.unlink(missing_ok=True)
    return found


def _write(pieces: Iterable[bytes], part: Path, most: int) -> Fetched:
    digest, size = hashlib.sha256(), 0
    with part.open("wb") as file:
        for piece in pieces:
            size += len(piece)
            if size > most:
                raise NoFileError("too large")
            digest.update(piece)
            file.write(piece)
    return Fetched(digest.hexdigest(), size, "")


def _compare(found: Fetched, sha256: str | None) -> None:
    if sha256 and found.sha256 != sha256.lower():
        raise NoFileError("other hash")
