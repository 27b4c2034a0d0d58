"""The values a filter compares with: how each kind is read from text and written back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from console.domain.ids import SECOND, Instant
from console.i18n import Text
from console.readmodel.tree import Days, FilterError

ALWAYS: Final = 2**63 - 1
_LONGEST_S: Final = 100 * 366 * 86_400
_UNITS: Final = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "min": 60, "s": 1}
_DURATION: Final = re.compile(r"(\d{1,10})(min|[wdhms])")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,4}d|today|yesterday")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_WORDS: Final = {"hoje": "today", "hoy": "today", "ontem": "yesterday", "ayer": "yesterday"}


class Kind(StrEnum):
    """The type of a field's values; also the control that the filter builder shows."""

    FLAG = "flag"
    CHOICE = "choice"
    NAMES = "names"
    NUMBER = "number"
    DURATION = "duration"
    DAYS = "days"
    WORDS = "words"
    DIGITS = "digits"


COMPARED: Final = frozenset({Kind.NUMBER, Kind.DURATION, Kind.DAYS})


def fold(text: str) -> str:
    """Lower case without accents, for names that people type."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def word_key(text: str) -> str:
    """A field name or choice as it is looked up: folded, with `_` for `-`."""
    return fold(text).replace("-", "_")


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the known words that look most like `word`."""
    by_key = {word_key(k): k for k in known}
    return tuple(
        by_key[k] for k in get_close_matches(word_key(word), by_key, n=3, cutoff=0.5)
    )


def bad_value(
    field: str, value: str, hint: Text, position: int | None = None, known: Iterable[str] = ()
) -> FilterError:
    """The answer to a value that a field does not take; names the nearest known ones."""
    close = nearest(value, known)
    meant = _meant(close)
    text = Text(
        f"“{value}” não serve para {field}: {hint.pt}.{meant.pt}",
        f"“{value}” is no value for {field}: {hint.en}.{meant.en}",
        f"“{value}” no sirve para {field}: {hint.es}.{meant.es}",
    )
    return FilterError(text, position, close)


def unknown_field(name: str, known: Iterable[str], position: int) -> FilterError:
    """The answer to a field that does not exist."""
    close = nearest(name, known)
    meant = _meant(close)
    text = Text(
        f"Não há filtro “{name}”.{meant.pt} Para procurar essas palavras, use aspas.",
        f"There is no filter “{name}”.{meant.en} To search for these words, use quotes.",
        f"No hay filtro “{name}”.{meant.es} Para buscar esas palabras, use comillas.",
    )
    return FilterError(text, position, close)


def _meant(close: tuple[str, ...]) -> Text:
    if not close:
        return Text("", "", "")
    names = ", ".join(close)
    return Text(f" Quis dizer: {names}?", f" Did you mean: {names}?", f" ¿Quiso decir: {names}?")


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


def _day(text: str) -> str:
    return _DAY_WORDS.get(text, text)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    if "-" not in text:
        return True
    try:
        return date.fromisoformat(text) < date.max
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
