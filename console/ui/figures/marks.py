"""Charts of figures: each mark of them is a figure, and a click on it asks why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from console.i18n import Text
from console.readmodel.measure import Part, PartKey, Question
from console.screens.figures.about import about
from console.screens.figures.asked import Asked
from console.screens.figures.cards import UNITS, Card, Value, begun, within
from console.ui import charts
from console.ui.charts import Series
from console.ui.figures import why
from console.ui.figures.values import key_name, name, part_name, place
from console.ui.words import figures as words

_PLACES = {"hour": range(24), "weekday": range(7)}


def courses(asked: Asked, cards: Sequence[Card], *, key: str, alt: Text) -> None:
    """The courses of some cards of one unit along the period."""
    language = asked.who.language
    buckets = [one.key for one in begun(asked)]
    series = [Series(card.metric.name.in_(language), card.course) for card in cards]
    told = about(asked, *(card.question for card in cards))
    clicked = _lines(asked, buckets, series, cards[0].unit, key, alt, told)
    if clicked:
        card = cards[clicked[0]]
        why.ask(within(asked, card.question, buckets[clicked[1]]))


def spreads(
    asked: Asked, question: Question, named: Sequence[Text], *, key: str, alt: Text
) -> None:
    """Mean, median and 90th percentile of a duration along the period."""
    known = {part.keys[0]: part.figure for part in asked.parts(question, asked.by)}
    buckets = [one.key for one in begun(asked)]
    found = [known.get(bucket) for bucket in buckets]
    values = (
        [figure.value if figure else None for figure in found],
        [figure.median if figure else None for figure in found],
        [figure.p90 if figure else None for figure in found],
    )
    language = asked.who.language
    series = [Series(n.in_(language), v) for n, v in zip(named, values, strict=True)]
    unit, told = UNITS[question.metric.form], about(asked, question)
    clicked = _lines(asked, buckets, series, unit, key, alt, told)
    if clicked:
        why.ask(within(asked, question, buckets[clicked[1]]))


def rhythm(asked: Asked, question: Question, by: str, *, key: str, alt: Text) -> None:
    """A bar for each hour of the day or day of the week."""
    parts = asked.parts(question, by, has_quantiles=False)
    known: dict[PartKey, Value] = {part.keys[0]: part.figure.value for part in parts}
    language, unit = asked.who.language, UNITS[question.metric.form]
    names = [part_name(asked.model, by, place, language) for place in _PLACES[by]]
    empty = 0.0 if unit == "number" else None
    series = [Series(name(question.metric, language), [known.get(n, empty) for n in _PLACES[by]])]
    if _is_empty(series, language):
        return
    made = charts.bars(names, series, language, unit=unit)
    told = about(asked, question)
    clicked = charts.picked(made, key=key, alt=alt, language=language, about=told)
    if clicked:
        why.ask(asked.part(question, by, clicked[1]))


def bars(asked: Asked, question: Question, by: str, parts: Sequence[Part], *, alt: Text) -> None:
    """A lying bar for each part, with its name."""
    language = asked.who.language
    names = [key_name(asked, question, by, part.keys[0]) for part in parts]
    series = [Series(name(question.metric, language), [part.figure.value for part in parts])]
    unit = UNITS[question.metric.form]
    made = charts.bars(names, series, language, unit=unit, is_lying=True)
    key, told = f"figures:bars:{by}", about(asked, question)
    clicked = charts.picked(made, key=key, alt=alt, language=language, about=told)
    if clicked:
        why.ask(asked.part(question, by, parts[clicked[1]].keys[0]))


def _lines(
    asked: Asked,
    buckets: Sequence[PartKey],
    series: Sequence[Series],
    unit: charts.Unit,
    key: str,
    alt: Text,
    told: Mapping[str, Any],
) -> tuple[int, int] | None:
    language = asked.who.language
    if _is_empty(series, language):
        return None
    places = [place(asked, bucket) for bucket in buckets]
    made = charts.lines(places, series, language, unit=unit)
    return charts.picked(made, key=key, alt=alt, language=language, about=told)


def _is_empty(series: Sequence[Series], language: str) -> bool:
    """Whether there is nothing to draw; then it is said."""
    is_empty = not any(value for one in series for value in one.values)
    if is_empty:
        st.info(words.NOTHING.in_(language))
    return is_empty
