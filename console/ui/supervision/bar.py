"""The bulk bar: which rows, which action, and the way to the preview."""

from __future__ import annotations

from typing import Any

import streamlit as st

from console import bulk
from console.actions.advance import BULK_COMMANDS
from console.actions.bulk import BulkCommand
from console.domain import ids
from console.domain.errors import RuleError
from console.readmodel.tree import Tree
from console.screens import supervision
from console.screens.supervision import Supervision
from console.ui import context
from console.ui.context import Signed
from console.ui.format import number
from console.ui.plain import plain
from console.ui.supervision import arguments, preview, session
from console.ui.words import supervision as words


def draw(signed: Signed, shown: Supervision, picked: tuple[int, ...]) -> None:
    """Everything from the choice of rows to the button that opens the preview."""
    language = signed.who.language
    with st.container(border=True, key="bulk-bar"):
        left, middle, right = st.columns([3, 6, 2], vertical_alignment="bottom")
        with left:
            tree = _rows(shown, picked, language)
        with middle:
            command = _command(signed, language)
        is_ready = tree is not None and command is not None
        if right.button(
            words.CHECK.in_(language),
            type="primary",
            icon=":material/fact_check:",
            disabled=not is_ready,
            width="stretch",
            key="bulk:check",
        ):
            assert tree is not None  # noqa: S101 - the button is disabled otherwise
            assert command is not None  # noqa: S101
            _plan(signed, command, tree)


def _rows(shown: Supervision, picked: tuple[int, ...], language: str) -> Tree | None:
    """What to act on: the ticked rows, or all that the filter matches when the run is planned."""
    total = number(shown.total, language)
    takes_all = st.toggle(words.ALL.with_(n=total).in_(language), key=session.ALL)
    if takes_all:
        return shown.tree
    if not picked:
        st.caption(words.PICK.in_(language))
        return None
    many = words.PICKED.with_(n=number(len(picked), language)).in_(language)
    one = words.PICKED_ONE.in_(language)
    st.markdown(f"**{one if len(picked) == 1 else many}**")
    return bulk.chosen(picked)


def _command(signed: Signed, language: str) -> BulkCommand | None:
    head, rest = st.columns([2, 3], vertical_alignment="bottom")
    kinds = [k for k, c in BULK_COMMANDS.items() if signed.who.may(c.right)]
    kind = head.selectbox(
        words.ACTION.in_(language),
        kinds,
        index=None,
        placeholder=words.CHOOSE_ACTION.in_(language),
        format_func=lambda key: BULK_COMMANDS[key].title.in_(language),
        key="bulk:kind",
    )
    if kind is None:
        return None
    with rest.container():
        return _asked(signed, BULK_COMMANDS[kind], language)


def _asked(signed: Signed, command: Any, language: str) -> BulkCommand | None:
    held = context.runtime()
    known = supervision.choices(held.store, held.model, signed.who, ids.now())
    return arguments.ask(command, known, language)


def _plan(signed: Signed, command: BulkCommand, tree: Tree) -> None:
    held, at = context.runtime(), ids.now()
    key = f"page:{ids.new_id()}"
    try:
        with st.spinner(words.PLANNING.in_(signed.who.language)):
            planned = bulk.plan(
                held.store, held.model, command, tree, who=signed.who, at=at, key=key
            )
    except RuleError as error:
        st.error(plain(error.text.in_(signed.who.language)))
        return
    preview.ask(signed, planned.id)
