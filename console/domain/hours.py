"""Business hours: when somebody is there, and how much of that time has passed.

Blocks are minutes of local days. Time is counted where it really runs: an hour that the clocks
skip does not count, an hour that they repeat counts twice. Durations are microseconds, as the
difference of two instants is. Each year's openings are laid out once and kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from console.domain.ids import DAY, HOUR, MINUTE, SECOND, Instant

MINUTES_OF_DAY: Final = 24 * 60
DAYS_OF_WEEK: Final = 7
FURTHEST_YEARS: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = date(1970, 1, 1)
_STEP: Final = 12 * HOUR  # no zone has changed its clocks twice within half a day

Holidays = Callable[[int], frozenset[date]]
"""The holidays of a year; equal rules compare equal, so that their openings are laid out once."""


class Block(NamedTuple):
    """A stretch of a local day in minutes since midnight; `end` is open and may be 24:00."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """A week of blocks, Monday first, in an IANA time zone, but for days that are closed."""

    week: tuple[tuple[Block, ...], ...]
    zone: str
    closed_on: frozenset[date] = frozenset()
    holidays: Holidays | None = None

    @property
    def is_ever_open(self) -> bool:
        """Whether any weekday has a block."""
        return any(self.week)


class Openings(NamedTuple):
    """The open spans of one UTC year in order, and the open time before each of them."""

    starts: tuple[Instant, ...]
    ends: tuple[Instant, ...]
    before: tuple[int, ...]
    total: int

    def until(self, at: Instant) -> int:
        """The open time of the year before an instant."""
        found = bisect_right(self.starts, at) - 1
        if found < 0:
            return 0
        return self.before[found] + min(at, self.ends[found]) - self.starts[found]

    def reaching(self, duration: int) -> Instant:
        """The first instant before which the year was open for so long: from 1 to its total."""
        found = bisect_left(self.before, duration) - 1
        return self.starts[found] + duration - self.before[found]


def elapsed(hours: BusinessHours | None, start: Instant, end: Instant) -> int | None:
    """The open time between two instants, negative when they stand in reverse.

    None without hours: nobody can tell, and that is not 0.
    """
    if hours is None or not hours.is_ever_open:
        return None
    if end < start:
        return -_between(hours, end, start)
    return _between(hours, start, end)


def due(hours: BusinessHours | None, start: Instant, duration: int) -> Instant | None:
    """The first instant at which so much open time has passed since `start`.

    None without hours, and when a hundred years do not bring it.
    """
    if hours is None or not hours.is_ever_open:
        return None
    if duration <= 0:
        return start
    first = year_of(start)
    left = duration + openings(hours, first).until(start)
    for year in range(first, first + FURTHEST_YEARS):
        found = openings(hours, year)
        if left <= found.total:
            return found.reaching(left)
        left -= found.total
    return None


def _between(hours: BusinessHours, start: Instant, end: Instant) -> int:
    first, last = year_of(start), year_of(end)
    whole = sum(openings(hours, year).total for year in range(first, last))
    return whole + openings(hours, last).until(end) - openings(hours, first).until(start)


def year_of(at: Instant) -> int:
    """The UTC year of an instant."""
    return (_EPOCH + timedelta(microseconds=at)).year


@lru_cache(maxsize=4096)
def openings(hours: BusinessHours, year: int) -> Openings:
    """When the hours are open in a UTC year; at most a few thousand spans."""
    begin, end = _year_begins(year), _year_begins(year + 1)
    spans = _joined(_clipped(_spans(hours, year), begin, end))
    lengths = [last - first for first, last in spans]
    total = sum(lengths)
    before = (0, *accumulate(lengths))[: len(spans)]
    return Openings(tuple(s for s, _ in spans), tuple(e for _, e in spans), before, total)


def _year_begins(year: int) -> Instant:
    return (date(year, 1, 1) - _FIRST_DAY).days * DAY


def _clipped(
    spans: Iterator[tuple[Instant, Instant]], begin: Instant, end: Instant
) -> Iterator[tuple[Instant, Instant]]:
    for first, last in spans:
        if first < end and last > begin:
            yield max(first, begin), min(last, end)


def _joined(spans: Iterator[tuple[Instant, Instant]]) -> list[tuple[Instant, Instant]]:
    """In order, and those that touch as one: 24:00 is the next day's 0:00."""
    found: list[tuple[Instant, Instant]] = []
    for first, last in sorted(spans):
        if found and found[-1][1] >= first:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _spans(hours: BusinessHours, year: int) -> Iterator[tuple[Instant, Instant]]:
    """Every block of the year and of the days around it, cut where the clocks change."""
    for first, last, offset in _offsets(hours.zone, year):
        day = _FIRST_DAY + timedelta(days=(first + offset) // DAY)
        until = _FIRST_DAY + timedelta(days=(last + offset) // DAY)
        while day <= until:
            for start, end in _blocks(hours, day):
                yield from _clipped(iter([(start - offset, end - offset)]), first, last)
            day += timedelta(days=1)


def _blocks(hours: BusinessHours, day: date) -> Iterator[tuple[int, int]]:
    """The blocks of a local day as local time, microseconds since 1970."""
    is_holiday = hours.holidays is not None and day in hours.holidays(day.year)
    if is_holiday or day in hours.closed_on:
        return
    midnight = (day - _FIRST_DAY).days * DAY
    for start, end in hours.week[day.weekday()]:
        yield midnight + start * MINUTE, midnight + end * MINUTE


@lru_cache(maxsize=1024)
def _offsets(zone: str, year: int) -> tuple[tuple[Instant, Instant, int], ...]:
    """The year as stretches of one offset from UTC each: begin, end, offset."""
    known = ZoneInfo(zone)
    begin, end = _year_begins(year), _year_begins(year + 1)
    steps = [*range(begin, end, _STEP), end]
    changes = [
        _change(known, a, b) for a, b in pairwise(steps) if _offset(known, a) != _offset(known, b)
    ]
    edges = [begin, *changes, end]
    return tuple((a, b, _offset(known, a)) for a, b in pairwise(edges) if a < b)


def _change(zone: ZoneInfo, before: Instant, after: Instant) -> Instant:
    """The second at which the offset changes."""
    old = _offset(zone, before)
    seconds: Sequence[int] = range(before // SECOND, after // SECOND + 1)
    place = bisect_right(seconds, False, key=lambda second: _offset(zone, second * SECOND) != old)
    return seconds[place] * SECOND


def _offset(zone: ZoneInfo, at: Instant) -> int:
    offset = (_EPOCH + timedelta(microseconds=at)).astimezone(zone).utcoffset()
    return (offset or timedelta()) // timedelta(microseconds=1)
