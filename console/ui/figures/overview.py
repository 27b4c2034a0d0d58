"""The page *Visão geral*: cards, what came and was finished, and the hours of the day."""

from __future__ import annotations

import streamlit as st

from console.readmodel.metrics import METRICS_BY_KEY
from console.screens import overview
from console.screens.figures.asked import Asked
from console.screens.figures.cards import card, foresee
from console.screens.figures.cards import cards as counted
from console.screens.figures.wanted import Wanted
from console.ui.figures import all_cards, cards, marks
from console.ui.figures.apart import apart
from console.ui.figures.bar import Offer
from console.ui.figures.page import page
from console.ui.plain import plain
from console.ui.words import figures as words


def draw() -> None:
    """The whole page."""
    page(words.OVERVIEW, Offer("overview"), _figures)


def _figures(asked: Asked, _: Wanted) -> None:
    language = asked.who.language
    foresee(asked, overview.GROUPS)
    for title, keys in overview.GROUPS:
        st.subheader(plain(title.in_(language)), anchor=False)
        cards.draw(counted(asked, keys), language)
    all_cards.offer(asked, overview.GROUPS, words.OVERVIEW)
    left, right = st.columns(2, gap="medium")
    with left, apart(language):
        _flow(asked)
    with right, apart(language):
        _hours(asked)
    st.caption(words.CLICK.in_(language))


def _flow(asked: Asked) -> None:
    """Opened against resolved."""
    st.subheader(words.FLOW.in_(asked.who.language), anchor=False)
    shown = [card(asked, asked.question(METRICS_BY_KEY[key])) for key in overview.FLOW]
    marks.courses(asked, shown, key="overview:flow", alt=words.FLOW_ALT)


def _hours(asked: Asked) -> None:
    """Opens by hour of day."""
    st.subheader(words.BY_HOUR.in_(asked.who.language), anchor=False)
    question = asked.question(METRICS_BY_KEY[overview.BY_HOUR])
    marks.rhythm(asked, question, "hour", key="overview:hours", alt=words.BY_HOUR_ALT)
