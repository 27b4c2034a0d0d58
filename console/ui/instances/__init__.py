"""The page of instances: numbers with their providers, systems with a token, what was given up."""

from __future__ import annotations

import streamlit as st

from console.domain import ids
from console.screens import instances
from console.screens.instances import SECTION, Instances, Section
from console.ui import context, state
from console.ui.context import Signed
from console.ui.drawn import toasts
from console.ui.instances import cards, letters, systems
from console.ui.plain import plain
from console.ui.words import instances as words

_DRAWN = {
    Section.NUMBERS: cards.draw,
    Section.SYSTEMS: systems.draw,
    Section.LETTERS: letters.draw,
}


def draw() -> None:
    """The whole page; the address holds the section."""
    signed = context.present()
    state.leave_inbox()
    toasts()
    st.title(words.TITLE.in_(signed.who.language), anchor=False)
    shown = instances.build(context.runtime().store, ids.now())
    _DRAWN[_section(signed, shown)](signed, shown)


def _section(signed: Signed, shown: Instances) -> Section:
    language = signed.who.language
    names = {one: words.SECTIONS[one].in_(language) for one in Section}
    if shown.letter_n:
        names[Section.LETTERS] += f" ({shown.letter_n})"
    chosen = st.segmented_control(
        words.SECTION.in_(language),
        [*Section],
        default=_asked_for(),
        required=True,
        format_func=lambda one: plain(names[one]),
        label_visibility="collapsed",
        key="instances:section",
    )
    found = chosen or Section.NUMBERS
    st.query_params[SECTION] = found.value
    return found


def _asked_for() -> Section:
    """The section that the address names; it holds our words, not those of a language."""
    given = st.query_params.get(SECTION, "")
    return Section(given) if given in {*Section} else Section.NUMBERS
