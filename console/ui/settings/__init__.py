"""The settings: a tab for each thing the person may change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from console.i18n import Text
from console.screens import settings
from console.screens.settings import Settings
from console.ui import context, state
from console.ui.context import Signed
from console.ui.drawn import toasts
from console.ui.settings import canned, hours, instances, labels, mine, people, rules, sla, teams
from console.ui.words import canned as canned_words
from console.ui.words import hours as hour_words
from console.ui.words import settings as words

CANNED_TAB: Final = "canned"  # in the address that the composer leads to
Tab = tuple[Text, Callable[[Signed, Settings], None]]


def draw() -> None:
    """The whole page."""
    signed = context.present()
    state.leave_inbox()
    toasts()
    language = signed.who.language
    st.title(words.TITLE.in_(language))
    shown = settings.build(context.runtime().store, signed.who)
    chosen = tabs(shown)
    names = [title.in_(language) for title, _ in chosen]
    asked = canned_words.TAB.in_(language) if st.query_params.get("tab") == CANNED_TAB else None
    places = st.tabs(names, default=asked if asked in names else None, key="settings:tabs")
    for place, (_, drawn) in zip(places, chosen, strict=True):
        with place:
            drawn(signed, shown)


def tabs(shown: Settings) -> list[Tab]:
    """The tabs of this person, the most administered first."""
    found: list[Tab] = []
    if shown.may_administer:
        found += [
            (words.PEOPLE, people.draw),
            (words.TEAMS, teams.draw),
            (words.INSTANCES, instances.draw),
            (hour_words.HOURS, hours.draw),
            (hour_words.SLA, sla.draw),
            (words.RULES, rules.draw),
        ]
    if shown.may_label:
        found.append((words.LABELS, labels.draw))
    if shown.may_answer:
        found.append((canned_words.TAB, canned.draw))
    return [*found, (words.MINE, mine.draw)]
