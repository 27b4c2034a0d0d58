"""Teams: groups of people that share conversations."""

from __future__ import annotations

from functools import partial

import streamlit as st

from console import actions
from console.screens.settings import Settings
from console.store.people import Team
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.settings import rows
from console.ui.words import settings as words


def draw(signed: Signed, shown: Settings) -> None:
    """The list with its buttons."""
    language = signed.who.language
    if rows.head(words.TEAMS_INTRO, words.NEW_TEAM, language, "teams:new"):
        rows.ask(words.NEW_TEAM, language, partial(form, None, language))
    if not shown.known.teams:
        st.info(words.NO_TEAMS.in_(language))
    for team in shown.known.teams:
        place = rows.row(team.name, _members(shown, team, language), f"team-{team.id}")
        if place.button(words.EDIT.in_(language), key=f"teams:edit:{team.id}"):
            rows.ask(words.EDIT_TEAM, language, partial(form, team, language))


def _members(shown: Settings, team: Team, language: str) -> str:
    n = sum(team.id in agent.team_ids for agent in shown.known.agents if agent.is_active)
    return (words.MEMBERS_ONE if n == 1 else words.MEMBERS.with_(n=n)).in_(language)


def form(team: Team | None, language: str) -> None:
    """Ask for the name, and write the team down."""
    with st.form("teams:form", border=False):
        name = st.text_input(words.NAME.in_(language), team.name if team else "", max_chars=100)
        if not st.form_submit_button(words.SAVE.in_(language), type="primary"):
            return
    if act(actions.SaveTeam(name, team.id if team else None), said=words.TEAM_SAVED) is not None:
        st.rerun()
