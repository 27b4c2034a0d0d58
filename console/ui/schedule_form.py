"""The dialog that plans an export: what, when, whereto, and in one sentence what comes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final, TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from console.actions import SaveSchedule
from console.domain import ids
from console.domain.errors import RuleError
from console.domain.recurrence import LAST_DAY, Every
from console.domain.schedule import MOST_KEPT, Plan, Schedule, Span, Target
from console.exports.formats import BY_KEY as FORMATS
from console.exports.grains import BY_KEY as GRAINS
from console.exports.limits import LONGEST_REASON, needs_reason
from console.i18n import Text
from console.screens import schedules
from console.ui import columns, context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import city, moment, weekday
from console.ui.plain import marked, plain
from console.ui.words import exports as export_words
from console.ui.words import schedules as words
from console.ui.words import supervision as filters

T = TypeVar("T")
_STEP_S: Final = 900
_FIRST_MINUTE: Final = 8 * 60
_KEPT_N: Final = 30
_LONGEST_NAME: Final = 80
_LONGEST_OTHERS: Final = 2_000


def ask(signed: Signed, before: Schedule | None, filter_text: str = "") -> None:
    """What the dialog holds, for a new plan or one to change."""
    language = signed.who.language
    made = _plan(signed, before.plan if before else _usual(signed, filter_text))
    held, now = context.runtime(), ids.now()
    _told(made, language, now)
    try:
        plan = schedules.checked(held.store, held.model, held.settings, signed.who, made, now)
    except RuleError as error:
        plan = None
        if made.name:  # nobody is blamed before they have begun
            st.warning(plain(error.text.in_(language)))
    is_ready = plan is not None and bool(made.name.strip())
    label = words.SAVE.in_(language)
    if st.button(label, type="primary", disabled=not is_ready, key="schedule:save") and plan:
        wish = SaveSchedule(plan, before.id if before else None)
        if act(wish, said=words.SAVED) is not None:
            held.wake()
            st.rerun()


def _told(plan: Plan, language: str, now: ids.Instant) -> None:
    """The sentence, and the next times."""
    sentence = schedules.told(plan, city(plan.clock_zone, language)).in_(language)
    times = [moment(at, language, plan.clock_zone) for at in schedules.next_times(plan, now)]
    with st.container(border=True, key="schedule-told"):
        st.markdown(f"**{plain(sentence)}**")
        if times:
            st.caption(words.NEXT.with_(times=plain(" · ".join(times))).in_(language))


def _usual(signed: Signed, filter_text: str) -> Plan:
    """What the dialog begins with."""
    return Plan(
        "",
        "conversation",
        "csv",
        Every.WEEK,
        _FIRST_MINUTE,
        context.runtime().settings.time_zone,
        filter_text,
        weekdays=(0,),
        span=Span.LAST_WEEK,
        keep_n=_KEPT_N,
        recipients=(signed.person.email,),
    )


def _plan(signed: Signed, kept: Plan) -> Plan:
    """Everything that was chosen so far."""
    language = signed.who.language
    name = st.text_input(
        words.NAME.in_(language),
        kept.name,
        placeholder=words.NAME_HINT.in_(language),
        max_chars=_LONGEST_NAME,
        key="schedule:name",
    )
    chosen = {**_rows(signed, kept), **_times(kept, language), **_target(signed, kept)}
    chosen["reason"] = _reason(signed, kept, chosen["grain"], chosen["columns"])
    return Plan(name=name, zone=context.runtime().settings.time_zone, **chosen)


def _rows(signed: Signed, kept: Plan) -> dict[str, Any]:
    language = signed.who.language
    grains = {key: grain.name for key, grain in GRAINS.items()}
    forms = {key: form.name for key, form in FORMATS.items()}
    left, right = st.columns(2)
    found: dict[str, Any] = {
        "grain": _chosen(left, export_words.GRAIN, grains, kept.grain, language),
        "format": _chosen(right, export_words.FORMAT, forms, kept.format, language),
    }
    grain = GRAINS[found["grain"]]
    found["columns"] = columns.choose(grain, signed.who, kept.columns, key="schedule")
    found["filter"] = st.text_input(
        filters.FILTER.in_(language),
        kept.filter,
        placeholder=filters.FILTER_HINT.in_(language),
        help=filters.FILTER_HELP.in_(language),
        key="schedule:filter",
    )
    left, right = st.columns(2)
    span = _chosen(left, words.SPAN, words.SPANS, kept.span, language)
    if span is not Span.ALL:
        field = _chosen(right, words.FIELD, words.FIELDS, kept.span_field, language)
        found["span_field"] = field
    return {**found, "span": span}


def _times(kept: Plan, language: str) -> dict[str, Any]:
    every = _segments(words.WHEN, words.EVERY, kept.every, language)
    left, right = st.columns([3, 1])
    found: dict[str, Any] = {"every": every}
    if every is Every.WEEK:
        found["weekdays"] = _weekdays(left, kept.weekdays, language)
    elif every is Every.MONTH:
        days = {n: Text(str(n), str(n), str(n)) for n in range(1, LAST_DAY)}
        days[LAST_DAY] = words.LAST_DAY
        found["day"] = _chosen(left, words.DAY, days, kept.day, language)
    first = time(*divmod(kept.minute, 60))
    shown = right.time_input(words.TIME.in_(language), first, step=_STEP_S, key="schedule:time")
    return {**found, "minute": shown.hour * 60 + shown.minute}


def _weekdays(place: DeltaGenerator, kept: Sequence[int], language: str) -> tuple[int, ...]:
    chosen = place.pills(
        words.WEEKDAYS.in_(language),
        range(7),
        default=list(kept),
        selection_mode="multi",
        format_func=lambda n: plain(weekday(n, language)),
        key="schedule:weekdays",
    )
    return tuple(sorted(chosen))


def _target(signed: Signed, kept: Plan) -> dict[str, Any]:
    language, offered = signed.who.language, schedules.targets(context.runtime().settings)
    target = _segments(
        words.TARGET, {one: words.TARGETS[one] for one in offered}, kept.target, language
    )
    chosen = _letters(signed, kept) if target is Target.MAIL else _folder(kept, language)
    return {"target": target, **chosen}


def _folder(kept: Plan, language: str) -> dict[str, Any]:
    left, right = st.columns([2, 1])
    folder = left.text_input(
        words.FOLDER.in_(language),
        kept.folder,
        help=words.FOLDER_HELP.in_(language),
        max_chars=200,
        key="schedule:folder",
    )
    keep_n = right.number_input(
        words.KEEP.in_(language),
        0,
        MOST_KEPT,
        kept.keep_n,
        help=words.KEEP_HELP.in_(language),
        key="schedule:keep",
    )
    return {"folder": folder, "keep_n": int(keep_n)}


def _letters(signed: Signed, kept: Plan) -> dict[str, Any]:
    language = signed.who.language
    known = schedules.readers(context.runtime().store, signed.who)
    chosen: list[str] = st.multiselect(
        words.READERS.in_(language),
        [*known],
        default=[address for address in kept.recipients if address in known],
        format_func=lambda address: plain(known[address]),
        help=words.READERS_HELP.in_(language),
        key="schedule:readers",
    )
    chosen += _others([one for one in kept.recipients if one not in known], language)
    how = {True: words.ATTACHED, False: words.LINKED}
    is_attached = _segments(words.HOW, how, kept.is_attached, language)
    return {"recipients": tuple(chosen), "is_attached": is_attached}


def _others(kept: Sequence[str], language: str) -> list[str]:
    """Addresses outside the house, where the settings allow their domains."""
    domains = context.runtime().settings.mail_domains.split()
    if not domains and not kept:
        return []
    text = st.text_input(
        words.OTHERS.in_(language),
        ", ".join(kept),
        help=words.OTHERS_HELP.with_(domains=plain(", ".join(domains))).in_(language),
        max_chars=_LONGEST_OTHERS,
        key="schedule:others",
    )
    return [one for one in re.split(r"[\s,;]+", text) if one]


def _reason(signed: Signed, kept: Plan, grain: str, names: Sequence[str]) -> str:
    taken = GRAINS[grain].chosen(names, signed.who)
    if not needs_reason(taken, context.runtime().settings):
        return ""
    language = signed.who.language
    return st.text_input(
        words.REASON.in_(language),
        kept.reason,
        help=words.REASON_HELP.in_(language),
        max_chars=LONGEST_REASON,
        key="schedule:reason",
    )


def _chosen(
    place: DeltaGenerator, label: Text, names: Mapping[T, Text], kept: T, language: str
) -> T:
    options = [*names]
    return place.selectbox(
        plain(label.in_(language)),
        options,
        index=options.index(kept) if kept in names else 0,
        format_func=lambda one: marked(names[one].in_(language)),
        key=f"schedule:{label.en}",
    )


def _segments(label: Text, names: Mapping[T, Text], kept: T, language: str) -> T:
    first = kept if kept in names else next(iter(names))
    chosen = st.segmented_control(
        plain(label.in_(language)),
        [*names],
        default=first,
        required=True,
        format_func=lambda one: plain(names[one].in_(language)),
        key=f"schedule:{label.en}",
    )
    return first if chosen is None else chosen
