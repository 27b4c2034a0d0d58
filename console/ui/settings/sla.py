"""How soon customers are to be answered: of the centre, and where it differs."""

from __future__ import annotations

from functools import partial

import streamlit as st

from console import actions
from console.domain.errors import RuleError
from console.domain.sla import CENTRE, Owner, SlaPolicy
from console.i18n import Text
from console.screens import hours as written
from console.screens.settings import Settings
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.plain import plain
from console.ui.settings import owners, rows
from console.ui.words import hours as words


def draw(signed: Signed, shown: Settings) -> None:
    """Everybody who may have targets of their own, with those that hold."""
    language = signed.who.language
    st.caption(words.SLA_INTRO.in_(language))
    for owner, name, kept in owners.opened(shown.known, shown.policies, _facts, language, "sla"):
        rows.ask(words.SLA_OF, language, partial(form, owner, name, kept, language))


def _facts(owner: Owner, kept: SlaPolicy | None, language: str) -> str:
    if kept is not None:
        return written.told_policy(kept, language)
    return (words.NO_TARGETS if owner == CENTRE else words.DEFAULT_TARGETS).in_(language)


def form(owner: Owner, name: Text, kept: SlaPolicy | None, language: str) -> None:
    """Ask for the targets, and write them down."""
    st.caption(plain(name.in_(language)))
    with st.form("sla:form", border=False):
        typed = _targets(kept, language)
        is_business = st.selectbox(
            words.CLOCK.in_(language),
            [True, False],
            index=0 if kept is None or kept.is_business else 1,
            format_func=lambda business: _clock(language, is_business=business),
        )
        problem = st.container()
        wanted = owners.pressed(owner, language, has_own=kept is not None)
    with problem:
        if wanted == "remove":
            _save(actions.SaveSla(owner, None))
        elif wanted == "save":
            try:
                policy = written.read_policy(typed, language, is_business=is_business)
            except RuleError as error:
                st.error(plain(error.text.in_(language)))
                return
            _save(actions.SaveSla(owner, policy))


def _targets(kept: SlaPolicy | None, language: str) -> tuple[str, str, str]:
    first, following, resolution = written.write_targets(kept)
    st.caption(words.TARGET_HELP.in_(language))
    example = words.TARGET_EXAMPLE.in_(language)
    return (
        st.text_input(
            written.FIRST_RESPONSE.in_(language), first, max_chars=20, placeholder=example
        ),
        st.text_input(
            written.NEXT_REPLY.in_(language), following, max_chars=20, placeholder=example
        ),
        st.text_input(
            written.RESOLUTION.in_(language),
            resolution,
            max_chars=20,
            placeholder=example,
            help=words.RESOLUTION_HELP.in_(language),
        ),
    )


def _clock(language: str, *, is_business: bool) -> str:
    return (written.BUSINESS_CLOCK if is_business else written.WALL_CLOCK).in_(language)


def _save(wish: actions.SaveSla) -> None:
    if act(wish, said=words.SLA_SAVED) is not None:
        st.rerun()
