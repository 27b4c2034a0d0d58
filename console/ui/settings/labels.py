"""Labels: words that people put on conversations."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from console import actions
from console.screens.settings import Settings
from console.store.people import Label
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.settings import rows
from console.ui.words import settings as words

_FIRST_COLOUR: Final = "#1a7f5a"


def draw(signed: Signed, shown: Settings) -> None:
    """The list with its buttons."""
    language = signed.who.language
    if rows.head(words.LABELS_INTRO, words.NEW_LABEL, language, "labels:new"):
        rows.ask(words.NEW_LABEL, language, partial(form, None, language))
    if not shown.known.labels:
        st.info(words.NO_LABELS.in_(language))
    for label in shown.known.labels:
        place = rows.row(label.name, f"label:{label.key}", f"label-{label.id}")
        colour = place.color_picker(
            words.COLOUR.in_(language),
            label.colour,
            key=f"labels:colour:{label.id}:{label.colour}",
            label_visibility="collapsed",
        )
        if colour != label.colour:
            _save(label.name, colour, label)
        if place.button(words.EDIT.in_(language), key=f"labels:edit:{label.id}"):
            rows.ask(words.EDIT_LABEL, language, partial(form, label, language))


def form(label: Label | None, language: str) -> None:
    """Ask for the label, and write it down."""
    with st.form("labels:form", border=False):
        name = st.text_input(words.NAME.in_(language), label.name if label else "", max_chars=60)
        colour = st.color_picker(
            words.COLOUR.in_(language), label.colour if label else _FIRST_COLOUR
        )
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    _save(name, colour, label)


def _save(name: str, colour: str, label: Label | None) -> None:
    wish = actions.SaveLabel(name, colour, label.id if label else None)
    if act(wish, said=words.LABEL_SAVED) is not None:
        st.rerun()
