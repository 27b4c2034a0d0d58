"""The bytes of files beside the store: named by their own hash, written once, never changed.

`<folder>/ab/abcdef…` holds the bytes whose SHA-256 is `abcdef…`; `<folder>/incoming/` what is
still being written. A file that is named is whole: it was synced before it got its name.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from console.domain.ids import HOUR, SECOND, Instant

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LEFT_OVER: Final = HOUR


def media_folder(home: Path) -> Path:
    """Where the files of messages are."""
    return home / "media"


class TooLargeError(Exception):
    """More bytes came than may be kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are here: `sha256` hexadecimal, `size` in bytes."""

    sha256: str
    size: int


class FileStore:
    """A folder of files by their hashes; safe in several threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._incoming = folder / "incoming"

    def put(self, chunks: Iterable[bytes], most: int) -> Kept:
        """Keep these bytes; raises TooLargeError after `most` of them, and leaves nothing."""
        path = self.spare()
        try:
            with path.open("xb") as file:
                _copy(chunks, file, most)
            return self.take(path)
        finally:
            path.unlink(missing_ok=True)

    def take(self, path: Path) -> Kept:
        """Keep the file at `path`, which is there no more afterwards."""
        kept = hashed(path)
        target = self.path_of(kept.sha256)
        if target.exists():
            path.unlink()
            return kept
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.chmod(0o600)
        _sync(path)
        path.replace(target)
        _sync(target.parent)
        return kept

    def spare(self) -> Path:
        """A path at which nothing is yet, on the same disk; what is left there goes by `tidy`."""
        self._incoming.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._incoming / secrets.token_hex(16)

    def path_of(self, sha256: str) -> Path:
        """Where the bytes of this hash are, or would be; raises ValueError for what is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError("no hash")
        return self.folder / sha256[:2] / sha256

    def size(self, sha256: str) -> int | None:
        """How many bytes, None when they are not here."""
        try:
            return self.path_of(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def tidy(self, at: Instant) -> None:
        """Remove what dead processes left behind."""
        if self._incoming.is_dir():
            remove_older(self._incoming, at - _LEFT_OVER)


def hashed(path: Path) -> Kept:
    """The hash and the size of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return Kept(digest.hexdigest(), file.tell())


def remove_older(folder: Path, before: Instant) -> None:
    """Remove the files of a folder that were last written before an instant."""
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process tidies, too
            if path.stat().st_mtime * SECOND < before:
                path.unlink()


def head_of(path: Path, most: int) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(most)


def _copy(chunks: Iterable[bytes], file: BinaryIO, most: int) -> None:
    written = 0
    for chunk in chunks:
        written += len(chunk)
        if written > most:
            raise TooLargeError
        file.write(chunk)


def _sync(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
