"""What comes round is due once on each of its local days, whatever clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.ids import DAY, SECOND
from console.domain.recurrence import LAST_DAY, Every, Recurrence, instant_of, local_day

SAO_PAULO, LISBON = ZoneInfo("America/Sao_Paulo"), ZoneInfo("Europe/Lisbon")
APIA = ZoneInfo("Pacific/Apia")
DAILY_8H = Recurrence(Every.DAY, 8 * 60)


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


def shown(instants, zone):
    return [datetime.fromtimestamp(i // SECOND, zone).isoformat() for i in instants]


def test_every_day_at_eight():
    found = DAILY_8H.some_after(at("2026-11-23T12:00"), SAO_PAULO, 2)
    assert shown(found, SAO_PAULO) == ["2026-11-24T08:00:00-03:00", "2026-11-25T08:00:00-03:00"]


def test_what_is_due_now_is_not_after_now():
    now = at("2026-11-23T11:00")
    assert DAILY_8H.after(now, SAO_PAULO) == now + DAY
    assert DAILY_8H.after(now - 1, SAO_PAULO) == now
    assert DAILY_8H.last_until(now, SAO_PAULO) == now
    assert DAILY_8H.last_until(now - 1, SAO_PAULO) == now - DAY


def test_on_monday_and_thursday():
    found = Recurrence(Every.WEEK, 510, (0, 3)).some_after(at("2026-11-24T00:00"), SAO_PAULO, 3)
    assert [text[:16] for text in shown(found, SAO_PAULO)] == [
        "2026-11-26T08:30",
        "2026-11-30T08:30",
        "2026-12-03T08:30",
    ]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (LAST_DAY, ["2027-01-31", "2027-02-28", "2027-03-31"]),
        (30, ["2027-01-30", "2027-02-28", "2027-03-30"]),
        (5, ["2027-01-05", "2027-02-05", "2027-03-05"]),
    ],
)
def test_a_month_that_has_not_the_day_ends_with_its_last(day, wanted):
    rule = Recurrence(Every.MONTH, 0, day=day)
    found = rule.some_after(at("2027-01-01T12:00"), SAO_PAULO, 3)
    assert [text[:10] for text in shown(found, SAO_PAULO)] == wanted


def test_the_last_day_of_february_in_a_leap_year():
    rule = Recurrence(Every.MONTH, 0, day=LAST_DAY)
    assert shown([rule.after(at("2028-02-01T12:00"), SAO_PAULO)], SAO_PAULO)[0][:10] == "2028-02-29"


def test_a_time_that_clocks_skip_is_the_next_instant_there_is():
    """In Brazil, 4 November 2018 began at 01:00; in Portugal, 29 March 2026 had no 01:30."""
    night = Recurrence(Every.DAY, 30)
    found = night.some_after(at("2018-11-03T12:00"), SAO_PAULO, 2)
    assert shown(found, SAO_PAULO) == ["2018-11-04T01:00:00-02:00", "2018-11-05T00:30:00-02:00"]
    found = Recurrence(Every.DAY, 90).some_after(at("2026-03-28T12:00"), LISBON, 2)
    assert shown(found, LISBON) == ["2026-03-29T02:00:00+01:00", "2026-03-30T01:30:00+01:00"]


def test_a_time_that_clocks_show_twice_is_due_once():
    """In Brazil, 23:00-24:00 of 17 February 2018 came twice; in Portugal, 01:00-02:00."""
    found = Recurrence(Every.DAY, 23 * 60 + 30).some_after(at("2018-02-17T12:00"), SAO_PAULO, 2)
    assert shown(found, SAO_PAULO) == ["2018-02-17T23:30:00-02:00", "2018-02-18T23:30:00-03:00"]
    found = Recurrence(Every.DAY, 90).some_after(at("2026-10-24T12:00"), LISBON, 2)
    assert shown(found, LISBON) == ["2026-10-25T01:30:00+01:00", "2026-10-26T01:30:00+00:00"]


def test_a_day_that_a_calendar_skips_is_due_when_the_next_one_begins():
    """Samoa had no 30 December 2011."""
    found = DAILY_8H.some_after(at("2011-12-29T19:00"), APIA, 2)
    assert shown(found, APIA) == ["2011-12-31T00:00:00+14:00", "2011-12-31T08:00:00+14:00"]


@pytest.mark.parametrize(
    "rule",
    [
        Recurrence(Every.DAY, -1),
        Recurrence(Every.DAY, 1440),
        Recurrence(Every.WEEK, 0),
        Recurrence(Every.WEEK, 0, (7,)),
        Recurrence(Every.MONTH, 0, day=0),
        Recurrence(Every.MONTH, 0, day=32),
    ],
)
def test_what_never_comes_round_is_not_sound(rule):
    assert not rule.is_sound


RULES = st.one_of(
    st.builds(Recurrence, st.just(Every.DAY), st.integers(0, 1439)),
    st.builds(
        Recurrence,
        st.just(Every.WEEK),
        st.integers(0, 1439),
        st.sets(st.integers(0, 6), min_size=1).map(tuple),
    ),
    st.builds(
        Recurrence, st.just(Every.MONTH), st.integers(0, 1439), st.just(()), st.integers(1, 31)
    ),
)
INSTANTS = st.integers(at("2017-01-01"), at("2030-01-01"))


@given(RULES, INSTANTS, st.sampled_from([SAO_PAULO, LISBON]))
def test_each_of_its_days_has_one_time(rule, start, zone):
    assert rule.is_sound
    found = rule.some_after(start, zone, 5)
    assert found == sorted(set(found))
    assert found[0] > start
    assert rule.last_until(found[0], zone) == found[0]
    assert rule.last_until(found[1] - 1, zone) == found[0]
    days = [local_day(due, zone) for due in found]
    assert len(set(days)) == len(days)
    assert all(rule.falls_on(day) for day in days)
    every = (days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1))
    assert [day for day in every if rule.falls_on(day)] == days


@given(st.dates(date(2017, 1, 1), date(2030, 1, 1)), st.integers(0, 1439))
def test_an_instant_shows_the_minute_or_a_later_one(day, minute):
    there = datetime.fromtimestamp(instant_of(day, minute, SAO_PAULO) // SECOND, SAO_PAULO)
    assert there.date() == day
    assert minute <= there.hour * 60 + there.minute <= minute + 60
