"""Instants and numbers as people of each language write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_time,
    format_timedelta,
    get_day_names,
    get_timezone_location,
)
from babel.numbers import (
    format_decimal,
    format_percent,
    get_decimal_symbol,
    get_group_symbol,
)

from console.domain.ids import DAY, MINUTE, SECOND, Instant
from console.i18n import DEFAULT_LANGUAGE, LOCALES, Text

_NOW: Final = Text("agora", "now", "ahora")
_RECENT: Final = 7 * DAY


def moment(at: Instant, language: str, zone: ZoneInfo) -> str:
    """Day and time of an instant, such as `22 de nov. de 2026, 14:07`."""
    local = _local(at, zone)
    day = format_date(local, "medium", locale=_locale(language))
    return f"{day}, {format_time(local, 'short', locale=_locale(language))}"


def since(at: Instant, now: Instant, language: str, zone: ZoneInfo) -> str:
    """How long ago within a week, such as `há 2 horas`; the moment itself when it is older."""
    if now - at >= _RECENT:
        return moment(at, language, zone)
    if now - at < MINUTE:
        return _NOW.in_(language)
    passed = timedelta(microseconds=at - now)
    return format_timedelta(passed, add_direction=True, locale=_locale(language))


def short(at: Instant, now: Instant, language: str, zone: ZoneInfo) -> str:
    """A moment in few signs: `18:00` today, `24/11, 09:00` this year, else `02/01/2027`."""
    then, today = _local(at, zone), _local(now, zone)
    if then.year != today.year:
        return format_skeleton("yMd", then, locale=_locale(language))
    time = format_time(then, "short", locale=_locale(language))
    return time if then.date() == today.date() else f"{day_of_year(at, language, zone)}, {time}"


def clock(at: Instant, language: str, zone: ZoneInfo) -> str:
    """The time of day with its seconds, such as `14:07:31`."""
    return format_time(_local(at, zone), "medium", locale=_locale(language))


def precise_moment(at: Instant, language: str, zone: ZoneInfo) -> str:
    """Day and time of an instant with its seconds, such as `22 de nov. de 2026, 14:07:31`."""
    day_ = format_date(_local(at, zone), "medium", locale=_locale(language))
    return f"{day_}, {clock(at, language, zone)}"


def day_of_year(at: Instant, language: str, zone: ZoneInfo) -> str:
    """Day and month in figures, such as `26/10`."""
    return format_skeleton("Md", _local(at, zone), locale=_locale(language))


def day_and_month(on: date, language: str) -> str:
    """A day of a calendar without its year, in figures, such as `26/10`."""
    return format_skeleton("Md", on, locale=_locale(language))


def size(bytes_n: int, language: str) -> str:
    """How large a file is, such as `1.234 kB`."""
    if bytes_n < _KILO:
        return f"{bytes_n} B"
    return f"{number(bytes_n // _KILO, language)} kB"


_KILO: Final = 1_000
Unit = Literal["day", "hour", "minute"]


def duration(seconds: int, language: str) -> str:
    """A length of time in its two largest units, such as `2 h 15 min`."""
    return " ".join(
        format_timedelta(
            timedelta(seconds=n * _SECONDS[unit]),
            granularity=unit,
            threshold=_NEVER,
            format="short",
            locale=_locale(language),
        )
        for unit, n in _units(seconds)
    )


def length(seconds: float, language: str) -> str:
    """A length of time as a figure, with its seconds below an hour: `2 min 05 s`, `2 h 15 min`."""
    whole = round(seconds)
    if whole < 0:
        return f"−{length(-whole, language)}"
    if whole >= _SECONDS["hour"]:
        return duration(whole, language)
    minutes, rest = divmod(whole, _SECONDS["minute"])
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest:02} s" if rest else f"{minutes} min"


def brief(seconds: int) -> str:
    """A length of time to be read from afar, alike in every language: `12 min`, `2h05`, `3d 4h`."""
    days, rest = divmod(seconds, _SECONDS["day"])
    hours, minutes = rest // _SECONDS["hour"], rest % _SECONDS["hour"] // _SECONDS["minute"]
    if days >= _MANY_DAYS:
        return f"{days}d"
    if days:
        return f"{days}d {hours}h"
    return f"{hours}h{minutes:02}" if hours else f"{minutes} min"


_MANY_DAYS: Final = 10  # beyond them hours say nothing
_SECONDS: Final[dict[Unit, int]] = {"day": 86_400, "hour": 3_600, "minute": 60}
_NEVER: Final = 1e9  # of a unit before babel takes the next larger one


def _units(seconds: int) -> list[tuple[Unit, int]]:
    given: list[tuple[Unit, int]] = []
    for unit, length in _SECONDS.items():
        n, seconds = divmod(seconds, length)
        given.append((unit, n))
    first = next((i for i, (_, n) in enumerate(given) if n), len(given) - 1)
    return [pair for pair in given[first : first + 2] if pair[1] or pair is given[first]]


def number(value: float, language: str) -> str:
    """A number with the language's grouping, and three decimals at most."""
    return format_decimal(value, locale=_locale(language))


def share(value: float, language: str) -> str:
    """A part of a whole from 0 to 1, such as `12,5%`."""
    return format_percent(value, "#,##0.#%", locale=_locale(language))


def days_between(first: date, last: date, language: str) -> str:
    """The days from the first to the last, such as `24 de out. – 22 de nov. de 2026`."""
    if first == last:
        return day(first, language)
    return format_interval(first, last, "yMMMd", locale=_locale(language))


def separators(language: str) -> str:
    """The decimal sign and the grouping sign, such as `,.`."""
    locale = _locale(language)
    return get_decimal_symbol(locale) + get_group_symbol(locale)


def day(on: date, language: str) -> str:
    """A day of a calendar, such as `22 de nov. de 2026`."""
    return format_date(on, "medium", locale=_locale(language))


def short_day(on: date, language: str) -> str:
    """A day in figures, such as `22/11/2026`."""
    return format_date(on, "short", locale=_locale(language))


def weekday(n: int, language: str) -> str:
    """The short name of a day of the week, Monday being 0."""
    return str(get_day_names("abbreviated", locale=_locale(language))[n]).rstrip(".")


def city(zone: ZoneInfo, language: str) -> str:
    """The place by which a time zone is known, such as `São Paulo`."""
    return str(get_timezone_location(zone, locale=_locale(language), return_city=True))


def wall_clock(shown: datetime, language: str) -> str:
    """A day and time as the clock on a wall showed them, such as `22 de nov. de 2026, 14:07`."""
    time = format_time(shown.replace(tzinfo=UTC), "short", tzinfo=UTC, locale=_locale(language))
    return f"{day(shown, language)}, {time}"


def _local(at: Instant, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / SECOND, UTC).astimezone(zone)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(dict(LOCALES).get(language, LOCALES[DEFAULT_LANGUAGE]))
