"""The values a filter compares with: how each kind is read from text and written back."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from console.domain.ids import SECOND, Instant
from console.domain.text import fold
from console.i18n import Text
from console.readmodel.filters import SPECIAL_WORDS, Field, Kind, choice_keys
from console.readmodel.fold import word_key
from console.readmodel.refusals import bad_value, no_value, not_compared, stands_alone
from console.readmodel.tree import Days, Op, Value

ALWAYS: Final = 2**63 - 1
_LONGEST_S: Final = 100 * 366 * 86_400
_UNITS: Final = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "min": 60, "s": 1}
_DURATION: Final = re.compile(r"(\d{1,10})(min|[wdhms])")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,4}d|today|yesterday")
_FIRST: Final = date(1900, 1, 1)  # midnight of an earlier year may lie before year 1 in UTC
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_WORDS: Final = {"hoje": "today", "hoy": "today", "ontem": "yesterday", "ayer": "yesterday"}


def read_value(field: Field, op: Op, text: str, at: int) -> Value:
    """The value that a text means to a field; raises FilterError."""
    match field.kind:
        case Kind.CHOICE:
            return _choice(field, text, at)
        case Kind.NUMBER:
            return read_number(field.key, text, at)
        case Kind.DURATION:
            return read_duration(field.key, text, at)
        case Kind.DAYS:
            return _compared_days(field, op, text, at)
        case Kind.DIGITS:
            return _digits(field, text, at)
        case Kind.NAMES:
            return SPECIAL_WORDS.get(fold(text), text) if text.strip() else _blank(at)
        case Kind.WORDS:
            return text if fold(text).strip() else _blank(at)
        case Kind.FLAG:
            raise stands_alone(field, at)
        case _:
            assert_never(field.kind)


def write_value(kind: Kind, value: Value) -> str:
    """The text that `read_value` reads."""
    if isinstance(value, Days):
        return write_days(value)
    if isinstance(value, int):
        return write_duration(value) if kind is Kind.DURATION else str(value)
    return value


def read_number(field: str, text: str, position: int) -> int:
    """A whole number from 0 to 2⁶³ - 1."""
    if re.fullmatch(r"[0-9]{1,19}", text) and int(text) <= ALWAYS:
        return int(text)
    hint = Text("escreva um número inteiro", "write a whole number", "escriba un número entero")
    raise bad_value(field, text, hint, position)


def read_duration(field: str, text: str, position: int) -> int:
    """Seconds from `15m`, `2h`, `1h30m`, `3d`, `1w`."""
    lower = text.lower()
    parts = _DURATION.findall(lower)
    total = sum(int(n) * _UNITS[unit] for n, unit in parts)
    if parts and "".join(n + unit for n, unit in parts) == lower and total <= _LONGEST_S:
        return total
    hint = Text("escreva 15m, 2h ou 3d", "write 15m, 2h or 3d", "escriba 15m, 2h o 3d")
    raise bad_value(field, text, hint, position)


def write_duration(seconds: int) -> str:
    """The shortest exact form: 900 is `15m`."""
    for unit in ("w", "d", "h", "m"):
        if seconds and seconds % _UNITS[unit] == 0:
            return f"{seconds // _UNITS[unit]}{unit}"
    return f"{seconds}s"


def read_days(field: str, text: str, position: int) -> Days:
    """`2026-11-01`, `2026-11-01..2026-11-07`, `7d..`, `..today`."""
    first, dots, last = text.lower().partition("..")
    if not dots:
        last = first
    days = Days(_day(first), _day(last))
    is_known = all(end == "" or _is_day(end) for end in (days.first, days.last))
    if (days.first or days.last) and is_known and not _is_backwards(days):
        return days
    hint = Text(
        "escreva 2026-11-01, 2026-11-01..2026-11-07, today ou 7d..",
        "write 2026-11-01, 2026-11-01..2026-11-07, today or 7d..",
        "escriba 2026-11-01, 2026-11-01..2026-11-07, today o 7d..",
    )
    raise bad_value(field, text, hint, position)


def write_days(days: Days) -> str:
    """The text that `read_days` reads."""
    return days.first if days.first == days.last else f"{days.first}..{days.last}"


def span(days: Days, now: Instant, zone: ZoneInfo) -> tuple[Instant, Instant]:
    """The half-open span of instants `[from, to)` of local days; open ends reach everywhere."""
    today = datetime.fromtimestamp(now // SECOND, tz=zone).date()
    first = _begins(_date(days.first, today), zone) if days.first else -ALWAYS
    last = _begins(_date(days.last, today) + timedelta(days=1), zone) if days.last else ALWAYS
    return first, last


def _blank(at: int) -> str:
    raise no_value(at)


def _choice(field: Field, text: str, at: int) -> str:
    keys = choice_keys(field)
    if word_key(text) not in keys:
        names = ", ".join(c.key for c in field.choices)
        hint = Text(f"escolha {names}", f"choose {names}", f"elija {names}")
        raise bad_value(field.key, text, hint, at, keys)
    return keys[word_key(text)]


def _digits(field: Field, text: str, at: int) -> str:
    digits = "".join(c for c in text if c in "0123456789")
    if len(digits) < 3 or re.search(r"[^\d\s()+.-]", text):  # noqa: PLR2004 - three digits
        hint = Text("escreva ao menos 3 dígitos", "write 3 digits or more", "escriba 3 dígitos")
        raise bad_value(field.key, text, hint, at)
    return digits


def _compared_days(field: Field, op: Op, text: str, at: int) -> Days:
    days = read_days(field.key, text, at)
    if op == "=":
        return days
    if days.first != days.last:
        raise not_compared(field, at)
    if op == ">=":
        return Days(days.first, "")
    if op == "<=":
        return Days("", days.last)
    hint = Text("use >= ou <= com dias", "use >= or <= with days", "use >= o <= con días")
    raise bad_value(field.key, text, hint, at)


def _day(text: str) -> str:
    return _DAY_WORDS.get(text, text)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    if "-" not in text:
        return True
    try:
        return _FIRST <= date.fromisoformat(text) < date.max
    except ValueError:
        return False


def _is_backwards(days: Days) -> bool:
    is_dated = "-" in days.first and "-" in days.last
    return is_dated and days.first > days.last


def _date(text: str, today: date) -> date:
    if "-" in text:
        return date.fromisoformat(text)
    back = {"today": 0, "yesterday": 1}.get(text)
    return today - timedelta(days=int(text[:-1]) if back is None else back)


def _begins(day: date, zone: ZoneInfo) -> Instant:
    midnight = datetime.combine(day, time.min, tzinfo=zone)
    seconds = (midnight.astimezone(UTC) - _EPOCH) // timedelta(seconds=1)
    return seconds * SECOND
