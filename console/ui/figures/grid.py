"""A table in which each cell is a figure: it can be sorted, and a chosen cell asks why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from console.domain.ids import Instant
from console.i18n import Text
from console.readmodel.measure import Question
from console.readmodel.period import local_of
from console.screens.figures.cards import Unit, Value
from console.ui.figures import why
from console.ui.figures.table import unit_of
from console.ui.plain import marked, plain
from console.ui.words import figures as words

Ask = Callable[[int], Question | None]
_PINNED: Final = 170  # pixels, of a phone's 390
_MOST_ROWS: Final = 25  # that are all shown; more are scrolled
_DAYS: Final = {"en": "MM/DD/YYYY"}


def nothing(_: int) -> None:
    """Cells that are no figure ask nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A title with its cells; `ask` gives the question behind a row's cell, None for no figure.

    Titles differ from each other; `label` is what stands over it where that may be shorter.
    """

    title: str
    cells: Sequence[Any]
    ask: Ask
    config: Any
    label: str = ""
    is_name: bool = False


def names(title: str, cells: Sequence[str], ask: Ask = nothing) -> Column:
    """A column of somebody else's words."""
    config = st.column_config.TextColumn()
    return Column(title, [marked(cell) for cell in cells], ask, config, is_name=True)


def told(title: str, cells: Sequence[str], ask: Ask = nothing) -> Column:
    """A column of our own words."""
    return Column(title, cells, ask, st.column_config.TextColumn())


def links(title: Text, conversation_ids: Sequence[int], language: str) -> Column:
    """A column that opens conversations in the inbox."""
    text = words.OPEN.in_(language)
    cells = [f"/inbox?conversation={one}" for one in conversation_ids]
    config = st.column_config.LinkColumn(display_text=text, width="small")
    return Column(title.in_(language), cells, nothing, config)


def moments(
    title: str,
    instants: Sequence[Instant | None],
    language: str,
    zone: ZoneInfo,
    ask: Ask = nothing,
) -> Column:
    """A column of days and times of the wall's clock, which can be sorted."""
    walls = [None if at is None else local_of(at, zone).replace(tzinfo=None) for at in instants]
    form = f"{_DAYS.get(language, 'DD/MM/YYYY')} HH:mm"
    cells = pd.array([None if wall is None else pd.Timestamp(wall) for wall in walls])
    return Column(title, cells, ask, st.column_config.DatetimeColumn(format=form))


def figures(title: str, values: Sequence[Value], unit: Unit, ask: Ask) -> Column:
    """A column of values as numbers, which can be sorted; durations in minutes or hours."""
    column = st.column_config.NumberColumn
    match unit:
        case "seconds":
            unit_s, name = unit_of(values)
            cells = [None if v is None else round(v / unit_s, 1) for v in values]
            return Column(f"{title} ({name})", cells, ask, column(format="localized"))
        case "share":
            return Column(title, list(values), ask, column(format="percent"))
        case "number":
            cells = [None if v is None else round(v, 2) for v in values]
            return Column(title, cells, ask, column(format="localized"))


def draw(columns: Sequence[Column], *, key: str, alt: Text, language: str) -> None:
    """The table, and above it the chosen cell with the way to the rows behind it.

    A cell does not ask by itself: one is chosen by the keyboard's focus already.
    """
    line = st.container(horizontal=True, vertical_alignment="center", gap="small")
    rows_n = max(len(column.cells) for column in columns)
    chosen: Any = st.dataframe(
        pd.DataFrame({column.title: column.cells for column in columns}),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        height="content" if rows_n <= _MOST_ROWS else "auto",
        column_config={one.title: _config(one, is_first=not n) for n, one in enumerate(columns)},
        placeholder="–",
        key=key,
        alt=alt.in_(language),
    )
    with line:
        _asking(columns, chosen["selection"]["cells"], f"{key}:why", language)


def _config(column: Column, *, is_first: bool) -> Any:
    """How a column is drawn; names that come first stay when the others are scrolled."""
    pinned = {"pinned": True, "width": _PINNED} if is_first and column.is_name else {}
    return column.config | {"label": column.label or column.title} | pinned


def _asking(columns: Sequence[Column], cells: Sequence[Any], key: str, language: str) -> None:
    """Say which cell is chosen, and ask why when that is wanted."""
    found = _found(columns, cells)
    question = found[0].ask(found[1]) if found else None
    label = words.WHY_SHORT.in_(language)
    icon = ":material/manage_search:"
    if st.button(label, key=key, icon=icon, disabled=question is None) and question is not None:
        why.ask(question)
    st.caption(_said(columns, *found) if found and question else words.PICK_CELL.in_(language))


def _said(columns: Sequence[Column], chosen: Column, row: int) -> str:
    """Whose cell it is and of which column."""
    names_ = [column.cells[row] for column in columns if column.is_name][:1]
    return plain(" · ".join([*names_, chosen.title]))


def _found(columns: Sequence[Column], cells: Sequence[Any]) -> tuple[Column, int] | None:
    """The chosen cell; anybody can send one that does not exist."""
    known = {column.title: column for column in columns}
    for row, title in cells:
        column = known.get(title)
        if column is not None and 0 <= row < len(column.cells):
            return column, row
    return None
