"""Instants and numbers as people of each language write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta
from babel.numbers import format_decimal

from console.domain.ids import DAY, MINUTE, SECOND, Instant
from console.i18n import DEFAULT_LANGUAGE, LOCALES, Text

_NOW: Final = Text("agora", "now", "ahora")
_RECENT: Final = 7 * DAY


def moment(at: Instant, language: str, zone: ZoneInfo) -> str:
    """Day and time of an instant, such as `22 de nov. de 2026, 14:07`."""
    local = datetime.fromtimestamp(at / SECOND, UTC).astimezone(zone)
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


def number(value: int, language: str) -> str:
    """A whole number with the language's grouping."""
    return format_decimal(value, locale=_locale(language))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(dict(LOCALES).get(language, LOCALES[DEFAULT_LANGUAGE]))
