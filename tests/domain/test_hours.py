"""Business time against a minute-by-minute count, across lunch, holidays and clock changes."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.hours import Block, BusinessHours, due, elapsed, openings
from console.domain.ids import DAY, HOUR, MINUTE, SECOND

SAO_PAULO, LISBON = "America/Sao_Paulo", "Europe/Lisbon"
ZONES = (SAO_PAULO, LISBON, "Australia/Lord_Howe", "UTC")
SHOP = (Block(9 * 60, 12 * 60), Block(13 * 60, 18 * 60))
WEEK = (*([SHOP] * 5), (Block(9 * 60, 13 * 60),), ())


def at(text, zone=SAO_PAULO, fold=0):
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold)
    return int(local.timestamp()) * SECOND


def christmas(year):
    return frozenset({date(year, 12, 25), date(year, 1, 1)})


@st.composite
def days(draw):
    edges = sorted(draw(st.sets(st.integers(0, 96), min_size=0, max_size=6)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(Block(15 * a, 15 * b) for a, b in pairs)


all_hours = st.builds(
    BusinessHours,
    st.tuples(*[days()] * 7).filter(any),
    st.sampled_from(ZONES),
    st.frozensets(st.dates(date(2018, 10, 1), date(2019, 4, 10)), max_size=8),
    st.sampled_from((None, christmas)),
)
# Around the last clock changes of São Paulo, Lisbon and Lord Howe, and New Year.
begins = st.sampled_from(
    ["2018-10-26", "2018-11-03", "2018-12-29", "2019-02-15", "2019-03-30", "2019-04-05"]
)
starts = st.builds(
    lambda day, more: at(day, "UTC") + more,
    begins,
    st.integers(0, 3 * DAY // SECOND).map(SECOND.__mul__),
)


def is_open(hours, instant):
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=instant)).astimezone(
        ZoneInfo(hours.zone)
    )
    day, minute = local.date(), local.hour * 60 + local.minute
    if day in hours.closed_on or (hours.holidays and day in hours.holidays(day.year)):
        return False
    return any(a <= minute < b for a, b in hours.week[day.weekday()])


def counted(hours, start, end):
    """Whole minutes one by one, and the parts at both ends."""
    edges = [start, *range(start - start % MINUTE + MINUTE, end, MINUTE), end]
    return sum(b - a for a, b in pairwise(edges) if is_open(hours, a))


@given(all_hours, starts, st.integers(0, 2 * DAY))
def test_elapsed_is_what_a_count_minute_by_minute_gives(hours, start, length):
    assert elapsed(hours, start, start + length) == counted(hours, start, start + length)


@given(all_hours, starts, st.integers(0, 400 * DAY), st.integers(0, 400 * DAY))
def test_elapsed_adds_up(hours, start, first, second):
    middle, end = start + first, start + first + second
    parts = elapsed(hours, start, middle) + elapsed(hours, middle, end)
    assert elapsed(hours, start, end) == parts
    assert elapsed(hours, end, start) == -parts


@given(all_hours, starts, st.integers(0, 900 * HOUR))
def test_due_is_the_first_instant_with_so_much_behind_it(hours, start, duration):
    found = due(hours, start, duration)
    assert elapsed(hours, start, found) == duration
    if duration:
        assert elapsed(hours, start, found - 1) == duration - 1


@given(all_hours, st.integers(0, 400 * DAY), st.data())
def test_due_takes_back_elapsed_inside_open_time(hours, length, data):
    year = openings(hours, data.draw(st.sampled_from((2018, 2019))))
    place = data.draw(st.integers(0, len(year.starts) - 1))
    end = data.draw(st.integers(year.starts[place] + 1, year.ends[place]))
    assert due(hours, end - length, elapsed(hours, end - length, end)) == end


@given(all_hours)
def test_openings_are_in_order_and_apart(hours):
    year = openings(hours, 2018)
    edges = [edge for pair in zip(year.starts, year.ends, strict=True) for edge in pair]
    assert edges == sorted(set(edges))
    assert sum(b - a for a, b in zip(year.starts, year.ends, strict=True)) == year.total


@pytest.mark.parametrize("hours", [None, BusinessHours(((),) * 7, SAO_PAULO)])
def test_no_hours_is_not_known_and_never_zero(hours):
    assert elapsed(hours, 0, DAY) is None
    assert due(hours, 0, DAY) is None


def test_a_day_has_a_lunch_break_and_a_night():
    shop = BusinessHours(WEEK, SAO_PAULO)
    monday, tuesday = at("2026-11-09T11:30"), at("2026-11-10T09:10")
    assert elapsed(shop, monday, tuesday) == (30 + 5 * 60 + 10) * MINUTE
    assert due(shop, monday, 60 * MINUTE) == at("2026-11-09T13:30")
    assert due(shop, at("2026-11-14T12:00"), 2 * HOUR) == at("2026-11-16T10:00")


def test_holidays_and_own_closed_days_do_not_count():
    shop = BusinessHours(WEEK, SAO_PAULO, frozenset({date(2026, 12, 24)}), christmas)
    assert due(shop, at("2026-12-23T17:00"), 2 * HOUR) == at("2026-12-26T10:00")


def test_a_skipped_hour_does_not_count_and_a_repeated_one_counts_twice():
    always = BusinessHours(((Block(0, 1440),),) * 7, LISBON)
    assert elapsed(always, at("2026-03-29", LISBON), at("2026-03-30", LISBON)) == 23 * HOUR
    assert elapsed(always, at("2026-10-25", LISBON), at("2026-10-26", LISBON)) == 25 * HOUR
    night = BusinessHours((*((),) * 6, (Block(60, 90),)), LISBON)
    assert elapsed(night, at("2026-03-28", LISBON), at("2026-04-04", LISBON)) == 0
    assert elapsed(night, at("2026-10-25", LISBON), at("2026-10-26", LISBON)) == HOUR


def test_a_midnight_that_does_not_exist_is_no_hour():
    """Clocks in São Paulo went from 23:59 to 1:00 on 4 November 2018."""
    late = BusinessHours(((Block(0, 120),),) * 7, SAO_PAULO)
    assert elapsed(late, at("2018-11-03T12:00"), at("2018-11-04T12:00")) == HOUR
    assert elapsed(late, at("2019-02-16T12:00"), at("2019-02-17T12:00")) == 2 * HOUR


def test_a_block_that_ends_at_midnight_goes_on_into_the_next_day():
    bar = BusinessHours((*((),) * 5, (Block(1080, 1440),), (Block(0, 120),)), SAO_PAULO)
    assert elapsed(bar, at("2026-11-14T23:00"), at("2026-11-15T01:00")) == 2 * HOUR
    assert len(openings(bar, 2026).starts) == 52


def test_what_a_hundred_years_do_not_bring_is_not_due():
    rare = BusinessHours((*((),) * 6, (Block(0, 1),)), SAO_PAULO)
    assert due(rare, 0, 100 * DAY) is None
