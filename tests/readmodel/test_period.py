"""Periods: local days, the one before, presets, and where the clocks change."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from console.domain.ids import HOUR, SECOND
from console.readmodel import period
from console.readmodel.period import PRESETS, Period
from readmodel.scenes import SAO_PAULO, instant

TODAY = date(2026, 11, 4)  # a Wednesday
WANTED = {
    "today": ("2026-11-04", "2026-11-04"),
    "yesterday": ("2026-11-03", "2026-11-03"),
    "week": ("2026-11-02", "2026-11-04"),
    "7d": ("2026-10-29", "2026-11-04"),
    "30d": ("2026-10-06", "2026-11-04"),
    "month": ("2026-11-01", "2026-11-04"),
    "last_month": ("2026-10-01", "2026-10-31"),
    "90d": ("2026-08-07", "2026-11-04"),
    "12m": ("2025-11-05", "2026-11-04"),
}


def test_presets_end_today_or_with_what_is_over():
    told = {one.key: tuple(day.isoformat() for day in one.days(TODAY)) for one in PRESETS}
    assert told == WANTED


def test_last_month_is_of_the_year_before_in_january():
    (preset,) = [one for one in PRESETS if one.key == "last_month"]
    assert preset.days(date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


def test_a_period_knows_its_days_and_the_one_before_of_equal_length():
    november = period.days(date(2018, 11, 3), date(2018, 11, 5), SAO_PAULO)
    assert november.days == (date(2018, 11, 3), date(2018, 11, 5))
    assert november.to_at - november.from_at == (24 + 23 + 24) * HOUR
    assert november.before == Period(november.from_at - 71 * HOUR, november.from_at, november.zone)
    # 71 hours before midnight of the 3rd is one in the morning of the 31st.
    assert november.before.from_at == instant("2018-10-31 01:00")


@pytest.mark.parametrize(
    ("zone", "first", "last", "wanted"),
    [
        ("America/Sao_Paulo", date(2026, 1, 1), date(2026, 12, 31), [-3]),
        ("America/Sao_Paulo", date(2018, 1, 1), date(2018, 12, 31), [-2, -3, -2]),
        ("America/Sao_Paulo", date(2018, 11, 3), date(2018, 11, 3), [-3, -2]),
        ("America/Sao_Paulo", date(2018, 11, 4), date(2018, 11, 4), [-2]),
        ("Australia/Lord_Howe", date(2026, 4, 1), date(2026, 4, 30), [11, 10.5]),
    ],
)
def test_offsets_change_at_their_second(zone, first, last, wanted):
    one = period.days(first, last, ZoneInfo(zone))
    found = period.offsets(one)
    assert [offset / HOUR for _, offset in found] == wanted
    for at, offset in found[1:]:
        before, after = (period.local_of(at - s * SECOND, one.zone).utcoffset() for s in (1, 0))
        assert before != after
        assert after.total_seconds() * SECOND == offset
