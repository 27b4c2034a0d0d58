"""The dialog "what changed" in the address of its page, and the buttons that put it there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from console.readmodel import explain
from console.readmodel.measure import Question
from console.screens.figures import change
from console.ui.words import change as words

KEYS: Final = ("figures:change:by", "figures:change:all")
"""What the dialog keeps while it is open: the dimension, and whether all groups are shown."""

ICON: Final = ":material/compare_arrows:"


def offer(question: Question, language: str, key: str, icon: str | None = ICON) -> None:
    """The button that opens the dialog, where it has something to say."""
    if change.is_explained(question) and st.button(
        words.TITLE.in_(language),
        key=f"{key}:change",
        type="tertiary",
        icon=icon,
    ):
        forget()
        put(question, explain.dimensions_of(question)[0])
        st.rerun()


def is_wanted() -> bool:
    """Whether the address asks for the dialog."""
    return change.PARAMETERS[0] in st.query_params


def read() -> Mapping[str, str]:
    """The parameters of the dialog that the address has."""
    return {name: st.query_params[name] for name in change.PARAMETERS if name in st.query_params}


def put(question: Question, by: str) -> None:
    """Put the dialog of a figure into the address, by one dimension."""
    _clear()
    for name, value in change.to_address(question, by).items():
        st.query_params[name] = value


def forget() -> None:
    """Take the dialog out of the address, and what it kept with it."""
    _clear()
    for key in KEYS:
        st.session_state.pop(key, None)


def _clear() -> None:
    for name in change.PARAMETERS:
        st.query_params.pop(name, None)
