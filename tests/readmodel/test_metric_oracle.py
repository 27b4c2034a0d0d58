"""Every metric counted twice: by the read model, and in plain Python from the store."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from console.readmodel import expression, figures, period
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS
from readmodel.oracle import ORACLE, assert_agree

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
LISBON = ZoneInfo("Europe/Lisbon")  # the clocks went back on 2026-10-25
NEW_YORK = ZoneInfo("America/New_York")  # and there on 2026-11-01
ALL = period.days(date(2026, 10, 1), date(2026, 11, 30), SAO_PAULO)
PERIODS = {
    "all": ALL,
    "a week": period.days(date(2026, 10, 26), date(2026, 11, 1), SAO_PAULO),
    "a day with 25 hours": period.days(date(2026, 10, 25), date(2026, 10, 25), LISBON),
    "days around a change": period.days(date(2026, 10, 30), date(2026, 11, 3), NEW_YORK),
    "nothing": period.days(date(2020, 1, 1), date(2020, 1, 2), SAO_PAULO),
}
by_metric = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)


def clocks(metric):
    return ("calendar", "business") if metric.business else ("calendar",)


def credits_of(metric):
    return [credit.key for credit in metric.credits] or [""]


def questions(metric, periods):
    """The metric by each clock in each period."""
    return [Question(metric, p, clock=clock) for p in periods for clock in clocks(metric)]


def agree_in_parts(found, wanted):
    assert [part.keys for part in found] == sorted(
        ((key,) for key in wanted), key=lambda keys: (keys[0] is None, keys[0])
    )
    for part in found:
        assert_agree(part.figure, wanted[part.keys[0]])


@by_metric
def test_a_figure_is_what_the_definition_says(busy, oracle, metric):
    for question in questions(metric, PERIODS.values()):
        found = figures.figure(busy.model, question, busy.bia, busy.now)
        assert_agree(found, oracle.figure(question, busy.bia))


@by_metric
def test_every_part_is_what_the_definition_says(busy, oracle, metric):
    for question in questions(metric, [ALL]):
        for by in question.dimensions():
            for credit in credits_of(metric) if by == "agent" else [""]:
                asked = replace(question, credit=credit)
                found = figures.parts(busy.model, asked, [by], busy.bia, busy.now)
                agree_in_parts(found, oracle.parts(asked, by, busy.bia))


@by_metric
def test_parts_by_time_follow_a_change_of_the_clocks(busy, oracle, metric):
    asked = Question(metric, PERIODS["days around a change"])
    for by in {"hour", "day", "week"} & {*asked.dimensions()}:
        found = figures.parts(busy.model, asked, [by], busy.bia, busy.now)
        agree_in_parts(found, oracle.parts(asked, by, busy.bia))


FILTERS = {
    "status:pending": lambda talk, _: talk.state.status == "pending",
    "instance:loja-2 -unread": lambda talk, centre: (
        talk.state.instance_id == centre.shop.instance_ids[1] and not talk.state.unread_n
    ),
    "label:vip-da-noite,none reopened": lambda talk, centre: (
        (not talk.labels or centre.label_id in talk.labels) and talk.state.reopened_n > 0
    ),
}


@by_metric
@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_leaves_what_it_matches(busy, oracle, metric, text):
    question = Question(metric, ALL, expression.parse(text))
    found = figures.figure(busy.model, question, busy.bia, busy.now)
    wanted = oracle.figure(question, busy.bia, lambda talk: FILTERS[text](talk, busy))
    assert_agree(found, wanted)


def test_every_metric_has_an_oracle_and_counts_something(busy, oracle):
    assert set(ORACLE) == {metric.key for metric in METRICS}
    n = {m.key: oracle.figure(Question(m, ALL), busy.bia).n for m in METRICS}
    assert [key for key, rows in n.items() if not rows] == []
