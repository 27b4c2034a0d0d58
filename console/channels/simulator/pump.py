"""What is to happen later, in the order of its instants: by a thread, or step by step in a test."""

from __future__ import annotations

import heapq
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from console.domain.ids import SECOND, Instant

_LOG: Final = logging.getLogger(__name__)
_WORKERS: Final = 4  # webhooks go out side by side: their order is not guaranteed
_LONGEST_NAP_S: Final = 0.5  # an injected clock may jump

Act = Callable[[Instant], None]


@dataclass(order=True, slots=True)
class _Due:
    at: Instant
    number: int
    act: Act = field(compare=False)


class Pump:
    """A heap of things to do; `start` runs them as the clock says, `run_all` without waiting."""

    def __init__(self, clock: Callable[[], Instant]) -> None:
        self._clock = clock
        self._heap: list[_Due] = []
        self._made = self._running = 0
        self._changed = threading.Condition()
        self._is_stopped = False
        self._thread: threading.Thread | None = None
        self._pool: ThreadPoolExecutor | None = None

    def at(self, instant: Instant, act: Act) -> None:
        """Do something at an instant; it is told that instant, not the clock's."""
        with self._changed:
            self._made += 1
            heapq.heappush(self._heap, _Due(instant, self._made, act))
            self._changed.notify_all()

    def start(self) -> None:
        """Begin to do things as they come due."""
        self._pool = ThreadPoolExecutor(_WORKERS, "simulator-webhook")
        self._thread = threading.Thread(target=self._live, name="simulator-pump", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Do nothing more; what is being done is finished."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        if self._thread and self._pool:
            self._thread.join()
            self._pool.shutdown()

    def run_due(self) -> int:
        """Do what the clock says is due, in this thread; how many things that were."""
        return self._run_until(self._clock())

    def run_all(self) -> int:
        """Do everything that is waiting, and what comes of it, as if its time had come."""
        return self._run_until(None)

    def settle(self, timeout_s: float) -> bool:
        """Wait until a started pump has nothing left; whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not (self._heap or self._running), timeout_s)

    def _run_until(self, until: Instant | None) -> int:
        done = 0
        while (due := self._take(until)) is not None:
            due.act(due.at)
            done += 1
        return done

    def _take(self, until: Instant | None) -> _Due | None:
        with self._changed:
            if self._heap and (until is None or self._heap[0].at <= until):
                return heapq.heappop(self._heap)
            return None

    def _live(self) -> None:
        while (due := self._await_due()) is not None:
            assert self._pool is not None  # noqa: S101 - made before the thread starts
            self._pool.submit(self._do, due)

    def _await_due(self) -> _Due | None:
        with self._changed:
            while not self._is_stopped:
                wait = self._seconds_to_next()
                if wait <= 0:
                    self._running += 1
                    return heapq.heappop(self._heap)
                self._changed.wait(min(wait, _LONGEST_NAP_S))
            return None

    def _seconds_to_next(self) -> float:
        return (self._heap[0].at - self._clock()) / SECOND if self._heap else _LONGEST_NAP_S

    def _do(self, due: _Due) -> None:
        try:
            due.act(due.at)
        except Exception:  # noqa: BLE001 - the rest goes on; nobody waits for one act
            _LOG.exception("simulator: something due has failed")
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
