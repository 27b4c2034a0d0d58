"""How rows of facts become sums: the value of a row, and what is added up of them."""

from __future__ import annotations

from typing import Final

from console.readmodel.measure import Clock
from console.readmodel.metrics import Form, Metric

# Quantiles are no matter of the database: `spread`.
SUMMED: Final = {
    Form.COUNT: "count(*) as n, count(*) as total, 0 as censored_n",
    Form.DISTINCT: "count(distinct value) as n, count(distinct value) as total, 0 as censored_n",
    Form.DURATION: (
        "count(value) as n, sum(value) as total, count(*) - count(value) as censored_n"
    ),
    Form.SHARE: (
        "count(value) as n, count(*) filter (value) as total, count(*) - count(value) as censored_n"
    ),
    Form.STATE: "count(*) as n, count(*) as total, 0 as censored_n",
    Form.OLDEST: "count(*) as n, max(value) as total, 0 as censored_n",
    Form.LATEST: "count(*) as n, min(value) as total, 0 as censored_n",
}
# The same of sums of hours.
ADDED: Final = (
    "sum(n)::bigint as n, sum(total)::hugeint as total, sum(censored_n)::bigint as censored_n"
)


def duration(metric: Metric, clock: Clock) -> str:
    """The column or difference that says how long, in microseconds; empty where there is none."""
    return metric.business if clock == "business" else f"{metric.end} - ({metric.start})"
