"""Values of figures as people of each language write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from console.i18n import Text
from console.readmodel.measure import Figure, PartKey, Question
from console.readmodel.metrics import Form, Metric
from console.readmodel.model import ReadModel
from console.screens.board import BAND_NAMES
from console.screens.figures.asked import Asked
from console.screens.figures.cards import (
    CENSORED,
    ONE_ROW,
    ROWS,
    UNDECIDED,
    Card,
    Change,
    Unit,
    titled,
)
from console.ui.format import day, length, number, share, weekday
from console.ui.words import figures as words

_HOUR: Final = 3_600
_MINUTE: Final = 60
_LONG: Final = 3 * _HOUR  # above it hours say more than minutes


def said(value: float | None, unit: Unit, language: str) -> str:
    """A value with its unit: `1.234`, `2 min 05 s`, `8,1%`."""
    if value is None:
        return words.NO_VALUE.in_(language)
    match unit:
        case "seconds":
            return length(value, language)
        case "share":
            return share(value, language)
        case "number":
            return number(value, language)


def change_said(change: Change, unit: Unit, language: str) -> str:
    """What has changed, absolute and relative, such as `+2 min 05 s (+8,1%)`."""
    if not change.absolute:
        return words.SAME.in_(language)
    sign = "+" if change.absolute > 0 else "−"
    told = f"{sign}{difference(abs(change.absolute), unit, language)}"
    if change.relative is None:
        return told
    return f"{told} ({sign}{share(abs(change.relative), language)})"


def difference(value: float, unit: Unit, language: str) -> str:
    """How far two values lie apart: `2 min 05 s`, `3,2 p.p.`."""
    if unit == "share":  # percentage points: a share of a share would mislead
        return f"{number(round(value * 100, 1), language)} p.p."
    return said(value, unit, language)


def scale(form: Form, values: Sequence[float | None]) -> tuple[float, str]:
    """By what to multiply values of a table, and their unit: minutes or hours, points, or none."""
    match form:
        case Form.DURATION if any((value or 0) > _LONG for value in values):
            return 1 / _HOUR, "h"
        case Form.DURATION:
            return 1 / _MINUTE, "min"
        case Form.SHARE:
            return 100, "%"
    return 1, ""


def rows_said(card: Card, language: str) -> str:
    """How many rows made a figure, and how many were left out, in words."""
    return behind(card.metric, card.figure, language)


def behind(metric: Metric, figure: Figure, language: str) -> str:
    """How many rows made a figure, and how many were left out, in words."""
    told = counted(metric, figure.n, language)
    if not figure.censored_n:
        return told
    left_out: Text = UNDECIDED if metric.form is Form.SHARE else CENSORED
    more = left_out.with_(n=number(figure.censored_n, language)).in_(language)
    return f"{told}; {more}"


def counted(metric: Metric, n: int, language: str) -> str:
    """A number of the rows that a metric counts, such as `1.234 atendimentos`."""
    if n == 1:
        return ONE_ROW[metric.fact].in_(language)
    return ROWS[metric.fact].with_(n=number(n, language)).in_(language)


def name(metric: Metric, language: str) -> str:
    """The name of a metric, with its Brazilian short name before it: `TME · Tempo de espera`."""
    return titled(metric).in_(language)


def key_name(asked: Asked, question: Question, dimension: str, key: PartKey) -> str:
    """What one value of a dimension of a question is called; nobody by its credit rule."""
    metric, language = question.metric, asked.who.language
    if dimension == "agent" and key is None:
        return metric.credit(question.credit).nobody.in_(language)
    return part_name(asked.model, dimension, key, language)


def part_name(model: ReadModel, dimension: str, key: PartKey, language: str) -> str:
    """What one value of a dimension is called; somebody else's word where it names a thing."""
    match dimension:
        case "contact":  # the rows behind it name them, to those who may read names
            return words.ONE_CONTACT.in_(language)
        case "age":
            return BAND_NAMES[int(key or 0)].in_(language)
        case "agent" | "team" | "instance" | "label":
            return _thing(model, dimension, key, language)
        case "hour":
            return words.HOUR.with_(hour=key).in_(language)
        case "weekday":
            return weekday(int(key or 0), language)
        case "week":
            on = day(date.fromisoformat(str(key)), language)
            return words.WEEK_OF.with_(day=on).in_(language)
        case _:
            return day(date.fromisoformat(str(key)), language)


def place(asked: Asked, bucket: PartKey) -> date | str:
    """Where a bucket of a course stands on an axis: its first day, or the hour by its name."""
    if asked.by == "hour":
        return part_name(asked.model, "hour", bucket, asked.who.language)
    return date.fromisoformat(str(bucket))


def _thing(model: ReadModel, dimension: str, key: PartKey, language: str) -> str:
    nobody = {"team": words.NO_TEAM, "label": words.NO_LABEL}.get(dimension, words.NOBODY)
    if key is None:
        return nobody.in_(language)
    known = model.directory.of(dimension)  # type: ignore[arg-type]
    entry = known.get(int(key))
    if entry is None:
        return words.UNKNOWN.with_(n=key).in_(language)
    return entry.name or entry.key
