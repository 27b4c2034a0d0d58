"""Numbered pages: how many there are, and the one that can be shown."""

from __future__ import annotations


def pages_of(total: int, size: int) -> int:
    """How many pages of `size` rows there are, at least one."""
    return max(1, -(-total // size))


def page_within(page: int, total: int, size: int) -> int:
    """The page that is asked for, counted from 1, or the nearest one there is."""
    return min(max(1, page), pages_of(total, size))
