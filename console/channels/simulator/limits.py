"""How fast a number may send: 80 a second, and one message per 6 s to one person after 45.

Rates: Meta, "Throughput" and "Pair rate limits". Counted by the simulator's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.channels.simulator.graph import Refused
from console.domain.ids import SECOND, Instant

_PER_NUMBER: Final = (80.0, 80.0)  # how many at once, how many a second
_PER_PAIR: Final = (45.0, 1 / 6)


@dataclass(slots=True)
class _Bucket:
    left: float
    at: Instant


class Limits:
    """What each number and each pair may still send."""

    def __init__(self) -> None:
        self._buckets: dict[tuple[str, ...], _Bucket] = {}

    def take(self, number: str, to: str, at: Instant) -> None:
        """Count one message; refused when it comes too soon."""
        self._take((number,), *_PER_NUMBER, at, 130429)
        self._take((number, to), *_PER_PAIR, at, 131056)

    def _take(self, key: tuple[str, ...], most: float, rate: float, at: Instant, code: int) -> None:
        bucket = self._buckets.setdefault(key, _Bucket(most, at))
        bucket.left = min(most, bucket.left + (at - bucket.at) / SECOND * rate)
        bucket.at = at
        if bucket.left < 1:
            raise Refused(code)
        bucket.left -= 1
