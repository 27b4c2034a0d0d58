"""When customers write: weekday, hour, holiday and month of a Brazilian service centre.

A composite: weekday shares are those of federal information requests, hour shapes those of a
bank's call centre. Days vary by one factor each, the rest is Poisson.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import holidays
import numpy as np
from numpy.typing import NDArray

from console.domain.ids import HOUR, SECOND, Instant

ZONE: Final = ZoneInfo("America/Sao_Paulo")
WEEKDAY_SHARES: Final = (0.193, 0.194, 0.190, 0.179, 0.149, 0.048, 0.047)  # Monday first

# Shares of a day's conversations by local hour, 0 to 23: peak at 10, dip at 12, afternoon hump,
# evening shoulder. Saturday is a half day; Sunday is as flat as people at home are.
_WORKDAY: Final = (
    *(4, 2, 1, 1, 1, 2, 6, 24, 54, 80, 90, 79),
    *(70, 74, 78, 78, 73, 61, 51, 42, 38, 39, 34, 18),
)
_SATURDAY: Final = (
    *(5, 3, 2, 1, 1, 2, 7, 30, 120, 160, 170, 150),
    *(110, 60, 35, 30, 25, 20, 18, 15, 12, 10, 8, 6),
)
_SUNDAY: Final = (
    *(8, 5, 3, 2, 2, 2, 5, 15, 30, 55, 70, 72),
    *(65, 66, 70, 72, 70, 66, 64, 66, 70, 68, 52, 30),
)

# Share of a normal day that is left on a holiday; the others by default.
_HOLIDAYS: Final = {(1, 1): 0.2, (4, 21): 0.48, (5, 1): 0.4, (9, 7): 0.28, (10, 12): 0.46}
_CHRISTMAS: Final = {(12, 24): 0.55, (12, 25): 0.22, (12, 31): 0.5}
_OTHER_HOLIDAY: Final = 0.45
_MONTHS: Final = {4: 1.11, 12: 0.77}
_SMALL_CENTRE: Final = (50.0, 0.25)  # conversations a day, variation of the day factor
_LARGE_CENTRE: Final = (2_000.0, 0.07)


def arrivals(
    n: int, first: Instant, until: Instant, random: np.random.Generator
) -> NDArray[np.int64]:
    """`n` rising instants in `[first, until)`; the counts of hours are Poisson given their sum."""
    hours = np.arange(first // HOUR * HOUR, until, HOUR, dtype=np.int64)
    weights = hour_weights(hours, n, random)
    begin = np.maximum(hours, first)
    length = np.minimum(hours + HOUR, until) - begin
    weights = weights * length
    chosen = np.repeat(np.arange(hours.size), random.multinomial(n, weights / weights.sum()))
    return np.sort(begin[chosen] + (random.random(n) * length[chosen]).astype(np.int64))


def hour_weights(
    hours: NDArray[np.int64], n: int, random: np.random.Generator
) -> NDArray[np.float64]:
    """The expected share of each hour (not normalised), with the drawn factor of its day."""
    local = [datetime.fromtimestamp(h / SECOND, ZONE) for h in hours.tolist()]
    days = sorted({moment.date() for moment in local})
    factors = dict(zip(days, _day_factors(days, n / max(1, len(days)), random), strict=True))
    shapes = [np.array(shape) / sum(shape) for shape in _shapes()]
    return np.array([factors[m.date()] * shapes[m.weekday()][m.hour] for m in local])


def _shapes() -> tuple[tuple[int, ...], ...]:
    return (_WORKDAY,) * 5 + (_SATURDAY, _SUNDAY)


def _day_factors(
    days: list[date], per_day: float, random: np.random.Generator
) -> NDArray[np.float64]:
    variation = day_variation(per_day)
    drawn = random.lognormal(-(variation**2) / 2, variation, len(days))
    years = range(days[0].year, days[-1].year + 1)
    calendar = holidays.country_holidays("BR", years=years)
    expected = [WEEKDAY_SHARES[d.weekday()] * _part_of_normal(d, d in calendar) for d in days]
    return np.asarray(drawn * np.array(expected))


def day_variation(per_day: float) -> float:
    """Coefficient of variation of the day factor: small centres swing more than large ones."""
    small, large = _SMALL_CENTRE, _LARGE_CENTRE
    place = np.log(max(per_day, 1.0) / small[0]) / np.log(large[0] / small[0])
    return float(small[1] + np.clip(place, 0, 1) * (large[1] - small[1]))


def _part_of_normal(day: date, is_holiday: bool) -> float:
    month = _MONTHS.get(day.month, 1.0)
    known = _CHRISTMAS | _HOLIDAYS
    if (day.month, day.day) in known:
        return month * known[day.month, day.day]
    return month * (_OTHER_HOLIDAY if is_holiday else 1.0)


def local_midnight(at: Instant, days_before: int = 0) -> Instant:
    """The instant at which the local day of `at`, or one some days earlier, began."""
    day = datetime.fromtimestamp(at / SECOND, ZONE).date() - timedelta(days=days_before)
    midnight = datetime.combine(day, time(), ZONE).astimezone(UTC)
    return int(midnight.timestamp()) * SECOND
