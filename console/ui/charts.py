"""Charts in one look: Plotly figures from plain lists, in the colours of the console.

Colours are those of `.streamlit/config.toml`: a figure carries Streamlit's marks for them, and the
browser puts in the ones of the light or the dark theme. Ticks and hover texts are written here, in
the person's language. Plotly reads some HTML in every text, so names pass through `words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

import plotly.graph_objects as go
import plotly.io as pio
import streamlit as st

from console.i18n import Text
from console.screens.taken import Shown
from console.ui import chart_axes as axes
from console.ui import taken
from console.ui.chart_axes import Unit, said, words
from console.ui.format import separators
from console.ui.taken import Offer

__all__ = [
    "CONFIG",
    "MOST_SERIES",
    "Kind",
    "Series",
    "Unit",
    "bars",
    "draw",
    "figure",
    "heat",
    "histogram",
    "lines",
    "picked",
    "said",
    "upright",
    "words",
]

Kind = Literal["line", "area", "stack", "points"]
Value = float | None
X = date | float | str

MOST_SERIES: Final = 6
"""Colours that people tell apart, colour-blind ones too."""
CONFIG: Final = {
    "displayModeBar": False,
    "displaylogo": False,
    "doubleClick": False,
    "scrollZoom": False,
    "typesetMath": False,
    "showTips": False,
}
_PLACE: Final = Text("item", "item", "ítem")  # the head of the column of labels
_FROM_TO: Final = Text("de {first} a {last}", "from {first} to {last}", "de {first} a {last}")
_FROM: Final = Text("{first} ou mais", "{first} or more", "{first} o más")
_SHOWN_VALUES: Final = 24  # bars that carry their value; more would overlap
_SHOWN_SIGNS: Final = 110  # of the values of standing bars, beside each other
_ROOM: Final = 1.25  # of lying bars, for the value behind the longest
_BAR: Final = 30  # pixels of a lying bar with its distance
_HEIGHT: Final = 320
_CELL_SIGNS: Final = 5  # of a value in a cell of a field
_APART: Final = 90  # points of a line that are seen as such
_QUIET: Final = "rgba(128, 140, 134, 0.9)"  # stands on both themes


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a value for each label, None where there is none.

    A quiet one, such as the period before, is drawn grey and dashed behind the others.
    """

    name: str
    values: Sequence[Value]
    is_quiet: bool = False


def figure(language: str, *, height: int = _HEIGHT, has_legend: bool = False) -> go.Figure:
    """An empty figure with the layout of all charts."""
    made = go.Figure()
    made.update_layout(
        template=pio.templates["streamlit"],
        # The theme has as many: Plotly takes no list with a mark that nobody replaced.
        colorway=pio.templates["streamlit"].layout.colorway[:MOST_SERIES],
        height=height,
        margin={"l": 0, "r": 16, "t": 36 if has_legend else 12, "b": 0},
        separators=separators(language),
        showlegend=has_legend,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemclick": False}
        | {"itemdoubleclick": False},
        dragmode=False,
        bargap=0.28,
        barcornerradius=3,
        hoverlabel={"align": "left", "namelength": -1},
    )
    made.update_xaxes(fixedrange=True, showgrid=False, zeroline=False, title_standoff=12)
    made.update_yaxes(fixedrange=True, zeroline=False, title_standoff=12)
    return made


def bars(
    labels: Sequence[str],
    series: Sequence[Series],
    language: str,
    *,
    unit: Unit = "number",
    is_lying: bool = False,
    is_stacked: bool = False,
) -> go.Figure:
    """A bar for each label and series; lying ones, top down, leave room for long names."""
    deep = 1 if is_stacked else len(series)
    height = max(_BAR * len(labels) * deep + 60, 120) if is_lying else _HEIGHT
    made = figure(language, height=height, has_legend=len(series) > 1)
    shown = [[said(v, unit, language) for v in one.values] for one in series]
    has_values = len(series) == 1 and _fits(shown[0], is_lying=is_lying)
    for one, texts in zip(series, shown, strict=True):
        made.add_bar(
            **_placed(list(range(len(labels))), list(one.values), is_lying=is_lying),
            **_told(one, labels, unit, language),
            text=texts if has_values else None,
            textposition="outside" if has_values else "none",
            cliponaxis=False,
            marker_color=_QUIET if one.is_quiet else None,
        )
    made.update_layout(barmode="relative" if is_stacked else "group", legend_traceorder="normal")
    names, measure = made.update_xaxes, made.update_yaxes
    if is_lying:
        names, measure = measure, names
    names(**axes.of_names(labels, is_thinned=not is_lying), showgrid=False)
    names(autorange="reversed" if is_lying else True)
    lowest, highest = _ends(series, is_stacked=is_stacked)
    ends = axes.of_values((lowest, highest), unit, language)
    measure(**({"visible": False} if has_values else ends), rangemode="tozero")
    if has_values and is_lying and lowest >= 0 < highest:
        measure(range=[0, highest * _ROOM])
    return _remembered(made, labels, series, unit, language)


