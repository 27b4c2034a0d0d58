"""Turns: the writers of one process go in the order in which they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """A fair lock.

    SQLite's own waiting sleeps up to 0.1 s between tries, so whoever writes again and again, such
    as a bulk run, would keep others out for as long as it goes on.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for one's turn, and pass it on afterwards."""
        gate = threading.Lock()
        gate.acquire()
        with self._lock:
            self._waiting.append(gate)
            if len(self._waiting) == 1:
                gate.release()
        try:
            gate.acquire()  # opened by whoever was before; Ctrl+C may end the waiting
            yield
        finally:
            self._leave(gate)

    @property
    def is_wanted(self) -> bool:
        """Whether somebody stands behind whoever has the turn now."""
        return len(self._waiting) > 1

    def _leave(self, gate: threading.Lock) -> None:
        with self._lock:
            had_the_turn = self._waiting[0] is gate
            self._waiting.remove(gate)
            if had_the_turn and self._waiting:
                self._waiting[0].release()
