"""The drawn measures against the measured ones: median and p90 within a tenth."""

from datetime import datetime

import numpy as np
import pytest

from console.demo import measures
from console.demo.calendar import WEEKDAY_SHARES, ZONE, arrivals, day_variation, local_midnight
from console.demo.phrasebook import Stage
from console.demo.staff import MOST_AT_ONCE, Staff, agents_needed
from console.demo.texts import Spoken, phrasebook, write_texts
from console.demo.turns import draw_turns
from console.demo.words import load_words
from console.domain.ids import DAY

UNTIL = 1_793_620_800_000_000  # 2026-11-02, a holiday; 12:00 UTC
N = 60_000


@pytest.fixture(scope="module")
def turns():
    return draw_turns(np.random.default_rng(5), N)


def near(values, median, p90):
    found = np.percentile(values, [50, 90])
    return found == pytest.approx([median, p90], rel=0.1)


def test_messages_of_a_conversation(turns):
    counts = np.diff(np.append(turns.first, turns.conversation.size))
    assert near(counts, 7, 25)
    assert counts.mean() == pytest.approx(10.8, rel=0.1)
    assert (counts.min(), counts.max()) == (1, measures.MOST_MESSAGES)


def test_first_response_counts_from_the_customers_first_message(turns):
    elapsed = np.cumsum(turns.gap_s)
    replies = np.flatnonzero(turns.is_agent)
    answered, place = np.unique(turns.conversation[replies], return_index=True)
    by_customer = ~turns.is_agent[turns.first[answered]]
    first_reply = replies[place][by_customer]
    waited = elapsed[first_reply] - elapsed[turns.first[answered[by_customer]]]
    assert near(waited, 108, 508)


def test_gaps_between_the_sides(turns):
    later = turns.is_new_run & (turns.run > 1)
    assert near(turns.gap_s[later & turns.is_agent], 56, 242)
    assert near(turns.gap_s[later & ~turns.is_agent & ~turns.is_return], 60, 394)


def test_gaps_inside_a_burst(turns):
    assert near(turns.gap_s[~turns.is_new_run], 27, 270)


def test_runs_of_one_side(turns):
    lengths = np.bincount(np.cumsum(turns.is_new_run) - 1)
    shares = np.bincount(np.minimum(lengths, 5), minlength=6)[1:] / lengths.size
    assert shares == pytest.approx([0.61, 0.23, 0.08, 0.03, 0.05], abs=0.05)


@pytest.mark.parametrize("share", [0.15, 0.27])
def test_unanswered_conversations(share):
    turns = draw_turns(np.random.default_rng(5), 20_000, share)
    answered = np.unique(turns.conversation[turns.is_agent]).size / turns.n
    assert 1 - answered == pytest.approx(share, abs=0.01)


def test_about_one_conversation_in_ten_is_reopened(turns):
    reopened = np.unique(turns.conversation[turns.is_return]).size / turns.n
    assert 0.08 < reopened < 0.13


def test_lengths_of_short_and_long_customer_messages():
    random = np.random.default_rng(5)
    assert near(measures.lognormal(random, measures.SHORT_LENGTH, N), 11, 39)
    assert near(measures.lognormal(random, measures.LONG_LENGTH, N), 255, 600)


def test_old_pending_conversations_are_days_to_months_old():
    days = measures.slow_gaps(np.random.default_rng(5), N) / 86_400
    assert np.percentile(days, [10, 50, 90, 99]) == pytest.approx([1, 11, 29, 86], rel=0.1)


@pytest.fixture(scope="module")
def weeks():
    begin = local_midnight(UNTIL, 7 * 104)
    return arrivals(100_000, begin, UNTIL, np.random.default_rng(5))


def test_weekday_shares(weeks):
    days = [datetime.fromtimestamp(at / 1e6, ZONE).weekday() for at in weeks.tolist()]
    shares = np.bincount(days) / weeks.size
    assert shares == pytest.approx(WEEKDAY_SHARES, abs=0.01)


def test_hours_peak_at_ten_with_a_hump_in_the_afternoon(weeks):
    local = [datetime.fromtimestamp(at / 1e6, ZONE) for at in weeks.tolist()]
    hours = np.bincount([m.hour for m in local if m.weekday() < 5], minlength=24)
    assert hours.argmax() == 10
    assert hours[12] < hours[14]
    assert hours[:6].sum() < 0.03 * hours.sum()


