"""The composer of metrics: questions to SQL, and the figures that come back.

Every card, chart, table, export and notebook asks here. One relation, `counted`, holds the rows
of a question with their values; a figure, its parts, its histogram and its reasons are read from
the same one. Values travel as parameters, the rest comes from the registry of metrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from string import Template
from typing import Any, Final

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, SECOND, Instant
from console.i18n import Text
from console.readmodel.compose import Query
from console.readmodel.measure import (
    AGES,
    EDGES,
    QUANTILES,
    WAITING_SINCE,
    Bar,
    Figure,
    Part,
    PartKey,
    Question,
    Reason,
    dimensions_of,
)
from console.readmodel.metrics import Form, Metric
from console.readmodel.model import ReadModel
from console.readmodel.period import offsets
from console.readmodel.sources import fact
from console.readmodel.tree import Everything

_THURSDAY: Final = 3  # the weekday of the first day of 1970, Monday being 0
_WEEK: Final = 7
_FIRST_DAY: Final = date(1970, 1, 1)
_SUMMED: Final = {
    Form.COUNT: "count(*), count(*), 0, null",
    Form.DISTINCT: "count(distinct value), count(distinct value), 0, null",
    Form.DURATION: f"count(value), sum(value), count(*) - count(value),"
    f" quantile_cont(value, {list(QUANTILES)})",
    Form.SHARE: "count(value), count(*) filter (value), count(*) - count(value), null",
    Form.STATE: "count(*), count(*), 0, null",
    Form.OLDEST: "count(*), max(value), 0, null",
}


def figure(model: ReadModel, question: Question, who: Acting, now: Instant) -> Figure:
    """The figure of a question; raises FilterError, RuleError, SlowQueryError."""
    with model.cursor() as cursor:
        asked = _Asked(model, cursor, who, now, question)
        counted = asked.counted()
        (found,) = asked.run(f"select {_SUMMED[question.metric.form]} from ({counted})")
    return _figure(question.metric, found)


def parts(
    model: ReadModel, question: Question, by: Sequence[str], who: Acting, now: Instant
) -> list[Part]:
    """The figure of each value of a dimension, or of several together, in the order of keys.

    A null key is nobody, no team or no label. Parts of a label overlap.
    """
    with model.cursor() as cursor:
        asked = _Asked(model, cursor, who, now, question)
        keys = ", ".join(f"{asked.key(one)} as key_{n}" for n, one in enumerate(by))
        counted = asked.counted(has_labels="label" in by)
        found = asked.run(
            f"select {keys}, {_SUMMED[question.metric.form]} from ({counted})"
            " group by all order by all"
        )
    return [
        Part(
            tuple(_key(one, v) for one, v in zip(by, row, strict=False)),
            _figure(question.metric, row[len(by) :]),
        )
        for row in found
    ]


def histogram(model: ReadModel, question: Question, who: Acting, now: Instant) -> list[Bar]:
    """How the durations of a question are spread over `EDGES`."""
    with model.cursor() as cursor:
        asked = _Asked(model, cursor, who, now, question)
        counted = asked.counted()
        edges = asked.bind([edge * SECOND - 1 for edge in EDGES])
        ((bars, n),) = asked.run(
            f"select histogram(value, {edges}::bigint[]), count(value) from ({counted})"
        )
    heights = list((bars or {}).values())[: len(EDGES)] or [0] * len(EDGES)
    shown = [Bar(edge, int(h)) for edge, h in zip(EDGES, heights, strict=True)]
    return [*shown, Bar(None, n - sum(bar.n for bar in shown))]


def course(
    model: ReadModel, question: Question, instants: Sequence[Instant], who: Acting, now: Instant
) -> list[int]:
    """How many stretches of a state hold at each of the instants, which rise."""
    metric = question.metric
    with model.cursor() as cursor:
        asked = _Asked(model, cursor, who, now, question)
        edges = asked.bind(list(instants))
        rows = asked.rows(asked.within())
        begun, ended = (
            f"histogram({column}, {edges}::bigint[])" for column in (metric.start, metric.end)
        )
        ((starts, ends),) = asked.run(f"select {begun}, {ended} from {rows}")
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
    """The rows behind a figure, the greatest value first, then those without one."""
    with model.cursor() as cursor:
        asked = _Asked(model, cursor, who, now, question)
        counted = asked.counted()
        found = asked.run(
            "select conversation_id, value, agent_id, start_at, end_at, start_id, end_id"
            f" from ({counted}) order by value desc nulls last, happened_at desc, start_id desc"
            f" limit {asked.bind(limit)} offset {asked.bind(skip)}"
        )
    return [_reason(question.metric, row) for row in found]


class _Asked(Query):
    """A question in the making."""

    def __init__(
        self, model: ReadModel, cursor: Any, who: Acting, now: Instant, question: Question
    ) -> None:
        super().__init__(model, cursor, who, now)
        self._question = question
        self._metric = question.metric

    def counted(self, *, has_labels: bool = False) -> str:
        """The rows of the question: whom they count for, when, their values and reasons."""
        metric = self._metric
        columns = (
            f"conversation_id, instance_id, team_id, {self._credit()} as agent_id,"
            f" {metric.cohort} as happened_at, {self._value()} as value,"
            f" {metric.start or metric.cohort} as start_at, {metric.end or 'null'} as end_at,"
            f" {metric.start_id or 'null'} as start_id, {metric.end_id or 'null'} as end_id"
        )
        counted = f"select {columns} from {self.rows(self._in_time(), self.within())}"
        narrowed = [key for key, _ in self._question.parts]
        if has_labels or "label" in narrowed:
            counted = _labelled(counted)
        wanted = [self._is(key, value) for key, value in self._question.parts]
        return f"select * from ({counted}) where {' and '.join(wanted)}" if wanted else counted

    def rows(self, *conditions: str) -> str:
        """The facts of the metric under its own and other conditions."""
        metric = self._metric
        table = f"({fact('act')}) as act" if metric.fact == "act" else metric.fact
        given = [c for c in (self._with_now(metric.rows), *conditions) if c != "true"]
        return f"{table} where {' and '.join(f'({c})' for c in given) or 'true'}"

    def within(self) -> str:
        """The conversations that the person may see and that the filter matches."""
        if isinstance(self._question.tree, Everything) and self._who.scope.kind == "all":
            return "true"
        matching = self.where(self._question.tree)
        return f"conversation_id in (select id from conversation where {matching})"

    def key(self, dimension: str) -> str:
        """The expression that tells the parts of a dimension apart."""
        if dimension not in dimensions_of(self._metric):
            raise RuleError(_NOT_BY)
        match dimension:
            case "agent" | "team" | "instance" | "label":
                return f"{dimension}_id"
            case "age":
                return self._age()
            case _:
                return _TIMES[dimension].substitute(local=self._local())

    def _is(self, dimension: str, value: PartKey) -> str:
        key = self.key(dimension)
        if value is None:
            return f"{key} is null"
        return f"{key} = {self.bind(_bound(dimension, value))}"

    def _credit(self) -> str:
        if not self._metric.credits:
            return "null::bigint"
        try:
            return self._metric.credit(self._question.credit).column
        except KeyError:
            raise RuleError(_NO_CREDIT) from None

    def _in_time(self) -> str:
        metric, period = self._metric, self._question.period
        if metric.is_state:
            at = self.bind(self._at())
            return f"{metric.start} <= {at} and ({metric.end} is null or {metric.end} > {at})"
        first, last = self.bind(period.from_at), self.bind(period.to_at)
        return f"{metric.cohort} >= {first} and {metric.cohort} < {last}"

    def _at(self) -> Instant:
        """The instant of a state: the last one of the period, or now."""
        return min(self._question.period.to_at - 1, self._now)

    def _value(self) -> str:
        metric = self._metric
        match metric.form:
            case Form.DURATION if self._question.clock == "business":
                if not metric.business:
                    raise RuleError(_NO_BUSINESS)
                return metric.business
            case Form.DURATION:
                return f"{metric.end} - ({metric.start})"
            case Form.STATE | Form.OLDEST if metric.value == WAITING_SINCE:
                return f"{self.bind(self._at())} - {metric.value}"
            case _:
                return self._with_now(metric.value)

    def _with_now(self, sql: str) -> str:
        return Template(sql).substitute(now=self.bind(self._now)) if "$now" in sql else sql

    def _age(self) -> str:
        bands = " ".join(
            f"when value <= {self.bind(edge * SECOND)} then {n}" for n, edge in enumerate(AGES)
        )
        return f"case {bands} else {len(AGES)} end"

    def _local(self) -> str:
        """Local microseconds: one offset, or several where the clocks change in the period."""
        changes = offsets(self._question.period)
        whens = [
            f"when happened_at < {self.bind(until)} then {self.bind(offset)}"
            for (_, offset), (until, _) in pairwise(changes)
        ]
        last = self.bind(changes[-1][1])
        offset = f"case {' '.join(whens)} else {last} end" if whens else last
        return f"(happened_at + {offset})"


def _labelled(counted: str) -> str:
    return (
        "select r.*, unnest(if(len(c.label_ids) = 0, [null], c.label_ids)) as label_id"
        f" from ({counted}) as r join conversation as c on c.id = r.conversation_id"
    )


def _figure(metric: Metric, found: Sequence[Any]) -> Figure:
    n, total, censored_n, quantiles = found
    match metric.form:
        case Form.DURATION:
            value = float(total) / n / SECOND if n else None
        case Form.SHARE:
            value = total / n if n else None
        case Form.OLDEST:
            value = None if total is None else total / SECOND
        case _:
            value = float(total)
    spread = [q / SECOND for q in quantiles] if quantiles else [None] * len(QUANTILES)
    return Figure(metric.stamp, metric.form, value, int(n), int(censored_n), *spread)


def _reason(metric: Metric, row: Sequence[Any]) -> Reason:
    conversation_id, value, *others = row
    is_duration = metric.form is Form.DURATION or metric.value == WAITING_SINCE
    seconds = value / SECOND if is_duration and value is not None else value
    return Reason(conversation_id, seconds, *others)


def _key(dimension: str, value: Any) -> PartKey:
    """Days, weeks and months as ISO dates of their first day."""
    if dimension in {"day", "week"} and value is not None:
        days = value if dimension == "day" else value * _WEEK - _THURSDAY
        return (_FIRST_DAY + timedelta(days=days)).isoformat()
    if dimension == "month" and value is not None:
        return f"{value // 12:04d}-{value % 12 + 1:02d}-01"
    return None if value is None else int(value)


def _bound(dimension: str, value: PartKey) -> PartKey:
    if dimension in {"day", "week", "month"}:
        day = date.fromisoformat(str(value))
        if dimension == "month":
            return day.year * 12 + day.month - 1
        days = (day - _FIRST_DAY).days
        return days if dimension == "day" else (days + _THURSDAY) // _WEEK
    return int(value or 0)


_TIMES: Final = {
    "hour": Template(f"$local // {HOUR} % 24"),
    "weekday": Template(f"($local // {DAY} + {_THURSDAY}) % {_WEEK}"),
    "day": Template(f"$local // {DAY}"),
    "week": Template(f"($local // {DAY} + {_THURSDAY}) // {_WEEK}"),
    "month": Template("year(make_timestamp($local)) * 12 + month(make_timestamp($local)) - 1"),
}
_NOT_BY: Final = Text(
    "Esta métrica não se divide assim. Escolha outra divisão.",
    "This metric cannot be broken down like that. Choose another breakdown.",
    "Esta métrica no se divide así. Elija otra división.",
)
_NO_CREDIT: Final = Text(
    "Esta métrica não conhece esse crédito. Escolha um dos que ela mostra.",
    "This metric does not know that credit rule. Choose one of those it shows.",
    "Esta métrica no conoce ese crédito. Elija uno de los que muestra.",
)
_NO_BUSINESS: Final = Text(
    "Esta métrica só tem o relógio do calendário.",
    "This metric has the calendar clock only.",
    "Esta métrica solo tiene el reloj del calendario.",
)
