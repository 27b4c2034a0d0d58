"""The result of a statement: its rows in a table with their types, or a chart of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final, cast

import pandas as pd
import streamlit as st
from plotly.graph_objects import Figure

from console.readmodel.sql import Answer
from console.screens.result import ResultColumn, Shape, columns
from console.ui import charts
from console.ui.charts import Kind, Series
from console.ui.format import number, short_day, wall_clock
from console.ui.plain import marked, plain
from console.ui.words import analyse as words

_VIEW: Final = "analyse:view"
_HIGHEST: Final = 520
_ROW: Final = 35
_DAY: Final = {"pt": "DD/MM/YYYY", "es": "DD/MM/YYYY", "en": "YYYY-MM-DD"}
_NOTHING: Final = "–"
_NUMBERS: Final = (Shape.WHOLE, Shape.NUMBER)
_ALONG: Final = (Shape.INSTANT, Shape.DAY)


def draw(answer: Answer, language: str) -> None:
    """How many rows, how fast, and the rows."""
    if answer.table.num_rows == 0:
        st.info(_told(answer, language))
        return
    found = columns(answer.table)
    head = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )
    head.caption(_told(answer, language), width="content")
    view = head.segmented_control(
        words.VIEW.in_(language),
        list(words.VIEWS),
        format_func=lambda one: words.VIEWS[one].in_(language),
        default="table",
        key=_VIEW,
        label_visibility="collapsed",
        required=True,
    )
    if view == "chart":
        _chart(found, language)
    else:
        _table(found, language)


def _told(answer: Answer, language: str) -> str:
    n, took_n = answer.table.num_rows, round(answer.took_s * 1000)
    if n == 0:
        return words.NO_ROWS.with_(ms=number(took_n, language)).in_(language)
    if answer.has_more:
        return words.MORE_ROWS.with_(n=number(n, language), ms=number(took_n, language)).in_(
            language
        )
    if n == 1:
        return words.ONE_ROW.with_(ms=number(took_n, language)).in_(language)
    return words.ROWS.with_(n=number(n, language), ms=number(took_n, language)).in_(language)


def _table(found: Sequence[ResultColumn], language: str) -> None:
    rows = len(found[0].values)
    st.dataframe(
        pd.DataFrame({marked(column.name): _series(column) for column in found}),
        hide_index=True,
        height=min(_HIGHEST, _ROW * (rows + 1) + 3),
        placeholder=_NOTHING,
        column_config={marked(c.name): _config(c, language) for c in found if _config(c, language)},
    )


def _series(column: ResultColumn) -> pd.Series:
    match column.shape:
        case Shape.WHOLE:
            return pd.Series(column.values, dtype="Int64")
        case Shape.NUMBER:
            return pd.Series(column.values, dtype="Float64")
        case Shape.YES_NO:
            return pd.Series(column.values, dtype="boolean")
        case Shape.INSTANT:
            return pd.Series(pd.to_datetime(column.values))
        case _:
            return pd.Series(column.values, dtype="object")


def _config(column: ResultColumn, language: str) -> Any:
    day = _DAY.get(language, _DAY["pt"])
    match column.shape:
        case Shape.WHOLE | Shape.NUMBER:
            return st.column_config.NumberColumn(format="localized")
        case Shape.INSTANT:
            return st.column_config.DatetimeColumn(format=f"{day} HH:mm:ss")
        case Shape.DAY:
            return st.column_config.DateColumn(format=day)
        case _:
            return None


def _chart(found: Sequence[ResultColumn], language: str) -> None:
    numbers = [column for column in found if column.shape in _NUMBERS]
    if not numbers:
        st.info(words.NO_CHART.in_(language))
        return
    x, y, kind = _choices(found, language)
    series = [Series(found[n].name, found[n].values) for n in y[: charts.MOST_SERIES]]
    if not series:
        st.info(words.PICK_Y.in_(language))
        return
    made = _figure(found[x], series, kind, language)
    charts.draw(made, key="analyse:chart", alt=words.ALT, language=language)


def _choices(found: Sequence[ResultColumn], language: str) -> tuple[int, list[int], str]:
    """What stands along the axis, what is drawn, and how."""
    names = [marked(column.name) for column in found]
    first = next((n for n, c in enumerate(found) if c.shape not in _NUMBERS), 0)
    key = "-".join(names)  # another result, other choices
    left, middle, right = st.columns([1, 2, 2])
    x: int = left.selectbox(
        words.X.in_(language),
        list(range(len(found))),
        index=first,
        format_func=lambda n: names[n],
        key=f"analyse:x:{key}",
    )
    offered = [n for n, column in enumerate(found) if column.shape in _NUMBERS and n != x]
    ys: list[int] = middle.multiselect(
        words.Y.in_(language),
        offered,
        default=offered[:1],
        format_func=lambda n: plain(names[n]),
        key=f"analyse:y:{x}:{key}",
    )
    kind: str = right.segmented_control(
        words.KIND.in_(language),
        list(words.KINDS),
        format_func=lambda one: words.KINDS[one].in_(language),
        default="line" if found[x].shape in _ALONG else "bars",
        key=f"analyse:kind:{x}:{key}",
        required=True,
    )
    return x, ys, kind


def _figure(x: ResultColumn, series: Sequence[Series], kind: str, language: str) -> Figure:
    if kind in {"bars", "lying"}:
        labels = [_label(value, language) for value in x.values]
        return charts.bars(labels, series, language, is_lying=kind == "lying")
    kept = [n for n, value in enumerate(x.values) if value is not None]
    drawn = [replace(one, values=[one.values[n] for n in kept]) for one in series]
    return charts.lines([x.values[n] for n in kept], drawn, language, kind=cast("Kind", kind))


def _label(value: Any, language: str) -> str:
    match value:
        case None:
            return _NOTHING
        case bool():
            return words.YES.in_(language) if value else words.NO.in_(language)
        case datetime():
            has_time = value.time() != time.min
            return wall_clock(value, language) if has_time else short_day(value, language)
        case date():
            return short_day(value, language)
        case int() | float():
            return number(value, language)
    return str(value)
