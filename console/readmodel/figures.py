"""The composer of metrics: questions to SQL, and the figures that come back.

Every card, chart, table, export and notebook asks here. One relation, `counted`, holds the rows
of a question with their values; a figure, its parts, its histogram and its reasons are read from
the same one. Values travel as parameters, the rest comes from the registry of metrics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import accumulate, pairwise
from typing import Any, Final

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.readmodel import tally
from console.readmodel.counted import FIRST_DAY, NOT_BY, THURSDAY, WEEK, Counted
from console.readmodel.measure import (
    DIMENSIONS_BY_KEY,
    EDGES,
    WAITING_SINCE,
    Bar,
    Figure,
    Part,
    PartKey,
    Question,
    Reason,
    Spread,
)
from console.readmodel.metrics import Form, Metric
from console.readmodel.model import ReadModel
from console.readmodel.spread import NULL, Keys, Lengths, Sums
from console.readmodel.summed import ADDED, SUMMED


def figure(model: ReadModel, question: Question, who: Acting, now: Instant) -> Figure:
    """The figure of a question; raises FilterError, RuleError, SlowQueryError."""
    if question.metric.form is Form.DURATION:
        return spread(model, question, (), who, now).figure
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        counted = asked.counted()
        (found,) = asked.run(f"select {SUMMED[question.metric.form]} from ({counted})")
    return figure_of(question.metric, found)


def parts(
    model: ReadModel,
    question: Question,
    by: Sequence[str],
    who: Acting,
    now: Instant,
    *,
    has_quantiles: bool = True,
) -> list[Part]:
    """The figure of each value of a dimension, or of several together, in the order of keys.

    A null key is nobody, no team or no label. Parts of a label overlap. Exact quantiles take
    several times as long as all the rest, for those who do not look at them.
    """
    if has_quantiles and question.metric.form is Form.DURATION:
        return spread(model, question, (by,), who, now).parts[tuple(by)]
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        keys = ", ".join(f"{asked.key(one)} as key_{n}" for n, one in enumerate(by))
        if tally.serves(question, who) and all(DIMENSIONS_BY_KEY[one].is_time for one in by):
            rows, sums = asked.by_hours(), ADDED
        else:
            rows, sums = asked.counted(*by), SUMMED[question.metric.form]
        found = asked.run(f"select {keys}, {sums} from ({rows}) group by all order by all")
    return [
        Part(
            tuple(key_of(one, v) for one, v in zip(by, row, strict=False)),
            figure_of(question.metric, row[len(by) :]),
        )
        for row in found
    ]


def histogram(model: ReadModel, question: Question, who: Acting, now: Instant) -> Sequence[Bar]:
    """How the durations of a question are spread over `EDGES`."""
    return spread(model, question, (), who, now).bars


def spread(
    model: ReadModel,
    question: Question,
    sides: Sequence[Sequence[str]],
    who: Acting,
    now: Instant,
) -> Spread:
    """A duration from several sides, each with its quantiles, for the price of one reading.

    Rows with several labels count for each of them, so that a label is asked for alone.
    """
    names = list(dict.fromkeys(one for by in sides for one in by))
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        keys = ["value", *(asked.key(one) for one in names)]
        columns = ", ".join(
            f"coalesce({key}, {NULL})::bigint as c{n}" for n, key in enumerate(keys)
        )
        counted = asked.counted(*names)
        rows = asked.arrow(f"select {columns} from ({counted})")
    values, *known = (column.to_numpy() for column in rows.columns)
    by_name, lengths = dict(zip(names, known, strict=True)), Lengths(values)
    with ThreadPoolExecutor() as pool:  # sorting leaves the interpreter to others
        whole = pool.submit(lengths.whole, [edge * SECOND for edge in EDGES])
        parted = [pool.submit(lengths.parted, [by_name[one] for one in by]) for by in sides]
    sums, below = whole.result()
    return Spread(
        figure_of(question.metric, sums),
        _bars(below, sums.n),
        {
            tuple(by): _parts(question.metric, by, found.result())
            for by, found in zip(sides, parted, strict=True)
        },
    )


def _bars(below: Sequence[int], n: int) -> list[Bar]:
    counts = [after - before for before, after in pairwise((0, *below, n))]
    return [Bar(edge, count) for edge, count in zip((*EDGES, None), counts, strict=True)]


def _parts(metric: Metric, by: Sequence[str], found: Iterable[tuple[Keys, Sums]]) -> list[Part]:
    in_order = sorted(found, key=lambda one: [(key is None, key or 0) for key in one[0]])
    return [
        Part(
            tuple(key_of(one, key) for one, key in zip(by, keys, strict=True)),
            figure_of(metric, sums),
        )
        for keys, sums in in_order
    ]


def course(
    model: ReadModel, question: Question, instants: Sequence[Instant], who: Acting, now: Instant
) -> list[int]:
    """How many stretches of a state hold at each of the instants, which rise.

    It cannot be narrowed to an age: the same wait grows older in its course.
    """
    if any(key == "age" for key, _ in question.parts):
        raise RuleError(NOT_BY)
    with model.cursor() as cursor:
        if tally.serves(question, who):
            return tally.course(cursor, question.metric, instants)
        asked = Counted(model, cursor, who, now, question)
        edges = asked.bind(list(instants))
        counted = asked.counted(between=(instants[0], instants[-1]))
        begun, ended = (
            f"histogram({column}, {edges}::bigint[])" for column in ("start_at", "end_at")
        )
        ((starts, ends),) = asked.run(f"select {begun}, {ended} from ({counted})")
    counts = [
        accumulate(list((found or {}).values())[: len(instants)] or [0] * len(instants))
        for found in (starts, ends)
    ]
    return [int(a - b) for a, b in zip(*counts, strict=True)]


def reasons(
    model: ReadModel,
    question: Question,
    who: Acting,
    now: Instant,
    *,
    limit: int,
    skip: int = 0,
) -> list[Reason]:
    """The rows behind a figure, the greatest value first, then those without one.

    Of the latest row the newest come first.
    """
    order = "asc" if question.metric.form is Form.LATEST else "desc"
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        counted = asked.counted()
        found = asked.run(
            "select conversation_id, value, agent_id, start_at, end_at, start_id, end_id"
            f" from ({counted}) order by value {order} nulls last, happened_at desc, start_id desc"
            f" limit {asked.bind(limit)} offset {asked.bind(skip)}"
        )
    return [_reason(question.metric, row) for row in found]


def figure_of(metric: Metric, found: Sequence[Any]) -> Figure:
    """The figure of a row of sums: n, total, censored n, and quantiles where they are known."""
    n, total, censored_n, *spread = found
    match metric.form:
        case Form.DURATION:
            value = float(total) / n / SECOND if n else None
        case Form.SHARE:
            value = total / n if n else None
        case Form.OLDEST | Form.LATEST:
            value = None if total is None else total / SECOND
        case _:
            value = float(total)
    quantiles = [q / SECOND for q in spread[0]] if spread and spread[0] else []
    return Figure(metric.stamp, metric.form, value, int(n), int(censored_n), *quantiles)


_TIMED: Final = frozenset({Form.DURATION, Form.LATEST})


def _reason(metric: Metric, row: Sequence[Any]) -> Reason:
    conversation_id, value, *others = row
    is_duration = metric.form in _TIMED or metric.value == WAITING_SINCE
    seconds = value / SECOND if is_duration and value is not None else value
    return Reason(conversation_id, seconds, *others)


def key_of(dimension: str, value: Any) -> PartKey:
    """The key of a part: days, weeks and months as ISO dates of their first day."""
    if dimension in {"day", "week"} and value is not None:
        days = value if dimension == "day" else value * WEEK - THURSDAY
        return (FIRST_DAY + timedelta(days=days)).isoformat()
    if dimension == "month" and value is not None:
        return f"{value // 12:04d}-{value % 12 + 1:02d}-01"
    return None if value is None else int(value)
