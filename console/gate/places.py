"""Every address the server knows, and what it takes to be let in; anything else is not found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.attachment import LARGEST

PAGES: Final = (
    "inbox",
    "supervision",
    "runs",
    "board",
    "contacts",
    "exports",
    "instances",
    "settings",
    "overview",
    "resolved",
    "activity",
    "times",
    "queue",
    "quality",
    "analyse",
)
"""The one-segment addresses of the interface; `console.ui.frame` registers the same ones."""


class Entry(StrEnum):
    """What an address asks of a visitor."""

    OPEN = "open"  # everybody
    PAGE = "page"  # signed in, else sent to the sign-in page
    SIGNED = "signed"  # signed in, else 401
    SOCKET = "socket"  # signed in, else the handshake is refused
    MACHINE = "machine"  # nobody here: the route itself proves who asks; no page may post to it
    CLOSED = "closed"  # nobody: a route of the library that we do not offer


@dataclass(frozen=True, slots=True)
class Place:
    """One address, or with a closing slash everything below it."""

    path: str
    entry: Entry
    methods: frozenset[str] = frozenset({"GET", "HEAD"})
    most_bytes: int = 0  # of a request's body

    def covers(self, path: str) -> bool:
        """Whether the address of a request is this place."""
        is_folder = self.path.endswith("/") and self.path != "/"
        return path.startswith(self.path) if is_folder else path == self.path


_POST: Final = frozenset({"GET", "HEAD", "POST"})
_UPLOAD: Final = frozenset({"PUT", "DELETE", "OPTIONS"})
MOST_UPLOAD: Final = 21 * 1024 * 1024  # server.maxUploadSize and the frame around it

PLACES: Final = (
    Place("/", Entry.PAGE),
    *(Place(f"/{page}", Entry.PAGE) for page in PAGES),
    Place("/sign-in", Entry.OPEN, _POST, 16_384),
    Place("/sign-out", Entry.PAGE, _POST, 4_096),
    Place("/gate/", Entry.OPEN),
    Place("/livez", Entry.OPEN),
    Place("/readyz", Entry.OPEN),
    Place("/wh/", Entry.MACHINE, _POST, 26 * 1024 * 1024),
    Place("/live", Entry.SIGNED, frozenset({"GET"})),
    Place("/thread", Entry.SIGNED),
    Place("/contact", Entry.SIGNED),
    Place("/contact/", Entry.SIGNED),
    Place("/message", Entry.SIGNED),
    Place("/recipients", Entry.SIGNED),
    Place("/emojis", Entry.SIGNED, frozenset({"GET"})),
    Place("/canned", Entry.SIGNED, frozenset({"GET"})),
    Place("/runs/results", Entry.SIGNED, frozenset({"GET"})),
    Place("/export/", Entry.SIGNED, frozenset({"GET"})),
    Place("/attachment", Entry.SIGNED, frozenset({"POST"}), LARGEST),
    Place("/attachment/", Entry.SIGNED),
    Place("/analyse/rows", Entry.SIGNED, frozenset({"POST"}), 131_072),
    Place("/api/notifications", Entry.MACHINE, frozenset({"POST"}), 65_536),
    Place("/api/notifications/", Entry.MACHINE, frozenset({"GET"})),
    Place("/favicon.png", Entry.OPEN),
    Place("/static/", Entry.SIGNED),
    Place("/manifest.json", Entry.SIGNED),
    Place("/media/", Entry.SIGNED),
    Place("/component/", Entry.SIGNED),
    Place("/_stcore/bidi-components/", Entry.SIGNED),
    Place("/_stcore/health", Entry.SIGNED),
    Place("/_stcore/host-config", Entry.SIGNED),
    Place("/_stcore/upload_file/", Entry.SIGNED, _UPLOAD, MOST_UPLOAD),
    Place("/_stcore/stream", Entry.SOCKET),
    Place("/_stcore/", Entry.CLOSED),  # metrics, script-health-check, the agent interface
    Place("/auth/", Entry.CLOSED),
    Place("/oauth2callback", Entry.CLOSED),
    Place("/app/", Entry.CLOSED),
)


def place_of(path: str) -> Place | None:
    """The place of an address: the first that covers it, None for what does not exist."""
    return next((place for place in PLACES if place.covers(path)), None)
