"""Exports: the dialog that asks for a file, and the page of those that were asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, TypeVar

import streamlit as st

from console.actions import AskExport, CancelExport
from console.domain import ids
from console.domain.errors import RuleError
from console.domain.export import STATUS_NAMES, TABLE, JobStatus
from console.exports import limits
from console.exports.formats import BY_KEY as FORMATS
from console.exports.formats import Format
from console.exports.grains import BY_KEY as GRAINS
from console.exports.grains import Grain
from console.readmodel import expression
from console.screens import exports
from console.screens.exports import Line
from console.ui import columns, context, schedules, state
from console.ui.context import Signed
from console.ui.drawn import act, toasts
from console.ui.format import moment, number, size
from console.ui.plain import plain
from console.ui.words import exports as words
from console.ui.words import schedules as schedule_words
from console.ui.words import supervision as filters

T = TypeVar("T", Grain, Format)
_SOON_S: Final = 1.0
_LATER_S: Final = 60.0  # links end after five minutes


def draw() -> None:
    """The page of one's own exports."""
    signed = context.present()
    state.leave_inbox()
    toasts()
    language = signed.who.language
    st.title(words.TITLE.in_(language), anchor=False)
    wanted = _filter(signed)
    titles = [schedule_words.FILES.in_(language), schedule_words.TITLE.in_(language)]
    files, planned = st.tabs(titles, key="exports:tabs")
    lines = exports.build(context.runtime().store, signed.who, ids.now())
    is_moving = any(line.is_open for line in lines) or schedules.is_moving(signed)
    with files:
        st.fragment(_list, run_every=_SOON_S if is_moving else _LATER_S)(is_moving)
    with planned:
        schedules.draw(signed, wanted)


def _filter(signed: Signed) -> str:
    """The filter of what is to be exported, which also stands in the address, and the button."""
    language = signed.who.language
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(
            filters.FILTER.in_(language),
            placeholder=filters.FILTER_HINT.in_(language),
            help=filters.FILTER_HELP.in_(language),
            icon=":material/filter_alt:",
            max_chars=expression.LONGEST,
            bind="query-params",
            key=expression.PARAMETER,
        )
        offer(signed, wanted, key="exports")
    return wanted


def offer(signed: Signed, filter_text: str, *, key: str) -> None:
    """The button that opens the dialog for everything a filter matches."""
    language = signed.who.language
    if st.button(words.EXPORT.in_(language), icon=":material/download:", key=f"{key}:export"):
        st.dialog(words.EXPORT.in_(language), width="medium")(ask)(signed, filter_text)


def ask(signed: Signed, filter_text: str) -> None:
    """What the dialog holds: grain, format, how many rows there are, and the button."""
    language = signed.who.language
    st.write(words.TELL.in_(language))
    if signed.who.is_masked:
        st.caption(words.MASKED.in_(language))
    st.code(filter_text or words.EVERYTHING.in_(language), language=None, wrap_lines=True)
    grain = _chosen(words.GRAIN.in_(language), GRAINS, language, "export:grain")
    form = _chosen(words.FORMAT.in_(language), FORMATS, language, "export:format")
    names = columns.choose(grain, signed.who, (), key="export") if grain else ()
    try:
        rows_n = _rows(signed, grain, filter_text) if grain else None
    except RuleError as refusal:
        st.error(plain(refusal.text.in_(language)))
        return
    needs = grain and _needs_reason(signed, grain, names, rows_n)
    reason = _reason(language) if needs else ""
    is_ready = bool(grain and form and (reason.strip() or not needs))
    is_wished = st.button(words.MAKE.in_(language), type="primary", disabled=not is_ready)
    if is_wished and grain and form:
        wish = AskExport(grain.key, form.key, filter_text, rows_n or 0, reason, names)
        if act(wish, said=words.ASKED) is not None:
            context.runtime().wake()
            st.rerun()


