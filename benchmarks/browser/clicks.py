"""Click to paint of the inbox, against the empty app."""

from __future__ import annotations

from benchmarks.ground import Ground
from benchmarks.measure import Result


def browser(ground: Ground) -> list[Result]:
    """To be written."""
    return []
