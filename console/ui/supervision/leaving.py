"""An agent is leaving: everything pending on one desk goes to others."""

from __future__ import annotations

import streamlit as st

from console import bulk
from console.actions import Distribute
from console.domain import ids
from console.domain.errors import RuleError
from console.readmodel.tree import Condition, all_of
from console.screens import supervision
from console.screens.supervision import Choices
from console.store.people import Agent
from console.ui import context
from console.ui.context import Signed
from console.ui.plain import plain
from console.ui.supervision import arguments, session
from console.ui.words import supervision as words


def offer(signed: Signed) -> None:
    """The way to the dialog."""
    language = signed.who.language
    if st.button(
        words.LEAVING.in_(language),
        icon=":material/person_remove:",
        type="tertiary",
        key="supervision:leaving",
    ):
        st.dialog(words.LEAVING.in_(language), width="medium")(_dialog)(signed)


def _dialog(signed: Signed) -> None:
    held, language = context.runtime(), signed.who.language
    choices = supervision.choices(held.store, held.model, signed.who, ids.now())
    st.write(words.LEAVING_TELL.in_(language))
    leaving = _who(choices, language)
    wish = _wish(choices, leaving, language)
    is_ready = leaving is not None and wish is not None
    if st.button(words.CHECK.in_(language), type="primary", disabled=not is_ready):
        assert leaving is not None  # noqa: S101 - the button is disabled otherwise
        assert wish is not None  # noqa: S101
        _plan(signed, leaving, wish)


def _who(choices: Choices, language: str) -> Agent | None:
    return st.selectbox(
        words.WHO_LEAVES.in_(language),
        choices.agents,
        index=None,
        placeholder=words.CHOOSE.in_(language),
        format_func=lambda agent: arguments.agent_line(agent.id, choices, language),
        key="leaving:who",
    )


def _wish(choices: Choices, leaving: Agent | None, language: str) -> Distribute | None:
    chosen = arguments.agents(choices, language, key="leaving:to")
    rule = arguments.rule(choices, language, key="leaving:rule")
    if chosen is arguments.MISSING:
        return None
    others = tuple(i for i in chosen if leaving is None or i != leaving.id)
    return Distribute(others, rule) if others else None


def _plan(signed: Signed, leaving: Agent, wish: Distribute) -> None:
    held = context.runtime()
    pending = Condition("status", "=", ("pending",))
    tree = all_of((Condition("assignee", "=", (leaving.email,)), pending))
    try:
        planned = bulk.plan(
            held.store,
            held.model,
            wish,
            tree,
            who=signed.who,
            at=ids.now(),
            key=f"page:{ids.new_id()}",
        )
    except RuleError as error:
        st.error(plain(error.text.in_(signed.who.language)))
        return
    session.preview(planned.id)
    st.rerun()
