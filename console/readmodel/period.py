"""Periods: half-open spans of local days, the one before of equal length, and local buckets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from console.domain.ids import HOUR, SECOND, Instant
from console.i18n import Text

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_DAY: Final = date(1970, 1, 1)
_STEP: Final = 12 * HOUR  # no zone has changed its clocks twice within half a day


@dataclass(frozen=True, slots=True)
class Period:
    """`[from_at, to_at)` in a time zone."""

    from_at: Instant
    to_at: Instant
    zone: ZoneInfo

    @property
    def before(self) -> Period:
        """The period of the same length that ends where this one begins."""
        return Period(self.from_at - (self.to_at - self.from_at), self.from_at, self.zone)

    def as_far_before(self, now: Instant) -> Period:
        """The part of the period before that is as long as what has passed of this one."""
        length = self.to_at - self.from_at
        until = max(self.from_at, min(now, self.to_at))
        return Period(self.from_at - length, until - length, self.zone)

    @property
    def days(self) -> tuple[date, date]:
        """The first local day and the last one that it touches."""
        first, last = (local_of(at, self.zone) for at in (self.from_at, self.to_at - 1))
        return first.date(), last.date()


def local_of(at: Instant, zone: ZoneInfo) -> datetime:
    """The local time of an instant."""
    return (_EPOCH + timedelta(microseconds=at)).astimezone(zone)


def midnight(day: date, zone: ZoneInfo) -> Instant:
    """When a local day begins; where clocks skip midnight, the first instant there is."""
    begin = datetime(day.year, day.month, day.day, tzinfo=zone)
    return int((begin - _EPOCH) / timedelta(microseconds=1))


def days(first: date, last: date, zone: ZoneInfo) -> Period:
    """The local days from the first to the last, both included."""
    return Period(midnight(first, zone), midnight(last + timedelta(days=1), zone), zone)


BucketOf = Literal["hour", "day", "week", "month"]
BucketKey = int | str
MOST_DAYS: Final = 62  # of a course by day; longer ones go by week, and then by month
MOST_WEEKS: Final = 60


@dataclass(frozen=True, slots=True)
class Bucket:
    """A local hour, day, week or month of a period; the key is that of the parts of a figure."""

    key: BucketKey
    to_at: Instant


def bucket_of(period: Period) -> BucketOf:
    """What the course of a period goes by, so that it has neither too few nor too many places."""
    first, last = period.days
    n = (last - first).days + 1
    if n == 1:
        return "hour"
    if n <= MOST_DAYS:
        return "day"
    return "week" if n <= MOST_WEEKS * 7 else "month"


@lru_cache(maxsize=64)
def buckets(period: Period, by: BucketOf) -> tuple[Bucket, ...]:
    """Every hour of the first day, or every day, week or month that the period touches."""
    first, last = period.days
    if by == "hour":
        return tuple(Bucket(h, _after_hour(first, h, period.zone)) for h in range(24))
    begins = [_begin(first, by)]
    while (following := _begin(begins[-1] + timedelta(days=_LONGEST[by]), by)) <= last:
        begins.append(following)
    ends = [_begin(begin + timedelta(days=_LONGEST[by]), by) for begin in begins]
    return tuple(
        Bucket(begin.isoformat(), min(midnight(end, period.zone), period.to_at))
        for begin, end in zip(begins, ends, strict=True)
    )


def _after_hour(day: date, hour: int, zone: ZoneInfo) -> Instant:
    shown = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(hours=hour + 1)
    return int((shown - _EPOCH) / timedelta(microseconds=1))


def _begin(day: date, by: BucketOf) -> date:
    return {"week": _weeks_day, "month": _month}.get(by, _same)(day)


def _same(day: date) -> date:
    return day


_LONGEST: Final[dict[BucketOf, int]] = {"day": 1, "week": 7, "month": 31}


@lru_cache(maxsize=64)
def offsets(period: Period) -> list[tuple[Instant, int]]:
    """What local time is ahead of UTC: from which instant on, and by how many microseconds.

    The first offset also holds before its instant.
    """
    found = [(period.from_at, _offset(period.from_at, period.zone))]
    for at in [*range(period.from_at + _STEP, period.to_at, _STEP), period.to_at]:
        before, after = found[-1][1], _offset(at, period.zone)
        if before != after:
            found.append((_change(at - _STEP, at, before, period.zone), after))
    return found


def _change(first: Instant, last: Instant, before: int, zone: ZoneInfo) -> Instant:
    seconds = range(first // SECOND, last // SECOND + 1)
    place = bisect_right(seconds, False, key=lambda s: _offset(s * SECOND, zone) != before)
    return seconds[place] * SECOND


def _offset(at: Instant, zone: ZoneInfo) -> int:
    ahead = local_of(at, zone).utcoffset() or timedelta()
    return ahead // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Preset:
    """A period by its usual name; both days are included."""

    key: str
    name: Text

    def days(self, today: date) -> tuple[date, date]:
        """The first and last day, seen from a day."""
        first = _BEGINS[self.key](today)
        ends = _ENDS.get(self.key)
        return first, ends(today) if ends else today


def _month(day: date) -> date:
    return day.replace(day=1)


def _weeks_day(day: date) -> date:
    return day - timedelta(days=day.weekday())


_BEGINS: Final[dict[str, Callable[[date], date]]] = {
    "today": lambda day: day,
    "yesterday": lambda day: day - timedelta(days=1),
    "7d": lambda day: day - timedelta(days=6),
    "30d": lambda day: day - timedelta(days=29),
    "week": _weeks_day,
    "month": _month,
    "last_month": lambda day: _month(_month(day) - timedelta(days=1)),
    "90d": lambda day: day - timedelta(days=89),
    "12m": lambda day: day - timedelta(days=364),
}
_ENDS: Final[dict[str, Callable[[date], date]]] = {
    "yesterday": lambda day: day - timedelta(days=1),
    "last_month": lambda day: _month(day) - timedelta(days=1),
}
PRESETS: Final = (
    Preset("today", Text("Hoje", "Today", "Hoy")),
    Preset("yesterday", Text("Ontem", "Yesterday", "Ayer")),
    Preset("week", Text("Esta semana", "This week", "Esta semana")),
    Preset("7d", Text("Últimos 7 dias", "Last 7 days", "Últimos 7 días")),
    Preset("30d", Text("Últimos 30 dias", "Last 30 days", "Últimos 30 días")),
    Preset("month", Text("Este mês", "This month", "Este mes")),
    Preset("last_month", Text("Mês passado", "Last month", "Mes pasado")),
    Preset("90d", Text("Últimos 90 dias", "Last 90 days", "Últimos 90 días")),
    Preset("12m", Text("Últimos 12 meses", "Last 12 months", "Últimos 12 meses")),
)
