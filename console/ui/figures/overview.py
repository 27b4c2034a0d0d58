"""The page *Visão geral*: cards, what came and was finished, and the hours of the day."""

from __future__ import annotations

import streamlit as st

from console.readmodel.metrics import METRICS_BY_KEY
from console.screens import overview
from console.screens.figures.asked import Asked
from console.screens.figures.cards import begun, card, within
from console.screens.figures.cards import cards as counted
from console.screens.figures.wanted import Wanted
from console.ui import charts
from console.ui.charts import Series
from console.ui.figures import cards, why
from console.ui.figures.bar import Offer
from console.ui.figures.page import page
from console.ui.figures.values import part_name, place
from console.ui.plain import plain
from console.ui.words import figures as words


def draw() -> None:
    """The whole page."""
    page(words.OVERVIEW, Offer("overview"), _figures)


def _figures(asked: Asked, _: Wanted) -> None:
    language = asked.who.language
    for title, keys in overview.GROUPS:
        st.subheader(plain(title.in_(language)), anchor=False)
        cards.draw(counted(asked, keys), language)
    left, right = st.columns(2, gap="medium")
    with left:
        _flow(asked)
    with right:
        _hours(asked)
    st.caption(words.CLICK.in_(language))


def _flow(asked: Asked) -> None:
    """Opened against resolved."""
    language = asked.who.language
    st.subheader(words.FLOW.in_(language), anchor=False)
    shown = [card(asked, asked.question(METRICS_BY_KEY[key])) for key in overview.FLOW]
    places = [one.key for one in begun(asked)]
    series = [Series(one.metric.name.in_(language), one.course) for one in shown]
    made = charts.lines([place(asked, key) for key in places], series, language)
    clicked = charts.picked(made, key="overview:flow", alt=words.FLOW_ALT, language=language)
    if clicked:
        why.ask(within(asked, shown[clicked[0]].question, places[clicked[1]]))


def _hours(asked: Asked) -> None:
    """Opens by hour of day."""
    language, metric = asked.who.language, METRICS_BY_KEY[overview.BY_HOUR]
    st.subheader(words.BY_HOUR.in_(language), anchor=False)
    question = asked.question(metric)
    known = {part.keys[0]: part.figure.value for part in asked.parts(question, "hour")}
    names = [part_name(asked.model, "hour", hour, language) for hour in range(24)]
    series = [Series(metric.name.in_(language), [known.get(hour, 0) for hour in range(24)])]
    made = charts.bars(names, series, language)
    clicked = charts.picked(made, key="overview:hours", alt=words.BY_HOUR_ALT, language=language)
    if clicked:
        why.ask(asked.question(metric, ("hour", clicked[1])))
