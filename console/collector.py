"""Python's garbage collector, set for a process that makes many short-lived objects.

A bulk run makes about ten containers for each row and no cycles. With the default thresholds
(700, 10, 10) a fifth of its time went into looking for some.
"""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Look for cycles after every 50 000 new containers instead of every 700."""
    gc.set_threshold(50_000, 20, 50)
