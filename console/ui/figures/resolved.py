"""The page *Quem resolveu o quê*: totals, a course, a line for each, and the rules compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from console.readmodel.measure import PartKey, Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.screens import resolved
from console.screens.figures.asked import Asked, credits_of
from console.screens.figures.cards import UNITS, begun, within
from console.screens.figures.wanted import Wanted
from console.screens.resolved import Line, Place, Standing, Stripe
from console.ui import charts, context
from console.ui.charts import Series
from console.ui.figures import cards, grid, table, why
from console.ui.figures.apart import apart
from console.ui.figures.bar import Choice, Offer
from console.ui.figures.page import page
from console.ui.figures.values import key_name, part_name, place
from console.ui.format import day_and_month, number
from console.ui.plain import plain
from console.ui.words import figures as words
from console.ui.words import resolved as own

_CHOSEN: Final = [METRICS_BY_KEY[key] for key in resolved.COLUMNS]
_OFFER: Final = Offer(
    "resolved",
    by=Choice(own.LINES, {key: table.title_of(key) for key in resolved.OF_WHOM}),
    credits=credits_of(_CHOSEN),
    is_credit_shown=True,
)


def draw() -> None:
    """The whole page."""
    page(own.TITLE, _OFFER, _figures)


def _figures(asked: Asked, wanted: Wanted) -> None:
    language, by = asked.who.language, wanted.by or resolved.OF_WHOM[0]
    _totals(asked)
    of_whom = plain(table.title_of(by).in_(language).lower())
    st.subheader(own.COURSE.with_(name=of_whom).in_(language), anchor=False)
    with apart(language):
        _course(asked, by)
    st.subheader(words.BY_WHOM.with_(name=of_whom).in_(language), anchor=False)
    with apart(language):
        _lines(asked, by)
    st.subheader(own.RULES.in_(language), anchor=False)
    st.caption(own.RULES_TELL.in_(language))
    with apart(language):
        _standings(asked)


def _totals(asked: Asked) -> None:
    """A card for each column, which is what its lines come to."""
    language = asked.who.language
    for row in resolved.ROWS:
        places = st.columns(len(resolved.ROWS[0]))
        for at, key in zip(places, row, strict=False):
            question = asked.question(METRICS_BY_KEY[key])
            with at, apart(language):
                title = own.MEDIANS.get(key, question.metric.name).in_(language)
                cards.one(resolved.total(asked, question), language, title)


def _course(asked: Asked, by: str) -> None:
    """Stacked bars; labels overlap, so that theirs are lines."""
    language = asked.who.language
    stripes = resolved.stripes(asked, by)
    if not stripes:
        st.info(words.NOTHING.in_(language))
        return
    buckets = [one.key for one in begun(asked)]
    series = [Series(_stripe(asked, by, one), one.values, one.is_others) for one in stripes]
    if by == "label":
        places = [place(asked, bucket) for bucket in buckets]
        made = charts.lines(places, series, language)
    else:
        labels = [_label(asked, bucket) for bucket in buckets]
        made = charts.bars(labels, series, language, is_stacked=True)
    clicked = charts.picked(made, key="resolved:course", alt=own.COURSE_ALT, language=language)
    if clicked:
        why.ask(within(asked, stripes[clicked[0]].question, buckets[clicked[1]]))


def _label(asked: Asked, bucket: PartKey) -> str:
    """A bucket under its bar: a day in few signs, since the period stands above."""
    language = asked.who.language
    if asked.by == "day":
        return day_and_month(date.fromisoformat(str(bucket)), language)
    return part_name(asked.model, asked.by, bucket, language)


def _stripe(asked: Asked, by: str, one: Stripe) -> str:
    if one.is_others:
        return words.OTHERS.in_(asked.who.language)
    return key_name(asked, one.question, by, one.key)


def _lines(asked: Asked, by: str) -> None:
    language = asked.who.language
    found = resolved.lines(asked, by)
    if not found:
        st.info(words.NOTHING.in_(language))
        return
    main = asked.question(METRICS_BY_KEY[resolved.MAIN])
    keys = [line.key for line in found]
    ask = _asking(asked, main, by, keys)
    columns = [grid.names(table.title_of(by).in_(language), _names(asked, by, keys), ask)]
    columns += [_column(asked, question, by, found) for question in resolved.questions(asked)]
    grid.draw(columns, key=f"resolved:lines:{by}", alt=own.LINES_ALT, language=language)


def _column(asked: Asked, question: Question, by: str, found: Sequence[Line]) -> grid.Column:
    """A metric of all lines; a count that a line has not is 0."""
    metric = question.metric
    unit = UNITS[metric.form]
    empty = 0.0 if unit == "number" else None
    figures = [line.figures.get(metric.key) for line in found]
    values = [resolved.shown(figure) if figure else empty for figure in figures]
    ask = _asking(asked, question, by, [line.key for line in found])
    return grid.figures(own.COLUMNS[metric.key].in_(asked.who.language), values, unit, ask)


def _asking(
    asked: Asked, question: Question, by: str, keys: Sequence[PartKey]
) -> Callable[[int], Question]:
    return lambda row: asked.part(question, by, keys[row])


def _names(asked: Asked, by: str, keys: Sequence[PartKey]) -> list[str]:
    """The names of some keys; of people who have left it is said."""
    question = asked.question(METRICS_BY_KEY[resolved.MAIN])
    gone = resolved.away(context.runtime().store) if by == "agent" else frozenset()
    named = [key_name(asked, question, by, key) for key in keys]
    away = own.AWAY.in_(asked.who.language)
    return [
        f"{told} ({away})" if key in gone else told for key, told in zip(keys, named, strict=True)
    ]


def _standings(asked: Asked) -> None:
    """Everybody's place under each rule, and what is nobody's."""
    language = asked.who.language
    found = resolved.standings(asked)
    if not found:
        st.info(words.NOTHING.in_(language))
        return
    columns = [_who(asked, found)]
    for n, rule in enumerate(resolved.rules(asked)):
        columns += _rule(found, n, rule.name.in_(language), language)
    grid.draw(columns, key="resolved:rules", alt=own.RULES_ALT, language=language)
    if found[-1].key is None:
        st.caption(_nobody(found[-1], asked))


def _who(asked: Asked, found: Sequence[Standing]) -> grid.Column:
    """The names; nobody is somebody else under each rule."""
    language = asked.who.language
    named = _names(asked, "agent", [one.key for one in found])
    cells = [
        own.NO_PERSON.in_(language) if one.key is None else told
        for one, told in zip(found, named, strict=True)
    ]
    title = table.title_of("agent").in_(language)
    return grid.names(title, cells, lambda row: found[row].places[0].question)


def _rule(found: Sequence[Standing], n: int, rule: str, language: str) -> list[grid.Column]:
    """The number and the place under one rule; under the others also how far they moved."""

    def ask(row: int) -> Question:
        return found[row].places[n].question

    places = [one.places[n] for one in found]
    counts = grid.figures(rule, [float(one.n) for one in places], "number", ask)
    told = [_place_said(one, language, is_first=not n) for one in places]
    head = own.PLACE.in_(language)
    return [counts, replace(grid.told(f"{head}: {rule}", told, ask), label=head)]


_DIGITS: Final = 3


def _place_said(one: Place, language: str, *, is_first: bool) -> str:
    """`3º`, and beside the first rule's `3º  ▲ 2`; aligned, so that words sort as numbers."""
    if one.place is None:
        return own.NO_PLACE.in_(language)
    place_n = str(one.place).rjust(_DIGITS)
    told = own.NTH.with_(n=place_n).in_(language)
    if is_first:
        return told
    if one.moved is None:
        return f"{told}  {own.NEW.in_(language)}"
    if not one.moved:
        return f"{told}  ="
    return f"{told}  {'▲' if one.moved > 0 else '▼'} {abs(one.moved)}"


def _nobody(one: Standing, asked: Asked) -> str:
    """What each rule gives to no person, in words."""
    language = asked.who.language
    told = [
        f"{key_name(asked, place.question, 'agent', None)}: {number(place.n, language)}"
        for place in one.places
        if place.n
    ]
    return own.APART.with_(told=plain(" · ".join(told))).in_(language)
