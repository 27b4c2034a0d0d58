"""The dialog "why this number": what is counted, and the rows behind it with their two facts."""

from __future__ import annotations

from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.readmodel.measure import WAITING_SINCE, Question
from console.readmodel.metrics import Form
from console.screens.figures import why
from console.screens.figures.about import about
from console.screens.figures.asked import Asked
from console.screens.figures.cards import PARTS, UNITS
from console.screens.figures.why import Fact, Line, Why
from console.screens.taken import Shown
from console.ui import context, taken
from console.ui.figures import change_address
from console.ui.figures.values import behind, key_name, name, said
from console.ui.format import length, moment, number, precise_moment
from console.ui.plain import marked, plain
from console.ui.taken import Offer, of_frame
from console.ui.words import figures as words

_PENDING: Final = "figures:why"
_PAGE: Final = "figures:why:page"
_WRAPPED: Final = 64  # pixels of a row: Streamlit wraps words in those of more than four rem
_MOMENT: Final = 130  # of a column with a day above its time
_WORDS: Final = 250
_ONE_LINE: Final = 34  # signs in a column of words
_LONGEST: Final = 80  # signs of a message in a cell


def ask(question: Question) -> None:
    """Open the dialog for this figure in the next run of the page."""
    st.session_state[_PENDING] = question
    st.session_state.pop(_PAGE, None)
    st.rerun()


def pending() -> Question | None:
    """The figure whose dialog is to open now."""
    found: Question | None = st.session_state.pop(_PENDING, None)
    return found


def show(asked: Asked, question: Question) -> None:
    """Open the dialog; it turns its pages by itself."""
    language = asked.who.language

    back: Literal["rerun", "ignore"] = "rerun" if change_address.is_wanted() else "ignore"

    @st.dialog(words.WHY.in_(language), width="large", on_dismiss=back)
    def dialog() -> None:
        try:
            _draw(why.build(context.runtime().store, asked, question, _page()), asked)
        except RuleError as error:
            st.error(plain(error.text.in_(language)))

    dialog()


def _page() -> int:
    page: int = st.session_state.get(_PAGE, 1)
    return page


def _draw(shown: Why, asked: Asked) -> None:
    metric, language = shown.question.metric, asked.who.language
    value = said(shown.figure.value, UNITS[metric.form], language)
    st.metric(plain(name(metric, language)), plain(value))
    st.caption(plain(_about(shown, asked)))
    if asked.is_compared and shown.question.period == asked.period:
        change_address.offer(shown.question, language, _PENDING)
    with st.expander(words.DEFINITION.in_(language)):
        define(shown.question, language)
    if not shown.lines:
        st.info(words.NOTHING_BEHIND.in_(language))
        return
    frame = _frame(shown, asked)
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        row_height=_height(frame, language),
        column_config=_columns(language),
    )
    taken.offer(_offer(shown, asked), key=f"figures:why:{metric.key}")
    foot = st.container(horizontal=True, vertical_alignment="center")
    total = number(shown.total, language)
    if _has_length(shown):
        foot.caption(words.GREATEST_FIRST.with_(n=total).in_(language))
    else:
        foot.caption(words.NEWEST_FIRST.with_(n=total).in_(language))
    if shown.pages > 1:
        foot.pagination(shown.pages, key=_PAGE)


def _height(frame: pd.DataFrame, language: str) -> int | None:
    """That of rows in which words wrap, when some of them need it."""
    titles = {title.in_(language) for title in (words.START_HOW, words.END_HOW)} & {*frame}
    is_long = any(len(cell) > _ONE_LINE for title in titles for cell in frame[title])
    return _WRAPPED if is_long else None


def _offer(shown: Why, asked: Asked) -> Offer:
    """All the rows behind the figure as a file."""
    question = shown.question

    def make() -> Shown:
        found = why.every(context.runtime().store, asked, question)
        frame = _frame(found, asked)
        title = name(question.metric, asked.who.language)
        return of_frame(frame, title, about(asked, question), is_personal=not asked.who.is_masked)

    return Offer(make, min(shown.total, why.MOST), is_personal=not asked.who.is_masked)


