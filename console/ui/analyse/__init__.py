"""The page of SQL: an editor with the schema beside it, and the result as table or chart."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.types import ComponentRenderer

from console.domain.errors import RuleError
from console.screens import analyse
from console.screens.analyse import LONGEST, LONGEST_LINK, Running
from console.ui import components, context, state
from console.ui.analyse import result
from console.ui.analyse.shown import shown
from console.ui.context import Signed
from console.ui.words import analyse as words

NAME: Final = "console.analyse"
PARAMETER: Final = "sql"
_KEY: Final = "analyse"
_RUNNING: Final = "analyse:running"
_HISTORY: Final = "analyse:history"
_ADDRESS: Final = "analyse:address"
_TEXT: Final = "analyse:text"
_REFUSED: Final = "analyse:refused"
_AT_ONCE_S: Final = 0.4  # what is answered within this shows no sign of work
_POLL_S: Final = 0.5


def draw() -> None:
    """The whole page; while a statement runs, a fragment looks whether it has ended."""
    signed = context.present()
    state.leave_inbox()
    language = signed.who.language
    st.title(words.TITLE.in_(language))
    st.caption(words.INTRO.in_(language))
    is_from_link = _take_address()
    running: Running | None = st.session_state.get(_RUNNING)
    wish = _editor(signed, running, is_from_link=is_from_link)
    if wish is not None:
        _obey(signed, running, wish)
        st.rerun()
    if running is None:
        st.info(words.EMPTY.in_(language))
    elif not running.is_over:
        st.fragment(_wait, run_every=_POLL_S)(running, language)
    elif running.answer is not None:
        result.draw(running.answer, language)


def _editor(
    signed: Signed, running: Running | None, *, is_from_link: bool
) -> dict[str, Any] | None:
    """Draw the editor; what was asked of it."""
    told = shown(
        signed,
        running,
        text=st.session_state.get(_TEXT, ""),
        refused=st.session_state.get(_REFUSED),
        history=st.session_state.get(_HISTORY, []),
        is_from_link=is_from_link,
    )
    told["loaded"] = st.session_state.get(_ADDRESS, "")
    answered = _renderer()(key=_KEY, data=told, on_wish_change=_noted)
    return _wish(answered.wish)


def _obey(signed: Signed, running: Running | None, wish: dict[str, Any]) -> None:
    if running is not None and not running.is_over:
        running.stop.set()  # a stop, or another statement in place of this one
        running.wait(_AT_ONCE_S)
    if wish["kind"] == "run":
        _start(signed, wish["sql"], wish["limit"])


def _start(signed: Signed, statement: str, limit_s: int) -> None:
    held = context.runtime()
    st.session_state[_TEXT] = statement
    st.session_state[_REFUSED] = None
    _put_address(statement)
    try:
        made = analyse.start(held.store, held.model, signed.who, statement, limit_s)
    except RuleError as refused:
        st.session_state[_REFUSED] = refused
        return
    before = st.session_state.get(_HISTORY, [])
    st.session_state[_HISTORY] = analyse.remembered(before, statement)
    st.session_state[_RUNNING] = made
    made.wait(_AT_ONCE_S)


def _wait(running: Running, language: str) -> None:
    if running.is_over:
        st.rerun(scope="app")
    st.caption(words.WORKING.with_(n=int(running.elapsed_s)).in_(language))


def _take_address() -> bool:
    """Load the statement of a link into the editor, never run it; whether one stands there."""
    given = st.query_params.get(PARAMETER, "")[:LONGEST_LINK]
    if given and given != st.session_state.get(_ADDRESS):
        st.session_state[_ADDRESS] = given
        st.session_state[_TEXT] = given
        st.session_state[_RUNNING] = None
    return bool(given) and st.session_state.get(_RUNNING) is None


def _put_address(statement: str) -> None:
    if len(statement) <= LONGEST_LINK:
        st.session_state[_ADDRESS] = statement
        st.query_params[PARAMETER] = statement
    else:
        st.query_params.pop(PARAMETER, None)


def _wish(value: Any) -> dict[str, Any] | None:
    """What the browser asked, None when it has not the shape of a wish (anybody can send)."""
    if not isinstance(value, dict) or value.get("kind") not in {"run", "stop"}:
        return None
    statement, limit = value.get("sql"), value.get("limit")
    if not isinstance(statement, str) or len(statement) > LONGEST:
        return None
    return {**value, "limit": limit if limit in analyse.LIMITS_S else analyse.LIMITS_S[0]}


def _noted() -> None:
    """What the browser reports is read from the component's answer."""


def _renderer() -> ComponentRenderer:
    if get_bidi_component_manager().get_component_asset_root(NAME) is None:
        components.register()
    return _declared()


@cache
def _declared() -> ComponentRenderer:
    return st.components.v2.component(NAME, js="analyse.js", css="analyse.css")
