"""What a bulk command needs to know: one control for each of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, Final

import streamlit as st

from console.actions.base import LONGEST_TEXT
from console.actions.bulk import BulkCommand
from console.screens.supervision import Choices
from console.ui.format import number
from console.ui.plain import marked
from console.ui.words import supervision as words


def ask(command: Any, choices: Choices, language: str) -> BulkCommand | None:
    """The command with what the person chose; None while something is missing."""
    given = {f.name: _CONTROLS[f.name](choices, language) for f in fields(command)}
    if MISSING in given.values():
        return None
    made: BulkCommand = command(**given)
    return made


MISSING: Final = object()


def _agent(choices: Choices, language: str) -> Any:
    names = {a.id: marked(a.name) for a in choices.agents}

    def shown(agent_id: int) -> str:
        if not agent_id:
            return words.NOBODY.in_(language)
        load = number(choices.load.get(agent_id, 0), language)
        return words.LOAD.with_(name=names[agent_id], n=load).in_(language)

    chosen = st.selectbox(
        words.WHOM.in_(language), [0, *names], index=None, format_func=shown, key="bulk:agent"
    )
    return MISSING if chosen is None else chosen or None


def _team(choices: Choices, language: str) -> Any:
    names = {0: words.NO_TEAM.in_(language), **{t.id: marked(t.name) for t in choices.teams}}
    chosen = st.selectbox(
        words.WHICH_TEAM.in_(language),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="bulk:team",
    )
    return MISSING if chosen is None else chosen or None


def _label(choices: Choices, language: str) -> Any:
    names = {label.id: marked(label.name) for label in choices.labels}
    if not names:
        st.caption(words.NO_LABELS.in_(language))
        return MISSING
    chosen = st.selectbox(
        words.WHICH_LABEL.in_(language),
        list(names),
        index=None,
        format_func=names.__getitem__,
        key="bulk:label",
    )
    return MISSING if chosen is None else chosen


def _on(_: Choices, language: str) -> bool:
    words_of = {True: words.PUT_ON.in_(language), False: words.TAKE_OFF.in_(language)}
    chosen = st.segmented_control(
        words.LABELS.in_(language),
        [True, False],
        default=True,
        required=True,
        format_func=words_of.__getitem__,
        key="bulk:on",
        label_visibility="hidden",
    )
    return bool(chosen)


def _text(_: Choices, language: str) -> Any:
    text = st.text_area(
        words.WORDS.in_(language), key="bulk:text", max_chars=LONGEST_TEXT, height=80
    )
    return text if text and text.strip() else MISSING


_CONTROLS: Final[Mapping[str, Callable[[Choices, str], Any]]] = {
    "agent_id": _agent,
    "team_id": _team,
    "label_id": _label,
    "on": _on,
    "text": _text,
}
