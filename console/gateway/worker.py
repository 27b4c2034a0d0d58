"""The worker: does, outside every page, what is written down to be done and what time brings."""

from __future__ import annotations

import logging
import time
from typing import Final

from console.actions.advance import advance, paused
from console.actions.wake import wake
from console.domain import ids
from console.gateway.beside import Beside
from console.i18n import Text
from console.store import bulk
from console.store.work import Store

_PAUSE_S: Final = 0.5
_TRIES: Final = 3
_WAKE_EVERY_S: Final = 5.0
_log: Final = logging.getLogger(__name__)

BROKEN: Final = Text(
    "Um erro inesperado parou a execução; ela pode ser retomada. O registro do servidor diz mais.",
    "An unexpected error stopped the run; it can be resumed. The server's log says more.",
    "Un error inesperado detuvo la ejecución; se puede reanudar. El registro dice más.",
)


class Worker:
    """One thread that carries running bulk runs on, chunk by chunk, and brings back the snoozed.

    Several processes may work on one store: each chunk locks its run.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last = 0
        self._woken_at = 0.0
        self._failed: dict[int, int] = {}
        self._beside = Beside("worker", self._next)

    def start(self) -> None:
        """Begin; runs that a dead process left behind are carried on."""
        self._beside.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._beside.wake()

    def stop(self) -> None:
        """End after the chunk at work."""
        self._beside.stop()

    def step(self) -> bool:
        """Carry the next running run on by one chunk; whether there was any."""
        with self._store.read() as connection:
            run_id = bulk.next_running(connection, self._last)
        if run_id is None:
            return False
        self._last = run_id
        try:
            advance(self._store, run_id, at=ids.now())
            self._failed.pop(run_id, None)
        except Exception:  # noqa: BLE001 - whatever it was, other runs go on
            _log.exception("Bulk run %s failed", run_id)
            self._give_up_after(run_id)
        return True

    def _give_up_after(self, run_id: int) -> None:
        """A run that fails again and again is held: others may go on."""
        self._failed[run_id] = self._failed.get(run_id, 0) + 1
        if self._failed[run_id] >= _TRIES:
            del self._failed[run_id]
            self._store.write(lambda connection: paused(connection, run_id, BROKEN))

    def _bring_back(self) -> None:
        if time.monotonic() - self._woken_at >= _WAKE_EVERY_S:
            self._woken_at = time.monotonic()
            wake(self._store, ids.now())

    def _next(self) -> bool:
        self._bring_back()
        return self.step()
