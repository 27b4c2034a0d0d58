"""Why a figure changed: laws of the parts, an example by hand, agreement with the figures."""

import math
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console import actions
from console.domain.errors import RuleError
from console.domain.ids import MINUTE
from console.readmodel import figures, period, trends
from console.readmodel.explain import (
    BY,
    Side,
    before_of,
    dimensions_of,
    effects_of,
    explain,
    is_explained,
)
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS, METRICS_BY_KEY, Form
from office import Office

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
LATER = period.days(date(2026, 10, 20), date(2026, 11, 30), SAO_PAULO)
EARLIER = period.days(date(2026, 10, 1), date(2026, 10, 19), SAO_PAULO)
EXPLAINED = [metric for metric in METRICS if is_explained(metric)]

SIDE = st.builds(
    lambda n, mean: Side(float(n), n * mean), st.integers(0, 50), st.floats(0, 10_000)
).filter(lambda side: side.n)
SIDES = st.dictionaries(st.integers(1, 9) | st.none(), SIDE, min_size=1)
close = pytest.approx


def value(sides, *, is_mean):
    n = math.fsum(side.n for side in sides.values())
    return math.fsum(side.total for side in sides.values()) / n if is_mean else n


# Laws


@given(before=SIDES, now=SIDES, is_mean=st.booleans())
def test_the_parts_add_up_to_the_change(before, now, is_mean):
    effects = effects_of(before, now, is_mean=is_mean)
    change = value(now, is_mean=is_mean) - value(before, is_mean=is_mean)
    assert math.fsum(one.change for one in effects) == close(change, rel=1e-9, abs=1e-6)
    assert {one.key for one in effects} == before.keys() | now.keys()


@given(sides=SIDES, is_mean=st.booleans())
def test_nothing_changed_is_nothing_explained(sides, is_mean):
    assert {(one.mix, one.rate) for one in effects_of(sides, sides, is_mean=is_mean)} == {(0, 0)}


@given(means=st.dictionaries(st.integers(1, 9), st.floats(0, 10_000), min_size=2), data=st.data())
def test_other_numbers_of_the_same_values_are_all_mix(means, data):
    counts = st.integers(1, 50)
    before, now = (
        {key: (n := data.draw(counts)) and Side(float(n), n * mean) for key, mean in means.items()}
        for _ in range(2)
    )
    effects = effects_of(before, now, is_mean=True)
    assert [one.rate for one in effects] == close([0] * len(effects), abs=1e-6)
    change = value(now, is_mean=True) - value(before, is_mean=True)
    assert math.fsum(one.mix for one in effects) == close(change, abs=1e-6)


@given(before=SIDES, factor=st.floats(0.1, 10), times=st.integers(1, 5))
def test_other_values_in_the_same_proportions_are_all_rate(before, factor, times):
    now = {key: Side(side.n * times, side.total * times * factor) for key, side in before.items()}
    effects = effects_of(before, now, is_mean=True)
    assert [one.mix for one in effects] == close([0] * len(effects), abs=1e-6)


@given(before=SIDES, now=SIDES, is_mean=st.booleans(), data=st.data())
def test_names_and_order_of_the_groups_change_nothing(before, now, is_mean, data):
    keys = sorted({*before, *now} - {None})
    named = dict(zip(keys, data.draw(st.permutations([key + 100 for key in keys])), strict=True))
    named[None] = None
    told = {one.key: one for one in effects_of(before, now, is_mean=is_mean)}
    sides = (
        {named[key]: one[key] for key in data.draw(st.permutations(list(one)))}
        for one in (before, now)
    )
    for other in effects_of(*sides, is_mean=is_mean):
        (mine,) = (one for key, one in told.items() if named[key] == other.key)
        assert (mine.mix, mine.rate) == close((other.mix, other.rate), abs=1e-9)


@given(before=SIDES, now=SIDES)
def test_the_other_way_round_is_the_same_with_the_other_sign(before, now):
    there = {one.key: one for one in effects_of(before, now, is_mean=True)}
    back = {one.key: one for one in effects_of(now, before, is_mean=True)}
    for key, one in there.items():
        assert (one.mix, one.rate) == close((-back[key].mix, -back[key].rate), abs=1e-9)


def test_a_group_of_one_period_only_is_all_mix():
    before, now = {1: Side(10, 600)}, {1: Side(10, 600), 2: Side(10, 1_800)}
    new = next(one for one in effects_of(before, now, is_mean=True) if one.key == 2)
    assert (new.mix, new.rate) == (0.5 * (180 - 90), 0)


def test_the_greatest_come_first_and_equals_in_the_order_of_their_keys():
    found = effects_of({1: Side(1), 2: Side(4)}, {3: Side(9), 4: Side(1)}, is_mean=False)
    assert [(one.key, one.change) for one in found] == [(3, 9), (2, -4), (1, -1), (4, 1)]
    assert all(a.change or not b.change for a, b in pairwise(found))


def test_without_rows_in_a_period_a_mean_has_no_change():
    assert effects_of({}, {1: Side(1, 2)}, is_mean=True) == ()
    assert [one.change for one in effects_of({}, {1: Side(3)}, is_mean=False)] == [3]


# By hand


def replied(office, phone, who, minutes):
    """Somebody writes and is answered by `who` after so many minutes."""
    talk = office.receive(phone=phone)
    office.at += (minutes - 1) * MINUTE  # a minute passes with each command
    office.run(actions.Reply("Oi!"), talk, by=who)


