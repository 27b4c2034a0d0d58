"""Sums of facts by hours of UTC, for courses of the whole account in time.

A year of a metric is nine thousand rows here instead of millions. The sums are whole numbers of the
same rows that the composer counts, and change in the transaction that changes the facts, so that
both always agree. Quantiles, different values and what depends on the present instant are not
added up: they are asked of the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np

from console.domain.agent import Acting
from console.domain.ids import HOUR, Instant
from console.readmodel.measure import Clock, Question
from console.readmodel.metrics import METRICS, Form, Metric
from console.readmodel.period import offsets
from console.readmodel.summed import ADDED, SUMMED, duration
from console.readmodel.tree import Everything

_ADDING_UP: Final = {Form.COUNT, Form.DURATION, Form.SHARE}
_MOST_MORE: Final = 200_000  # rows of changes before they are put together again
EDGES: Final = ("begun", "ended")
LOW: Final = 32  # lower bits of a total that travel apart, as in `_HOURS`
Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Series:
    """What is added up of a table of facts: rows, the instant they belong to, their value."""

    key: str
    metric: Metric
    cohort: str
    value: str

    def sums(self, source: str) -> str:
        """The statement that adds up the rows of a table or of a part of it."""
        summed = SUMMED[Form.COUNT if self.metric.is_state else self.metric.form]
        return (
            f"select '{self.key}' as series, {self.cohort} // {HOUR} * {HOUR} as happened_at,"
            f" {summed} from (select *, {self.value} as value from {source}"
            f" where ({self.metric.rows}) and {self.cohort} is not null) group by all"
        )

    def within(self, place: int) -> str:
        """The statement that adds up the rows between two instants, under a number."""
        return (
            f"select {place}, {SUMMED[self.metric.form]} from (select {self.value} as value"
            f" from {self.metric.fact} where ({self.metric.rows})"
            f" and {self.cohort} >= $first and {self.cohort} < $last)"
        )

    def between(self, place: int) -> str:
        """The statement that counts the rows of a numbered span, both its ends included."""
        return (
            f"select count(*) from {self.metric.fact} where ({self.metric.rows})"
            f" and {self.cohort} >= $first_{place} and {self.cohort} <= $last_{place}"
        )


def key_of(metric: Metric, of: str) -> str:
    """The name of a series: of a clock, or of the beginnings or ends of a state."""
    return f"{metric.stamp}:{of}"


def _series() -> Iterator[Series]:
    for metric in METRICS:
        if "$now" in metric.rows + metric.value or metric.fact == "act":
            continue
        if metric.form is Form.STATE:
            for of, column in zip(EDGES, (metric.start, metric.end), strict=True):
                yield Series(key_of(metric, of), metric, column, "1")
        elif metric.form is Form.DURATION:
            for clock in _clocks(metric):
                key = key_of(metric, clock)
                yield Series(key, metric, metric.cohort, duration(metric, clock))
        elif metric.form in _ADDING_UP:
            yield Series(key_of(metric, "calendar"), metric, metric.cohort, metric.value)


def _clocks(metric: Metric) -> tuple[Clock, ...]:
    return ("calendar", "business") if metric.business else ("calendar",)


SERIES: Final = {one.key: one for one in _series()}


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """The table with everything added up."""
    rows = " union all ".join(one.sums(one.metric.fact) for one in SERIES.values())
    _run(connection, f"create table tally as {rows} order by series, happened_at")
    _run(connection, "alter table tally alter total type hugeint")


def shift(cursor: duckdb.DuckDBPyConnection, fact: str) -> None:
    """Add up what the rows of `come` bring and those of `gone` take away from a table of facts."""
    series = [one for one in SERIES.values() if one.metric.fact == fact]
    if not series:
        return
    come, gone = (
        " union all ".join(one.sums(source) for one in series) for source in ("come", "gone")
    )
    _run(
        cursor,
        f"insert into tally {_together(f'{come} union all {_taken_away(gone)}')}",
    )


def compact(cursor: duckdb.DuckDBPyConnection, least: int) -> int:
    """Put changes of the same hour together once there are many; how many rows there are."""
    n = _count(cursor)
    if n < 2 * least + _MOST_MORE:
        return least
    together = f"{_together('from tally')} order by series, happened_at"
    _run(cursor, f"create or replace temp table added as {together}")
    _run(cursor, "delete from tally")
    _run(cursor, "insert into tally from added")
    return _count(cursor)


def serves(question: Question, who: Acting) -> bool:
    """Whether a question is of the whole account, by whole hours, and of a metric that adds up."""
    metric, period = question.metric, question.period
    of = EDGES[0] if metric.is_state else question.clock
    return (
        key_of(metric, of) in SERIES
        and isinstance(question.tree, Everything)
        and who.scope.kind == "all"
        and not (question.parts or question.without)
        and question.lasting is None
        and period.from_at % HOUR == period.to_at % HOUR == 0
        and all(offset % HOUR == 0 for _, offset in offsets(period))
    )


def series_of(question: Question) -> Series:
    """The series that serves a question of rows."""
    return SERIES[key_of(question.metric, question.clock)]


class Hours(NamedTuple):
    """Sums of hours: the number of the series, and the total cut in two so that both are bigint.

    A double holds what the columns of an hour come to over thousands of years exactly.
    """

    series: Numbers
    happened_at: Numbers
    n: Numbers
    high: Numbers
    low: Numbers
    censored_n: Numbers


def hours(
    cursor: duckdb.DuckDBPyConnection, series: Sequence[Series], first: Instant, last: Instant
) -> Hours:
    """The sums of some series between two whole hours; an hour may stand there several times."""
    asked = {"series": [one.key for one in series], "first": first, "last": last}
    found = cursor.execute(_HOURS, asked).fetchnumpy()
    return Hours(**found)


_HOURS: Final = """
select
  list_position($series, series)::bigint - 1 as series,
  happened_at,
  n,
  (coalesce(total, 0) >> 32)::bigint as high,
  (coalesce(total, 0) & 4294967295)::bigint as low,
  censored_n
