"""What a bulk command needs to know: one control for each of its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import Any, Final

import streamlit as st

from console.actions.base import LONGEST_TEXT
from console.actions.bulk import BulkCommand
from console.actions.distribute import EVEN, RULES
from console.domain import ids
from console.domain.blocking import BLOCK_REASONS
from console.domain.ids import SECOND
from console.domain.priority import PRIORITY_NAMES
from console.readmodel.rows import Load
from console.screens.supervision import Choices
from console.ui import context
from console.ui.format import duration, number
from console.ui.plain import marked, plain
from console.ui.words import supervision as words


def ask(command: Any, choices: Choices, language: str) -> BulkCommand | None:
    """The command with what the person chose; None while something is missing."""
    given = {f.name: _CONTROLS[f.name](choices, language) for f in fields(command)}
    if MISSING in given.values():
        return None
    made: BulkCommand = command(**given)
    return made


MISSING: Final = object()


def agent_line(agent_id: int, choices: Choices, language: str) -> str:
    """A name with what the person has to do, and whether they are there."""
    name = next((marked(a.name) for a in choices.agents if a.id == agent_id), "?")
    load = choices.loads.get(agent_id, Load())
    parts = [name, words.OPEN_N.with_(n=number(load.open_n, language)).in_(language)]
    if load.oldest_at is not None:
        waiting = words.WAITING_N.with_(n=number(load.waiting_n, language))
        wait = duration(max(0, ids.now() - load.oldest_at) // SECOND, language)
        parts += [waiting.in_(language), words.OLDEST.with_(wait=wait).in_(language)]
    if agent_id in choices.online:
        parts.append(words.ONLINE.in_(language))
    return " · ".join(parts)


def _agent(choices: Choices, language: str) -> Any:
    def shown(agent_id: int) -> str:
        return agent_line(agent_id, choices, language) if agent_id else words.NOBODY.in_(language)

    chosen = st.selectbox(
        words.WHOM.in_(language),
        [0, *(agent.id for agent in choices.agents)],
        index=None,
        placeholder=words.CHOOSE.in_(language),
        format_func=shown,
        key="bulk:agent",
    )
    return MISSING if chosen is None else chosen or None


def agents(choices: Choices, language: str, key: str = "bulk:agents") -> Any:
    """Several agents, by name or a whole team at once."""
    teams = {-team.id: team.name for team in choices.teams if choices.members(team.id)}

    lines = {one: words.TEAM_MEMBERS.in_(language).format(name=name) for one, name in teams.items()}
    lines |= {agent.id: agent_line(agent.id, choices, language) for agent in choices.agents}
    chosen = st.multiselect(
        words.TO_WHOM.in_(language),
        list(lines),
        format_func=lambda one: plain(lines[one]),
        placeholder=words.CHOOSE.in_(language),
        key=key,
    )
    found = [i for one in chosen for i in (choices.members(-one) if one < 0 else (one,))]
    return tuple(dict.fromkeys(found)) or MISSING


def rule(_: Choices, language: str, key: str = "bulk:rule") -> str:
    """How several agents share."""
    chosen = st.segmented_control(
        words.RULE.in_(language),
        list(RULES),
        default=EVEN,
        required=True,
        format_func=lambda one: RULES[one].in_(language),
        key=key,
    )
    return chosen or EVEN


def _team(choices: Choices, language: str) -> Any:
    names = {0: words.NO_TEAM.in_(language), **{t.id: marked(t.name) for t in choices.teams}}
    chosen = st.selectbox(
        words.WHICH_TEAM.in_(language),
        list(names),
        index=None,
        placeholder=words.CHOOSE.in_(language),
        format_func=names.__getitem__,
        key="bulk:team",
    )
    return MISSING if chosen is None else chosen or None


def _label(choices: Choices, language: str) -> Any:
    names = {label.id: marked(label.name) for label in choices.labels}
    if not names:
        st.caption(words.NO_LABELS.in_(language))
        return MISSING
    chosen = st.selectbox(
        words.WHICH_LABEL.in_(language),
        list(names),
        index=None,
        placeholder=words.CHOOSE.in_(language),
        format_func=names.__getitem__,
        key="bulk:label",
    )
    return MISSING if chosen is None else chosen


def _on(_: Choices, language: str) -> bool:
    chosen = st.segmented_control(
        words.LABELS.in_(language),
        [True, False],
        default=True,
        required=True,
        format_func=lambda on: words.ON_OFF[on].in_(language),
        key="bulk:on",
        label_visibility="hidden",
    )
    return bool(chosen)


def _text(_: Choices, language: str) -> Any:
    text = st.text_area(
        words.WORDS.in_(language), key="bulk:text", max_chars=LONGEST_TEXT, height=80
    )
    return text if text and text.strip() else MISSING


def _in_window(_: Choices, language: str) -> bool:
    return st.checkbox(
        words.IN_WINDOW.in_(language),
        value=True,
        help=words.IN_WINDOW_HELP.in_(language),
        key="bulk:window",
    )


def _priority(_: Choices, language: str) -> Any:
    names = {"": words.NO_PRIORITY, **{p.value: n for p, n in PRIORITY_NAMES.items()}}
    chosen = st.selectbox(
        words.WHICH_PRIORITY.in_(language),
        list(names),
        index=None,
        format_func=lambda one: plain(names[one].in_(language)),
        placeholder=words.CHOOSE.in_(language),
        key="bulk:priority",
    )
    return MISSING if chosen is None else chosen or None


def _reason(_: Choices, language: str) -> str:
    names = {"": words.NO_REASON, **{one.value: name for one, name in BLOCK_REASONS.items()}}
    return st.selectbox(
        words.WHICH_REASON.in_(language),
        list(names),
        format_func=lambda one: plain(names[one].in_(language)),
        key="bulk:reason",
    )


def _until(_: Choices, language: str) -> Any:
    """A day and a time in the centre's zone; by default tomorrow at nine."""
    zone = context.runtime().settings.zone
    today = datetime.fromtimestamp(ids.now() / SECOND, zone).date()
    left, right = st.columns(2)
    day = left.date_input(
        words.UNTIL_DAY.in_(language),
        today + timedelta(days=1),
        min_value=today,
        format="DD/MM/YYYY",
        key="bulk:day",
    )
    at = right.time_input(words.UNTIL_TIME.in_(language), time(9), key="bulk:time")
    return int(datetime.combine(day, at, zone).timestamp()) * SECOND


_CONTROLS: Final[Mapping[str, Callable[[Choices, str], Any]]] = {
    "agent_id": _agent,
    "agent_ids": agents,
    "rule": rule,
    "team_id": _team,
    "label_id": _label,
    "on": _on,
    "priority": _priority,
    "until_at": _until,
    "text": _text,
    "in_window": _in_window,
    "reason": _reason,
}
