"""What providers sent and could not be taken in: why, and the button that tries again."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from console import actions
from console.domain import ids
from console.screens.instances import Instances
from console.store.dead_letters import DeadLetter
from console.ui import context
from console.ui.context import Signed
from console.ui.drawn import act
from console.ui.format import number, since
from console.ui.settings import rows
from console.ui.words import instances as words


def draw(signed: Signed, shown: Instances) -> None:
    """The section: all that is given up, the newest first."""
    language = signed.who.language
    if not shown.letters:
        st.success(words.NO_LETTERS.in_(language), icon=":material/check_circle:")
        return
    head = st.container(horizontal=True, vertical_alignment="center")
    head.caption(words.LETTERS_INTRO.in_(language), width="stretch")
    n = number(len(shown.letters), language)
    title = words.RETRY_ALL.with_(n=n).in_(language)
    if head.button(title, icon=":material/replay:", type="primary", key="letters:all"):
        _retry([letter.id for letter in shown.letters])
    if shown.letter_n > len(shown.letters):
        total = number(shown.letter_n, language)
        st.caption(words.NEWEST_SHOWN.with_(shown=n, n=total).in_(language))
    for letter in shown.letters:
        _row(shown, letter, language)


def _row(shown: Instances, letter: DeadLetter, language: str) -> None:
    zone = context.runtime().settings.zone
    when = words.RECEIVED.with_(when=since(letter.received_at, ids.now(), language, zone))
    tries = words.TRIES.with_(n=number(letter.attempts_n, language))
    name = shown.name_of(letter.instance_id)
    told = " · ".join([name, when.in_(language), tries.in_(language)])
    reason = letter.problem or words.NO_REASON.in_(language)
    place = rows.row(reason, told, f"letter-{letter.id}")
    if place.button(words.RETRY.in_(language), icon=":material/replay:", key=f"letter:{letter.id}"):
        _retry([letter.id])


def _retry(letter_ids: Sequence[int]) -> None:
    if act(actions.RetryWebhooks(tuple(letter_ids)), said=words.RETRIED) is not None:
        context.runtime().wake()
        st.rerun()
