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
        gate.acquire()  # opened by whoever was before
        try:
            yield
        finally:
            with self._lock:
                self._waiting.popleft()
                if self._waiting:
                    self._waiting[0].release()
