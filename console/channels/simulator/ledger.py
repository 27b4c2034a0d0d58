"""The ledger: every send the simulator accepted, in order. The oracle for "sent only once"."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from console.domain.ids import Instant


@dataclass(frozen=True, slots=True)
class Entry:
    """One accepted send; `correlation` is the outbox id that came in biz_opaque_callback_data."""

    id: str
    number: str
    to: str
    correlation: str | None
    at: Instant
    body: Mapping[str, Any]


class Ledger:
    """Accepted sends; with a file, each one lies on the disk before it is answered."""

    def __init__(self, file: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._file = file

    def add(self, entry: Entry) -> None:
        """Write one down; returns when nothing can take it back."""
        with self._lock:
            if self._file:
                _append(self._file, entry)
            self._entries.append(entry)

    @property
    def entries(self) -> list[Entry]:
        """Everything so far, in order."""
        with self._lock:
            return list(self._entries)

    def of(self, correlation: str) -> list[Entry]:
        """The sends with this outbox id: one at most, or something has gone wrong."""
        return [entry for entry in self.entries if entry.correlation == correlation]

    def duplicates(self) -> list[str]:
        """The outbox ids accepted more than once."""
        return duplicates(self.entries)


def duplicates(entries: list[Entry]) -> list[str]:
    """The outbox ids that occur more than once, in order of their first one."""
    counted = Counter(entry.correlation for entry in entries if entry.correlation)
    return [correlation for correlation, n in counted.items() if n > 1]


def read_ledger(file: Path) -> list[Entry]:
    """The entries in a file; what a killed process left half-written at the end was not accepted.

    For another process: after a kill, this is what the provider has accepted.
    """
    if not file.exists():
        return []
    *whole, _ = file.read_bytes().split(b"\n")
    return [Entry(**json.loads(line)) for line in whole]


def _append(file: Path, entry: Entry) -> None:
    line = json.dumps(asdict(entry), separators=(",", ":")).encode() + b"\n"
    handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line)
        os.fsync(handle)
    finally:
        os.close(handle)
