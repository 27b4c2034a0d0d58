"""Files the simulator keeps: uploaded by the shop or attached by customers, with their expiry.

Types and sizes: Meta, "Media" (supported media types); ids of webhooks are valid for 7 days,
uploaded ones for 30, URLs for 5 minutes and only with the bearer.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from console.channels.simulator.graph import Refused, no_object
from console.domain.ids import DAY, MINUTE, Instant

KEPT_UPLOAD: Final = 30 * DAY
KEPT_WEBHOOK: Final = 7 * DAY
KEPT_URL: Final = 5 * MINUTE
_MB: Final = 1 << 20

MIMES: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("image/jpeg", "image/png"),
    "audio": ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"),
    "video": ("video/mp4", "video/3gpp"),
    "sticker": ("image/webp",),
    "document": (
        "text/plain",
        "application/pdf",
        "application/vnd.ms-powerpoint",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
MOST: Final[Mapping[str, int]] = {
    "image": 5 * _MB,
    "audio": 16 * _MB,
    "video": 16 * _MB,
    "sticker": 500 << 10,
    "document": 100 * _MB,
}


@dataclass(frozen=True, slots=True)
class File:
    """Bytes with an id; they can be fetched until `expires_at`."""

    id: str
    number_id: str
    mime: str
    content: bytes
    filename: str
    expires_at: Instant

    @property
    def sha256(self) -> str:
        """Hexadecimal, as the answer to GET /{media_id} has it."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def sha256_b64(self) -> str:
        """Base64, as webhooks have it."""
        return base64.b64encode(hashlib.sha256(self.content).digest()).decode()


class Files:
    """All files of a simulator."""

    def __init__(self, start: Instant) -> None:
        self._start = start
        self._kept: dict[str, File] = {}
        self._urls: dict[str, tuple[str, Instant]] = {}

    def add(self, number_id: str, mime: str, content: bytes, name: str, until: Instant) -> File:
        """Keep bytes under a new id."""
        id = f"{self._start // 1000 % 10**10:010}{len(self._kept) + 1:06}"
        self._kept[id] = File(id, number_id, mime, content, name, until)
        return self._kept[id]

    def get(self, id: str, at: Instant, method: str = "get") -> File:
        """The file of an id; refused once it has expired."""
        file = self._kept.get(id)
        if file is None or at >= file.expires_at:
            raise no_object(id, method)
        return file

    def known(self, id: str) -> File | None:
        """The file of an id, expired or not."""
        return self._kept.get(id)

    def address(self, file: File, at: Instant) -> str:
        """A path that gives the bytes for five minutes."""
        token = hashlib.sha256(f"{file.id}:{at}".encode()).hexdigest()[:32]
        self._urls[token] = (file.id, at + KEPT_URL)
        return f"/whatsapp_business/attachments/?mid={file.id}&hash={token}"

    def at_address(self, token: str, at: Instant) -> File | None:
        """The file behind a path, while it is valid."""
        id, until = self._urls.get(token, ("", 0))
        return self._kept[id] if at < until else None


def check_upload(mime: str, size: int) -> str:
    """What kind of file a type makes; refused when WhatsApp takes no such file, or none so big."""
    bare = mime.split(";", maxsplit=1)[0].strip().lower()
    for kind, mimes in MIMES.items():
        if bare in mimes:
            return _within(kind, size)
    known = ", ".join(sorted(mime for mimes in MIMES.values() for mime in mimes))
    raise Refused(
        100,
        f"Param file must be a file with one of the following types: {known}."
        f" Received file of type '{bare}'.",
    )


def _within(kind: str, size: int) -> str:
    if size == 0:
        raise Refused(131053, "The file is empty.")
    if size > MOST[kind]:
        raise Refused(131053, f"A file of type {kind} has {MOST[kind]} bytes at most: {size}.")
    return kind
