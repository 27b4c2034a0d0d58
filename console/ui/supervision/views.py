"""The views over the filter: one click opens one, one form keeps the filter that is shown."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from console import actions
from console.domain import ids
from console.domain.view import Sort, View
from console.i18n import Text
from console.screens import views
from console.screens.views import DETECTORS, Shown
from console.ui import context
from console.ui.audience import ask_audience
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import number
from console.ui.plain import plain
from console.ui.supervision import leaving, session
from console.ui.words import supervision as words

_PICKED: Final = "supervision:view"
_LOOKED: Final = "supervision:detector"
DOTS: Final = {
    "#1a7f5a": "🟢",
    "#2f6fde": "🔵",
    "#8250c4": "🟣",
    "#c98a00": "🟡",
    "#d9660f": "🟠",
    "#c9302c": "🔴",
    "#8a5a36": "🟤",
    "#4d4d4d": "⚫",
}
_DETECTING: Final = frozenset(detector.key for detector in DETECTORS)


def draw(signed: Signed) -> None:
    """Two rows of views, those that are looked at and those that look for something wrong."""
    held, language = context.runtime(), signed.who.language
    found = views.build(held.store, held.model, signed.who, ids.now(), session.counted())
    _follow_link(found, language)
    usual = [view for view in found if view.key not in _DETECTING]
    wrong = [view for view in found if view.key in _DETECTING]
    top = st.container(horizontal=True, vertical_alignment="center")
    with top:
        _pills(usual, words.VIEWS, _PICKED, language)
        _menu(signed, usual)
        leaving.offer(signed)
    _pills(wrong, words.DETECTORS, _LOOKED, language)
    looked = _active(wrong)
    if looked:
        st.caption(plain(looked.why))


def _pills(found: list[Shown], label: Text, key: str, language: str) -> None:
    by_key = {view.key: view for view in found}
    active = _active(found)
    st.session_state[key] = active.key if active else None
    st.pills(
        label.in_(language),
        list(by_key),
        format_func=lambda one: plain(_title(by_key[one], language)),
        key=key,
        on_change=lambda: _open(by_key.get(st.session_state.get(key) or "")),
        label_visibility="collapsed",
        wrap=True,
    )


def _title(view: Shown, language: str) -> str:
    dot = DOTS.get(view.view.colour, "⚪") if view.view else ""
    many = "—" if view.n is None else number(view.n, language)
    return f"{dot} {view.name} · {many}"


def _active(found: list[Shown]) -> Shown | None:
    """The view that the page shows now."""
    text, sort = session.filter_text(), session.sort()
    alike = [view for view in found if views.is_same(view.filter, text)]
    return next((view for view in alike if view.sort == sort), next(iter(alike), None))


def _open(view: Shown | None) -> None:
    if view is not None:
        session.show(view.filter, view.sort)


def _follow_link(found: list[Shown], language: str) -> None:
    """`?view=…` opens a saved view as it is today."""
    wanted = st.query_params.get("view")
    if wanted is None:
        return
    del st.query_params["view"]
    view = next((one for one in found if one.key == f"view-{wanted}"), None)
    if view is None:
        st.warning(words.NO_VIEW.in_(language))
    else:
        _open(view)


def _menu(signed: Signed, usual: list[Shown]) -> None:
    """Keep this filter as a view; change, move or remove the one that is open."""
    language, active = signed.who.language, _active(usual)
    view = active.view if active and active.may_change else None
    places = _places(usual, view) if view else {}
    chosen = st.menu_button(
        words.VIEW_MENU.in_(language),
        ("save", "edit", *places, "remove") if view else ("save",),
        icon=":material/bookmark:",
        format_func=lambda key: words.VIEW_ACTIONS[key].in_(language),
        key="supervision:view-menu",
        type="tertiary",
    )
    match chosen:
        case "save":
            st.dialog(words.SAVE_VIEW.in_(language))(_form)(signed, None)
        case "edit":
            st.dialog(words.EDIT_VIEW.in_(language))(_form)(signed, view)
        case "remove" if view:
            st.dialog(words.REMOVE_VIEW.in_(language))(_remove)(view, language)
        case "back" | "forth" if active and view:
            _move(view, active.sort, places[chosen])
        case _:
            pass


def _places(usual: list[Shown], view: View) -> dict[str, int]:
    """The position of the place before and behind, where there is one."""
    found = {key: views.beside(usual, view, is_back=key == "back") for key in ("back", "forth")}
    return {key: position for key, position in found.items() if position is not None}


def _move(view: View, sort: Sort, position: int) -> None:
    """Save the view as it is, at another place."""
    wish = actions.SaveView(
        view.name, view.filter, sort, view.audience, view.team_id, view.colour, position, view.id
    )
    if act(wish, said=words.VIEW_MOVED) is not None:
        st.rerun()


def _form(signed: Signed, view: View | None) -> None:
    language = signed.who.language
    st.code(session.filter_text() or words.EVERYTHING.in_(language), language=None, wrap_lines=True)
    with st.form("supervision:view-form", border=False):
        name = st.text_input(words.NAME.in_(language), view.name if view else "", max_chars=80)
        colour = st.segmented_control(
            words.COLOUR.in_(language),
            list(DOTS),
            default=view.colour if view and view.colour in DOTS else next(iter(DOTS)),
            format_func=lambda one: plain(DOTS[one]),
            required=True,
        )
        audience, team_id = ask_audience(signed, view)
        if view:
            link = f"{context.runtime().settings.origin}/supervision?view={view.id}"
            st.caption(words.LINK.in_(language))
            st.code(link, language=None, wrap_lines=True)
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    wish = actions.SaveView(
        name,
        session.filter_text(),
        session.sort(),
        audience,
        team_id,
        colour or next(iter(DOTS)),
        view_id=view.id if view else None,
    )
    if act(wish, said=words.VIEW_SAVED) is not None:
        st.rerun()


def _remove(view: View, language: str) -> None:
    st.write(words.REMOVE_TELL.in_(language))
    st.markdown(f"**{plain(view.name)}**")
    if st.button(words.REMOVE_VIEW.in_(language), type="primary"):
        remove = partial(act, actions.RemoveView(view.id), said=words.VIEW_REMOVED)
        if remove() is not None:
            st.rerun()
