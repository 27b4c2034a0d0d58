"""The dialog "what changed": one sentence, a bar for each group, and a table of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel import explain
from console.readmodel.explain import Effect, Explanation
from console.readmodel.measure import DIMENSIONS_BY_KEY, Question
from console.readmodel.metrics import Form
from console.screens.figures import change
from console.screens.figures.asked import Asked
from console.screens.figures.cards import UNITS
from console.ui import charts
from console.ui.charts import Series
from console.ui.figures import change_address, why
from console.ui.figures.told import group_name, sentence, signed
from console.ui.figures.values import name, part_name, said, scale
from console.ui.plain import marked, plain
from console.ui.words import change as words

_BY, _ALL = change_address.KEYS
_SHARE: Final = 100  # percentage points
_EVERY: Final = 1_000


def show(asked: Asked) -> None:
    """Open the dialog of the address; it goes when it is closed."""
    language = asked.who.language

    @st.dialog(words.TITLE.in_(language), width="large", on_dismiss=change_address.forget)
    def dialog() -> None:
        try:
            _draw(asked, *change.from_address(asked, change_address.read()))
        except RuleError as error:
            st.error(plain(error.text.in_(language)))

    dialog()


def _draw(asked: Asked, question: Question, by: str) -> None:
    language, head = asked.who.language, st.container()
    chosen = _chosen(question, by, language)
    if chosen != by:
        st.session_state.pop(_ALL, None)
        change_address.put(question, chosen)
    found = asked.explained(question, chosen)
    with head:
        _head(asked, found)
        st.info(plain(sentence(found, asked.model, language)))
    if not found.effects:
        return
    _bars(asked, found)
    st.caption(words.TELL_MEAN.in_(language) if found.is_mean else words.TELL_COUNT.in_(language))
    frame = _frame(asked, found)
    st.dataframe(frame, hide_index=True, height="content", column_config=_columns(frame))
    for note in _notes(found):
        st.caption(plain(note.in_(language)))


def _chosen(question: Question, by: str, language: str) -> str:
    st.session_state.setdefault(_BY, by)
    return st.radio(
        words.BY.in_(language),
        explain.dimensions_of(question),
        format_func=lambda key: plain(DIMENSIONS_BY_KEY[key].name.in_(language)),
        key=_BY,
        horizontal=True,
    )


def _head(asked: Asked, found: Explanation) -> None:
    """The figure, of which part it is, and what has become of it."""
    language, question = asked.who.language, found.question
    unit = UNITS[question.metric.form]
    told = None if found.change is None else signed(found.change, found, language)
    st.metric(
        plain(name(question.metric, language)),
        plain(said(found.now, unit, language)),
        told,
        delta_color="off",
        delta_arrow=_arrow(found.change or 0),
    )
    parts = [part_name(asked.model, by, key, language) for by, key in question.parts]
    if parts:
        st.caption(plain(" · ".join(parts)))


def _arrow(change_: float) -> Literal["up", "down", "off"]:
    """By the number: Streamlit does not read the sign that we write."""
    if not change_:
        return "off"
    return "up" if change_ > 0 else "down"


def _bars(asked: Asked, found: Explanation) -> None:
    """What each group adds; a click opens its conversations, or all groups for the rest."""
    language, unit = asked.who.language, UNITS[found.question.metric.form]
    effects = change.shown(found, _EVERY if st.session_state.get(_ALL) else change.MOST)
    if not effects:
        return
    names = [group_name(asked.model, found.by, one.key, language) for one in effects]
    factor = _SHARE if unit == "share" else 1
    drawn: Any = "number" if unit == "share" else unit
    series = [
        Series(title.in_(language), [round(value * factor, 4) for value in values])
        for title, values in _series(found, effects)
    ]
    made = charts.bars(names, series, language, unit=drawn, is_lying=True, is_stacked=True)
    alt = words.CHART_ALT
    clicked = charts.picked(made, key=f"figures:change:{found.by}", alt=alt, language=language)
    if clicked is None:
        return
    effect = effects[clicked[1]]
    if effect.key == change.REST:
        st.session_state[_ALL] = True
        st.rerun(scope="fragment")
    why.ask(change.question_of(found, effect))


def _series(found: Explanation, effects: Sequence[Effect]) -> list[tuple[Text, list[float]]]:
    if not found.is_mean:
        return [(words.CHANGE, [one.change for one in effects])]
    return [
        (words.MIX, [one.mix for one in effects]),
        (words.RATE, [one.rate for one in effects]),
    ]


def _frame(asked: Asked, found: Explanation) -> pd.DataFrame:
    """Every group as cells, which are no Markdown; numbers stay numbers, so that they sort."""
    language, effects = asked.who.language, found.effects
    factor, unit = scale(found.question.metric.form, [found.before, found.now])
    head = f" ({unit})" if unit else ""
    named = DIMENSIONS_BY_KEY[found.by].name.in_(language)
    cells: dict[str, list[Any]] = {
        named: [marked(group_name(asked.model, found.by, e.key, language)) for e in effects],
        words.N_BEFORE.in_(language): [round(e.before.n, 1) for e in effects],
        words.N_NOW.in_(language): [round(e.now.n, 1) for e in effects],
    }
    columns: list[tuple[Text, Sequence[float | None]]] = [
        (words.CHANGE, [e.change for e in effects])
    ]
    if found.is_mean:
        columns = [
            (words.BEFORE, [e.before.value for e in effects]),
            (words.NOW, [e.now.value for e in effects]),
            (words.MIX, [e.mix for e in effects]),
            (words.RATE, [e.rate for e in effects]),
            *columns,
        ]
    for title, values in columns:
        cells[f"{title.in_(language)}{head}"] = [
            None if v is None else round(v * factor, 2) for v in values
        ]
    return pd.DataFrame(cells)


def _columns(frame: pd.DataFrame) -> dict[str, Any]:
    return dict.fromkeys(frame.columns[1:], st.column_config.NumberColumn(format="localized"))


def _notes(found: Explanation) -> list[Text]:
    form = found.question.metric.form
    notes = [words.OF_THE_MEAN] if form is Form.DURATION else []
    return [*notes, words.SHARED] if found.by == "label" or form is Form.DISTINCT else notes
