"""Business hours of the centre, and of instances and teams that differ from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from zoneinfo import available_timezones

import streamlit as st

from console import actions
from console.domain.errors import RuleError
from console.domain.hours import Block
from console.domain.sla import CENTRE, Owner, Timetable
from console.i18n import Text
from console.screens import hours as written
from console.screens.settings import Settings
from console.store.holidays import KEYS
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.plain import plain
from console.ui.settings import owners, rows
from console.ui.words import hours as words

_OFFICE: Final = (Block(9 * 60, 12 * 60), Block(13 * 60, 18 * 60))
_FIRST_WEEK: Final = (*([_OFFICE] * 5), (), ())
_BRAZIL: Final = (
    "America/Sao_Paulo",
    "America/Manaus",
    "America/Cuiaba",
    "America/Campo_Grande",
    "America/Belem",
    "America/Fortaleza",
    "America/Recife",
    "America/Maceio",
    "America/Bahia",
    "America/Araguaina",
    "America/Santarem",
    "America/Porto_Velho",
    "America/Boa_Vista",
    "America/Rio_Branco",
    "America/Eirunepe",
    "America/Noronha",
)


def draw(signed: Signed, shown: Settings) -> None:
    """Everybody who may have hours of their own, with those that hold."""
    language = signed.who.language
    st.caption(words.HOURS_INTRO.in_(language))
    for owner, name, kept in owners.opened(shown.known, shown.hours, _facts, language, "hours"):
        rows.ask(words.HOURS_OF, language, partial(form, owner, name, kept, language))


def _facts(owner: Owner, kept: Timetable | None, language: str) -> str:
    if kept is not None:
        return written.told_hours(kept, language)
    return (words.NO_HOURS if owner == CENTRE else words.DEFAULT_HOLDS).in_(language)


def form(owner: Owner, name: Text, kept: Timetable | None, language: str) -> None:
    """Ask for the week and the closed days, and write them down."""
    st.caption(plain(name.in_(language)))
    with st.form("hours:form", border=False):
        typed = _week(kept.week if kept else _FIRST_WEEK, language)
        zone, holidays = _place(kept, language)
        closed = st.text_area(
            words.CLOSED_DAYS.in_(language),
            written.write_days(kept.closed_on, language) if kept else "",
            help=words.CLOSED_HELP.in_(language),
            max_chars=20_000,
        )
        problem = st.container()
        wanted = owners.pressed(owner, language, has_own=kept is not None)
    with problem:
        if wanted == "remove":
            _save(actions.SaveHours(owner, None))
        elif wanted == "save":
            try:
                days = written.read_days(closed)
                table = Timetable(written.read_week(typed), zone, holidays, days)
            except RuleError as error:
                st.error(plain(error.text.in_(language)))
                return
            _save(actions.SaveHours(owner, table))


def _week(week: Sequence[Sequence[Block]], language: str) -> list[str]:
    st.caption(words.BLOCKS_HELP.in_(language))
    return [
        st.text_input(
            written.WEEKDAYS[day].in_(language),
            written.write_blocks(blocks),
            key=f"hours:day:{day}",
            max_chars=200,
            placeholder=words.BLOCKS_EXAMPLE.in_(language),
        )
        for day, blocks in enumerate(week)
    ]


def _place(kept: Timetable | None, language: str) -> tuple[str, str | None]:
    """The time zone, and whose holidays are closed days."""
    left, right = st.columns(2)
    own = kept.zone if kept else context.runtime().settings.time_zone
    zones = list(dict.fromkeys((own, *_BRAZIL, *sorted(available_timezones()))))
    zone = left.selectbox(words.ZONE.in_(language), zones)
    keys = [None, *KEYS]
    holidays = right.selectbox(
        words.HOLIDAYS.in_(language),
        keys,
        index=keys.index(kept.holidays if kept else "BR"),
        format_func=lambda key: _holidays(key, language),
    )
    return zone, holidays


def _holidays(key: str | None, language: str) -> str:
    if key is None:
        return words.NO_HOLIDAYS.in_(language)
    state = key.partition("-")[2]
    return (words.OF_STATE.with_(state=plain(state)) if state else words.NATIONAL).in_(language)


def _save(wish: actions.SaveHours) -> None:
    if act(wish, said=words.HOURS_SAVED) is not None:
        st.rerun()
