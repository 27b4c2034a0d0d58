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
    head.subheader(words.TITLE.in_(language), anchor=False, width="stretch")
    if can_send and head.button(words.NEW.in_(language), icon=_ICON, key="schedule:new"):
        _ask(signed, None, filter_text)
    shown = schedules.build(context.runtime().store, signed.who)
    if not shown:
        st.info((words.NONE if can_send else words.NOWHERE).in_(language))
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
        head = st.container(horizontal=True, vertical_alignment="center")
        head.markdown(f"**{plain(plan.name)}**", width="content")
        _badge(schedule, head, language)
        if not planned.is_own:
            head.caption(words.OF.with_(name=plain(planned.owner)).in_(language))
        _buttons(signed, planned, st.container(horizontal=True))
        sentence = schedules.told(plan, city(plan.zone_info, language)).in_(language)
        st.markdown(plain(sentence))
        if plan.filter:
            st.code(plan.filter, language=None, wrap_lines=True)
        _times(schedule, language)


def _badge(schedule: Schedule, place: DeltaGenerator, language: str) -> None:
    if schedule.is_going_on:
        place.badge(words.RUNNING.in_(language), icon=":material/sync:", color="blue")
    elif schedule.is_active:
        place.badge(words.ACTIVE.in_(language), icon=":material/check:", color="green")
    else:
        place.badge(words.PAUSED.in_(language), icon=":material/pause:", color="gray")


def _times(schedule: Schedule, language: str) -> None:
    zone = schedule.plan.zone_info
    told = []
    if schedule.retry_at:
        time = plain(moment(schedule.retry_at, language, zone))
        told.append(words.RETRYING.with_(time=time).in_(language))
    elif schedule.next_at:
        time = plain(moment(schedule.next_at, language, zone))
        told.append(words.NEXT_ONE.with_(time=time).in_(language))
    st.caption(plain(" · ".join([*told, _last(schedule, language)])))
    problem = schedule.paused_for or schedule.last_problem
    if problem:
        st.warning(plain(problem.in_(language)))


def _last(schedule: Schedule, language: str) -> str:
    if schedule.last_at is None or schedule.last_place is None:
        return words.NEVER.in_(language)
    return words.LAST.with_(
        time=plain(moment(schedule.last_at, language, schedule.plan.zone_info)),
        rows=number(schedule.last_rows_n, language),
        size=size(schedule.last_bytes_n, language),
        place=plain(schedule.last_place),
    ).in_(language)


def _buttons(signed: Signed, planned: Planned, place: DeltaGenerator) -> None:
    language, schedule = signed.who.language, planned.schedule
    key = f"schedule:{schedule.id}"
    if planned.is_own:
        if place.button(
            words.RUN.in_(language),
            icon=":material/play_arrow:",
            disabled=schedule.is_going_on,
            key=f"{key}:run",
        ):
            _do(actions.RunSchedule(schedule.id), words.DONE_RUN)
        if place.button(words.EDIT.in_(language), icon=":material/edit:", key=f"{key}:edit"):
            _ask(signed, schedule)
    if schedule.is_active:
        if place.button(words.PAUSE.in_(language), icon=":material/pause:", key=f"{key}:pause"):
            _do(actions.PauseSchedule(schedule.id), words.DONE_PAUSED)
    elif planned.is_own and place.button(
        words.RESUME.in_(language), icon=":material/resume:", key=f"{key}:resume"
    ):
        _do(actions.ResumeSchedule(schedule.id), words.DONE_RESUMED)
    with place.popover(words.REMOVE.in_(language), icon=":material/delete:", type="tertiary"):
        st.caption(words.SURE.in_(language))
        if st.button(words.REMOVE.in_(language), type="primary", key=f"{key}:remove"):
            _do(actions.RemoveSchedule(schedule.id), words.DONE_REMOVED)


def _do(command: Command, said: Text) -> None:
    if act(command, said=said) is not None:
        context.runtime().wake()
        st.rerun()