from tally
where series in $series
  and happened_at >= $first
  and happened_at < $last
"""


def rests(
    cursor: duckdb.DuckDBPyConnection, series: Sequence[Series], first: Instant, last: Instant
) -> dict[int, tuple[int, int, int]]:
    """What the rows between two instants come to, by the number of the series: n, total, censored.

    For what is left of an hour that is not over.
    """
    if first == last:
        return {}
    asked = " union all ".join(one.within(place) for place, one in enumerate(series))
    found = cursor.execute(asked, {"first": first, "last": last}).fetchall()
    return {place: (n, total or 0, censored_n) for place, n, total, censored_n in found}


def course(
    cursor: duckdb.DuckDBPyConnection, metric: Metric, instants: Sequence[Instant]
) -> list[int]:
    """How many stretches of a state hold at each instant: begun until then, and not ended."""
    series = [SERIES[key_of(metric, edge)] for edge in EDGES]
    whole = [(at + 1) // HOUR * HOUR for at in instants]
    rows = cursor.execute(
        "select happened_at, if(series = $begun, n, -n) as n from tally"
        " where series in ($begun, $ended) and happened_at < $last",
        {"begun": series[0].key, "ended": series[1].key, "last": whole[-1]},
    ).fetchnumpy()
    order = np.argsort(rows["happened_at"])
    sums = np.concatenate(([0], np.cumsum(rows["n"][order])))
    found = sums[np.searchsorted(rows["happened_at"], whole, sorter=order)]
    more = _since(cursor, series, list(zip(whole, instants, strict=True)))
    return [int(n) + more.get(place, 0) for place, n in enumerate(found)]


def _since(
    cursor: duckdb.DuckDBPyConnection,
    series: Sequence[Series],
    spans: Sequence[tuple[Instant, Instant]],
) -> dict[int, int]:
    """How many more have begun than ended within the spans that hold less than an hour."""
    asked: list[str] = []
    values: dict[str, Instant] = {}
    for place, (first, last) in enumerate(spans):
        if first <= last:
            values |= {f"first_{place}": first, f"last_{place}": last}
            begun, ended = (one.between(place) for one in series)
            asked.append(f"select {place}, ({begun}) - ({ended})")
    if not asked:
        return {}
    return dict(cursor.execute(" union all ".join(asked), values).fetchall())


def _together(rows: str) -> str:
    return (
        f"select * from (select series, happened_at, {ADDED} from ({rows}) group by all)"
        " where n <> 0 or total <> 0 or censored_n <> 0"
    )


def _taken_away(rows: str) -> str:
    return f"select series, happened_at, -n, -total, -censored_n from ({rows})"


def _count(cursor: duckdb.DuckDBPyConnection) -> int:
    return int(cursor.execute("select count(*) from tally").fetchall()[0][0])


def _run(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    connection.execute(statement).fetchall()
