"""A trend says what its figure says, its parts are those of the figure, before is before."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from build import MONDAY_9H
from console.config import Settings
from console.demo.generate import Plan, generate
from console.domain.agent import Acting, Role
from console.domain.ids import DAY, HOUR
from console.readmodel import figures
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS, METRICS_BY_KEY
from console.readmodel.model import ReadModel
from console.readmodel.period import bucket_of, buckets, days, local_of, midnight
from console.readmodel.trends import trend
from console.store import people
from console.store.schema import migrate
from console.store.work import open_store

NOW = MONDAY_9H
ZONE = ZoneInfo("America/Sao_Paulo")
TODAY = local_of(NOW, ZONE).date()
LENGTHS = {"hour": 1, "day": 30, "week": 90, "month": 430}
SUPERVISOR = Acting(1, "Bia", Role.SUPERVISOR)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Two months of generated traffic."""
    home = tmp_path_factory.mktemp("trends")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    generate(store, Plan(200, 60, NOW, seed=3))
    opened = ReadModel.open(store, home / "readmodel", Settings())
    yield opened
    opened.close()
    store.close()


def somebody(model, role):
    """The first person with this role."""
    with model.store.read() as connection:
        found = next(a for a in people.agents(connection, only_active=True) if a.role is role)
        return people.acting(connection, found.id)


def plain(found):
    return replace(found, median=None, p75=None, p90=None, p95=None)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.TEAM_LEAD])
@pytest.mark.parametrize("by", LENGTHS)
@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_a_trend_is_its_figure_its_parts_and_the_figure_before(model, metric, by, role):
    who = somebody(model, role)
    last = TODAY - timedelta(days=1)
    period = days(last - timedelta(days=LENGTHS[by] - 1), last, ZONE)
    assert bucket_of(period) == by
    asked = Question(metric, period)
    found = trend(model, asked, by, who, NOW)
    assert found.figure == plain(figures.figure(model, asked, who, NOW))
    earlier = replace(asked, period=period.before)
    assert found.before == plain(figures.figure(model, earlier, who, NOW))
    if not metric.is_state:
        parted = figures.parts(model, asked, (by,), who, NOW)
        assert found.parts == tuple(replace(p, figure=plain(p.figure)) for p in parted)
        lean = figures.parts(model, asked, (by,), who, NOW, has_quantiles=False)
        assert tuple(lean) == found.parts
    keys = [one.key for one in buckets(period, by)]
    assert {part.keys[0] for part in found.parts} <= set(keys)


def test_something_was_counted(model):
    """Equality of nothing with nothing would prove little."""
    period = days(TODAY - timedelta(days=30), TODAY, ZONE)
    found = trend(model, Question(METRICS_BY_KEY["received"], period), "day", SUPERVISOR, NOW)
    assert found.figure.n > 0
    assert len(found.parts) > 1


def test_a_state_is_told_at_the_end_of_each_day_that_has_begun(model):
    period = days(TODAY - timedelta(days=2), TODAY + timedelta(days=3), ZONE)
    found = trend(model, Question(METRICS_BY_KEY["backlog"], period), "day", SUPERVISOR, NOW)
    assert [part.keys[0] for part in found.parts] == [
        (TODAY - timedelta(days=n)).isoformat() for n in (2, 1, 0)
    ]
    assert found.parts[-1].figure == found.figure


def test_an_unfinished_period_is_held_against_as_much_of_the_one_before():
    today = days(TODAY, TODAY, ZONE)
    now = today.from_at + 9 * HOUR
    before = today.as_far_before(now)
    assert (before.from_at, before.to_at) == (today.from_at - DAY, now - DAY)
    assert today.as_far_before(today.to_at + DAY) == today.before
    assert today.as_far_before(today.from_at - DAY).to_at == today.before.from_at


def test_buckets_are_whole_local_days_weeks_and_months():
    period = days(date(2018, 11, 1), date(2018, 11, 5), ZONE)  # clocks skip midnight of the 4th
    assert [one.key for one in buckets(period, "day")] == [f"2018-11-0{n}" for n in range(1, 6)]
    assert [one.to_at for one in buckets(period, "day")] == [
        midnight(date(2018, 11, n), ZONE) for n in range(2, 7)
    ]
    assert [one.key for one in buckets(period, "week")] == ["2018-10-29", "2018-11-05"]
    assert buckets(period, "week")[-1].to_at == period.to_at
    assert [one.key for one in buckets(period, "month")] == ["2018-11-01"]
    hours = buckets(days(date(2018, 11, 5), date(2018, 11, 5), ZONE), "hour")
    assert [one.key for one in hours] == list(range(24))
    assert hours[-1].to_at == midnight(date(2018, 11, 6), ZONE)


def test_buckets_of_months_begin_with_the_month_and_end_with_the_period():
    period = days(date(2024, 1, 31), date(2025, 6, 15), ZONE)
    keys = [one.key for one in buckets(period, "month")]
    assert (keys[0], keys[1], keys[-1], len(keys)) == ("2024-01-01", "2024-02-01", "2025-06-01", 18)
