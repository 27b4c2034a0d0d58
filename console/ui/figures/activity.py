"""The page *Última atividade*: waits, the hours of contacts, agents and contacts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import streamlit as st

from console.domain.ids import Instant
from console.readmodel.measure import Question
from console.screens import activity
from console.screens.activity import Customer, Wait, Worker
from console.screens.board import BAND_NAMES
from console.screens.figures.asked import Asked
from console.screens.figures.cards import cards as counted
from console.screens.figures.wanted import Wanted
from console.ui import charts, context
from console.ui.charts import Series
from console.ui.figures import cards, grid, look, table, why
from console.ui.figures.apart import apart
from console.ui.figures.bar import Choice, Offer
from console.ui.figures.page import page
from console.ui.figures.values import name, part_name
from console.ui.format import length, moment, since
from console.ui.plain import plain
from console.ui.words import activity as own
from console.ui.words import figures as words

_OFFER: Final = Offer("activity", by=Choice(own.CONTACTS, own.ORDERS), has_clock=False)


def draw() -> None:
    """The whole page."""
    page(own.TITLE, _OFFER, _figures)


def _figures(asked: Asked, wanted: Wanted) -> None:
    language = asked.who.language
    cards.draw(counted(asked, activity.CARDS), language)
    _waits(asked)
    st.subheader(own.FIELD.in_(language), anchor=False)
    st.caption(own.FIELD_TELL.with_(zone=plain(asked.period.zone.key)).in_(language))
    with apart(language):
        _field(asked)
    st.subheader(own.AGENTS.in_(language), anchor=False)
    st.caption(own.AGENTS_TELL.in_(language))
    with apart(language):
        _workers(asked)
    st.subheader(own.CONTACTS.in_(language), anchor=False)
    with apart(language):
        _customers(asked, wanted.by or activity.RECENT)


def _waits(asked: Asked) -> None:
    """Bands of age, and beside them the oldest waits; of a past period those at its end."""
    language, at = asked.who.language, activity.instant(asked)
    left, right = st.columns([2, 3], gap="medium")
    with left, apart(language):
        st.subheader(own.WAITS.in_(language), anchor=False)
        if at < asked.at:
            st.caption(own.AT.with_(moment=moment(at, language, asked.period.zone)).in_(language))
        _bands(asked)
    with right, apart(language):
        st.subheader(own.OLDEST.in_(language), anchor=False)
        _oldest(asked)


def _bands(asked: Asked) -> None:
    language, asking = asked.who.language, activity.question(asked, "age_bands")
    found = activity.bands(asked)
    if not any(found):
        st.info(_nobody(asked))
        return
    labels = [one.in_(language) for one in BAND_NAMES]
    series = [Series(name(asking.metric, language), [float(n) for n in found])]
    made = charts.bars(labels, series, language, is_lying=True)
    alt = own.BANDS_ALT
    clicked = charts.picked(made, key="activity:bands", alt=alt, language=language)
    if clicked:
        why.ask(asked.part(asking, "age", clicked[1]))


def _oldest(asked: Asked) -> None:
    language, zone = asked.who.language, asked.period.zone
    found = activity.waits(asked)
    if not found:
        st.info(_nobody(asked))
        return
    ask = partial(_of_wait, asked, found)
    nobody = own.UNASSIGNED.in_(language)
    waited = [length(one.seconds, language) for one in found]
    columns = [
        grid.links(words.LINK, [one.conversation_id for one in found], language),
        grid.names(words.CONTACT.in_(language), [one.contact for one in found], ask),
        grid.told(own.WAITING.in_(language), waited, ask),
        grid.moments(own.SINCE.in_(language), [one.since_at for one in found], language, zone, ask),
        grid.names(own.ASSIGNEE.in_(language), [one.agent or nobody for one in found]),
        grid.names(words.INSTANCE.in_(language), [one.instance for one in found]),
    ]
    grid.draw(columns, key="activity:oldest", alt=own.OLDEST_ALT, language=language)


def _nobody(asked: Asked) -> str:
    """That there are no waits, now or at the end of a past period."""
    language, at = asked.who.language, activity.instant(asked)
    if at < asked.at:
        return own.NOBODY_WAITED.with_(at=moment(at, language, asked.period.zone)).in_(language)
    return own.NOBODY_WAITS.in_(language)


def _of_wait(asked: Asked, found: Sequence[Wait], row: int) -> Question:
    return asked.part(activity.question(asked, "oldest_wait"), "contact", found[row].contact_id)


def _field(asked: Asked) -> None:
    language, asking = asked.who.language, activity.question(asked, "contact_activity")
    found = activity.field(asked)
    if not any(map(any, found)):
        st.info(words.NOTHING.in_(language))
        return
    named = partial(part_name, asked.model, language=language)
    days, hours = (
        [named(by, n) for n in range(most)] for by, most in (("weekday", 7), ("hour", 24))
    )
    made = charts.heat(days, hours, [[float(n) for n in line] for line in found], language)
    with st.container(key=look.WIDE):
        alt = own.FIELD_ALT
        clicked = charts.picked(made, key="activity:field", alt=alt, language=language)
    if clicked:
        day, hour = divmod(clicked[1], len(hours))
        why.ask(asked.part(asked.part(asking, "weekday", day), "hour", hour))


def _workers(asked: Asked) -> None:
    language = asked.who.language
    found = activity.workers(context.runtime().store, asked)
    if not found:
        st.info(own.NO_AGENTS.in_(language))
        return
    asking = partial(_of_worker, asked, found)
    nothing = own.NOT_ACTIVE.in_(language)
    last = partial(asking, "last_agent_activity")
    ago = [_ago(asked, one.last_at) if one.last_at else nothing for one in found]
    columns = [
        grid.names(table.title_of("agent").in_(language), [one.name for one in found], last),
        grid.told(own.AGO.in_(language), ago, last),
        grid.moments(
            own.WHEN.in_(language),
            [one.last_at for one in found],
            language,
            asked.period.zone,
            last,
        ),
        *(_count(asked, found, key) for key in activity.COUNTS),
        _rate(own.SENT_HOURLY.in_(language), found, "sent", asking),
        _rate(own.RESOLVED_HOURLY.in_(language), found, "resolved", asking),
    ]
    grid.draw(columns, key="activity:agents", alt=own.AGENTS_ALT, language=language)


def _of_worker(asked: Asked, found: Sequence[Worker], key: str, row: int) -> Question:
    return asked.part(activity.question(asked, key), "agent", found[row].id)


def _count(asked: Asked, found: Sequence[Worker], key: str) -> grid.Column:
    title = activity.question(asked, key).metric.name.in_(asked.who.language)
    ask = partial(_of_worker, asked, found, key)
    return grid.figures(title, [one.counts[key] for one in found], "number", ask)


def _rate(title: str, found: Sequence[Worker], key: str, asking: partial[Question]) -> grid.Column:
    values = [None if (rate := one.hourly(key)) is None else round(rate, 1) for one in found]
    return grid.figures(title, values, "number", partial(asking, key))


def _customers(asked: Asked, order: str) -> None:
    language, zone = asked.who.language, asked.period.zone
    found = activity.customers(asked, order)
    if not found:
        st.info(words.NOTHING.in_(language))
        return
    told = plain(own.ORDERS[order].in_(language).lower())
    st.caption(own.CONTACTS_TELL.with_(order=told).in_(language))
    ask = partial(_of_customer, asked, found)
    nobody = own.UNASSIGNED.in_(language)
    columns = [
        grid.links(words.LINK, [one.conversation_id for one in found], language),
        grid.names(words.CONTACT.in_(language), [one.name for one in found], ask),
        grid.told(own.AGO.in_(language), [_ago(asked, one.last_at) for one in found], ask),
        grid.moments(own.WHEN.in_(language), [one.last_at for one in found], language, zone, ask),
        grid.figures(
            own.MESSAGES.in_(language), [float(one.messages_n) for one in found], "number", ask
        ),
        grid.names(own.ASSIGNEE.in_(language), [one.agent or nobody for one in found]),
        grid.names(words.INSTANCE.in_(language), [one.instance for one in found]),
    ]
    grid.draw(columns, key="activity:contacts", alt=own.CONTACTS_ALT, language=language)


def _of_customer(asked: Asked, found: Sequence[Customer], row: int) -> Question:
    return asked.part(activity.question(asked, "last_contact_activity"), "contact", found[row].id)


def _ago(asked: Asked, at: Instant) -> str:
    return since(at, asked.at, asked.who.language, asked.period.zone)
