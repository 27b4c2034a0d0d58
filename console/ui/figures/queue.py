"""The page *Fila no tempo*: the queue at any past instant, its course, and why it grew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.i18n import Text
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.period import local_of
from console.screens import queue
from console.screens.board import BAND_NAMES
from console.screens.figures.asked import Asked
from console.screens.figures.cards import card
from console.screens.figures.wanted import Wanted
from console.screens.figures.why import Line
from console.screens.queue import Reel, Then
from console.ui import charts, context, replay
from console.ui.charts import Kind, Series, Unit
from console.ui.figures import marks, why
from console.ui.figures.bar import Offer
from console.ui.figures.page import page
from console.ui.format import duration, moment, number, precise_moment
from console.ui.plain import marked, plain
from console.ui.words import figures as figure_words
from console.ui.words import queue as words

_OFFER: Final = Offer("queue", has_clock=False, is_compared=False)
_SHOWN: Final = 9  # rows before the table scrolls
_HEIGHT: Final = 370


def draw() -> None:
    """The whole page."""
    page(words.QUEUE, _OFFER, _figures)


def _figures(asked: Asked, _: Wanted) -> None:
    known = queue.steps(asked)
    reel, then = queue.reel(asked, known), _then(asked, known)
    clicked = replay.draw(asked, reel, then)
    if clicked:
        replay.pick(clicked.at)
        at = queue.read(clicked.at, asked) if clicked.at else queue.end(asked)
        why.ask(queue.asked_for(asked, at, clicked.key, clicked.part))
    st.caption(words.TEAM_TODAY.in_(asked.who.language))
    _longest(asked, then.at)
    _course(asked, reel, then)
    _flow(asked)
    left, right = st.columns(2, gap="medium")
    with left:
        _ages(asked, reel, then)
    with right:
        _oldest(asked, reel, then)


def _then(asked: Asked, known: Sequence[Instant]) -> Then:
    """The instant of the address; when it makes no sense that is said, and the end is shown."""
    try:
        return queue.then(asked, replay.wanted(), known)
    except RuleError as error:
        st.error(plain(error.text.in_(asked.who.language)))
        return queue.then(asked, "", known)


def _longest(asked: Asked, at: Instant) -> None:
    """Who had waited longest then; each row opens its conversation."""
    language, zone = asked.who.language, asked.period.zone
    found = queue.longest(context.runtime().store, asked, at)
    when = moment(at, language, zone)
    if not found.lines:
        st.info(words.NOBODY_WAITED.with_(at=when).in_(language))
        return
    st.subheader(words.OLDEST_OF_ALL.with_(at=when).in_(language), anchor=False)
    link = figure_words.LINK.in_(language)
    st.dataframe(
        _frame(asked, found.lines, at),
        hide_index=True,
        height=_HEIGHT if len(found.lines) > _SHOWN else "content",
        column_config={
            link: st.column_config.LinkColumn(
                display_text=figure_words.OPEN.in_(language), width="small"
            )
        },
    )
    if found.pages > 1:
        st.caption(words.MORE.with_(n=number(found.total, language)).in_(language))


def _frame(asked: Asked, lines: Sequence[Line], at: Instant) -> pd.DataFrame:
    """The waits as cells, which are no Markdown."""
    language, zone = asked.who.language, asked.period.zone
    nobody, waits = words.NOBODYS.in_(language), [float(line.value or 0) for line in lines]
    return pd.DataFrame(
        {
            figure_words.LINK.in_(language): [line.link for line in lines],
            figure_words.CONTACT.in_(language): [marked(line.contact) for line in lines],
            words.WAITED.in_(language): [duration(int(wait), language) for wait in waits],
            words.SINCE.in_(language): [
                precise_moment(at - round(wait * SECOND), language, zone) for wait in waits
            ],
            words.WITH.in_(language): [marked(line.agent) or nobody for line in lines],
            figure_words.INSTANCE.in_(language): [marked(line.instance) for line in lines],
        }
    )


def _course(asked: Asked, reel: Reel, then: Then) -> None:
    language = asked.who.language
    st.subheader(words.COURSE.in_(language), anchor=False)
    series = [Series(METRICS_BY_KEY[key].name.in_(language), reel.of(key)) for key in queue.STATES]
    _lines(asked, reel, then, series, key="queue:course", alt=words.COURSE_ALT)
    st.caption(words.PICK.in_(language))


def _flow(asked: Asked) -> None:
    st.subheader(words.FLOW.in_(asked.who.language), anchor=False)
    shown = [card(asked, asked.question(METRICS_BY_KEY[key])) for key in queue.FLOW]
    marks.courses(asked, shown, key="queue:flow", alt=words.FLOW_ALT)


def _ages(asked: Asked, reel: Reel, then: Then) -> None:
    language = asked.who.language
    st.subheader(words.AGES.in_(language), anchor=False)
    named = zip(BAND_NAMES, reel.waits.bands, strict=True)
    series = [Series(name.in_(language), band) for name, band in named]
    _lines(asked, reel, then, series, key="queue:ages", alt=words.AGES_ALT, kind="stack")


def _oldest(asked: Asked, reel: Reel, then: Then) -> None:
    language = asked.who.language
    st.subheader(words.OLDEST.in_(language), anchor=False)
    series = [Series(words.OLDEST.in_(language), reel.waits.oldest_s)]
    _lines(asked, reel, then, series, key="queue:oldest", alt=words.OLDEST_ALT, unit="seconds")


def _lines(
    asked: Asked,
    reel: Reel,
    then: Then,
    series: Sequence[Series],
    *,
    key: str,
    alt: Text,
    unit: Unit = "number",
    kind: Kind = "line",
) -> None:
    """Courses over the instants of the replay; a click on one takes the page to its instant."""
    language, zone = asked.who.language, asked.period.zone
    if not any(value for one in series for value in one.values):
        st.info(figure_words.NOTHING.in_(language))
        return
    places = [local_of(at, zone) for at in reel.instants]
    made = charts.lines(places, series, language, unit=unit, kind=kind)
    if then.is_inside:
        charts.upright(made, local_of(then.at, zone))
    clicked = charts.picked(made, key=key, alt=alt, language=language)
    if clicked:
        replay.pick(queue.in_address(reel.instants[clicked[1]], asked))
        st.rerun()
