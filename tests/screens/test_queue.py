"""The queue over time: instants understood or refused, steps of every period, one answer each."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from build import MONDAY_9H
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, MINUTE, SECOND
from console.readmodel import ask
from console.readmodel.period import days
from console.screens import queue
from console.screens.figures import asked as asking
from console.screens.figures.wanted import Wanted
from screens.test_figures import lead_of, understood

NOW = MONDAY_9H
SAO_PAULO = ZoneInfo("America/Sao_Paulo")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def over(model, period, who=None):
    wanted = Wanted(period=period)
    return understood(model, who, wanted) if who else understood(model, wanted=wanted)


def at(asked, text):
    return queue.read(text, asked)


# Steps


@pytest.mark.parametrize("period", ["today", "yesterday", "7d", "30d", "month", "90d", "12m"])
def test_the_steps_of_a_period_go_from_its_beginning_to_its_end_or_to_now(traffic, period):
    asked = over(traffic[1], period)
    steps = queue.steps(asked)
    assert steps[0] == asked.period.from_at
    assert steps[-1] == min(asked.period.to_at - 1, asked.at) == queue.end(asked)
    assert list(steps) == sorted(set(steps))
    assert 24 < len(steps) <= 430


def test_a_period_to_come_has_one_step_and_nothing_in_it(traffic):
    asked = over(traffic[1], "2027-01-01..2027-01-31")
    steps = queue.steps(asked)
    assert steps == (asked.period.from_at,)


@pytest.mark.parametrize(
    ("n", "step"),
    [(1, 10 * MINUTE), (2, 30 * MINUTE), (7, HOUR), (8, 3 * HOUR), (62, 6 * HOUR), (63, DAY)],
)
def test_the_longer_the_period_the_longer_the_step(traffic, n, step):
    last = date(2026, 10, 31)
    asked = over(traffic[1], f"{last - timedelta(days=n - 1)}..{last}")
    steps = queue.steps(asked)
    assert (steps[1] - steps[0], queue.step_s(asked)) == (step, step // SECOND)


def test_weeks_of_ten_years_begin_at_local_midnights(traffic):
    asked = over(traffic[1], "2017-01-01..2026-10-31")
    steps = queue.steps(asked)[:-1]
    local = [asking.local_of(one, SAO_PAULO) for one in steps]
    assert {(one.hour in (0, 1), one.minute) for one in local} == {(True, 0)}
    assert {b.date() - a.date() for a, b in pairwise(local)} == {timedelta(days=7)}


# Instants of an address


@pytest.mark.parametrize("zone", ["America/Sao_Paulo", "America/New_York", "Asia/Kolkata"])
@pytest.mark.parametrize("day", [date(2018, 11, 4), date(2018, 2, 17), date(2026, 11, 1)])
def test_every_step_is_found_again_by_its_address(traffic, zone, day):
    """Also where clocks skip an hour, and where they show one twice."""
    asked = understood(traffic[1])
    asked = replace(asked, period=days(day, day, ZoneInfo(zone)))
    steps = queue.steps(asked)
    assert len(steps) >= 23 * 6
    assert [at(asked, queue.in_address(one, asked)) for one in steps[:-1]] == list(steps[:-1])
    assert queue.in_address(steps[-1], asked) == ""


def test_an_instant_is_read_by_the_clock_of_the_page(traffic):
    asked = over(traffic[1], "7d")
    there = at(asked, "2026-10-30T15:30")
    assert EPOCH + timedelta(microseconds=there) == datetime(2026, 10, 30, 18, 30, tzinfo=UTC)
    manaus = understood(traffic[1], wanted=Wanted(period="7d", zone="America/Manaus"))
    assert at(manaus, "2026-10-30T14:30") == there
    assert at(asked, "2026-10-30T18:30+00:00") == there


@pytest.mark.parametrize(
    "text",
    [
        "agora",
        "2026-13-01T00:00",
        "2030-01-01T00:00",
        "1901-01-01T00:00",
        "0001-01-01T00:00+14:00",
        "9" * 90,
    ],
)
def test_an_instant_that_makes_no_sense_is_refused(traffic, text):
    asked = over(traffic[1], "7d")
    with pytest.raises(RuleError):
        queue.then(asked, text, queue.steps(asked))


# What stood there


@pytest.mark.parametrize("who", ["everybody", "lead"])
def test_every_figure_of_the_replay_is_that_of_its_question(traffic, who):
    store, model = traffic
    asked = over(model, "7d", lead_of(store) if who == "lead" else None)
    steps = queue.steps(asked)
    reel = queue.reel(asked, steps)
    for n in (0, 40, 99, len(steps) - 1):
        for key in queue.STATES:
            question = queue.asked_for(asked, steps[n], key, None)
            assert asked.figure(question).n == reel.of(key)[n]
        oldest = asked.figure(queue.asked_for(asked, steps[n], queue.OLDEST, None))
        assert oldest.value == reel.waits.oldest_s[n]
        for agent in reel.agents:
            part = queue.asked_for(asked, steps[n], "backlog", ("agent", agent))
            assert asked.figure(part).n == reel.backlog.of(agent)[n]
        for band, line in enumerate(reel.waits.bands):
            part = queue.asked_for(asked, steps[n], queue.AGES, ("age", band))
            assert asked.figure(part).n == line[n]
    assert max(reel.of("waiting")) > 0


def test_an_exact_instant_says_what_the_step_of_the_replay_says(traffic):
    asked = over(traffic[1], "7d")
    steps = queue.steps(asked)
    reel = queue.reel(asked, steps)
    for n in (0, 55, len(steps) - 1):
        then = queue.then(asked, queue.in_address(steps[n], asked), steps)
        assert (then.at, then.place, then.is_inside) == (steps[n], n, True)
        for key in queue.STATES:
            assert then.reel.of(key) == (reel.of(key)[n],)
        assert then.reel.waits.bands == tuple((line[n],) for line in reel.waits.bands)


def test_an_instant_outside_of_the_period_is_told_too(traffic):
    asked = over(traffic[1], "7d")
    steps = queue.steps(asked)
    then = queue.then(asked, "2026-10-05T12:00", steps)
    assert (then.is_inside, then.place) == (False, 0)
    assert then.reel.of("backlog") == (
        asked.figure(queue.asked_for(asked, then.at, "backlog", None)).n,
    )


def test_the_end_is_the_queue_now(traffic):
    store, model = traffic
    asked = over(model, "7d")
    then = queue.then(asked, "", queue.steps(asked))
    board = ask.board(model, asked.who, asked.at)
    assert (then.at, then.reel.of("backlog")) == (asked.at, (board.whole.open_n,))
    assert tuple(line[0] for line in then.reel.waits.bands) == board.bands
    shown = queue.longest(store, asked, then.at)
    assert shown.total == board.whole.waiting_n
    waits = [line.value for line in shown.lines]
    assert waits == sorted(waits, reverse=True)
    assert waits[0] == (asked.at - board.whole.oldest_at) / SECOND


def test_nobody_stands_first_and_those_with_most_behind(traffic):
    asked = over(traffic[1], "30d")
    reel = queue.reel(asked, queue.steps(asked))
    most = [sum(reel.backlog.of(agent)) for agent in reel.agents]
    assert reel.agents[0] is None
    assert most[1:] == sorted(most[1:], reverse=True)
    assert min(most) > 0


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("opened", None),
        ("resolved", ("agent", 1)),
        ("backlog", ("age", 1)),
        ("backlog", ("day", 1)),
        ("oldest_wait", ("agent", 1)),
    ],
)
def test_what_the_replay_does_not_show_is_not_asked(traffic, key, part):
    asked = over(traffic[1], "7d")
    with pytest.raises(RuleError):
        queue.asked_for(asked, asked.at, key, part)
