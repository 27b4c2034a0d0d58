"""Questions as people and programs write them, and answers as tables: command line and notebooks.

A page has its own words for a period; here days are written as in filters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.i18n import Text
from console.readmodel import figures
from console.readmodel.explain import Explanation, before_of
from console.readmodel.explain import dimensions_of as explainable
from console.readmodel.expression import parse
from console.readmodel.measure import (
    DIMENSIONS_BY_KEY,
    Clock,
    Figure,
    Part,
    PartKey,
    Question,
    dimensions_of,
)
from console.readmodel.metrics import METRICS, METRICS_BY_KEY, Form, Metric
from console.readmodel.model import ReadModel
from console.readmodel.names import Directory
from console.readmodel.period import Period
from console.readmodel.refusals import bad_value, nearest
from console.readmodel.values import read_days, span

USUAL_DAYS: Final = "29d"  # the last thirty days, today among them
_SHORT: Final = {one.short: one for one in METRICS if one.short}
_BOTH_DAYS: Final = Text(
    "escreva o primeiro dia e o último, como 2026-10-01..2026-10-31",
    "write the first day and the last, like 2026-10-01..2026-10-31",
    "escriba el primer día y el último, como 2026-10-01..2026-10-31",
)
_SPREAD: Final = ("median", "p75", "p90", "p95")


def question(
    model: ReadModel,
    key: str,
    now: Instant,
    *,
    first: str = "",
    last: str = "",
    filter: str = "",
    credit: str = "",
    clock: Clock = "calendar",
) -> Question:
    """The question behind words; days are `2026-11-01`, `7d`, `yesterday`, both included.

    Raises RuleError for an unknown metric, FilterError for anything else that cannot be read.
    """
    written = read_days("period", f"{first or USUAL_DAYS}..{last or 'today'}", 0)
    from_at, to_at = span(written, now, model.zone)
    period = Period(from_at, to_at, model.zone)
    return Question(metric(key), period, parse(filter), credit, clock)


def metric(key: str) -> Metric:
    """The metric of a key or a short name; raises RuleError that names the nearest ones."""
    found = METRICS_BY_KEY.get(key) or _SHORT.get(key.upper())
    if found:
        return found
    raise _unknown(key, METRICS_BY_KEY, Text("métrica", "metric", "métrica"))


def dimensions(asked: Question, written: str) -> tuple[str, ...]:
    """The dimensions of `agent,day`; raises RuleError that names the nearest ones."""
    wanted = tuple(part.strip() for part in written.split(",") if part.strip())
    known = dimensions_of(asked.metric)
    for key in wanted:
        if key not in known:
            raise _unknown(key, known, Text("divisão", "breakdown", "división"))
    return wanted


def against(model: ReadModel, asked: Question, written: str, now: Instant) -> Question:
    """The same question of days such as `2026-10-01..2026-10-31`; of the period before without.

    Raises FilterError.
    """
    if not written:
        return before_of(asked, now)
    days = read_days("against", written, 0)
    if not (days.first and days.last):  # all that ever was has no length
        raise bad_value("against", written, _BOTH_DAYS, 0)
    from_at, to_at = span(days, now, model.zone)
    return replace(asked, period=Period(from_at, to_at, model.zone))


def dimension(asked: Question, written: str) -> str:
    """What a change is explained by, the usual without; raises RuleError with the nearest ones."""
    known = explainable(asked)
    if written and written not in known:
        raise _unknown(written, known, Text("divisão", "breakdown", "división"))
    return written or known[0]


def explained(found: Explanation, names: Directory) -> pa.Table:
    """What each group adds to a change, as a table; durations are seconds."""
    effects = found.effects
    columns = _keys(found.by, [one.key for one in effects], names)
    columns |= {
        "before_n": _numbers(one.before.n for one in effects),
        "now_n": _numbers(one.now.n for one in effects),
    }
    if found.is_mean:
        columns |= {
            "before": _numbers(one.before.value for one in effects),
            "now": _numbers(one.now.value for one in effects),
            "mix": _numbers(one.mix for one in effects),
            "rate": _numbers(one.rate for one in effects),
        }
    return pa.table(columns | {"change": _numbers(one.change for one in effects)})


def _numbers(values: Iterable[float | None]) -> pa.Array:
    return pa.array(list(values), pa.float64())


def table(
    model: ReadModel, asked: Question, by: Sequence[str], who: Acting, now: Instant
) -> pa.Table:
    """A figure, or one for each part, as a table; durations are seconds.

    What has a name stands as its name, beside its id.
    """
    if by:
        parts = figures.parts(model, asked, by, who, now)
    else:
        parts = [Part((), figures.figure(model, asked, who, now))]
    columns: dict[str, pa.Array] = {}
    for n, one in enumerate(by):
        columns |= _keys(one, [part.keys[n] for part in parts], model.directory)
    return pa.table(columns | _figures([part.figure for part in parts], asked.metric))


def _figures(found: Sequence[Figure], metric: Metric) -> dict[str, pa.Array]:
    spread = _SPREAD if metric.form is Form.DURATION else ()
    return {
        "value": pa.array([one.value for one in found], pa.float64()),
        "n": pa.array([one.n for one in found], pa.int64()),
        "censored_n": pa.array([one.censored_n for one in found], pa.int64()),
        **{name: pa.array([getattr(one, name) for one in found], pa.float64()) for name in spread},
    }


def _keys(dimension: str, keys: Sequence[PartKey], names: Directory) -> dict[str, pa.Array]:
    if DIMENSIONS_BY_KEY[dimension].is_time or dimension == "age":
        type_ = pa.string() if any(isinstance(key, str) for key in keys) else pa.int64()
        return {dimension: pa.array(keys, type_)}
    if dimension == "contact":  # whose names not everybody may read
        return {"contact_id": pa.array(keys, pa.int64())}
    known = {
        "agent": names.agents,
        "team": names.teams,
        "instance": names.instances,
        "label": names.labels,
    }[dimension]
    named = [
        known[int(key)].name if key is not None and int(key) in known else None for key in keys
    ]
    return {
        dimension: pa.array(named, pa.string()),
        f"{dimension}_id": pa.array(keys, pa.int64()),
    }


def _unknown(key: str, known: Iterable[str], what: Text) -> RuleError:
    close = ", ".join(nearest(key, known)) or ", ".join(known)
    return RuleError(
        Text(
            f"Não há {what.pt} “{key}”. Use uma destas: {close}.",
            f"There is no {what.en} “{key}”. Use one of: {close}.",
            f"No hay {what.es} “{key}”. Use una de estas: {close}.",
        )
    )
