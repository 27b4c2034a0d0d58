"""Cards of figures: value, change, small course, and the way to their reasons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from console.screens.figures.cards import Card, Tone
from console.ui.figures import why
from console.ui.figures.values import change_said, name, rows_said, said
from console.ui.plain import plain
from console.ui.words import figures as words

_COLOURS: Final[dict[Tone, str]] = {"good": "green", "bad": "red", "neutral": "gray"}
_COLUMNS: Final = 4


def draw(cards: Iterable[Card], language: str, columns: int = _COLUMNS) -> None:
    """The cards in rows, each as soon as it is counted."""
    places = st.columns(columns)
    for n, card in enumerate(cards):
        with places[n % columns]:
            _card(card, language)


def _card(card: Card, language: str) -> None:
    key = f"figure:{card.metric.key}"
    with st.container(border=True, key=key, gap="xsmall"):
        change = card.change
        st.metric(
            plain(name(card.metric, language)),
            said(card.figure.value, card.unit, language),
            change_said(change, card.unit, language) if change else None,
            delta_color=_COLOURS[change.tone] if change else "gray",  # type: ignore[arg-type]
            delta_arrow="up"
            if change and change.absolute > 0
            else "down"
            if change and change.absolute < 0
            else "off",
            chart_data=[v for v in card.course if v is not None] or None,
            chart_type="area",
        )
        st.caption(plain(rows_said(card, language)))
        foot = st.container(horizontal=True, vertical_alignment="center", gap="small")
        with foot:
            if st.button(
                words.WHY_SHORT.in_(language),
                key=f"{key}:why",
                type="tertiary",
                icon=":material/manage_search:",
            ):
                why.ask(card.question)
            with st.popover(
                words.DEFINITION.in_(language), type="tertiary", icon=":material/info:"
            ):
                st.markdown(f"**{plain(name(card.metric, language))}**")
                why.define(card.question, language)
