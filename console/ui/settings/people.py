"""People: who signs in, in which role, in which teams."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from console import actions
from console.domain.agent import ROLE_NAMES, Role
from console.domain.errors import RuleError
from console.i18n import Text
from console.screens import settings
from console.screens.paging import pages_of
from console.screens.settings import Settings
from console.store.people import Agent
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.plain import marked, plain
from console.ui.settings import rows
from console.ui.words import settings as words

_PAGE: Final = 25


def draw(signed: Signed, shown: Settings) -> None:
    """The list with its buttons."""
    language = signed.who.language
    if rows.head(words.PEOPLE_INTRO, words.NEW_PERSON, language, "people:new"):
        rows.ask(words.NEW_PERSON, language, partial(form, signed, shown, None))
    for agent in _shown(shown.known.agents, language):
        _row(signed, shown, agent)


def _shown(agents: tuple[Agent, ...], language: str) -> tuple[Agent, ...]:
    """One page of those at work, and of former ones too on request (an import brings thousands)."""
    has_former = any(not agent.is_active for agent in agents)
    sees_former = has_former and st.toggle(words.SHOW_INACTIVE.in_(language), key="people:former")
    found = [agent for agent in agents if agent.is_active or sees_former]
    pages = pages_of(len(found), _PAGE)
    page = st.pagination(pages, key=f"people:page:{pages}") if pages > 1 else 1
    return tuple(found[(page - 1) * _PAGE : page * _PAGE])


def _row(signed: Signed, shown: Settings, agent: Agent) -> None:
    place = rows.row(agent.name, _facts(signed, shown, agent), f"person-{agent.id}")
    language = signed.who.language
    chosen = place.menu_button(
        words.CHANGE_PERSON.in_(language),
        _offered(signed, agent),
        key=f"people:menu:{agent.id}",
        format_func=lambda key: words.PERSON_CHANGES[key].in_(language),
    )
    if chosen is not None:
        _open(chosen, signed, shown, agent)


def _offered(signed: Signed, agent: Agent) -> tuple[str, ...]:
    """What may be done with a person; nobody locks themselves out."""
    if not agent.is_active:
        return ("edit", "on")
    return ("edit", "reset") if agent.id == signed.who.agent_id else ("edit", "reset", "off")


def _open(chosen: str, signed: Signed, shown: Settings, agent: Agent) -> None:
    language = signed.who.language
    match chosen:
        case "edit":
            rows.ask(words.EDIT_PERSON, language, partial(form, signed, shown, agent))
        case "reset":
            rows.ask(words.RESET, language, partial(reset, agent, language))
        case "off":
            rows.ask(words.DEACTIVATE, language, partial(deactivate, agent, language))
        case _:
            _reactivate(agent)


def _facts(signed: Signed, shown: Settings, agent: Agent) -> str:
    language = signed.who.language
    teams = [shown.team_names[t] for t in agent.team_ids if t in shown.team_names]
    facts = [
        agent.email,
        ROLE_NAMES[agent.role].in_(language),
        ", ".join(teams) or words.NO_TEAM.in_(language),
    ]
    if agent.id == signed.who.agent_id:
        facts.append(words.YOU.in_(language))
    if not agent.is_active:
        facts.append(words.DEACTIVATED.in_(language))
    elif not agent.can_sign_in:
        facts.append(words.NO_PASSWORD.in_(language))
    return " · ".join(facts)


def _reactivate(agent: Agent) -> None:
    if act(settings.activation(agent, is_active=True), said=words.REACTIVATE_DONE) is not None:
        st.rerun()


def form(signed: Signed, shown: Settings, agent: Agent | None) -> None:
    """Ask for the person, and write them down."""
    language = signed.who.language
    with st.form("people:form", border=False):
        name = st.text_input(words.NAME.in_(language), agent.name if agent else "", max_chars=200)
        email = st.text_input(
            words.EMAIL.in_(language), agent.email if agent else "", max_chars=200
        )
        role = _role(agent, language)
        teams = _teams(shown, agent, language)
        password = "" if agent else _first_password(language)
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    is_active = agent.is_active if agent else True
    wish = actions.SaveAgent(
        email, name, role, tuple(teams), is_active, agent.id if agent else None
    )
    _save(wish, password, language)


def _line(word: Text, value: str, language: str) -> str:
    return st.text_input(plain(word.in_(language)), value, max_chars=200)


def _role(agent: Agent | None, language: str) -> Role:
    roles = list(ROLE_NAMES)
    return st.selectbox(
        words.ROLE.in_(language),
        roles,
        index=roles.index(agent.role if agent else Role.AGENT),
        format_func=lambda role: ROLE_NAMES[role].in_(language),
    )


def _teams(shown: Settings, agent: Agent | None, language: str) -> list[int]:
    names = shown.team_names
    return st.multiselect(
        words.TEAMS.in_(language),
        list(names),
        default=[t for t in agent.team_ids if t in names] if agent else [],
        format_func=lambda team: plain(names[team]),
        placeholder=words.NO_TEAM.in_(language),
    )


def _first_password(language: str) -> str:
    return st.text_input(
        words.FIRST_PASSWORD.in_(language),
        type="password",
        autocomplete="new-password",
        max_chars=128,
        help=words.PASSWORD_HELP.in_(language),
    )


def _save(wish: actions.SaveAgent, password: str, language: str) -> None:
    """A weak password is refused before anything is written."""
    try:
        password_hash = settings.hashed(password) if password else None
    except RuleError as error:
        st.error(plain(error.text.in_(language)))
        return
    saved = act(wish, said=words.PERSON_SAVED)
    if saved is None:
        return
    if password_hash:
        act(actions.SetPassword(saved, password_hash), said=words.PERSON_SAVED)
    st.rerun()


def reset(agent: Agent, language: str) -> None:
    """Ask for a new password for somebody."""
    st.text(marked(agent.name))
    st.caption(words.RESET_FOR.in_(language))
    with st.form("people:password", border=False):
        password = _first_password(language)
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    try:
        wish = actions.SetPassword(agent.id, settings.hashed(password))
    except RuleError as error:
        st.error(plain(error.text.in_(language)))
        return
    if act(wish, said=words.RESET_DONE) is not None:
        st.rerun()


def deactivate(agent: Agent, language: str) -> None:
    """Ask whether somebody is really to lose their access."""
    st.markdown(words.DEACTIVATE_ASK.with_(name=plain(agent.name)).in_(language))
    place = st.container(horizontal=True)
    if place.button(words.DEACTIVATE.in_(language), type="primary", key="people:off:yes"):
        wish = settings.activation(agent, is_active=False)
        if act(wish, said=words.DEACTIVATE_DONE) is not None:
            st.rerun()
    if place.button(words.CANCEL.in_(language), key="people:off:no"):
        st.rerun()
