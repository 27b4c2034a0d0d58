"""Cards of figures: value, change, small course, and the way to their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from math import nan
from typing import Final, Literal

import streamlit as st

from console.readmodel.measure import Question
from console.screens.figures.cards import Card, Change, Tone
from console.ui.figures import change_address, why
from console.ui.figures.apart import apart
from console.ui.figures.values import change_said, name, rows_said, said
from console.ui.plain import plain
from console.ui.words import figures as words

_Arrow = Literal["up", "down", "off"]
_COLOURS: Final[dict[Tone, Literal["green", "red", "gray"]]] = {
    "good": "green",
    "bad": "red",
    "neutral": "gray",
}
_COLUMNS: Final = 4
_LEAST: Final = 2  # values that make a line


def draw(cards: Iterable[Card], language: str, columns: int = _COLUMNS) -> None:
    """The cards in rows, each as soon as it is counted; one that is refused says so itself."""
    places = st.columns(columns)
    left = iter(cards)
    for n in count():
        with places[n % columns], apart(language):
            card = next(left, None)
            if card is None:
                return
            one(card, language)


def one(card: Card, language: str, title: str = "") -> None:
    """One card: the value, what has changed, its course, what it was made of."""
    change = card.change
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(
            plain(title or name(card.metric, language)),
            said(card.figure.value, card.unit, language),
            _change(card, language),
            delta_color=_COLOURS[change.tone] if change else "gray",
            delta_arrow=_arrow(change),
            chart_data=_spark(card),
            chart_type="area",
        )
        st.caption(plain(rows_said(card, language)))
        foot(card.question, language, is_compared=card.before is not None)


def foot(question: Question, language: str, *, is_compared: bool = False) -> None:
    """The way to the rows behind a figure, to what changed, and its definition.

    Without icons the three fit beside one another.
    """
    key = f"figure:{question.metric.key}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(words.WHY_SHORT.in_(language), key=f"{key}:why", type="tertiary"):
            why.ask(question)
        if is_compared:
            change_address.offer(question, language, key, icon=None)
        with st.popover(words.DEFINITION.in_(language), type="tertiary"):
            st.markdown(f"**{plain(name(question.metric, language))}**")
            why.define(question, language)


def _spark(card: Card) -> list[float] | None:
    """The small course; a gap is drawn as one, and a single value is none."""
    known = [value for value in card.small if value is not None]
    if len(known) < _LEAST:
        return None
    return [nan if value is None else value for value in card.small]


def _change(card: Card, language: str) -> str | None:
    if card.before is None:
        return None
    if card.change is None:
        return words.NO_BEFORE.in_(language)
    return change_said(card.change, card.unit, language)


def _arrow(change: Change | None) -> _Arrow:
    if change is None or not change.absolute:
        return "off"
    return "up" if change.absolute > 0 else "down"
