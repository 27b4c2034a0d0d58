"""A page of figures from top to bottom: the bar, how far the data goes, the figures, their why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from console.domain import ids
from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel.period import Period, local_of
from console.screens.figures.asked import Asked, understand
from console.screens.figures.wanted import Wanted
from console.ui import context, state
from console.ui.figures import bar, change, change_address, look, why
from console.ui.figures.bar import Offer
from console.ui.format import clock, days_between, number
from console.ui.plain import plain
from console.ui.words import figures as words

Drawn = Callable[[Asked, Wanted], None]


def page(title: Text, offer: Offer, draw: Drawn) -> None:
    """The whole page; `draw` draws what it alone shows."""
    signed, model = context.present(), context.runtime().model
    language, now = signed.who.language, ids.now()
    state.leave_inbox()
    look.draw()
    st.title(title.in_(language), anchor=False)
    wanted = bar.draw(offer, model, local_of(now, model.zone).date(), language)
    told = st.empty()
    told.caption(words.COUNTING.in_(language))
    try:
        waiting_n = model.count()
        offer.check(wanted)
        asked = understand(model, signed.who, wanted, now)
        if not offer.is_compared:
            asked = replace(asked, is_compared=False)
        told.caption(plain(_told(asked, waiting_n)))
        draw(asked, wanted)
    except RuleError as error:
        told.empty()
        st.error(plain(error.text.in_(language)))
        return
    question = why.pending()
    if question:
        why.show(asked, question)
    elif change_address.is_wanted():
        change.show(asked)


def _told(asked: Asked, waiting_n: int) -> str:
    """How far the data goes and what is compared, in one line."""
    language, zone, model = asked.who.language, asked.period.zone, asked.model
    told = [
        words.UNTIL.with_(time=clock(asked.at, language, zone)).in_(language),
        _days(asked.period, language),
    ]
    if asked.is_compared:
        before = asked.period.as_far_before(asked.at)
        told.append(words.AGAINST.with_(days=_days(before, language)).in_(language))
    if asked.clock == "business":
        told.append(words.ON_CLOCK.in_(language))
    if zone.key != model.zone.key:
        told.append(f"{words.IN_ZONE.in_(language)} {zone.key}")
    if waiting_n:
        still = words.STILL_ONE if waiting_n == 1 else words.STILL
        told.append(still.with_(n=number(waiting_n, language)).in_(language))
    return " · ".join(told)


def _days(period: Period, language: str) -> str:
    return days_between(*period.days, language)
