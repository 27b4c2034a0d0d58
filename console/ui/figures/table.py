"""A table of the parts of a figure, the largest first; a chosen row asks why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from console.i18n import Text
from console.readmodel.measure import DIMENSIONS_BY_KEY, Figure, Part, Question
from console.readmodel.metrics import Form
from console.screens.figures.about import about
from console.screens.figures.asked import Asked
from console.ui import taken
from console.ui.figures import marks, why
from console.ui.figures.values import key_name
from console.ui.figures.values import name as named
from console.ui.plain import marked, plain
from console.ui.taken import Offer, of_frame
from console.ui.words import figures as words

_MOST_BARS: Final = 12
_HOUR: Final = 3_600
_MINUTE: Final = 60
_LONG: Final = 3 * _HOUR  # above it hours say more than minutes
_SPREAD: Final = (
    (words.MEAN, "value"),
    (words.MEDIAN, "median"),
    (words.P75, "p75"),
    (words.P90, "p90"),
    (words.P95, "p95"),
)


def section(asked: Asked, question: Question, offered: Sequence[str], wanted: str) -> None:
    """The breakdown that was chosen, as bars of the largest parts and as a table of all."""
    language = asked.who.language
    by = offered_or_first(offered, wanted)
    of_whom = plain(title_of(by).in_(language).lower())
    st.subheader(words.BY_WHOM.with_(name=of_whom).in_(language), anchor=False)
    parts = largest_first(asked.parts(question, by))
    if not parts:
        st.info(words.NOTHING.in_(language))
        return
    left, right = st.columns([2, 3], gap="medium")
    with left:
        marks.bars(asked, question, by, parts[:_MOST_BARS], alt=words.BARS_ALT)
    with right:
        draw(asked, question, by, parts)
        st.caption(words.PICK_ROW.in_(language))


def offered_or_first(offered: Sequence[str], wanted: str) -> str:
    """The breakdown that was chosen if there is such a one, else the first."""
    return wanted if wanted in offered else offered[0]


def draw(asked: Asked, question: Question, by: str, parts: Sequence[Part]) -> None:
    """The parts with all that is known of each."""
    language = asked.who.language
    key = f"figures:table:{question.metric.key}:{by}"
    turn = f"{key}:turn"
    drawn = st.session_state.setdefault(turn, 0)
    frame, columns = _frame(asked, question, by, parts)
    chosen = st.dataframe(
        frame,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=columns,
        key=f"{key}:{drawn}",
    )
    name = f"{named(question.metric, language)} · {title_of(by).in_(language)}"
    told = about(asked, question)
    taken.offer(Offer(lambda: of_frame(frame, name, told), len(frame)), key=key)
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(parts):
        st.session_state[turn] = drawn + 1  # drawn anew, so that the same row can be chosen again
        why.ask(asked.part(question, by, parts[rows[0]].keys[0]))


def largest_first(parts: Sequence[Part]) -> list[Part]:
    """Those with most rows first; nobody last."""
    return sorted(parts, key=lambda part: (part.keys[0] is None, -part.figure.n))


def _frame(
    asked: Asked, question: Question, by: str, parts: Sequence[Part]
) -> tuple[pd.DataFrame, dict[str, Any]]:
    language, form = asked.who.language, question.metric.form
    named = DIMENSIONS_BY_KEY[by].name.in_(language)
    cells: dict[str, list[Any]] = {
        named: [marked(key_name(asked, question, by, p.keys[0])) for p in parts],
    }
    columns: dict[str, Any] = {named: st.column_config.TextColumn(width="medium")}
    match form:
        case Form.DURATION:
            _add_spread(cells, columns, [part.figure for part in parts], language)
        case Form.SHARE:
            title = words.SHARE.in_(language)
            cells[title] = [p.figure.value for p in parts]
            columns[title] = st.column_config.NumberColumn(format="percent")
    cells[words.N.in_(language)] = [part.figure.n for part in parts]
    if form in {Form.DURATION, Form.SHARE}:
        left_out = words.NO_END_N if form is Form.DURATION else words.LEFT_OUT_N
        cells[left_out.in_(language)] = [part.figure.censored_n for part in parts]
    return pd.DataFrame(cells), columns


def _add_spread(
    cells: dict[str, list[Any]], columns: dict[str, Any], figures: Sequence[Figure], language: str
) -> None:
    """Durations in minutes, or in hours where they are long: numbers, which can be sorted."""
    unit_s, unit = unit_of([figure.value for figure in figures])
    for title, field in _SPREAD:
        head = f"{title.in_(language)} ({unit})"
        values = [getattr(figure, field) for figure in figures]
        cells[head] = [None if v is None else round(v / unit_s, 1) for v in values]
        columns[head] = st.column_config.NumberColumn(format="localized")


def unit_of(seconds: Sequence[float | None]) -> tuple[int, str]:
    """What a column of durations is told in: hours when one of them is long, else minutes."""
    is_long = any((value or 0) > _LONG for value in seconds)
    return (_HOUR, "h") if is_long else (_MINUTE, "min")


def title_of(by: str) -> Text:
    """What a breakdown is called."""
    return DIMENSIONS_BY_KEY[by].name
