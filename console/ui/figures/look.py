"""What the pages of figures need on phones, and one row in place of their question bar there.

Python does not know how wide a screen is: `assets/figures.css` shows the row, or the bar.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.types import ComponentRenderer
from streamlit.delta_generator import DeltaGenerator

from console.ui import components
from console.ui.plain import plain
from console.ui.words import figures as words

NAME: Final = "console.figures"
WIDE: Final = "figures-wide"
"""The key of a container that a phone scrolls sideways, one on a page."""
_LOOK: Final = "figures-look"
_ROW: Final = "figures-row"
_FOLDED: Final = "figures-folded"
_UNFOLDED: Final = "figures-unfolded"
_IS_OPEN: Final = "figures:unfolded"


def draw() -> None:
    """Lay the style sheet beside the page."""
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        components.register()
    _declared()(key=_LOOK)


def row() -> DeltaGenerator:
    """The place of the row that only phones show."""
    return st.container(key=_ROW)


def bar() -> DeltaGenerator:
    """The place of the question bar, folded on phones until somebody unfolds it."""
    is_open = st.session_state.get(_IS_OPEN, False)
    return st.container(
        key=_UNFOLDED if is_open else _FOLDED,
        horizontal=True,
        vertical_alignment="bottom",
        gap="small",
    )


def fill(place: DeltaGenerator, chosen: str, language: str) -> None:
    """Say in the row what is chosen; a tap unfolds the bar, and folds it again."""
    is_open = st.session_state.get(_IS_OPEN, False)
    place.button(
        words.CHOSEN.with_(chosen=plain(chosen)).in_(language),
        key="figures:fold",
        icon=":material/expand_less:" if is_open else ":material/expand_more:",
        width="stretch",
        on_click=_turn,
    )


def _turn() -> None:
    st.session_state[_IS_OPEN] = not st.session_state.get(_IS_OPEN, False)


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, css="figures.css", isolate_styles=False)
