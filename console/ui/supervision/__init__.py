"""The page of supervision: a filter, everything it matches, and what to do with all of it."""

from __future__ import annotations

import streamlit as st

from console.domain import ids
from console.screens import supervision
from console.screens.supervision import Supervision
from console.ui import context, exports, state
from console.ui.context import Signed
from console.ui.drawn import toasts
from console.ui.format import number
from console.ui.plain import plain
from console.ui.supervision import bar, filtering, preview, running, session, table, views
from console.ui.words import supervision as words


def draw() -> None:
    """The whole page."""
    signed = context.present()
    state.leave_inbox()
    toasts()
    session.begin()
    language = signed.who.language
    st.title(words.TITLE.in_(language))
    running.draw(signed)
    wanted_preview = session.to_preview()
    if wanted_preview is not None:
        preview.ask(signed, wanted_preview)
    views.draw(signed)
    wanted, draft = filtering.asked(signed)
    shown = supervision.build(context.runtime().model, signed.who, wanted, ids.now())
    filtering.draw(signed, draft, shown)
    if draft is not None and draft.tree is None:
        return
    if shown.problem:
        st.error(plain(shown.problem.text.in_(language)))
        return
    if draft is None:  # the builder tells the number itself
        _head(signed, wanted.filter, shown)
    if not shown.total:
        st.info(words.NONE.in_(language))
        return
    bar.draw(signed, shown, table.picked(shown))
    table.draw(signed, shown)


def _head(signed: Signed, filter_text: str, shown: Supervision) -> None:
    language = signed.who.language
    with st.container(horizontal=True, vertical_alignment="center"):
        if shown.total == 1:
            st.markdown(f"**{words.FOUND_ONE.in_(language)}**")
        else:
            found = words.FOUND.with_(n=number(shown.total, language)).in_(language)
            st.markdown(f"**{found}**")
        if shown.total:
            exports.offer(signed, filter_text, key="supervision")