def _needs_reason(signed: Signed, grain: Grain, names: Sequence[str], rows_n: int | None) -> bool:
    taken = grain.chosen(names, signed.who)
    return limits.needs_reason(taken, context.runtime().settings, rows_n)


def _reason(language: str) -> str:
    return st.text_input(
        schedule_words.REASON.in_(language),
        help=schedule_words.REASON_HELP.in_(language),
        max_chars=limits.LONGEST_REASON,
        key="export:reason",
    )


def _chosen(label: str, known: Mapping[str, T], language: str, key: str) -> T | None:
    names = {one: entry.name.in_(language) for one, entry in known.items()}
    chosen = st.segmented_control(
        plain(label),
        [*known],
        default=next(iter(known)),
        required=True,
        format_func=lambda one: plain(names[one]),
        key=key,
    )
    return known[chosen] if chosen else None


def _rows(signed: Signed, grain: Grain, filter_text: str) -> int | None:
    language = signed.who.language
    found = exports.rows_n(context.runtime().model, signed.who, grain, filter_text, ids.now())
    if found is None:
        st.caption(words.MANY_ROWS.in_(language))
    elif found == 1:
        st.markdown(f"**{words.ROWS_ONE.in_(language)}**")
    else:
        shown = words.ROWS.with_(n=number(found, language)).in_(language)
        st.markdown(f"**{shown}**")
    return found


def _list(was_moving: bool) -> None:
    signed = context.present()
    lines = exports.build(context.runtime().store, signed.who, ids.now())
    if not lines:
        st.info(words.NONE.in_(signed.who.language))
        return
    for line in lines:
        _line(line, signed.who.language)
    if any(line.file for line in lines):
        st.caption(words.ONCE.in_(signed.who.language))
    if was_moving and not any(line.is_open for line in lines):
        st.rerun()


def _line(line: Line, language: str) -> None:
    job = line.job
    with st.container(border=True):
        head = st.container(horizontal=True, vertical_alignment="center")
        title = f"{line.title.in_(language)} · {line.format.name.in_(language)}"
        head.markdown(f"**{plain(title)}**")
        head.caption(STATUS_NAMES[job.status].in_(language))
        _buttons(line, head, language)
        if job.filter or job.grain != TABLE:
            st.code(job.filter or words.EVERYTHING.in_(language), language=None, wrap_lines=True)
        if line.is_open:
            _progress(line, language)
        elif job.problem:
            st.warning(plain(job.problem.in_(language)))
        else:
            _facts(line, language)


def _buttons(line: Line, place: st.delta_generator.DeltaGenerator, language: str) -> None:
    if line.file and line.manifest:
        place.link_button(words.FETCH.in_(language), line.file, icon=":material/download:")
        place.link_button(words.MANIFEST.in_(language), line.manifest, type="tertiary")
    elif line.is_open and place.button(words.CANCEL.in_(language), key=f"export:no:{line.job.id}"):
        _cancel(line)


def _cancel(line: Line) -> None:
    if act(CancelExport(line.job.id), said=words.CANCELLED) is not None:
        st.rerun()


def _progress(line: Line, language: str) -> None:
    job = line.job
    if job.status is JobStatus.RUNNING and job.total_n:
        done = number(job.rows_n, language)
        total = number(job.total_n, language)
        st.progress(line.share, words.PROGRESS.with_(done=done, total=total).in_(language))


def _facts(line: Line, language: str) -> None:
    job = line.job
    when = moment(job.ended_at or job.asked_at, language, context.runtime().settings.zone)
    told = words.FACTS.with_(
        rows=number(job.rows_n, language), size=size(job.bytes_n, language), when=plain(when)
    ).in_(language)
    st.caption(told)
    if job.columns:
        names = plain(", ".join(job.columns))
        st.caption(words.ONLY_COLUMNS.with_(names=names).in_(language))
    if job.reason:
        st.caption(words.FOR.with_(reason=plain(job.reason)).in_(language))
    if job.status is JobStatus.DONE and not line.file:
        st.caption(words.GONE.in_(language))
