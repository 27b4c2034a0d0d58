"""Exact quantiles of many durations at once: sorted in memory, breakdown by breakdown.

The database would collect the values of each group anew for each breakdown. Here the rows come
once, and a breakdown costs one sort of whole numbers that hold the group above the length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from math import ceil, floor
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from console.readmodel.measure import QUANTILES

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Keys = tuple[int | None, ...]
NULL: Final = -(2**62)  # what stands for a null in columns of whole numbers
_WORD: Final = 63  # bits of a whole number beside its sign
_LOW: Final = 20  # lower bits that are added up apart where a sum would be too large


class Sums(NamedTuple):
    """What a figure is made of: n, total, censored n and the quantiles, None without a value."""

    n: int
    total: int
    censored_n: int
    quantiles: list[float] | None


class Groups(NamedTuple):
    """The group of each row, and the keys of each group."""

    codes: Numbers
    keys: Sequence[Keys]


class Lengths:
    """Durations of rows; `NULL` where there is none."""

    def __init__(self, values: Numbers) -> None:
        known = values != NULL
        self._least = int(values.min(where=known, initial=2**62)) if known.any() else 0
        # From one on, and nothing for a null, so that nulls come first.
        self._rows = np.where(known, values - (self._least - 1), 0)
        self._bits = int(self._rows.max(initial=0)).bit_length()

    def whole(self, edges: Sequence[int]) -> tuple[Sums, list[int]]:
        """The sums of all rows, and how many durations lie below each of the edges."""
        rising = np.sort(self._rows)
        sums = self._sums(rising)
        below = np.searchsorted(rising, [edge - self._least + 1 for edge in edges])
        return sums, [max(int(n) - sums.censored_n, 0) for n in below]

    def parted(self, columns: Sequence[Numbers]) -> list[tuple[Keys, Sums]]:
        """The sums of the rows that have the values of all columns in common."""
        if not len(self._rows):
            return []
        codes, keys = reduce(_crossed, map(_grouped, columns))
        rising = self._rising(codes, len(keys))
        groups = zip(keys, rising, strict=True)
        return [(key, self._sums(group)) for key, group in groups if len(group)]

    def _rising(self, codes: Numbers, n: int) -> Iterator[Numbers]:
        """The rows of each group, rising."""
        if n.bit_length() + self._bits > _WORD:
            order = np.lexsort((self._rows, codes))
            yield from np.split(self._rows[order], np.searchsorted(codes[order], range(1, n)))
            return
        packed = codes << self._bits
        packed |= self._rows
        packed.sort()
        bounds = np.searchsorted(packed, np.arange(1, n) << self._bits)
        packed &= (1 << self._bits) - 1
        yield from np.split(packed, bounds)

    def _sums(self, rising: Numbers) -> Sums:
        censored_n = int(np.searchsorted(rising, 0, side="right"))
        known, shift = rising[censored_n:], self._least - 1
        n = len(known)
        if not n:
            return Sums(0, 0, censored_n, None)
        spread = [_quantile(known, share, shift) for share in QUANTILES]
        return Sums(n, _total(known) + n * shift, censored_n, spread)


def _grouped(column: Numbers) -> Groups:
    codes, found = pd.factorize(column)
    return Groups(codes, [(None if key == NULL else int(key),) for key in found])


def _crossed(one: Groups, other: Groups) -> Groups:
    keys = [(*first, *second) for first in one.keys for second in other.keys]
    return Groups(one.codes * len(other.keys) + other.codes, keys)


def _total(rising: Numbers) -> int:
    if len(rising) * int(rising[-1]) < 1 << _WORD:
        return int(rising.sum())
    return (int((rising >> _LOW).sum()) << _LOW) + int((rising & ((1 << _LOW) - 1)).sum())


def _quantile(rising: Numbers, share: float, shift: int) -> float:
    """The value so far along, between its two neighbours in proportion."""
    place = share * (len(rising) - 1)
    below, above = int(rising[floor(place)]) + shift, int(rising[ceil(place)]) + shift
    return below + (above - below) * (place - floor(place))
