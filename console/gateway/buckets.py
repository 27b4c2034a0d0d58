"""Token buckets: how fast one process sends for a number, and to one peer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

_MOST: Final = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at_s: float


class Buckets:
    """One bucket per key, filled at `per_second` up to `burst`; safe in several threads."""

    def __init__(
        self, per_second: float, burst: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rate, self._burst, self._clock = per_second, burst, clock
        self._buckets: dict[Hashable, _Bucket] = {}
        self._lock = threading.Lock()

    def take(self, key: Hashable) -> float:
        """Take one token; 0 when there was one, else the seconds until there is."""
        with self._lock:
            now = self._clock()
            self._forget_full(now)
            bucket = self._buckets.setdefault(key, _Bucket(self._burst, now))
            grown = (now - bucket.at_s) * self._rate
            bucket.tokens, bucket.at_s = min(self._burst, bucket.tokens + grown), now
            if bucket.tokens < 1:
                return (1 - bucket.tokens) / self._rate
            bucket.tokens -= 1
            return 0.0

    def _forget_full(self, now: float) -> None:
        """Whoever has not been written to for long has a full bucket: it need not be kept."""
        if len(self._buckets) < _MOST:
            return
        full_s = self._burst / self._rate
        self._buckets = {k: b for k, b in self._buckets.items() if now - b.at_s < full_s}
