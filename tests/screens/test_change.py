"""What changed, as pages ask it: an address and back, the foremost groups, the others together."""

from dataclasses import replace
from math import fsum

import pytest

from console.domain.errors import RuleError
from console.readmodel import explain
from console.readmodel.metrics import METRICS, METRICS_BY_KEY
from console.screens.figures import change
from console.screens.figures.cards import card
from console.screens.figures.wanted import Wanted
from screens.test_figures import understood

WEEKS = Wanted(period="30d")
EXPLAINED = [metric for metric in METRICS if explain.is_explained(metric)]
by_metric = pytest.mark.parametrize("metric", EXPLAINED, ids=lambda metric: metric.key)


@pytest.fixture
def asked(traffic):
    return understood(traffic[1], wanted=WEEKS)


@by_metric
def test_an_address_is_the_question_again(asked, metric):
    whole = asked.question(metric)
    assert change.is_explained(whole)
    for parts in ((), (("instance", 7), ("team", None)), (("label", 2**63 - 1),)):
        question = replace(whole, parts=parts)
        for by in explain.dimensions_of(question):
            address = change.to_address(question, by)
            assert change.from_address(asked, address) == (question, by)
            assert all(address.values())


def test_the_address_of_what_is_usual_is_short(asked):
    question = asked.question(METRICS_BY_KEY["first_response"])
    assert change.to_address(question, "agent") == {"change": "first_response"}
    assert change.to_address(question, "hour") == {"change": "first_response", "change_by": "hour"}
    narrowed = asked.part(question, "agent", None)
    assert change.to_address(narrowed, "team")["change_of"] == "agent.none"


@pytest.mark.parametrize(
    "address",
    [
        {"change": "luck"},
        {"change": ""},
        {"change": "oldest_wait"},
        {"change": "opened", "change_by": "agent"},
        {"change": "opened", "change_by": "day"},
        {"change": "opened", "change_of": "day.1"},
        {"change": "opened", "change_of": "team.x"},
        {"change": "opened", "change_of": "team." + "9" * 90},
        {"change": "opened", "change_of": "team.²"},
        {"change": "opened", "change_of": "~~;drop table"},
        {"change": "opened", "change_of": "team.1", "change_by": "team"},
    ],
)
def test_an_address_that_makes_no_sense_is_refused(asked, address):
    with pytest.raises(RuleError):
        change.from_address(asked, address)


def test_what_an_address_cannot_carry_is_not_offered(asked):
    question = asked.question(METRICS_BY_KEY["first_response"])
    assert not change.is_explained(asked.lasting(question, 60, 120))
    assert not change.is_explained(asked.part(question, "day", "2026-10-30"))
    for extreme in ("oldest_wait", "last_agent_activity"):
        assert not change.is_explained(asked.question(METRICS_BY_KEY[extreme]))


@by_metric
def test_what_is_explained_is_the_change_of_the_card(asked, metric):
    question = asked.question(metric)
    on_card = card(asked, question)
    for by in explain.dimensions_of(question):
        found = asked.explained(question, by)
        assert found.now == pytest.approx(on_card.figure.value, nan_ok=True)
        if on_card.change and found.change is not None:
            assert found.change == pytest.approx(on_card.change.absolute, abs=1e-6)


@by_metric
def test_the_groups_that_are_shown_add_up_with_the_others(asked, metric):
    question = asked.question(metric)
    for by in explain.dimensions_of(question):
        found = asked.explained(question, by)
        for most in (1, 3, 1_000):
            shown = change.shown(found, most)
            assert len(shown) <= most + 1
            total = fsum(one.change for one in found.effects)
            assert fsum(one.change for one in shown) == pytest.approx(total, abs=1e-6)
            rest = [one for one in shown if one.key == change.REST]
            assert len(rest) <= 1
            assert rest in ([], [*shown[-1:]])
        assert change.REST not in {one.key for one in change.shown(found, 1_000)}


def test_the_foremost_groups_moved_as_all_did(asked):
    found = asked.explained(asked.question(METRICS_BY_KEY["reply_time"]), "agent")
    foremost = change.foremost(found)
    assert len(foremost) == 2
    assert all(one.rate * found.rate > 0 for one in foremost)
    same = [abs(one.rate) for one in found.effects if one.rate * found.rate > 0]
    assert [abs(one.rate) for one in foremost] == sorted(same, reverse=True)[:2]


def test_a_bar_opens_the_rows_of_its_group(asked):
    for key in ("opened", "reply_time", "reopen_share_24h"):
        found = asked.explained(asked.question(METRICS_BY_KEY[key]), "hour")
        for one in found.effects:
            figure = asked.figure(change.question_of(found, one))
            assert figure.n == (one.now.n or one.before.n)


def test_a_group_that_is_gone_opens_its_rows_of_before(asked):
    found = asked.explained(asked.question(METRICS_BY_KEY["opened"]), "hour")
    gone = replace(found.effects[0], now=explain.Side())
    assert change.question_of(found, gone).period == found.against.period
