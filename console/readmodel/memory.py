"""Answers that were given already, kept as long as nothing they rest on has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from console.domain.ids import MINUTE, Instant

T = TypeVar("T")
_MOST: Final = 1_000
_FRESH: Final = MINUTE


class Memory:
    """Answers under one watermark of a read model; another watermark empties it.

    What is remembered belongs to an instant: the one that `instant` gives.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mark = ""
        self._instant: Instant = 0
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def instant(self, mark: str, now: Instant) -> Instant:
        """The instant to ask for: now, or one within the last minute since which nothing changed.

        Waits grow by themselves, so that even an unchanged answer grows old.
        """
        with self._lock:
            if mark != self._mark or abs(now - self._instant) >= _FRESH:
                self._mark, self._instant = mark, now
                self._answers.clear()
            return self._instant

    def of(self, mark: str, key: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, asked only if it was not yet under this watermark."""
        with self._lock:
            if mark == self._mark and key in self._answers:
                self._answers.move_to_end(key)
                found: T = self._answers[key]
                return found
        given = answer()
        with self._lock:
            if mark == self._mark:
                self._answers[key] = given
                if len(self._answers) > _MOST:
                    self._answers.popitem(last=False)
        return given
