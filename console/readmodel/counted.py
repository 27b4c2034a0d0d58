"""The rows that a question counts, as one relation: the same for every answer.

Values travel as parameters; the rest comes from the registry of metrics and from this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from string import Template
from typing import Any, Final

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, SECOND, Instant
from console.i18n import Text
from console.readmodel import tally
from console.readmodel.compose import Query
from console.readmodel.measure import (
    AGES,
    WAITING_SINCE,
    PartKey,
    Question,
    dimensions_of,
)
from console.readmodel.metrics import Form
from console.readmodel.model import ReadModel
from console.readmodel.period import Bucket, BucketOf, offsets
from console.readmodel.sources import fact
from console.readmodel.summed import SUMMED, duration
from console.readmodel.tree import Everything

THURSDAY: Final = 3  # the weekday of the first day of 1970, Monday being 0
WEEK: Final = 7
FIRST_DAY: Final = date(1970, 1, 1)
_SMALL: Final = 250  # keys that fit into a byte


class Counted(Query):
    """A question in the making: its rows with their values, as one relation."""

    def __init__(
        self, model: ReadModel, cursor: Any, who: Acting, now: Instant, question: Question
    ) -> None:
        super().__init__(model, cursor, who, now)
        self._question = question
        self._metric = question.metric

    def counted(
        self,
        *by: str,
        between: tuple[Instant, Instant] | None = None,
    ) -> str:
        """The rows of the question: whom they count for, when, their values and reasons.

        `by` are the dimensions whose keys are asked of them. Of a state all stretches that touch
        the span `between` two instants; else the rows of the period.
        """
        metric = self._metric
        columns = (
            f"conversation_id, instance_id, team_id, {credited(self._question)} as agent_id,"
            f" {metric.cohort} as happened_at, {self._value()} as value,"
            f" {metric.start or metric.cohort} as start_at, {metric.end or 'null'} as end_at,"
            f" {metric.start_id or 'null'} as start_id, {metric.end_id or 'null'} as end_id"
        )
        in_time = self._holding(*between) if between else self._in_time()
        counted = f"select {columns} from {self.rows(in_time, self.within())}"
        parts, without = self._question.parts, self._question.without
        narrowed = {key for key, _ in (*parts, *without)}
        joined = [column for key, column in _JOINED.items() if key in narrowed.union(by)]
        if joined:
            counted = _with_conversation(counted, joined)
        wanted = [self._is(key, value) for key, value in parts] + self._lasting()
        wanted += [f"({self._is(key, value)}) is not true" for key, value in without]
        return f"select * from ({counted}) where {' and '.join(wanted)}" if wanted else counted

    def in_buckets(
        self, begun: Sequence[Bucket], by: BucketOf, first: Instant, gap: Instant
    ) -> str:
        """The sums of each bucket since an instant, and of all until another one under null.

        Few small numbers as keys are added up several times faster than large ones.
        """
        base, since = self.bind(bound(by, begun[0].key)), self.bind(first)
        small = "utinyint" if len(begun) < _SMALL else "integer"
        key = f"if(happened_at >= {since}, ({self.key(by)} - {base})::{small}, null)"
        within = f"happened_at >= {since} or happened_at < {self.bind(gap)}"
        return (
            f"select key + {base} as key, * exclude (key) from ("
            f"select {key} as key, {SUMMED[self._metric.form]}"
            f" from ({self.counted()}) where {within} group by 1)"
        )

    def by_hours(self) -> str:
        """The rows of the period added up by hours; for what `tally` serves."""
        credited(self._question)  # an unknown one is refused, though it makes no difference here
        series, period = tally.series_of(self._question).key, self._question.period
        return (
            "select happened_at, n, total, censored_n from tally"
            f" where series = {self.bind(series)} and happened_at >= {self.bind(period.from_at)}"
            f" and happened_at < {self.bind(period.to_at)}"
        )

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
            raise RuleError(NOT_BY)
        match dimension:
            case "agent" | "team" | "instance" | "label" | "contact":
                return f"{dimension}_id"
            case "age":
                return self._age()
            case _:
                return _TIMES[dimension].substitute(local=self._local())

    def _is(self, dimension: str, value: PartKey) -> str:
        key = self.key(dimension)
        if value is None:
            return f"{key} is null"
        return f"{key} = {self.bind(bound(dimension, value))}"

    def _lasting(self) -> list[str]:
        """The conditions on the length of a duration."""
        if self._question.lasting is None:
            return []
        if self._metric.form is not Form.DURATION:
            raise RuleError(NOT_BY)
        least, below = self._question.lasting
        found = [f"value >= {self.bind(least * SECOND)}"]
        return found if below is None else [*found, f"value < {self.bind(below * SECOND)}"]

    def _in_time(self) -> str:
        metric, period = self._metric, self._question.period
        if metric.is_state:
            at = self.bind(self._at())
            return f"{metric.start} <= {at} and ({metric.end} is null or {metric.end} > {at})"
        first, last = map(self.bind, (period.from_at, period.to_at))
        return f"{metric.cohort} >= {first} and {metric.cohort} < {last}"

    def _holding(self, first: Instant, last: Instant) -> str:
        """The stretches of a state that touch a span."""
        start, end = self._metric.start, self._metric.end
        return f"{start} <= {self.bind(last)} and ({end} is null or {end} > {self.bind(first)})"

    def _at(self) -> Instant:
        """The instant of a state: the last one of the period, or now."""
        return min(self._question.period.to_at - 1, self._now)

    def _value(self) -> str:
        metric = self._metric
        match metric.form:
            case Form.DURATION if self._question.clock == "business":
                if not metric.business:
                    raise RuleError(_NO_BUSINESS)
                return duration(metric, "business")
            case Form.DURATION:
                return duration(metric, "calendar")
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


_JOINED: Final = {
    "label": "unnest(if(len(c.label_ids) = 0, [null], c.label_ids)) as label_id",
    "contact": "c.contact_id",
}


def _with_conversation(counted: str, columns: Sequence[str]) -> str:
    """The rows with what only their conversation knows; one with two labels stands twice."""
    return (
        f"select r.*, {', '.join(columns)}"
        f" from ({counted}) as r join conversation as c on c.id = r.conversation_id"
    )


def credited(question: Question) -> str:
    """For whom the rows of a question count; raises RuleError for a rule that it has not."""
    if not question.metric.credits:
        return "null::bigint"
    try:
        return question.metric.credit(question.credit).column
    except KeyError:
        raise RuleError(_NO_CREDIT) from None


def bound(dimension: str, value: PartKey) -> int:
    """The number by which the database knows the key of a part."""
    if dimension in {"day", "week", "month"}:
        day = date.fromisoformat(str(value))
        if dimension == "month":
            return day.year * 12 + day.month - 1
        days = (day - FIRST_DAY).days
        return days if dimension == "day" else (days + THURSDAY) // WEEK
    return int(value or 0)


_TIMES: Final = {
    "hour": Template(f"$local // {HOUR} % 24"),
    "weekday": Template(f"($local // {DAY} + {THURSDAY}) % {WEEK}"),
    "day": Template(f"$local // {DAY}"),
    "week": Template(f"($local + {THURSDAY * DAY}) // {WEEK * DAY}"),
    "month": Template("year(make_timestamp($local)) * 12 + month(make_timestamp($local)) - 1"),
}
NOT_BY: Final = Text(
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
