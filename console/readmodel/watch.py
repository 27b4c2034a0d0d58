"""Stopping queries that take too long: one watching thread for all of a process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import duckdb

from console.domain.errors import RuleError
from console.i18n import Text

_TICK_S: Final = 0.1


class SlowQueryError(RuleError):
    """A query was stopped because it took too long for an interactive page."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "A consulta demorou demais e foi interrompida: use um filtro mais estreito.",
                "The query took too long and was stopped: use a narrower filter.",
                "La consulta tardó demasiado y fue interrumpida: use un filtro más estrecho.",
            )
        )


class Watchdog:
    """Interrupts cursors that work for longer than `limit_s` seconds."""

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._deadlines: dict[duckdb.DuckDBPyConnection, tuple[float, threading.Event]] = {}
        self._has_work = threading.Event()
        self._lock = threading.Lock()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="query-watchdog", daemon=True)
        self._thread.start()

    @contextmanager
    def watch(
        self,
        cursor: duckdb.DuckDBPyConnection,
        limit_s: float | None = None,
        stop: threading.Event | None = None,
    ) -> Iterator[None]:
        """Run the body's queries on `cursor` against the clock; raises SlowQueryError.

        Setting `stop` interrupts them too.
        """
        deadline = time.monotonic() + (self._limit_s if limit_s is None else limit_s)
        with self._lock:
            self._deadlines[cursor] = deadline, stop or threading.Event()
        self._has_work.set()
        try:
            yield
        except duckdb.InterruptException:
            raise SlowQueryError from None
        finally:
            with self._lock:
                self._deadlines.pop(cursor, None)

    def close(self) -> None:
        """End the thread."""
        self._is_over = True
        self._has_work.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over:
            self._has_work.wait()
            self._interrupt_late()
            time.sleep(_TICK_S)

    def _interrupt_late(self) -> None:
        now = time.monotonic()
        with self._lock:
            for cursor, (deadline, stop) in self._deadlines.items():
                if now > deadline or stop.is_set():
                    cursor.interrupt()
            if not self._deadlines and not self._is_over:
                self._has_work.clear()
