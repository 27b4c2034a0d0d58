"""Which columns a file has: all of them, or those that are chosen, in their order."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from console.domain.agent import Acting
from console.exports.grains import Grain
from console.ui.plain import plain
from console.ui.words import exports as words


def choose(grain: Grain, who: Acting, kept: Iterable[str], *, key: str) -> tuple[str, ...]:
    """The names that were chosen, none for all; nobody is offered what they may not see."""
    names = [column.name for column in grain.columns_for(who)]
    chosen: list[str] = st.multiselect(
        words.COLUMNS.in_(who.language),
        names,
        default=[name for name in kept if name in names],
        format_func=plain,
        placeholder=words.ALL_COLUMNS.with_(n=len(names)).in_(who.language),
        help=words.COLUMNS_HELP.in_(who.language),
        key=f"{key}:columns:{grain.key}",
    )
    return tuple(chosen)
