"""Until when a conversation is snoozed: a named moment, a local date and time, or an instant."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from console.domain.errors import RuleError
from console.domain.ids import HOUR, SECOND, Instant
from console.i18n import Text

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAYS_AHEAD: Final = {"evening": (0, time(18)), "tomorrow": (1, time(9))}
_MONDAY: Final = (7, time(9))
_LONGEST: Final = 40
BAD_MOMENT: Final = Text(
    "Não entendemos essa data e hora. Exemplo: 2026-12-01T09:00",
    "We did not understand that date and time. Example: 2026-12-01T09:00",
    "No entendimos esa fecha y hora. Ejemplo: 2026-12-01T09:00",
)


def snooze_until(wanted: object, now: Instant, zone: ZoneInfo) -> Instant:
    """The instant of `hour`, `evening`, `tomorrow`, `monday`, a local time or milliseconds.

    Raises RuleError for anything else.
    """
    if isinstance(wanted, int) and not isinstance(wanted, bool):
        return wanted * 1_000
    if not isinstance(wanted, str) or len(wanted) > _LONGEST:
        raise RuleError(BAD_MOMENT)
    if wanted == "hour":
        return now + HOUR
    if wanted in {*_DAYS_AHEAD, "monday"}:
        return _named(wanted, now, zone)
    try:
        local = datetime.fromisoformat(wanted)
        return _instant(local.replace(tzinfo=local.tzinfo or zone))
    except (ValueError, OverflowError):
        raise RuleError(BAD_MOMENT) from None


def _named(name: str, now: Instant, zone: ZoneInfo) -> Instant:
    today = datetime.fromtimestamp(now // SECOND, tz=zone).date()
    days, at = _DAYS_AHEAD.get(name, _MONDAY)
    if name == "monday":
        days -= today.weekday()
    return _instant(datetime.combine(today + timedelta(days=days), at, tzinfo=zone))


def _instant(local: datetime) -> Instant:
    return (local.astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)
