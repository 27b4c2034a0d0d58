"""The filter of supervision: typed as an expression, or built by clicking; both are one filter."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console.domain import ids
from console.domain.errors import RuleError
from console.readmodel import ask, expression
from console.readmodel.rows import SORTS
from console.readmodel.tree import Everything, Tree
from console.screens.builder_catalogue import catalogue
from console.screens.directory import directory
from console.screens.supervision import Supervision, Wanted
from console.ui import builder, context
from console.ui.builder import Asked, Shown
from console.ui.context import Signed
from console.ui.supervision import session, table
from console.ui.words import supervision as words

_BUILDER: Final = "supervision:builder"
_OPEN: Final = "supervision:builds"


def asked(signed: Signed) -> tuple[Wanted, Asked | None]:
    """The filter and the order, and the draft of the builder when it is open."""
    draft = _draft() if st.session_state.get(_OPEN) else None
    language = signed.who.language
    left, middle, right = st.columns([6, 2, 2], vertical_alignment="bottom")
    text = left.text_input(
        words.FILTER.in_(language),
        key=session.FILTER,
        bind="query-params",
        placeholder=words.FILTER_HINT.in_(language),
        help=words.FILTER_HELP.in_(language),
        icon=":material/filter_alt:",
        live="300ms",
        max_chars=expression.LONGEST,
    )
    middle.toggle(words.BUILD.in_(language), key=_OPEN)
    sort = right.selectbox(
        words.SORT.in_(language),
        list(SORTS),
        format_func=lambda key: SORTS[key].name.in_(language),
        key=session.SORT,
    )
    session.tell_address()
    return Wanted(text or "", sort, table.page_of(text or "", sort)), draft


def _draft() -> Asked:
    """What is built now; a whole draft becomes the text of the filter before that is drawn."""
    given = _read(session.filter_text())
    now = builder.asked(given, key=_BUILDER)
    if now.tree is not None and now.tree != given:
        st.session_state[session.FILTER] = expression.to_text(now.tree)
    return now


def _read(text: str) -> Tree:
    try:
        return expression.parse(text)
    except RuleError:
        return Everything()


def draw(signed: Signed, draft: Asked | None, shown: Supervision) -> None:
    """The builder with its count, and the SQL of the filter for whoever wants to know."""
    if draft is None:
        return
    held, language = context.runtime(), signed.who.language
    with held.store.read() as connection:
        offered = catalogue(signed.who, directory(connection, held.model))
    problem = shown.problem.text if shown.problem else None
    count = None if problem or draft.tree is None else shown.total
    with st.container(border=True):
        builder.draw(draft, Shown(offered, language, count, problem), key=_BUILDER)
        if not problem:
            with st.expander(words.SHOW_SQL.in_(language)):
                sql = ask.sql_text(held.model, shown.tree, signed.who, ids.now())
                st.code(sql, language="sql", wrap_lines=True)