def _has_length(shown: Why) -> bool:
    """Whether the rows have values that differ: durations and ages, no counts."""
    metric = shown.question.metric
    return metric.form is Form.DURATION or metric.value == WAITING_SINCE


def define(question: Question, language: str) -> None:
    """The definition in writing: its five choices and its version."""
    names = dict(PARTS)
    with st.container(gap="xsmall"):
        for part, text in why.definition(question):
            st.markdown(f"**{plain(names[part].in_(language))}:** {plain(text.in_(language))}")
    st.caption(plain(question.metric.stamp))


def _about(shown: Why, asked: Asked) -> str:
    """Of which part, and how many rows made it."""
    language = asked.who.language
    question = shown.question
    narrowed = [key_name(asked, question, by, key) for by, key in question.parts]
    if question.without:
        narrowed.append(words.OTHERS.in_(language))
    if shown.question.lasting:
        least, below = shown.question.lasting
        first = length(least, language)
        narrowed.append(
            words.FROM_TO.with_(first=first, last=length(below, language)).in_(language)
            if below
            else words.FROM.with_(first=first).in_(language)
        )
    return " · ".join([*narrowed, behind(shown.question.metric, shown.figure, language)])


def _frame(shown: Why, asked: Asked) -> pd.DataFrame:
    """The rows as cells, which are no Markdown; columns that say nothing are left out."""
    language, zone, lines = asked.who.language, asked.period.zone, shown.lines
    columns = {
        words.LINK.in_(language): [line.link for line in lines],
        words.CONTACT.in_(language): [marked(line.contact) for line in lines],
        words.VALUE.in_(language): [_value(line, shown, language) for line in lines],
    }
    for when, how, facts in (
        (words.START, words.START_HOW, [line.start for line in lines]),
        (words.END, words.END_HOW, [line.end for line in lines]),
    ):
        columns[when.in_(language)] = [_when(fact, language, zone) for fact in facts]
        columns[how.in_(language)] = [_what(fact, language, zone) for fact in facts]
    columns[words.FOR.in_(language)] = [marked(line.agent) for line in lines]
    columns[words.INSTANCE.in_(language)] = [marked(line.instance) for line in lines]
    return pd.DataFrame({title: cells for title, cells in columns.items() if any(cells)})


def _value(line: Line, shown: Why, language: str) -> str:
    is_share = shown.question.metric.form is Form.SHARE
    if not is_share and not _has_length(shown):
        return ""
    if line.value is None:
        return (words.LEFT_OUT if is_share else words.NO_END).in_(language)
    if is_share:
        return (words.YES if line.value else words.NO).in_(language)
    return said(float(line.value), "seconds", language)


def _when(fact: Fact | None, language: str, zone: Any) -> str:
    return precise_moment(fact.at, language, zone) if fact else ""


def _what(fact: Fact | None, language: str, zone: Any) -> str:
    if fact is None:
        return ""
    what = fact.what.replace("{until}", _until(fact.until, language, zone))
    words_ = " ".join(fact.words.split())
    cut = f"{words_[:_LONGEST]}…" if len(words_) > _LONGEST else words_
    return marked(f"{what}: {cut}" if cut else what)


def _until(at: Instant | None, language: str, zone: Any) -> str:
    return "" if at is None else moment(at, language, zone)


def _columns(language: str) -> dict[str, Any]:
    column = st.column_config
    return {
        words.LINK.in_(language): column.LinkColumn(
            display_text=words.OPEN.in_(language), width="small"
        ),
        words.CONTACT.in_(language): column.TextColumn(width="medium"),
        words.START.in_(language): column.TextColumn(width=_MOMENT),
        words.START_HOW.in_(language): column.TextColumn(width=_WORDS),
        words.END.in_(language): column.TextColumn(width=_MOMENT),
        words.END_HOW.in_(language): column.TextColumn(width=_WORDS),
    }
