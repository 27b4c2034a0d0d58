"""Wall mode: the live board full screen, without the navigation; it stands in the address."""

from __future__ import annotations

from typing import Final

import streamlit as st

PAGE: Final = "board"
ADDRESS: Final = f"/{PAGE}?wall=1"
_NAME: Final = "wall"


def is_on() -> bool:
    """Whether the address asks for the board on a wall."""
    return st.query_params.get(_NAME) == "1"


def is_shown() -> bool:
    """Whether the board is what this run draws, on a wall: then the frame keeps out of sight."""
    return is_on() and (st.context.url or "").rstrip("/").endswith(f"/{PAGE}")


def turn(*, on: bool) -> None:
    """Enter or leave, at the next run."""
    if on:
        st.query_params[_NAME] = "1"
    else:
        st.query_params.pop(_NAME, None)
