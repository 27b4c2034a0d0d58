"""One figure at a time: what cannot be counted says so in its own place, and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from console.domain.errors import RuleError
from console.ui.plain import plain


@contextmanager
def apart(language: str) -> Iterator[None]:
    """Draw something; a refusal becomes its sentence where the figure would have stood."""
    try:
        yield
    except RuleError as error:
        st.warning(plain(error.text.in_(language)))
