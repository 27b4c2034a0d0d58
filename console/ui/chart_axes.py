"""The axes of charts: names and values as people write them, at ticks that people count in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import ceil, floor, log10
from typing import Any, Final, Literal

from console.ui.format import brief, day, length, number, share, wall_clock
from console.ui.plain import marked

Unit = Literal["number", "seconds", "share"]

_LONGEST: Final = 28  # signs of a name beside an axis; all of it shows on hover
_TICKS: Final = 14  # names along a standing axis before some are left out
_STEPS: Final = 5  # of an axis of values, about
_CLOCK_STEPS: Final = (1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200)
_DAY: Final = 86_400
_MINUTE: Final = 60


def words(text: str) -> str:
    """Somebody else's words for a figure: one line, no HTML, what hides in them made visible.

    A number sign is written as an entity, because the browser replaces the marks of colours, such
    as `#000001`, in the whole figure.
    """
    safe = marked(" ".join(text.split()))
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("#", "&#35;")):
        safe = safe.replace(sign, entity)
    return safe


def said(value: float | None, unit: Unit, language: str) -> str:
    """A value as people write it: `1.234,5`, `2 h 15 min`, `12,5%`."""
    if value is None:
        return "–"
    match unit:
        case "seconds":
            return length(value, language)
        case "share":
            return share(value, language)
        case "number":
            return number(value, language)


def of_names(labels: Sequence[str], *, is_thinned: bool = True) -> dict[str, Any]:
    """An axis of names by their places, so that equal names stay two and none is read as a day."""
    shown = range(0, len(labels), ceil(len(labels) / _TICKS) if is_thinned and labels else 1)
    cut = [f"{t[: _LONGEST - 1]}…" if len(t) > _LONGEST else t for t in labels]
    return {
        "tickmode": "array",
        "tickvals": [*shown],
        "ticktext": [words(cut[n]) for n in shown],
    }


def of_values(ends: tuple[float, float], unit: Unit, language: str) -> dict[str, Any]:
    """Ticks from zero, or from the lowest value below it, to the highest value."""
    lowest, highest = min(ends[0], 0), max(ends[1], 0)
    is_whole = float(lowest).is_integer() and float(highest).is_integer()
    step = _step((highest - lowest) or 1, unit, is_whole=is_whole)
    marks = [n * step for n in range(floor(lowest / step), ceil(highest / step) + 1)]
    return {
        "tickmode": "array",
        "tickvals": marks,
        "ticktext": [_short(mark, unit, language) for mark in marks],
    }


def of_places(xs: Sequence[date | float | str], language: str) -> dict[str, Any]:
    """An axis of days, instants or numbers, that keeps their distances."""
    if not any(isinstance(x, date) for x in xs):
        return {"type": "linear", "tickformat": ",~f"}
    short = "%m/%d" if language == "en" else "%d/%m"
    hour = "%H:%M" if any(isinstance(x, datetime) for x in xs) else short
    return {
        "type": "date",
        "tickformatstops": [
            {"dtickrange": [None, 86_399_999], "value": hour},
            {"dtickrange": [86_400_000, "M1"], "value": short},
            {"dtickrange": ["M1", None], "value": "%m/%Y"},
        ],
    }


def x_place(x: date | float | str) -> str | float:
    """Where Plotly draws it: an instant by its wall clock, whatever its zone."""
    if isinstance(x, datetime):
        return x.replace(tzinfo=None).isoformat()
    return x.isoformat() if isinstance(x, date) else x


def x_said(x: date | float, language: str) -> str:
    """A day, an instant or a number as people write it."""
    if isinstance(x, datetime):
        return wall_clock(x, language)
    return day(x, language) if isinstance(x, date) else number(x, language)


def _step(length: float, unit: Unit, *, is_whole: bool) -> float:
    """The distance of ticks: 1, 2 or 5 times a power of ten, or what clocks count in."""
    least = length / _STEPS
    if unit == "seconds":
        found = next((step for step in _CLOCK_STEPS if step >= least), None)
        return found or _DAY * _round_step(least / _DAY, whole=True)
    return _round_step(least, whole=unit == "number" and is_whole)


def _round_step(least: float, *, whole: bool) -> float:
    power = 10.0 ** floor(log10(least))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= least * 0.999)
    return max(step, 1.0) if whole else step


def _short(value: float, unit: Unit, language: str) -> str:
    if unit == "seconds" and value >= _MINUTE:
        return brief(round(value))
    return said(value, unit, language)
