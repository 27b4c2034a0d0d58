"""The course of a figure in time beside the period before: what a card shows, in one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.readmodel.counted import Counted
from console.readmodel.figures import course, figure, figure_of, key_of, parts
from console.readmodel.measure import Part, PartKey, Question, Trend
from console.readmodel.metrics import Form
from console.readmodel.model import ReadModel
from console.readmodel.period import BucketOf, Period, buckets


def trend(model: ReadModel, question: Question, by: BucketOf, who: Acting, now: Instant) -> Trend:
    """A figure with its course by hours, days, weeks or months, and the one before; no quantiles.

    The period before is cut where this one stands now, so that both are equally long.
    """
    metric, period = question.metric, question.period
    if metric.is_state:
        return _state_trend(model, question, by, who, now)
    before = period.as_far_before(now)
    if metric.form in {Form.DISTINCT, Form.LATEST}:  # its parts do not add up
        others = replace(question, period=before)
        whole, earlier = (figure(model, one, who, now) for one in (question, others))
        return Trend(whole, earlier, tuple(parts(model, question, (by,), who, now)))
    with model.cursor() as cursor:
        wide = replace(question, period=Period(before.from_at, period.to_at, period.zone))
        asked = Counted(model, cursor, who, now, wide)
        found = asked.run(asked.in_buckets(buckets(period, by), by, period.from_at, before.to_at))
    parted = sorted(row for row in found if row[0] is not None)
    return Trend(
        figure_of(metric, _added(parted)),
        figure_of(metric, _added([row for row in found if row[0] is None])),
        tuple(Part((key_of(by, row[0]),), figure_of(metric, row[1:])) for row in parted),
    )


def _added(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """What rows of buckets come to together."""
    n, total, censored_n = (sum(row[place] or 0 for row in rows) for place in (1, 2, 3))
    return n, total, censored_n


def _state_trend(
    model: ReadModel, question: Question, by: BucketOf, who: Acting, now: Instant
) -> Trend:
    """A state at the end of each bucket that has begun, and as long before as the period lasts."""
    metric, period = question.metric, question.period
    last = min(period.to_at - 1, now)
    length = period.to_at - period.from_at
    if metric.form is Form.OLDEST:  # a wait, not a number of them
        others = replace(
            question, period=Period(period.from_at - length, last + 1 - length, period.zone)
        )
        whole, earlier = (figure(model, one, who, now) for one in (question, others))
        return Trend(whole, earlier)
    ends: dict[PartKey, Instant] = {}
    for one in buckets(period, by):
        ends[one.key] = min(one.to_at - 1, last)
        if ends[one.key] == last:
            break
    instants = [last - length, *ends.values()]
    before, *counts = (
        figure_of(metric, (n, n, 0)) for n in course(model, question, instants, who, now)
    )
    parted = tuple(Part((key,), one) for key, one in zip(ends, counts, strict=True))
    return Trend(counts[-1], before, parted)
