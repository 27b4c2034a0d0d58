"""The button *Exportar* below every chart and table: its rows as a file, as they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from console.domain import ids
from console.domain.agent import Right
from console.domain.errors import RuleError
from console.exports.formats import Format
from console.exports.limits import LONGEST_REASON
from console.screens import taken
from console.screens.taken import FORMATS, Shown
from console.ui import context
from console.ui.format import number, size
from console.ui.plain import plain
from console.ui.words import exports as words
from console.ui.words import schedules as schedule_words


@dataclass(frozen=True, slots=True)
class Offer:
    """Rows that may be taken: `make` gives them when a format was chosen."""

    make: Callable[[], Shown]
    rows_n: int
    is_personal: bool = False


def offer(wanted: Offer, *, key: str) -> None:
    """The button, and behind it a way for each format; nothing for who may not export."""
    signed = context.present()
    if not signed.who.may(Right.EXPORT) or not wanted.rows_n:
        return
    language = signed.who.language
    with (
        st.container(horizontal=True, horizontal_alignment="right"),
        st.popover(words.EXPORT.in_(language), icon=":material/download:", key=f"{key}:export"),
    ):
        st.fragment(_ways)(wanted, key)


def of_frame(
    frame: pd.DataFrame, name: str, about: Mapping[str, Any], *, is_personal: bool = False
) -> Shown:
    """A data frame as it is drawn."""
    cells = {str(title): frame[title].tolist() for title in frame.columns}
    return Shown(name, cells, about, is_personal)


def _ways(wanted: Offer, key: str) -> None:
    signed = context.present()
    language = signed.who.language
    if wanted.rows_n == 1:
        st.caption(words.ROWS_ONE.in_(language))
    else:
        st.caption(words.ROWS.with_(n=number(wanted.rows_n, language)).in_(language))
    reason = _reason(wanted, key, language)
    pressed = [form for form in FORMATS if _way(form, key, language)]
    if pressed:
        _take(wanted, pressed[0].key, reason)


def _way(form: Format, key: str, language: str) -> bool:
    return st.button(plain(form.name.in_(language)), key=f"{key}:{form.key}", width="stretch")


def _reason(wanted: Offer, key: str, language: str) -> str:
    settings = context.runtime().settings
    if not taken.needs_reason(wanted.is_personal, wanted.rows_n, settings):
        return ""
    return st.text_input(
        schedule_words.REASON.in_(language),
        help=schedule_words.REASON_HELP.in_(language),
        max_chars=LONGEST_REASON,
        key=f"{key}:reason",
    )


def _take(wanted: Offer, form: str, reason: str) -> None:
    """Make the file, and show the link to it, which is good once."""
    held, who = context.runtime(), context.acting()
    try:
        shown = wanted.make()
        line = taken.make(
            held.store, held.model, held.settings, who, shown, form, ids.now(), reason
        )
    except RuleError as refusal:
        st.error(plain(refusal.text.in_(who.language)))
        return
    st.link_button(
        words.FETCH.in_(who.language),
        str(line.file),
        type="primary",
        icon=":material/download:",
        width="stretch",
    )
    st.caption(
        words.READY.with_(
            rows=number(line.job.rows_n, who.language), size=size(line.job.bytes_n, who.language)
        ).in_(who.language)
    )
