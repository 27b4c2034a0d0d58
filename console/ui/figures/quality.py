"""The page *Qualidade*: what came back, closed too early, failed, and promises kept."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console.readmodel.metrics import METRICS_BY_KEY
from console.screens import quality
from console.screens.figures.asked import Asked, credits_of
from console.screens.figures.cards import card, foresee, titled
from console.screens.figures.cards import cards as counted
from console.screens.figures.wanted import Wanted
from console.ui.figures import all_cards, cards, marks, table
from console.ui.figures.apart import apart
from console.ui.figures.bar import Choice, Offer
from console.ui.figures.page import page
from console.ui.figures.values import name
from console.ui.plain import plain
from console.ui.words import figures as words

_CHOSEN: Final = [METRICS_BY_KEY[key] for key in quality.METRICS]
_OFFER: Final = Offer(
    "quality",
    metric=Choice(words.DETAIL, {metric.key: titled(metric) for metric in _CHOSEN}),
    by=Choice(words.BY, {key: table.title_of(key) for key in quality.OF_WHOM}),
    credits=credits_of(_CHOSEN),
    has_clock=False,
)


def draw() -> None:
    """The whole page."""
    page(words.QUALITY, _OFFER, _figures)


def _figures(asked: Asked, wanted: Wanted) -> None:
    language = asked.who.language
    foresee(asked, quality.GROUPS)
    for title, keys in quality.GROUPS:
        st.subheader(plain(title.in_(language)), anchor=False)
        cards.draw(counted(asked, keys), language)
    all_cards.offer(asked, quality.GROUPS, words.QUALITY)
    metric = quality.metric_of(wanted.metric)
    question = asked.question(metric)
    st.subheader(plain(name(metric, language)), anchor=False)
    with apart(language):
        marks.courses(asked, [card(asked, question)], key="quality:course", alt=words.VALUE_ALT)
    with apart(language):
        table.section(asked, question, quality.breakdowns(metric), wanted.by)
