"""The systems that may send notifications: their tokens are shown once."""

from __future__ import annotations

from functools import partial

import streamlit as st

from console import actions
from console.domain import ids
from console.domain.ids import Instant
from console.screens.instances import Instances
from console.store.integrations import Integration, hash_of, new_token
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import since
from console.ui.plain import plain
from console.ui.settings import rows
from console.ui.words import instances as words


def draw(signed: Signed, shown: Instances) -> None:
    """The section with its head and every system."""
    language = signed.who.language
    if rows.head(words.SYSTEMS_INTRO, words.NEW_SYSTEM, language, "systems:new"):
        rows.ask(words.NEW_SYSTEM, language, partial(form, language))
    if not shown.systems:
        st.info(words.NO_SYSTEMS.in_(language), icon=":material/api:")
    for system in shown.systems:
        _row(system, language)


def _row(system: Integration, language: str) -> None:
    place = rows.row(system.name, _facts(system, language), f"system-{system.id}")
    if not system.is_active:
        place.badge(words.REVOKED.in_(language), color="gray")
        return
    place.badge(words.ACTIVE.in_(language), icon=":material/check:", color="green")
    with place.popover(words.REVOKE.in_(language), icon=":material/key_off:"):
        st.caption(words.REVOKE_SURE.in_(language))
        if st.button(words.REVOKE.in_(language), type="primary", key=f"systems:off:{system.id}"):
            _revoke(system)


def _facts(system: Integration, language: str) -> str:
    made = words.MADE_ON.with_(when=_ago(system.created_at, language))
    used = words.NEVER_USED
    if system.used_at:
        used = words.USED.with_(when=_ago(system.used_at, language))
    return f"{made.in_(language)} · {used.in_(language)}"


def form(language: str) -> None:
    """Ask for the name, and show the token once."""
    with st.form("systems:form", border=False):
        name = st.text_input(words.SYSTEM_NAME.in_(language), max_chars=100)
        is_wished = st.form_submit_button(words.CREATE.in_(language), type="primary")
    if not is_wished:
        return
    token = new_token()
    if act(actions.SaveIntegration(name, hash_of(token)), said=words.SYSTEM_MADE) is None:
        return
    st.warning(words.TOKEN_ONCE.in_(language), icon=":material/key:")
    st.code(token, language=None, wrap_lines=True)
    if st.button(words.DONE.in_(language), type="primary", key="systems:done"):
        st.rerun()


def _revoke(system: Integration) -> None:
    if act(actions.RevokeIntegration(system.id), said=words.REVOKE_DONE) is not None:
        st.rerun()


def _ago(at: Instant, language: str) -> str:
    return plain(since(at, ids.now(), language, context.runtime().settings.zone))
