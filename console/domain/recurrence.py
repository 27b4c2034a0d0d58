"""What comes round by the clock of a place: every day, on some weekdays, or once a month.

A local time that clocks skip is the first instant after the gap; one that they show twice is the
first of the two. So each local day has one instant, and nothing is due twice.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from console.domain.ids import SECOND, Instant

LAST_DAY: Final = 31  # of every month: shorter ones end earlier
MINUTES: Final = 24 * 60
_WEEKDAYS: Final = range(7)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)


class Every(StrEnum):
    """How something comes round."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Days and a wall-clock `minute` of them (0 is midnight) in a time zone.

    `weekdays` are those of a week, Monday being 0; `day` that of a month, whose last day stands in
    for what it does not have.
    """

    every: Every
    minute: int
    weekdays: tuple[int, ...] = ()
    day: int = 1

    @property
    def is_sound(self) -> bool:
        """Whether it ever comes round."""
        has_weekdays = bool(self.weekdays) and set(self.weekdays) <= set(_WEEKDAYS)
        return (
            0 <= self.minute < MINUTES
            and 1 <= self.day <= LAST_DAY
            and (self.every is not Every.WEEK or has_weekdays)
        )

    def falls_on(self, day: date) -> bool:
        """Whether a local day is one of its days."""
        match self.every:
            case Every.DAY:
                return True
            case Every.WEEK:
                return day.weekday() in self.weekdays
            case Every.MONTH:
                return day.day == min(self.day, monthrange(day.year, day.month)[1])

    def after(self, at: Instant, zone: ZoneInfo) -> Instant:
        """The first time it is due after an instant."""
        return next(self.all_after(at, zone))

    def some_after(self, at: Instant, zone: ZoneInfo, n: int) -> list[Instant]:
        """The first `n` times it is due after an instant."""
        return list(islice(self.all_after(at, zone), n))

    def all_after(self, at: Instant, zone: ZoneInfo) -> Iterator[Instant]:
        """Every time it is due after an instant, for ever."""
        day, last = local_day(at, zone) - _DAY, at
        while True:
            if self.falls_on(day):
                due = instant_of(day, self.minute, zone)
                if due > last:
                    last = due
                    yield due
            day += _DAY

    def last_until(self, at: Instant, zone: ZoneInfo) -> Instant:
        """The last time it was due until an instant, that one included."""
        day = local_day(at, zone) + _DAY
        while not (self.falls_on(day) and instant_of(day, self.minute, zone) <= at):
            day -= _DAY
        return instant_of(day, self.minute, zone)


def local_day(at: Instant, zone: ZoneInfo) -> date:
    """The day that a calendar shows there at an instant."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(zone).date()


def instant_of(day: date, minute: int, zone: ZoneInfo) -> Instant:
    """When the clocks of a zone show a minute of a day, for the first time or next after it."""
    shown = datetime.combine(day, time(*divmod(minute, 60)))
    first, second = (_seconds(shown.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))
    is_skipped = second < first  # an offset of after the gap leads before it, and vice versa
    return (_gap_end(second, first, zone) if is_skipped else first) * SECOND


def _gap_end(before_s: int, after_s: int, zone: ZoneInfo) -> int:
    """The second at which clocks jump, between one before and one after it."""
    old, span = _offset(before_s, zone), range(before_s, after_s + 1)
    return span[bisect_right(span, False, key=lambda s: _offset(s, zone) != old)]


def _offset(second: int, zone: ZoneInfo) -> timedelta | None:
    return datetime.fromtimestamp(second, zone).utcoffset()


def _seconds(at: datetime) -> int:
    return (at.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)