def lines(
    xs: Sequence[X],
    series: Sequence[Series],
    language: str,
    *,
    unit: Unit = "number",
    kind: Kind = "line",
) -> go.Figure:
    """Values along days, instants, numbers or names; gaps stay gaps.

    Instants are drawn by their wall clock: pass them in the account's zone.
    """
    made = figure(language, has_legend=len(series) > 1)
    is_named = any(isinstance(x, str) for x in xs)
    labels = [x if isinstance(x, str) else axes.x_said(x, language) for x in xs]
    for one in series:
        made.add_scatter(
            x=list(range(len(xs))) if is_named else [axes.x_place(x) for x in xs],
            y=list(one.values),
            mode="markers" if kind == "points" else "lines+markers" if len(xs) == 1 else "lines",
            fill="tozeroy" if kind == "area" and not one.is_quiet else None,
            stackgroup="one" if kind == "stack" else None,
            line={"width": 2, "dash": "dot", "color": _QUIET} if one.is_quiet else {"width": 2.5},
            marker={"size": 7, "opacity": 0.75 if kind == "points" else 1},
            **_told(one, labels, unit, language),
        )
    made.update_layout(hovermode="closest" if kind == "points" else "x")
    made.update_xaxes(**axes.of_names(labels) if is_named else axes.of_places(xs, language))
    ends = _ends(series, is_stacked=kind == "stack")
    made.update_yaxes(**axes.of_values(ends, unit, language))
    if kind != "points":
        made.update_yaxes(rangemode="tozero")
    return _remembered(made, xs, series, unit, language)


def upright(made: go.Figure, x: X) -> None:
    """An upright line at one place of lines over days, instants or numbers."""
    at = x if isinstance(x, str) else axes.x_place(x)
    made.add_vline(x=at, line={"width": 1.5, "dash": "dot", "color": _QUIET})


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[Value]],
    language: str,
    *,
    unit: Unit = "number",
) -> go.Figure:
    """A field of colours, one cell for each row and column, first row on top; None is empty.

    Cells carry their values where they fit. Its marks are the cells, row by row.
    """
    made = figure(language, height=max(160, 34 * len(rows) + 60))
    highest = max((v for line in values for v in line if v is not None), default=0)
    made.add_heatmap(
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        z=[list(line) for line in values],
        zmin=0,
        zmax=highest or 1,
        xgap=2,
        ygap=2,
        text=_short(values, language) if unit == "number" else None,
        texttemplate="%{text}",
        hoverinfo="skip",
        colorbar={"thickness": 10, "outlinewidth": 0}
        | axes.of_values((0, highest), unit, language),
    )
    shown = [[said(value, unit, language) for value in line] for line in values]
    _add_cells(made, rows, columns, shown)
    wide, deep = len(columns) - 0.5, len(rows) - 0.5
    is_thinned = len(columns) > _SHOWN_VALUES
    made.update_xaxes(**axes.of_names(columns, is_thinned=is_thinned), range=[-0.5, wide])
    names = axes.of_names(rows, is_thinned=False)
    made.update_yaxes(**names, showgrid=False, range=[deep, -0.5])
    series = [Series(name, [line[n] for line in values]) for n, name in enumerate(columns)]
    return _remembered(made, rows, series, unit, language)


def _short(values: Sequence[Sequence[Value]], language: str) -> list[list[str]] | None:
    """The values in cells, unless one is too long for its cell; zeros say nothing."""
    shown = [[said(v, "number", language) if v else "" for v in line] for line in values]
    return shown if all(len(text) <= _CELL_SIGNS for line in shown for text in line) else None


