"""Canned replies: the list, a form for one, and files in and out."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from console import actions
from console.domain.audience import AUDIENCE_NAMES, Audience
from console.domain.canned import LONGEST_SHORTCUT, LONGEST_TEXT, CannedReply
from console.domain.errors import RuleError
from console.screens import canned
from console.screens.canned import CANNED, Incoming, Line
from console.screens.paging import pages_of
from console.screens.settings import Settings
from console.ui import context
from console.ui.audience import ask_audience
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import number
from console.ui.plain import plain
from console.ui.settings import rows
from console.ui.words import canned as words

_PAGE: Final = 25
_MOST_PROBLEMS: Final = 5


def draw(signed: Signed, _: Settings) -> None:
    """The list with its buttons."""
    language, store = signed.who.language, context.runtime().store
    if rows.head(words.INTRO, words.NEW, language, "canned:new"):
        rows.ask(words.NEW, language, partial(form, signed, None))
    tools = st.container(horizontal=True, vertical_alignment="center")
    sought = tools.text_input(
        words.SEARCH.in_(language),
        key="canned:search",
        placeholder=words.SEARCH.in_(language),
        label_visibility="collapsed",
    )
    if tools.button(words.IMPORT.in_(language), icon=":material/upload:", key="canned:import"):
        rows.ask(words.IMPORT, language, partial(bring, signed))
    tools.link_button(
        words.EXPORT.in_(language), f"{CANNED}?format=csv", icon=":material/download:"
    )
    found = canned.build(store, signed.who, sought)
    if not found:
        st.info(plain((words.NOTHING if sought else words.NONE).in_(language)))
    for line in _page(found):
        _row(signed, line)


def _page(found: list[Line]) -> list[Line]:
    pages = pages_of(len(found), _PAGE)
    page = st.pagination(pages, key=f"canned:page:{pages}") if pages > 1 else 1
    return found[(page - 1) * _PAGE : page * _PAGE]


def _row(signed: Signed, line: Line) -> None:
    language, reply = signed.who.language, line.reply
    facts = f"{_audience(reply, language)} · {' '.join(reply.text.split())}"
    place = rows.row(f"/{reply.shortcut}", facts, f"canned-{reply.id}")
    if not line.may_change:
        return
    chosen = place.menu_button(
        words.CHANGE.in_(language),
        tuple(words.CHANGES),
        key=f"canned:menu:{reply.id}",
        format_func=lambda key: words.CHANGES[key].in_(language),
    )
    if chosen == "edit":
        rows.ask(words.EDIT, language, partial(form, signed, reply))
    elif chosen == "remove":
        rows.ask(words.REMOVE, language, partial(remove, reply, language))


def _audience(reply: CannedReply, language: str) -> str:
    if reply.audience is not Audience.TEAM:
        return AUDIENCE_NAMES[reply.audience].in_(language)
    team = context.runtime().model.directory.teams.get(reply.team_id or 0)
    return words.FOR_TEAM.with_(name=plain(team.name if team else "")).in_(language)


def form(signed: Signed, reply: CannedReply | None) -> None:
    """Ask for a reply, and write it down."""
    language = signed.who.language
    with st.form("canned:form", border=False):
        shortcut = st.text_input(
            words.SHORTCUT.in_(language),
            reply.shortcut if reply else "",
            max_chars=LONGEST_SHORTCUT + 1,
            help=words.SHORTCUT_HELP.in_(language),
        )
        text = st.text_area(
            words.TEXT.in_(language),
            reply.text if reply else "",
            max_chars=LONGEST_TEXT,
            height=170,
        )
        st.caption(words.GAPS.with_(gaps=plain(words.gap_names(language))).in_(language))
        audience, team_id = ask_audience(signed, reply)
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    wish = actions.SaveCanned(shortcut, text, audience, team_id, reply.id if reply else None)
    if act(wish, said=words.SAVED) is not None:
        st.rerun()


def remove(reply: CannedReply, language: str) -> None:
    """Ask once more, and take it away."""
    st.write(words.REMOVE_ASK.with_(shortcut=plain(reply.shortcut)).in_(language))
    if st.button(words.REMOVE.in_(language), type="primary", key="canned:remove"):
        wish = actions.RemoveCanned(reply.id)
        if act(wish, said=words.REMOVED) is not None:
            st.rerun()


def bring(signed: Signed) -> None:
    """Ask for a file, say what it would do, and do it."""
    language, store = signed.who.language, context.runtime().store
    st.write(plain(words.IMPORT_TELL.in_(language)))
    audience, team_id = ask_audience(signed, None)
    file = st.file_uploader(words.FILE.in_(language), type=["csv"], key="canned:file")
    if file is None:
        return
    known = [line.reply for line in canned.build(store, signed.who)]
    try:
        found = canned.from_csv(file.getvalue(), known, audience, team_id, signed.who)
    except RuleError as problem:
        st.error(plain(problem.text.in_(language)))
        return
    _tell(found, language)
    wanted = words.IMPORT_NOW.with_(n=len(found.wishes)).in_(language)
    if st.button(wanted, type="primary", disabled=not found.wishes) and _all_done(found):
        st.rerun()


def _tell(found: Incoming, language: str) -> None:
    told = words.FOUND.with_(
        new=number(found.new_n, language),
        changed=number(found.changed_n, language),
        same=number(found.same_n, language),
    )
    st.write(plain(told.in_(language)))
    if not found.problems:
        return
    st.warning(words.PROBLEMS.with_(n=len(found.problems)).in_(language))
    for n, why in found.problems[:_MOST_PROBLEMS]:
        st.caption(
            words.LINE.with_(n=number(n, language), why=plain(why.in_(language))).in_(language)
        )


def _all_done(found: Incoming) -> bool:
    """Whether every wish was granted; what was written before a refusal stays written."""
    said = words.IMPORTED.with_(n=len(found.wishes))
    return all(act(wish, said=said) is not None for wish in found.wishes)
