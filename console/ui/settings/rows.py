"""The look that all lists of the settings share: an introduction, a button, bordered rows."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from console.i18n import Text
from console.ui.plain import plain


def head(intro: Text, new: Text, language: str, key: str) -> bool:
    """What the tab is for, and whether the button beside it was pressed."""
    place = st.container(horizontal=True, vertical_alignment="center")
    place.caption(plain(intro.in_(language)), width="stretch")
    return place.button(plain(new.in_(language)), type="primary", icon=":material/add:", key=key)


def row(name: str, facts: str, key: str) -> DeltaGenerator:
    """One bordered row with a bold name and quieter facts; buttons go into what comes back."""
    place = st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"row-{key}"
    )
    words = place.container(gap="xxsmall", width="stretch")
    words.markdown(f"**{plain(name)}**")
    words.caption(plain(facts))
    return place


def ask(title: Text, language: str, form: Callable[[], None]) -> None:
    """Open a dialog with a form."""
    st.dialog(title.in_(language))(form)()