def test_an_example_by_hand(sqlite_store, opened):
    """On Monday Bia answers three after 2 min and Caio one after 10: the mean is 4 min.

    On Tuesday Bia answers two after 4 min and Caio two after 10: the mean is 7 min. Weights move
    from 3/4 and 1/4 to halves, Bia from 2 to 4 min, the middle of both means is 5 min 30 s:

        Bia   mix (1/2 - 3/4) * (3 - 5.5) = 0.625   rate (4 - 2) * (1/2 + 3/4) / 2 = 1.25
        Caio  mix (1/2 - 1/4) * (10 - 5.5) = 1.125  rate 0
    """
    office = Office(sqlite_store)
    days_ = [(office.bia, 2)] * 3 + [(office.caio, 10)], [(office.bia, 4), (office.caio, 10)] * 2
    for n, day in enumerate(days_):
        for phone, (who, minutes) in enumerate(day, 5511900000001 + 100 * n):
            replied(office, phone, who, minutes)
        office.at += 24 * 60 * MINUTE
    model = opened(sqlite_store)
    model.count_all()
    monday, tuesday = (
        Question(
            METRICS_BY_KEY["first_response"],
            period.days(date(2026, 11, day), date(2026, 11, day), SAO_PAULO),
        )
        for day in (2, 3)
    )
    found = explain(model, tuesday, monday, "agent", office.bia, office.at)
    assert (found.before, found.now, found.change) == (240, 420, 180)
    bia, caio = office.bia.agent_id, office.caio.agent_id
    told = {one.key: (one.mix / 60, one.rate / 60) for one in found.effects}
    assert told == {bia: close((0.625, 1.25)), caio: close((1.125, 0))}
    assert (found.mix, found.rate) == close((105, 75))
    assert [one.key for one in found.effects] == [bia, caio]
    opened_ = [Question(METRICS_BY_KEY["opened"], one.period) for one in (monday, tuesday)]
    counts = explain(model, *reversed(opened_), "hour", office.bia, office.at)
    assert (counts.before, counts.now, counts.change, counts.mix) == (4, 4, 0, 0)


# What figures say


@pytest.mark.parametrize("metric", EXPLAINED, ids=lambda metric: metric.key)
def test_an_explanation_is_of_the_two_figures_and_adds_up(busy, metric):
    now, before = Question(metric, LATER), Question(metric, EARLIER)
    wanted = [figures.figure(busy.model, one, busy.bia, busy.now).value for one in (before, now)]
    for by in dimensions_of(now):
        found = explain(busy.model, now, before, by, busy.bia, busy.now)
        assert [found.before, found.now] == [None if v is None else close(v) for v in wanted]
        if found.change is None:
            assert found.effects == ()
            continue
        assert found.mix + found.rate == close(found.change, rel=1e-9, abs=1e-6)
        if metric.form is Form.DISTINCT or by == "label":
            continue
        parts = figures.parts(busy.model, now, [by], busy.bia, busy.now, has_quantiles=False)
        told = {one.key: (one.now.n, one.now.value) for one in found.effects if one.now.n}
        assert {key: n for key, (n, _) in told.items()} == {
            part.keys[0]: part.figure.n for part in parts if part.figure.n
        }
        if found.is_mean:
            means = {part.keys[0]: part.figure.value for part in parts if part.figure.n}
            assert {key: mean for key, (_, mean) in told.items()} == close(means)


@pytest.mark.parametrize("metric", EXPLAINED, ids=lambda metric: metric.key)
def test_the_period_before_is_the_one_that_cards_compare_with(busy, metric):
    for current in (LATER, period.days(date(2026, 11, 1), date(2026, 11, 7), SAO_PAULO)):
        now = Question(metric, current)
        card = trends.trend(busy.model, now, "day", busy.bia, busy.now)
        before = figures.figure(busy.model, before_of(now, busy.now), busy.bia, busy.now)
        assert before.value == card.before.value


def test_a_row_of_two_labels_counts_half_for_each(sqlite_store, opened):
    office = Office(sqlite_store)
    one, other = office.conversations(2)
    vip, troca = office.label_id, office.label("Troca")
    for label in (vip, troca):
        office.run(actions.Label(label), one)
    office.run(actions.Label(vip), other)
    model = opened(sqlite_store)
    model.count_all()
    monday = period.days(date(2026, 11, 2), date(2026, 11, 2), SAO_PAULO)
    now = Question(METRICS_BY_KEY["opened"], monday)
    found = explain(model, now, before_of(now, office.at), "label", office.bia, office.at)
    assert {one.key: one.change for one in found.effects} == {vip: 1.5, troca: 0.5}


def test_who_is_seen_is_scoped_and_what_is_asked_is_checked(busy):
    now, before = (Question(METRICS_BY_KEY["opened"], one) for one in (LATER, EARLIER))
    mine = explain(busy.model, now, before, "team", busy.lead, busy.now)
    assert {one.key for one in mine.effects} <= busy.lead.team_ids | {None}
    for metric, by in (("opened", "agent"), ("opened", "day"), ("oldest_wait", "agent")):
        asked = Question(METRICS_BY_KEY[metric], LATER)
        with pytest.raises(RuleError):
            explain(busy.model, asked, asked, by, busy.bia, busy.now)


def test_what_is_narrowed_to_one_value_is_not_told_apart_by_it():
    asked = Question(METRICS_BY_KEY["reply_time"], LATER, parts=(("agent", 7), ("hour", 9)))
    assert dimensions_of(asked) == ("team", "instance", "weekday", "label")
    assert dimensions_of(Question(METRICS_BY_KEY["reply_time"], LATER)) == BY
