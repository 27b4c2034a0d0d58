"""What the pages of supervision remember of a person between runs."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console.readmodel.rows import SORTS, Sort
from console.screens.supervision import Wanted
from console.screens.views import Counted

USUAL: Final = Wanted()
FILTER: Final = "filter"
SORT: Final = "sort"
ALL: Final = "bulk:all"
_WATCHED: Final = "bulk:watched"
_OVER: Final = "bulk:over"
_COUNTED: Final = "supervision:counted"
_PREVIEW: Final = "bulk:preview"


def started(run_id: int) -> None:
    """A run was started: it is watched, and what it was made from is laid aside."""
    st.session_state[_WATCHED] = run_id
    st.session_state[_OVER] = True


def watched() -> int | None:
    """The run that this person started last."""
    found: int | None = st.session_state.get(_WATCHED)
    return found


def watch(run_id: int) -> None:
    """Tell how this run ends."""
    st.session_state[_WATCHED] = run_id


def unwatch() -> None:
    """It was read."""
    st.session_state.pop(_WATCHED, None)


def begin() -> None:
    """Before any widget is drawn: what the address says, and nothing chosen after a run."""
    if FILTER not in st.session_state and FILTER not in st.query_params:
        st.session_state[FILTER] = USUAL.filter
    if SORT not in st.session_state:
        asked = st.query_params.get(SORT)
        st.session_state[SORT] = asked if asked in SORTS else USUAL.sort
    if st.session_state.pop(_OVER, False):
        st.session_state[ALL] = False


def filter_text() -> str:
    """The filter that the page shows."""
    text: str = st.session_state.get(FILTER, st.query_params.get(FILTER, ""))
    return text


def sort() -> Sort:
    """The order that the page shows."""
    found: Sort = st.session_state[SORT]
    return found


def show(text: str, order: Sort) -> None:
    """Open another list: the widgets of filter and order take it over."""
    st.session_state[FILTER] = text
    st.session_state[SORT] = order
    st.session_state[ALL] = False


def tell_address() -> None:
    """The order stands in the address when it is not the usual one."""
    if sort() == USUAL.sort:
        st.query_params.pop(SORT, None)
    elif st.query_params.get(SORT) != sort():
        st.query_params[SORT] = sort()


def counted() -> Counted:
    """The counts of views that this session need not ask for again."""
    found: Counted = st.session_state.setdefault(_COUNTED, Counted())
    return found


def preview(run_id: int) -> None:
    """Open the dialog of this run in the next run of the page."""
    st.session_state[_PREVIEW] = run_id


def to_preview() -> int | None:
    """The run whose dialog is to open now."""
    found: int | None = st.session_state.pop(_PREVIEW, None)
    return found
