"""Instants in files are those of the wall clock, also on the days on which clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.exports import rows
from console.exports.rows import in_zone

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ZONES = [
    ZoneInfo(name)
    for name in ("America/Sao_Paulo", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
]
A_YEAR = 365 * 86_400
LATE = int((datetime(2018, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
close = st.integers(LATE, LATE + A_YEAR) | st.integers(LATE, LATE + 3_600)
far = st.integers(-60 * A_YEAR, 67 * A_YEAR)


def clock(second, zone):
    return (EPOCH + timedelta(seconds=second)).astimezone(zone).replace(tzinfo=None)


def instants(seconds):
    return pa.array([None if s is None else s * 1_000_000 for s in seconds], pa.timestamp("us"))


def shown(seconds, zone):
    return in_zone(instants(seconds), zone).to_pylist()


@given(
    st.lists(close | st.none(), max_size=6) | st.lists(far, max_size=3),
    st.sampled_from(ZONES),
    st.integers(0, 2),
)
def test_instants_are_those_of_the_wall_clock(seconds, zone, skipped):
    wanted = [None if s is None else clock(s, zone) for s in seconds]
    assert shown(seconds, zone) == wanted
    assert in_zone(instants(seconds).slice(skipped), zone).to_pylist() == wanted[skipped:]


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_every_half_hour_of_a_year(zone):
    seconds = range(LATE, LATE + A_YEAR, 1_800)
    wanted = [clock(s, zone) for s in seconds]
    for size in (1, 50, 5_000):
        parts = [seconds[n : n + size] for n in range(0, len(seconds), size)]
        found = [shown(part, zone) for part in parts[:: max(1, 20 // size)]]
        held = [wanted[n : n + size] for n in range(0, len(seconds), size)]
        assert found == held[:: max(1, 20 // size)]


def test_parts_of_a_second_are_dropped():
    array = pa.array([LATE * 1_000_000 + 999_999], pa.timestamp("us"))
    assert in_zone(array, ZONES[0]).to_pylist() == [clock(LATE, ZONES[0])]


def test_only_clocks_that_change_are_looked_up_one_by_one(monkeypatch):
    looked_up, local = [], rows.pc.local_timestamp
    monkeypatch.setattr(rows.pc, "local_timestamp", lambda at: looked_up.append(at) or local(at))
    assert shown([LATE, LATE + 86_400], ZONES[2]) == [
        clock(LATE, ZONES[2]),
        clock(LATE + 86_400, ZONES[2]),
    ]
    assert looked_up == []
    shown([LATE, LATE + A_YEAR // 2], ZONES[1])
    assert len(looked_up) == 1
