"""The course of a figure in time beside the period before: what a card shows, in one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.readmodel import tally
from console.readmodel.counted import Counted
from console.readmodel.figures import course, figure, figure_of, key_of, parts
from console.readmodel.hourly import courses
from console.readmodel.measure import Part, PartKey, Question, Trend
from console.readmodel.metrics import Form, Metric
from console.readmodel.model import ReadModel
from console.readmodel.period import BucketOf, Period, buckets


def trend(model: ReadModel, question: Question, by: BucketOf, who: Acting, now: Instant) -> Trend:
    """A figure with its course by hours, days, weeks or months, and the one before; no quantiles.

    The period before is cut where this one stands now, so that both are equally long.
    """
    found = added_up(model, [question], by, who, now)
    return found.get(question) or _of_rows(model, question, by, who, now)


def added_up(
    model: ReadModel, questions: Sequence[Question], by: BucketOf, who: Acting, now: Instant
) -> dict[Question, Trend]:
    """The same of those among questions of one period that `tally` serves, for one reading."""
    served = [one for one in questions if _is_served(one, who, now)]
    if not served:
        return {}
    with model.cursor() as cursor:
        found = courses(cursor, served, by, served[0].period.as_far_before(now))
    return {
        one: _trend(one.metric, by, course.buckets, [course.before])
        for one, course in zip(served, found, strict=True)
    }


def _is_served(question: Question, who: Acting, now: Instant) -> bool:
    return not question.metric.is_state and tally.serves(_wide(question, now), who)


def _wide(question: Question, now: Instant) -> Question:
    """The question of the period and of the one before it."""
    period = question.period
    first = period.as_far_before(now).from_at
    return replace(question, period=Period(first, period.to_at, period.zone))


def _of_rows(
    model: ReadModel, question: Question, by: BucketOf, who: Acting, now: Instant
) -> Trend:
    metric, period = question.metric, question.period
    if metric.is_state:
        return _state_trend(model, question, by, who, now)
    before = period.as_far_before(now)
    if metric.form in {Form.DISTINCT, Form.LATEST}:  # its parts do not add up
        others = replace(question, period=before)
        whole, earlier = (figure(model, one, who, now) for one in (question, others))
        return Trend(whole, earlier, tuple(parts(model, question, (by,), who, now)))
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, _wide(question, now))
        found = asked.run(asked.in_buckets(buckets(period, by), by, period.from_at, before.to_at))
    parted = sorted(row for row in found if row[0] is not None)
    return _trend(metric, by, parted, [row[1:] for row in found if row[0] is None])


def _trend(
    metric: Metric, by: BucketOf, parted: Sequence[Sequence[Any]], before: Sequence[Sequence[Any]]
) -> Trend:
    """The trend of the sums of buckets, their numbers ahead of them, and of those before."""
    return Trend(
        figure_of(metric, _added([sums for _, *sums in parted])),
        figure_of(metric, _added(before)),
        tuple(Part((key_of(by, key),), figure_of(metric, sums)) for key, *sums in parted),
    )


def _added(rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
    """What sums come to together."""
    n, total, censored_n = (sum(row[place] or 0 for row in rows) for place in range(3))
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
