"""Runs that go on: how far they are, and the buttons that hold them, end them or take them back."""

from __future__ import annotations

from typing import Final

import streamlit as st

from console import actions
from console.actions import Command
from console.domain.bulk import BulkRun, RunStatus
from console.i18n import Text
from console.screens import runs
from console.screens.runs import Line
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import number
from console.ui.frame import pages_folder
from console.ui.plain import plain
from console.ui.supervision import session
from console.ui.words import supervision as words

_EVERY_S: Final = 1.0


def draw(signed: Signed, *, tells_end: bool = True) -> None:
    """The runs at work, refreshed while there are any, and the one that has just ended."""
    held = context.runtime()
    lines = runs.active(held.store, held.model, signed.who)
    is_moving = any(line.run.status is RunStatus.RUNNING for line in lines)
    st.fragment(_shown, run_every=_EVERY_S if is_moving else None)(is_moving, tells_end)


def _shown(was_moving: bool, tells_end: bool) -> None:
    signed, held = context.present(), context.runtime()
    lines = runs.active(held.store, held.model, signed.who)
    is_moving = any(line.run.status is RunStatus.RUNNING for line in lines)
    for line in lines:
        _going(line, signed)
    if tells_end:
        _ended(signed, {line.run.id for line in lines})
    if was_moving and not is_moving:
        held.model.sync()
        st.rerun()


def _going(line: Line, signed: Signed) -> None:
    run, language = line.run, signed.who.language
    with st.container(border=True):
        done = number(run.total_n - run.waiting_n, language)
        told = words.PROGRESS.with_(
            title=plain(line.title.in_(language)),
            done=done,
            total=number(run.total_n, language),
        ).in_(language)
        share = 1 - run.waiting_n / run.total_n if run.total_n else 1.0
        st.progress(share, told)
        if run.problem:
            why = words.HELD_BECAUSE.with_(why=plain(run.problem.in_(language))).in_(language)
            st.warning(why)
        buttons(line, signed, "going")


def _ended(signed: Signed, active: set[int]) -> None:
    """What came of the run that this person started last."""
    held, language = context.runtime(), signed.who.language
    watched = session.watched()
    if watched is None or watched in active:
        return
    line = runs.line(held.store, held.model, signed.who, watched)
    if line is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":green[:material/check_circle:] {told(line, language)}")
        if st.button(words.RESULTS.in_(language), key=f"bulk:see:{watched}", type="tertiary"):
            st.switch_page(pages_folder() / "runs.py", query_params={"run": str(watched)})
        buttons(line, signed, "ended")
        if st.button("", icon=":material/close:", key=f"bulk:hide:{watched}", type="tertiary"):
            session.unwatch()
            st.rerun()


def told(line: Line, language: str) -> str:
    """What became of a run, in one sentence."""
    run = line.run
    return (
        words.FINISHED[run.is_undo]
        .with_(
            title=plain(line.title.in_(language)),
            done=number(run.done_n, language),
            refused=number(run.refused_n, language),
        )
        .in_(language)
    )


def buttons(line: Line, signed: Signed, where: str) -> None:
    """What may be done with a run as it stands; `where` tells two places of one page apart."""
    run, language = line.run, signed.who.language
    place = st.container(horizontal=True, width="content")
    match run.status:
        case RunStatus.RUNNING:
            if place.button(words.PAUSE.in_(language), key=f"bulk:pause:{where}:{run.id}"):
                _do(actions.PauseBulk(run.id), words.PAUSED)
        case RunStatus.PAUSED:
            if place.button(words.RESUME.in_(language), key=f"bulk:resume:{where}:{run.id}"):
                _do(actions.ResumeBulk(run.id), words.RESUMED)
        case RunStatus.ASKED if run.author_id != signed.who.agent_id:
            if place.button(
                words.APPROVE.in_(language), type="primary", key=f"bulk:approve:{where}:{run.id}"
            ):
                _do(actions.StartBulk(run.id), words.STARTED)
        case _:
            pass
    if run.status in _STOPPABLE and not run.is_undo:
        _stop(run, place, language, where)
    if may_undo(line) and place.button(
        words.UNDO.in_(language), icon=":material/undo:", key=f"bulk:undo:{where}:{run.id}"
    ):
        st.dialog(words.UNDO_ASK.in_(language))(_undo)(run, language)


_STOPPABLE: Final = (RunStatus.RUNNING, RunStatus.PAUSED, RunStatus.ASKED)


def may_undo(line: Line) -> bool:
    """Whether there is something to take back that nobody has taken back yet."""
    run = line.run
    has_ended = run.status in (RunStatus.DONE, RunStatus.CANCELLED)
    return has_ended and not run.is_undo and run.done_n > 0 and line.undone_by is None


def _stop(
    run: BulkRun, place: st.delta_generator.DeltaGenerator, language: str, where: str
) -> None:
    word = words.REFUSE if run.status is RunStatus.ASKED else words.CANCEL
    if place.button(plain(word.in_(language)), key=f"bulk:cancel:{where}:{run.id}"):
        _do(actions.CancelBulk(run.id), words.CANCELLED)


def _undo(run: BulkRun, language: str) -> None:
    st.write(words.UNDO_TELL.with_(n=number(run.done_n, language)).in_(language))
    if st.button(words.UNDO.in_(language), type="primary", key=f"bulk:undo:sure:{run.id}"):
        made = act(actions.UndoBulk(run.id), said=words.UNDOING)
        if made is not None:
            session.watch(made)
            context.runtime().wake()
            st.rerun()


def _do(command: Command, said: Text) -> None:
    if act(command, said=said) is not None:
        context.runtime().wake()
        st.rerun()
