"""Benches of figures: what pages of metrics ask, beside SQL on the store and pandas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

from benchmarks import sql
from benchmarks.ground import Ground
from benchmarks.measure import Figure, Gate, Result, median_ms
from console.readmodel import figures, trends
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.period import Period, bucket_of, days, local_of, offsets
from console.screens.overview import GROUPS

Asking = Callable[[], object]
SPANS: Final = {30: 50.0, 365: 300.0}  # days, and how many milliseconds a whole page may take
HEAT_RATIO: Final = 20.0


def pages(ground: Ground) -> list[Result]:
    """Everything that a page of figures asks, without its memory, over 30 days and 12 months."""
    ground.model.count_all()
    overview = [key for _, keys in GROUPS for key in keys]
    found = []
    for span, limit in SPANS.items():
        period = _period(ground, span)
        for name, told, asked in (
            ("overview", f"{len(overview)} cards", _cards(ground, overview, period)),
            ("times", "a duration from all sides", _times(ground, "reply_time", period)),
        ):
            found.append(_page(f"{name}, {span} days", told, asked, limit))
    return found


def _page(name: str, told: str, asked: Sequence[Asking], limit: float) -> Result:
    ms = median_ms(lambda: [one() for one in asked], runs=5, warm_up=1)
    gate = Gate(f"a page of figures: {name}", ms, limit, "ms")
    return Result(f"page of figures: {name}", (Figure(told, ms),), (gate,))


def _cards(ground: Ground, keys: Sequence[str], period: Period) -> list[Asking]:
    """What the page asks of its cards: at once what is added up ahead, one by one what is not."""
    asked, by = [Question(METRICS_BY_KEY[key], period) for key in keys], bucket_of(period)
    model, who, at = ground.model, ground.who, ground.now
    known = trends.added_up(model, asked, by, who, at)
    left = [question for question in asked if question not in known]
    return [
        lambda: trends.added_up(model, asked, by, who, at),
        *(partial(trends.trend, model, question, by, who, at) for question in left),
    ]


def _times(ground: Ground, key: str, period: Period) -> list[Asking]:
    """What the page asks of a duration: its quantiles as a whole and by two sides, its courses."""
    asked, who, at = Question(METRICS_BY_KEY[key], period), ground.who, ground.now
    model, by = ground.model, bucket_of(period)
    return [
        lambda: figures.spread(model, asked, ((by,), ("agent",)), who, at),
        lambda: trends.trend(model, asked, by, who, at),
        lambda: figures.parts(model, asked, ("hour",), who, at, has_quantiles=False),
        lambda: figures.parts(model, asked, ("weekday",), who, at, has_quantiles=False),
    ]


def questions(ground: Ground) -> list[Result]:
    """Three questions of a report in SQL on the indexed stores and in pandas."""
    ground.model.count_all()
    year, month = _period(ground, 365), _period(ground, 30)
    offset = offsets(year)[-1][1]
    heat = {"since": year.from_at, "offset": offset}
    return [
        _compared(
            ground,
            "messages by weekday and hour, 365 days",
            _parts(ground, "contact_activity", year, "weekday", "hour"),
            (sql.HEAT, heat),
            lambda: ground.frames.heat(year.from_at, offset),
            HEAT_RATIO,
        ),
        _compared(
            ground,
            "resolutions by agent, 30 days",
            _parts(ground, "resolved", month, "agent"),
            (sql.RESOLVED, {"since": month.from_at}),
            lambda: ground.frames.resolved(month.from_at),
            None,
        ),
        _compared(
            ground,
            "first response by agent, 30 days (theirs: the mean only)",
            _parts(ground, "first_response", month, "agent"),
            (sql.FIRST_RESPONSE, {"since": month.from_at}),
            None,
            None,
        ),
    ]


def _parts(ground: Ground, key: str, period: Period, *by: str) -> Asking:
    asked = Question(METRICS_BY_KEY[key], period)
    return lambda: figures.parts(ground.model, asked, by, ground.who, ground.now)


def _compared(
    ground: Ground,
    name: str,
    ours: Asking,
    theirs: tuple[str, dict[str, Any]],
    pandas: Asking | None,
    ratio: float | None,
) -> Result:
    statement, values = theirs
    found = [Figure("Central", median_ms(ours, runs=9))]
    found += [
        Figure(p.name, median_ms(lambda p=p: sql.ask(p.store, statement, **values), runs=3))
        for p in ground.peers
    ]
    if pandas:
        found.append(Figure("pandas, frames in memory", median_ms(pandas, runs=3)))
    speed = found[1].ms / found[0].ms
    gates = [Gate(f"{name} against SQL", speed, ratio, at_least=True)] if ratio else []
    return Result(name, tuple(found), tuple(gates))


def _period(ground: Ground, span: int) -> Period:
    """So many local days, today the last of them."""
    today = local_of(ground.now, ground.model.zone).date()
    return days(today - timedelta(days=span - 1), today, ground.model.zone)
