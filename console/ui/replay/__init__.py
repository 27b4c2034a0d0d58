"""The component of the queue over time: a rail of instants, replayed in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.types import ComponentRenderer

from console.readmodel.measure import PartKey
from console.screens.figures.asked import Asked
from console.screens.queue import Reel, Then
from console.ui import components
from console.ui.replay.shown import shown

NAME: Final = "console.replay"
PARAMETER: Final = "at"
_KEY: Final = "queue:replay"
_LONGEST: Final = 40
_LONGEST_ID: Final = 19  # digits of a whole number that the store takes


@dataclass(frozen=True, slots=True)
class Clicked:
    """A figure that was clicked: at which written instant, of which state, of which part."""

    at: str
    key: str
    part: tuple[str, PartKey] | None


def wanted() -> str:
    """The instant of the address; empty for the end."""
    return st.query_params.get(PARAMETER, "")


def pick(written: str) -> None:
    """Put an instant into the address; an empty one takes it out."""
    if written:
        st.query_params[PARAMETER] = written
    else:
        st.query_params.pop(PARAMETER, None)


def draw(asked: Asked, reel: Reel, then: Then) -> Clicked | None:
    """Draw the rail and what stood at its instant; the figure that was clicked in this run."""
    answer = _renderer()(
        key=_KEY,
        data=shown(asked, reel, then),
        on_picked_change=_take,
        on_clicked_change=_noted,
    )
    return clicked_of(answer.clicked)


def clicked_of(value: Any) -> Clicked | None:
    """What the browser says was clicked; None for nothing, or for what has another shape."""
    match value:
        case {"at": str(at), "key": str(key), "part": part} if max(len(at), len(key)) < _LONGEST:
            return _with_part(at, key, part)
    return None


def _with_part(at: str, key: str, part: Any) -> Clicked | None:
    """Ids come as texts: numbers of the browser are exact to 2⁵³ only."""
    match part:
        case None:
            return Clicked(at, key, None)
        case [str(by), None]:
            return Clicked(at, key, (by, None))
        case [str(by), str(one)] if one.isascii() and one.isdigit() and len(one) <= _LONGEST_ID:
            return Clicked(at, key, (by, int(one)))
    return None


def _take() -> None:
    """The instant that the browser stopped at, before the page is drawn for it."""
    picked = st.session_state.get(_KEY, {}).get("picked")
    if isinstance(picked, str) and len(picked) < _LONGEST:
        pick(picked)


def _noted() -> None:
    """What was clicked is read from the component's answer."""


def _renderer() -> ComponentRenderer:
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        components.register()
    return _declared()


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="replay.js", css="replay.css")
