"""The scheduled exports on their page: what each does, when, how it went, and its buttons."""

from __future__ import annotations

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from console import actions
from console.actions import Command
from console.domain.schedule import Schedule
from console.i18n import Text
from console.screens import schedules
from console.screens.schedules import Planned
from console.ui import context, schedule_form
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import city, moment, number, size
from console.ui.plain import plain
from console.ui.words import schedules as words

_ICON: Final = ":material/event_repeat:"


def draw(signed: Signed, filter_text: str) -> None:
    """The section: its head with the button, and every schedule."""
    language = signed.who.language
    can_send = bool(schedules.targets(context.runtime().settings))
    head = st.container(horizontal=True, vertical_alignment="center")
    head.caption(words.INTRO.in_(language), width="stretch")
    new = words.NEW.in_(language)
    if can_send and head.button(new, type="primary", icon=_ICON, key="schedule:new"):
        _ask(signed, None, filter_text)
    shown = schedules.build(context.runtime().store, signed.who)
    if not can_send:
        st.info(words.NOWHERE.in_(language))
    elif not shown:
        st.info(words.NONE.in_(language))
    for planned in shown:
        _one(signed, planned)


def is_moving(signed: Signed) -> bool:
    """Whether a run of any of them is going on."""
    shown = schedules.build(context.runtime().store, signed.who)
    return any(planned.schedule.is_going_on for planned in shown)


def _ask(signed: Signed, before: Schedule | None, filter_text: str = "") -> None:
    title = (words.EDIT if before else words.NEW_TITLE).in_(signed.who.language)
    st.dialog(title, width="medium")(schedule_form.ask)(signed, before, filter_text)


def _one(signed: Signed, planned: Planned) -> None:
    language, schedule = signed.who.language, planned.schedule
    plan = schedule.plan
    with st.container(border=True, key=f"schedule-{schedule.id}"):
        named = st.container(horizontal=True, vertical_alignment="center")
        named.markdown(f"**{plain(plan.name)}**", width="content")
        _badge(schedule, named, language)
        if not planned.is_own:
            named.caption(words.OF.with_(name=plain(planned.owner)).in_(language))
        sentence = schedules.told(plan, city(plan.clock_zone, language)).in_(language)
        st.markdown(plain(sentence))
        if plan.filter:
            st.code(plan.filter, language=None, wrap_lines=True)
        _times(schedule, language)
        _buttons(signed, planned, st.container(horizontal=True, gap="medium"))


def _badge(schedule: Schedule, place: DeltaGenerator, language: str) -> None:
    if schedule.is_going_on:
        place.badge(words.RUNNING.in_(language), icon=":material/sync:", color="blue")
    elif schedule.is_active:
        place.badge(words.ACTIVE.in_(language), icon=":material/check:", color="green")
    else:
        place.badge(words.PAUSED.in_(language), icon=":material/pause:", color="gray")


def _times(schedule: Schedule, language: str) -> None:
    zone = schedule.plan.clock_zone
    with st.container(horizontal=True, gap="small"):
        if schedule.retry_at:
            time = moment(schedule.retry_at, language, zone)
            st.caption(words.RETRYING.with_(time=plain(time)).in_(language), width="content")
        elif schedule.next_at:
            time = moment(schedule.next_at, language, zone)
            st.caption(words.NEXT_ONE.with_(time=plain(time)).in_(language), width="content")
        _last(schedule, language)
    problem = schedule.paused_for or schedule.last_problem
    if problem:
        st.warning(plain(problem.in_(language)))


def _last(schedule: Schedule, language: str) -> None:
    if schedule.last_at is None or schedule.last_place is None:
        st.caption(words.NEVER.in_(language), width="content")
        return
    time = moment(schedule.last_at, language, schedule.plan.clock_zone)
    st.caption(
        words.LAST.with_(
            time=plain(time),
            rows=number(schedule.last_rows_n, language),
            size=size(schedule.last_bytes_n, language),
            place=plain(schedule.last_place),
        ).in_(language),
        width="content",
    )


def _buttons(signed: Signed, planned: Planned, place: DeltaGenerator) -> None:
    language, schedule = signed.who.language, planned.schedule
    key = f"schedule:{schedule.id}"
    if planned.is_own:
        is_off = schedule.is_going_on
        if _small(place, words.RUN, ":material/play_arrow:", f"{key}:run", language, is_off=is_off):
            _do(actions.RunSchedule(schedule.id), words.DONE_RUN)
        if _small(place, words.EDIT, ":material/edit:", f"{key}:edit", language):
            _ask(signed, schedule)
    if schedule.is_active:
        if _small(place, words.PAUSE, ":material/pause:", f"{key}:pause", language):
            _do(actions.PauseSchedule(schedule.id), words.DONE_PAUSED)
    elif planned.is_own and _small(
        place, words.RESUME, ":material/resume:", f"{key}:resume", language
    ):
        _do(actions.ResumeSchedule(schedule.id), words.DONE_RESUMED)
    with place.popover(words.REMOVE.in_(language), icon=":material/delete:", type="tertiary"):
        st.caption(words.SURE.in_(language))
        if st.button(words.REMOVE.in_(language), type="primary", key=f"{key}:remove"):
            _do(actions.RemoveSchedule(schedule.id), words.DONE_REMOVED)


def _small(
    place: DeltaGenerator, title: Text, icon: str, key: str, language: str, *, is_off: bool = False
) -> bool:
    label = plain(title.in_(language))
    return place.button(label, icon=icon, key=key, type="tertiary", disabled=is_off)


def _do(command: Command, said: Text) -> None:
    if act(command, said=said) is not None:
        context.runtime().wake()
        st.rerun()
