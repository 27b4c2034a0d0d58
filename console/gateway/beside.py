"""A thread of work beside the pages: step after step while there is any, until told to end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

_PAUSE_S: Final = 1.0
_log: Final = logging.getLogger(__name__)


class Beside:
    """Runs `step`, which says whether there was anything to do, again and again.

    Without work it looks once a second, or when it is woken. A step that fails is tried again.
    """

    def __init__(self, name: str, step: Callable[[], bool]) -> None:
        self._name = name
        self._step = step
        self._over = threading.Event()
        self._wanted = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def is_over(self) -> bool:
        """Whether it was told to end."""
        return self._over.is_set()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._wanted.set()

    def tell_over(self) -> None:
        """Have it end after the step at work, without waiting for that."""
        self._over.set()
        self._wanted.set()

    def stop(self) -> None:
        """End after the step at work."""
        self.tell_over()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            if self._tried():
                continue
            self._wanted.wait(_PAUSE_S)
            self._wanted.clear()

    def _tried(self) -> bool:
        try:
            return self._step()
        except Exception:  # noqa: BLE001 - the store may be away for a while
            _log.exception("The %s could not reach the store; trying again.", self._name)
            return False