def _add_cells(
    made: go.Figure,
    rows: Sequence[str],
    columns: Sequence[str],
    shown: Sequence[Sequence[str]],
) -> None:
    """Marks that nobody sees over the cells: a field has none that could be clicked."""
    told = [
        f"{words(row)}, {words(column)}<br><b>{value}</b>"
        for row, line in zip(rows, shown, strict=True)
        for column, value in zip(columns, line, strict=True)
    ]
    made.add_scatter(
        x=[x for line in shown for x in range(len(line))],
        y=[y for y, line in enumerate(shown) for _ in line],
        mode="markers",
        marker={"size": 26, "symbol": "square", "opacity": 0},
        hovertext=told,
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def histogram(
    edges: Sequence[float], counts: Sequence[int], language: str, *, unit: Unit = "number"
) -> go.Figure:
    """How many values lie between each edge and the next; a last count beyond the last edge.

    There is one count for each span, so one less than edges, or as many when the last is open.
    """
    made = figure(language)
    ends = [said(edge, unit, language) for edge in edges]
    spans = [_span(ends, n, language) for n in range(len(counts))]
    made.add_bar(
        x=[n + 0.5 for n in range(len(counts))],
        y=list(counts),
        width=0.94,
        **_told(Series("", list(counts)), spans, "number", language),
    )
    made.update_xaxes(**axes.of_names(ends), range=[0, max(len(counts), 1)])
    made.update_yaxes(**axes.of_values((0, max(counts, default=0)), "number", language))
    made.update_yaxes(rangemode="tozero")
    return _remembered(made, spans, [Series("n", list(counts))], "number", language)


def draw(
    made: go.Figure,
    *,
    key: str,
    alt: Text,
    language: str,
    about: Mapping[str, Any] | None = None,
) -> None:
    """Show a figure; `alt` says what it shows to people who cannot see it.

    `about` is what the manifest of its export says besides.
    """
    cells = _cells_of(made)
    st.plotly_chart(made, key=key, config=CONFIG, alt=alt.in_(language))
    _offer(cells, alt.in_(language), about, key)


def picked(
    made: go.Figure,
    *,
    key: str,
    alt: Text,
    language: str,
    about: Mapping[str, Any] | None = None,
) -> tuple[int, int] | None:
    """Show a figure whose marks can be clicked; once, the series and place of the one that was.

    A clicked figure is drawn anew, so that the same mark can be clicked again.
    """
    points_n = max((len(one.x) for one in made.data if one.type == "scatter"), default=0)
    size = 6 if points_n <= _APART else 3
    made.update_traces(
        mode="lines+markers", marker_size=size, selector={"type": "scatter", "mode": "lines"}
    )
    cells = _cells_of(made)
    turn = f"{key}:turn"
    drawn = st.session_state.setdefault(turn, 0)
    chosen = st.plotly_chart(
        made,
        key=f"{key}:{drawn}",
        config=CONFIG,
        alt=alt.in_(language),
        on_select="rerun",
        selection_mode="points",
    )
    _offer(cells, alt.in_(language), about, key)
    points = chosen["selection"]["points"]
    if not points:
        return None
    st.session_state[turn] = drawn + 1
    return int(points[0]["curve_number"]), int(points[0]["point_index"])


def _remembered(
    made: go.Figure, places: Sequence[X], series: Sequence[Series], unit: Unit, language: str
) -> go.Figure:
    """The figure with what its marks show, for the file; it is not sent to the browser."""
    cells: dict[str, Sequence[Any]] = {_PLACE.in_(language): list(places)}
    for n, one in enumerate(series):
        name = f"{one.name or n}{' (s)' if unit == 'seconds' else ''}"
        cells[name if name not in cells else f"{name} {n}"] = list(one.values)
    made.update_layout(meta=cells)
    return made


def _cells_of(made: go.Figure) -> Mapping[str, Sequence[Any]]:
    """What the marks of a figure show, which then leaves it; nothing for a figure of others."""
    cells = made.layout.meta or {}
    made.update_layout(meta=None)
    return cells


def _offer(
    cells: Mapping[str, Sequence[Any]], name: str, about: Mapping[str, Any] | None, key: str
) -> None:
    if cells:
        shown = Shown(name, cells, about or {})
        taken.offer(Offer(lambda: shown, shown.rows_n), key=key)


def _span(ends: Sequence[str], n: int, language: str) -> str:
    if n + 1 == len(ends):
        return _FROM.in_(language).format(first=ends[n])
    return _FROM_TO.in_(language).format(first=ends[n], last=ends[n + 1])


def _fits(texts: Sequence[str], *, is_lying: bool) -> bool:
    """Whether bars can carry their values."""
    signs = 0 if is_lying else len(texts) * max(map(len, texts), default=0)
    return len(texts) <= _SHOWN_VALUES and signs <= _SHOWN_SIGNS


def _placed(places: list[int], values: list[Value], *, is_lying: bool) -> dict[str, Any]:
    if is_lying:
        return {"x": values, "y": places, "orientation": "h"}
    return {"x": places, "y": values, "orientation": "v"}


def _told(one: Series, labels: Sequence[str], unit: Unit, language: str) -> dict[str, Any]:
    """Name and hover of a series: the label, and the value with its unit."""
    name = words(one.name)
    told = [
        f"{words(label)}<br>{f'{name}: ' if name else ''}<b>{said(value, unit, language)}</b>"
        for label, value in zip(labels, one.values, strict=True)
    ]
    return {"name": name, "hovertext": told, "hovertemplate": "%{hovertext}<extra></extra>"}


def _ends(series: Sequence[Series], *, is_stacked: bool = False) -> tuple[float, float]:
    """The lowest and the highest value that is drawn."""
    if is_stacked:
        at = [[v or 0 for v in one] for one in zip(*(s.values for s in series), strict=True)]
        drawn = [sum(end(v, 0) for v in one) for one in at for end in (min, max)]
    else:
        drawn = [v for one in series for v in one.values if v is not None]
    return min(drawn, default=0), max(drawn, default=0)