def test_a_holiday_is_quiet(weeks):
    local = [datetime.fromtimestamp(at / 1e6, ZONE).date() for at in weeks.tolist()]
    fridays = {day: local.count(day) for day in set(local) if day.weekday() == 4}
    christmas = [n for day, n in fridays.items() if (day.month, day.day) == (12, 26)]
    new_year = [n for day, n in fridays.items() if (day.month, day.day) in {(5, 1), (4, 18)}]
    usual = np.median(list(fridays.values()))
    assert new_year
    assert max(new_year) < 0.8 * usual < min(christmas or [usual])


def test_arrivals_rise_and_stay_inside(weeks):
    assert (np.diff(weeks) >= 0).all()
    assert local_midnight(UNTIL, 7 * 104) <= weeks[0]
    assert weeks[-1] < UNTIL


def test_small_centres_swing_more_than_large_ones():
    assert day_variation(10) == 0.25
    assert day_variation(100_000) == 0.07
    assert 0.07 < day_variation(300) < 0.25


def test_local_midnight_knows_the_summer_time_of_the_past():
    in_summer_time = 1_546_300_800_000_000  # 2019-01-01 00:00 UTC, 22:00 the day before there
    assert local_midnight(in_summer_time) == in_summer_time - 22 * DAY // 24


def test_an_agent_has_at_most_six_conversations_at_once():
    begin = np.arange(40) * 10
    chosen, others = Staff([[0, 1], [2]]).take(
        np.random.default_rng(5), np.zeros(40, np.int64), begin, begin + 100
    )
    for moment in range(0, 110, 10):
        busy = [a for a, b in zip(chosen, begin, strict=True) if b <= moment < b + 100]
        assert max(busy.count(0), busy.count(1)) <= MOST_AT_ONCE
    assert set(others) <= {0, 1, 2}


def test_an_overrun_team_gives_to_whoever_is_free_first():
    chosen, _ = Staff([[4]]).take(
        np.random.default_rng(5), np.zeros(9, np.int64), np.arange(9), np.full(9, 50)
    )
    assert chosen == [4] * 9


def test_larger_centres_have_more_agents():
    assert agents_needed(100, 30) < agents_needed(100_000, 30) < agents_needed(10**7, 30) + 1


@pytest.fixture(scope="module")
def said():
    words = load_words()
    random = np.random.default_rng(5)
    n = 40_000
    stage = random.choice([Stage.OPEN, Stage.DETAIL, Stage.THANKS, Stage.FIRST, Stage.STEP], n)
    spoken = Spoken(
        conversation=np.repeat(np.arange(n // 10), 10),
        stage=stage,
        topic=random.integers(0, len(words.topics), n // 10),
        opened_at=np.full(n // 10, UNTIL),
        first_name=["Aparecida"] * (n // 10),
        agent_name=["Raimundo"] * (n // 10),
    )
    texts = write_texts(random, words, phrasebook(), spoken)
    return np.array(texts, dtype=object), stage


def test_lengths_of_agents_messages(said):
    texts, stage = said
    assert near([len(t) for t in texts[stage >= Stage.FIRST]], 93, 222)


def test_surface_of_customers_messages(said):
    texts, stage = said
    informal = [t for t in texts[stage < Stage.FIRST] if len(t) > 60]

    def share(has):
        return sum(map(has, informal)) / len(informal)

    assert 0.05 < share(lambda t: "https://" in t) < 0.30
    assert 0.08 < share(lambda t: "\n" in t) < 0.30
    assert 0.06 < share(lambda t: any(ord(c) > 0x2000 for c in t)) < 0.35
    assert 0.02 < share(str.isupper) < 0.10 or share(str.isupper) < 0.05
    assert 0.6 < share(lambda t: not t.isascii()) < 0.95


def test_texts_vary_and_have_no_slot_left(said):
    texts, _ = said
    told = [t for t in texts if len(t) > 60]
    assert len(set(told)) > 0.6 * len(told)
    assert not [t for t in texts if "%(" in t or "{" in t]
    assert min(map(len, texts)) > 0
