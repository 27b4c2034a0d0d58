"""Files that people have chosen and not sent yet: each person's own, for a few hours.

`uploads/<agent>/<handle>` beside the files of messages holds the bytes and `<handle>.json` what
they are. A handle opens nothing for anybody else. Once sent, the bytes are the message's and only
the description stays, so that the same wish can be understood again.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from console.domain.ids import HOUR, Instant
from console.store.files import FileStore, hashed, remove_older

KEPT: Final = 6 * HOUR
_HANDLE: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits to be sent; `size` in bytes, `sha256` hexadecimal."""

    handle: str
    sha256: str
    size: int
    mime: str
    kind: str
    name: str


class Uploads:
    """The files that wait; safe in several threads and processes."""

    def __init__(self, files: FileStore) -> None:
        self._folder = files.folder / "uploads"
        self._files = files

    def begin(self, agent_id: int) -> Path:
        """A path for the bytes of a new upload; its name is the handle."""
        folder = self._of(agent_id)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder / secrets.token_hex(16)

    def end(self, path: Path, mime: str, kind: str, name: str) -> Upload:
        """The bytes at `path` are whole, and this is what they are."""
        path.chmod(0o600)
        kept = hashed(path)
        upload = Upload(path.name, kept.sha256, kept.size, mime, kind, name)
        path.with_suffix(".json").write_text(json.dumps(asdict(upload)), encoding="utf-8")
        return upload

    def find(self, agent_id: int, handle: str) -> Upload | None:
        """A person's own upload, sent or not; None for any other handle."""
        if not _HANDLE.fullmatch(handle):
            return None
        try:
            text = (self._of(agent_id) / f"{handle}.json").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        return Upload(**json.loads(text))

    def hand_over(self, agent_id: int, upload: Upload) -> bool:
        """Give the bytes to the store of files; false when they are gone."""
        path = self._of(agent_id) / upload.handle
        if path.exists():
            self._files.take(path)
        return self._files.size(upload.sha256) == upload.size

    def drop(self, agent_id: int, handle: str) -> None:
        """Forget one that is not to be sent."""
        if _HANDLE.fullmatch(handle):
            for name in (handle, f"{handle}.json"):
                (self._of(agent_id) / name).unlink(missing_ok=True)

    def held(self, agent_id: int) -> int:
        """How many bytes of a person wait."""
        folder = self._of(agent_id)
        if not folder.is_dir():
            return 0
        return sum(path.stat().st_size for path in folder.iterdir())

    def tidy(self, at: Instant) -> None:
        """Remove what was never sent."""
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                remove_older(folder, at - KEPT)

    def _of(self, agent_id: int) -> Path:
        return self._folder / str(agent_id)
