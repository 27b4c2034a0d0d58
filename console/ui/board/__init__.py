"""The page of the live board: counted anew every few seconds, on a desk or on a wall."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.types import ComponentRenderer
from streamlit_autorefresh import st_autorefresh

from console.domain import ids
from console.readmodel.expression import LONGEST, PARAMETER
from console.screens import board
from console.ui import components, context, state, wall
from console.ui.board.shown import shown
from console.ui.frame import pages_folder
from console.ui.wire import CLOCK

NAME: Final = "console.board"
EVERY_S: Final = 5
_KEY: Final = "board"


def draw() -> None:
    """The board: a fragment by the clock on a desk, a run of the whole page on a wall."""
    context.present()
    state.leave_inbox()
    if wall.is_on():
        st_autorefresh(interval=EVERY_S * 1000, key=CLOCK)
        _board(is_paused=False)
    else:
        is_paused = _is_hidden()
        st.fragment(_board, run_every=None if is_paused else EVERY_S)(is_paused)


def _board(is_paused: bool) -> None:
    """Count, draw, and do what was clicked."""
    signed, held = context.present(), context.runtime()
    counted = board.build(held.store, held.model, signed.who, ids.now())
    told = shown(counted, signed, held.settings, every_s=EVERY_S, is_wall=wall.is_on())
    clicked = _renderer()(
        key=_KEY,
        data=told,
        on_opened_change=_noted,
        on_wall_change=_noted,
        on_is_hidden_change=_noted,
    )
    if isinstance(clicked.wall, bool):
        wall.turn(on=clicked.wall)
        st.rerun()
    if _is_filter(clicked.opened):
        st.switch_page(pages_folder() / "supervision.py", query_params={PARAMETER: clicked.opened})
    if not wall.is_on() and _is_hidden() != is_paused:
        st.rerun()  # nobody looks: the clock stops, or starts again


def _noted() -> None:
    """What the browser reports is read from the component's answer."""


def _is_hidden() -> bool:
    """Whether the browser shows another tab; the component tells."""
    return bool(st.session_state.get(_KEY, {}).get("is_hidden", False))


def _is_filter(value: Any) -> bool:
    """Whether the browser named a list; what is in it, the page of supervision checks."""
    return isinstance(value, str) and len(value) <= LONGEST


def _renderer() -> ComponentRenderer:
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        components.register()
    return _declared()


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="board.js", css="board.css")
