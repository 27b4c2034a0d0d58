"""Files for other programs: put into a folder under that of the settings, whole or not at all.

Every step goes by the open folder before it, so that no link leads outside, whoever makes one
meanwhile (openat(2), O_NOFOLLOW).
"""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from console.domain.errors import RuleError
from console.exports.make import manifest_of
from console.i18n import Text

_DEEPEST: Final = 4
_LONGEST: Final = 60
_PART: Final = re.compile(r"[^\W_][\w .-]*")
_OPEN: Final = os.O_RDONLY | os.O_DIRECTORY
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
_LEFT: Final = frozenset({errno.ELOOP, errno.ENOTDIR})

BAD_FOLDER: Final = Text(
    "Escreva a pasta como vendas/diario: letras, números, espaços, hífens e pontos, sem `..`.",
    "Write the folder like sales/daily: letters, digits, spaces, hyphens and dots, without `..`.",
    "Escribe la carpeta como ventas/diario: letras, números, espacios, guiones y puntos, sin `..`.",
)
NOT_A_FOLDER: Final = Text(
    "{folder} não é uma pasta, ou é um link para outro lugar. Escolha outra.",
    "{folder} is no folder, or a link to somewhere else. Choose another.",
    "{folder} no es una carpeta, o es un enlace a otro lugar. Elige otra.",
)


@dataclass(frozen=True, slots=True)
class Naming:
    """How the files of one schedule are called: `<slug>-<local date>.<extension>`."""

    slug: str
    extension: str

    def of(self, day: str) -> str:
        """The file of a day, written like 2026-11-23."""
        return f"{self.slug}-{day}.{self.extension}"

    def are_ours(self, names: list[str]) -> list[str]:
        """Those of some names that are files of this schedule, the oldest first."""
        slug, extension = re.escape(self.slug), re.escape(self.extension)
        known = re.compile(rf"{slug}-\d{{4}}-\d{{2}}-\d{{2}}\.{extension}")
        return sorted(name for name in names if known.fullmatch(name))


def checked(folder: str) -> str:
    """The folder as it is kept; raises RuleError for anything but names below one another."""
    text = folder.strip()
    if not text:
        return ""
    parts = [part.strip() for part in text.split("/")]
    is_good = all(_PART.fullmatch(p) and len(p) <= _LONGEST and ".." not in p for p in parts)
    if not is_good or len(parts) > _DEEPEST:
        raise RuleError(BAD_FOLDER)
    return "/".join(parts)


def put(root: Path, folder: str, name: str, file: Path, naming: Naming, keep_n: int) -> None:
    """Copy a file and its manifest into a folder, and remove what is older than the newest ones.

    Raises RuleError for a folder that leads elsewhere, and OSError for a disk that refuses.
    """
    told: dict[str, Any] = json.loads(manifest_of(file).read_text(encoding="utf-8"))
    text = json.dumps({**told, "file": name}, ensure_ascii=False, indent=1) + "\n"
    with _opened(root, checked(folder)) as place:
        with _whole(place, name) as target, file.open("rb") as source:
            shutil.copyfileobj(source, target)
        with _whole(place, _manifest(name)) as target:
            target.write(text.encode())
        os.fsync(place)
        if keep_n:
            _prune(place, naming, keep_n)


def _prune(place: int, naming: Naming, keep_n: int) -> None:
    for old in naming.are_ours(os.listdir(place))[:-keep_n]:
        for name in (old, _manifest(old)):
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=place)


def _manifest(name: str) -> str:
    return manifest_of(Path(name)).name


@contextmanager
def _opened(root: Path, folder: str) -> Iterator[int]:
    """The folder, made if it was not there, as an open one."""
    with ExitStack() as stack:
        place = _kept(stack, os.open(root, _OPEN))
        for part in folder.split("/") if folder else ():
            with suppress(FileExistsError):
                os.mkdir(part, 0o750, dir_fd=place)
            try:
                place = _kept(stack, os.open(part, _OPEN | os.O_NOFOLLOW, dir_fd=place))
            except OSError as error:
                if error.errno in _LEFT:
                    raise RuleError(NOT_A_FOLDER.with_(folder=folder)) from None
                raise
        yield place


def _kept(stack: ExitStack, place: int) -> int:
    stack.callback(os.close, place)
    return place


@contextmanager
def _whole(place: int, name: str) -> Iterator[Any]:
    """A file that takes its name when everything in it has reached the disk."""
    part = f".{name}.part"
    with suppress(FileNotFoundError):
        os.unlink(part, dir_fd=place)
    try:
        with os.fdopen(os.open(part, _NEW, 0o640, dir_fd=place), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, name, src_dir_fd=place, dst_dir_fd=place)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(part, dir_fd=place)
