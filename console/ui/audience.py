"""Asking for whom something is kept: for oneself, a team, or everybody."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console.domain.agent import Right
from console.domain.audience import AUDIENCE_NAMES, Audience, Shared, may_share
from console.i18n import Text
from console.ui import context
from console.ui.context import Signed
from console.ui.plain import marked

_WHO: Final = Text("Quem vê", "Who sees it", "Quién la ve")
_WHICH_TEAM: Final = Text(
    "Equipe (quando for para uma equipe)", "Team (when it is for one)", "Equipo (si es para uno)"
)


def ask_audience(signed: Signed, kept: Shared | None) -> tuple[Audience, int | None]:
    """Who is to find it, of those whom this person may address; and which team."""
    language, who = signed.who.language, signed.who
    teams = context.runtime().model.directory.teams
    mine = [team for team in teams if may_share(Audience.TEAM, team, who)]
    offered = [Audience.PRIVATE]
    offered += [Audience.TEAM] if mine else []
    offered += [Audience.EVERYBODY] if who.may(Right.LABELS) else []
    chosen = st.selectbox(
        _WHO.in_(language),
        offered,
        index=offered.index(kept.audience) if kept and kept.audience in offered else 0,
        format_func=lambda one: AUDIENCE_NAMES[one].in_(language),
    )
    if not mine:
        return chosen, None
    team = st.selectbox(
        _WHICH_TEAM.in_(language),
        mine,
        index=mine.index(kept.team_id) if kept and kept.team_id in mine else 0,
        format_func=lambda one: marked(teams[one].name),
    )
    return chosen, team if chosen is Audience.TEAM else None
