"""Courses of several questions out of the sums of hours: one reading for all of a page.

A year of a dozen metrics is a hundred thousand sums of hours. Which of the buckets each belongs to
is said here, in arrays: the database would plan a statement for every question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np

from console.domain.ids import DAY, HOUR
from console.readmodel import tally
from console.readmodel.counted import THURSDAY, WEEK, bound, credited
from console.readmodel.measure import Question
from console.readmodel.period import BucketOf, Period, buckets, offsets

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Sums = tuple[int, int, int]  # n, total, censored n
_MONTHS_BEFORE: Final = 1970 * 12


class Course(NamedTuple):
    """The sums of each bucket that holds a row, by its number, and those of the period before."""

    buckets: Sequence[tuple[int, *Sums]]
    before: Sums


def courses(
    cursor: duckdb.DuckDBPyConnection, questions: Sequence[Question], by: BucketOf, before: Period
) -> list[Course]:
    """The courses of questions of one period that `tally` serves, and of as much before it."""
    period = questions[0].period
    for one in questions:
        credited(one)  # an unknown one is refused, though it makes no difference here
    asked = [tally.series_of(one) for one in questions]
    begun = before.to_at // HOUR * HOUR
    places, base = _places(period, by), bound(by, buckets(period, by)[0].key)
    hours = tally.hours(cursor, asked, before.from_at, period.to_at)
    at = hours.happened_at
    # Behind the buckets stands the period before, and behind it what belongs to neither.
    width = len(buckets(period, by)) + 2
    place = np.where(at < begun, width - 2, width - 1)
    is_now = at >= period.from_at
    place[is_now] = places(at[is_now]) - base
    sums = _added(hours, hours.series * width + place, len(asked) * width)
    rests = tally.rests(cursor, asked, begun, before.to_at)
    return [
        _course(sums[n * width : (n + 1) * width], base, rests.get(n, (0, 0, 0)))
        for n in range(len(asked))
    ]


def _course(sums: Sequence[Sums], base: int, rest: Sums) -> Course:
    *parted, before, _ = sums
    held = [(base + n, *one) for n, one in enumerate(parted) if one[0] or one[2]]
    n, total, censored_n = (hours + more for hours, more in zip(before, rest, strict=True))
    return Course(held, (n, total, censored_n))


def _added(hours: tally.Hours, codes: Numbers, n: int) -> list[Sums]:
    """What the rows of each code come to; doubles are exact here, see `tally.Hours`."""
    columns = (hours.n, hours.high, hours.low, hours.censored_n)
    found = [np.bincount(codes, one, n).astype(np.int64).tolist() for one in columns]
    return [(n, (high << tally.LOW) + low, out) for n, high, low, out in zip(*found, strict=True)]


def _places(period: Period, by: BucketOf) -> Callable[[Numbers], Numbers]:
    """The numbers of the buckets of instants, as `Counted.key` says them."""
    changes = offsets(period)
    since = np.array([at for at, _ in changes[1:]], np.int64)
    ahead = np.array([offset for _, offset in changes], np.int64)
    return lambda at: _PLACES[by](at + ahead[np.searchsorted(since, at, side="right")])


def _month(local: Numbers) -> Numbers:
    months = (local // DAY).astype("datetime64[D]").astype("datetime64[M]")
    return months.astype(np.int64) + _MONTHS_BEFORE


_PLACES: Final[dict[BucketOf, Callable[[Numbers], Numbers]]] = {
    "hour": lambda local: local // HOUR % 24,
    "day": lambda local: local // DAY,
    "week": lambda local: (local + THURSDAY * DAY) // (WEEK * DAY),
    "month": _month,
}
