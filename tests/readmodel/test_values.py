from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.ids import DAY, HOUR, SECOND
from console.readmodel.tree import Days
from console.readmodel.values import (
    ALWAYS,
    read_days,
    read_duration,
    span,
    write_days,
    write_duration,
)

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND


NOW = at("2026-11-02T12:00:00")


@given(st.integers(0, 100 * 365 * 86_400))
def test_a_duration_is_written_shortest_and_reads_back(seconds):
    assert read_duration("idle", write_duration(seconds), 0) == seconds


def test_durations_are_written_in_the_largest_whole_unit():
    assert [write_duration(s) for s in (0, 59, 900, 5_400, 86_400, 604_800)] == [
        "0s",
        "59s",
        "15m",
        "90m",
        "1d",
        "1w",
    ]


@pytest.mark.parametrize("text", ["2026-11-01", "2026-11-01..", "..today", "7d..yesterday"])
def test_days_read_back_as_written(text):
    assert write_days(read_days("opened", text, 0)) == text


def test_a_day_is_the_half_open_span_of_the_account_zone():
    assert span(Days("2026-11-01", "2026-11-01"), NOW, SAO_PAULO) == (
        at("2026-11-01T03:00:00"),
        at("2026-11-02T03:00:00"),
    )


def test_several_days_reach_from_the_first_midnight_to_the_one_after_the_last():
    first, last = span(Days("2026-11-01", "2026-11-07"), NOW, SAO_PAULO)
    assert last - first == 7 * DAY


def test_open_ends_reach_everywhere():
    assert span(Days("", "2026-11-01"), NOW, SAO_PAULO)[0] == -ALWAYS
    assert span(Days("2026-11-01", ""), NOW, SAO_PAULO)[1] == ALWAYS


def test_relative_days_follow_the_local_day_of_now():
    late = at("2026-11-03T02:30:00")  # still the 2nd in São Paulo
    assert span(Days("today", "today"), late, SAO_PAULO) == span(
        Days("2026-11-02", "2026-11-02"), late, SAO_PAULO
    )
    assert span(Days("yesterday", "yesterday"), late, SAO_PAULO) == span(
        Days("1d", "1d"), late, SAO_PAULO
    )


def test_days_of_a_clock_change_are_23_and_25_hours_long():
    begins = span(Days("2018-11-04", "2018-11-04"), NOW, SAO_PAULO)
    ends = span(Days("2018-02-17", "2018-02-17"), NOW, SAO_PAULO)
    assert begins == (at("2018-11-04T03:00:00"), at("2018-11-05T02:00:00"))
    assert begins[1] - begins[0] == 23 * HOUR
    assert ends[1] - ends[0] == 25 * HOUR


@given(st.dates(min_value=datetime(1990, 1, 1).date(), max_value=datetime(2030, 1, 1).date()))  # noqa: DTZ001
def test_days_follow_one_another_without_gap_or_overlap(day):
    here = day.isoformat()
    _, end = span(Days(here, here), NOW, SAO_PAULO)
    start, _ = span(Days(here, ""), end, SAO_PAULO)
    assert start < end
    following = datetime.fromtimestamp(end / SECOND, SAO_PAULO).date()
    assert (following - day).days == 1
    assert span(Days(following.isoformat(), ""), NOW, SAO_PAULO)[0] == end
