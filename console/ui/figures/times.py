"""The page *Tempos*: one duration from every side."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console.readmodel.measure import EDGES, Figure, Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.screens import times
from console.screens.figures.about import about
from console.screens.figures.asked import Asked, credits_of
from console.screens.figures.cards import UNITS, card, titled
from console.screens.figures.wanted import Wanted
from console.screens.times import Peer
from console.ui import charts
from console.ui.figures import cards, marks, table, why
from console.ui.figures.apart import apart
from console.ui.figures.bar import Choice, Offer
from console.ui.figures.page import page
from console.ui.figures.values import name, said
from console.ui.format import number
from console.ui.plain import plain
from console.ui.words import figures as words

_CHOSEN: Final = [METRICS_BY_KEY[key] for key in times.METRICS]
_OFFER: Final = Offer(
    "times",
    metric=Choice(words.WHICH, {metric.key: titled(metric) for metric in _CHOSEN}),
    by=Choice(words.BY, {key: table.title_of(key) for key in times.OF_WHOM}),
    credits=credits_of(_CHOSEN),
)
_SPREAD: Final = ((words.MEDIAN, 50), (words.P75, 75), (words.P90, 90), (words.P95, 95))
_PEER_COLUMNS: Final = 3


def draw() -> None:
    """The whole page."""
    page(words.TIMES, _OFFER, _figures)


def _figures(asked: Asked, wanted: Wanted) -> None:
    metric, language = times.metric_of(wanted.metric), asked.who.language
    question = asked.question(metric)
    by = table.offered_or_first(times.breakdowns(metric), wanted.by)
    asked.foresee(question, (asked.by,), (by,))
    figure = asked.figure(question)
    _head(asked, question, figure)
    if not figure.n:
        st.info(plain(_none(figure, language)))
        return
    left, right = st.columns(2, gap="medium")
    with left, apart(language):
        _histogram(asked, question)
    with right, apart(language):
        st.subheader(words.COURSE.in_(language), anchor=False)
        named = (words.MEAN, words.MEDIAN, words.P90)
        marks.spreads(asked, question, named, key="times:course", alt=words.COURSE_ALT)
    left, right = st.columns([3, 2], gap="medium")
    with left, apart(language):
        st.subheader(words.BY_HOUR_OF.in_(language), anchor=False)
        marks.rhythm(asked, question, "hour", key="times:hour", alt=words.BY_HOUR_OF_ALT)
    with right, apart(language):
        st.subheader(words.BY_WEEKDAY.in_(language), anchor=False)
        marks.rhythm(asked, question, "weekday", key="times:weekday", alt=words.BY_WEEKDAY_ALT)
    with apart(language):
        table.section(asked, question, times.breakdowns(metric), wanted.by)
    with apart(language):
        _peers(asked, question, figure)


def _none(figure: Figure, language: str) -> str:
    nothing = words.NOTHING.in_(language)
    if not figure.censored_n:
        return nothing
    return f"{nothing} {words.ALL_OPEN.with_(n=number(figure.censored_n, language)).in_(language)}"


def _head(asked: Asked, question: Question, figure: Figure) -> None:
    """The mean with what has changed, and beside it the quantiles."""
    language = asked.who.language
    left, right = st.columns([2, 3], gap="medium")
    with left, apart(language):
        cards.one(card(asked, question), language)
    with right, st.container(border=True, height="stretch"):
        values = (figure.median, figure.p75, figure.p90, figure.p95)
        places = st.columns(len(_SPREAD))
        for at, (title, percent), value in zip(places, _SPREAD, values, strict=True):
            at.metric(
                plain(title.in_(language)),
                said(value, UNITS[question.metric.form], language),
                help=words.PERCENTILE.with_(share=int(percent)).in_(language),
            )
        why.define(question, language)


def _histogram(asked: Asked, question: Question) -> None:
    language = asked.who.language
    st.subheader(words.HISTOGRAM.in_(language), anchor=False)
    bars = asked.histogram(question)
    edges, counts = [0, *EDGES], [bar.n for bar in bars]
    made = charts.histogram(edges, counts, language, unit="seconds")
    alt = words.HISTOGRAM_ALT
    told = about(asked, question)
    clicked = charts.picked(made, key="times:histogram", alt=alt, language=language, about=told)
    if clicked:
        why.ask(asked.lasting(question, *times.bar_of(clicked[1])))


def _peers(asked: Asked, question: Question, figure: Figure) -> None:
    """Our figure, and theirs beside it."""
    language = asked.who.language
    shown = list(times.peers(asked, question.metric))
    if not shown:
        return
    st.subheader(words.PEERS.in_(language), anchor=False)
    st.caption(words.PEERS_TELL.in_(language))
    places = st.columns(_PEER_COLUMNS)
    with places[0], st.container(border=True, height="stretch"):
        ours = said(figure.value, UNITS[question.metric.form], language)
        st.metric(plain(name(question.metric, language)), plain(ours))
        st.caption(words.OURS.in_(language))
    for place, peer in zip(places[1:], shown, strict=False):
        with place, st.container(border=True, height="stretch"):
            _peer(peer, language)


def _peer(peer: Peer, language: str) -> None:
    metric = peer.question.metric
    value = said(peer.figure.value, UNITS[metric.form], language)
    st.metric(plain(metric.name.in_(language)), plain(value))
    st.caption(plain(peer.reason.in_(language)))
    cards.foot(peer.question, language)
