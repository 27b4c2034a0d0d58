"""What is added up by hours says what the rows say, whenever one asks and whatever has changed."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from build import MONDAY_9H
from console import actions
from console.config import Settings
from console.demo.generate import Plan, generate
from console.domain.agent import Acting, Role
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, MINUTE
from console.readmodel import tally
from console.readmodel.expression import parse
from console.readmodel.figures import parts
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS, METRICS_BY_KEY
from console.readmodel.model import ReadModel
from console.readmodel.period import Period, bucket_of, days, local_of
from console.readmodel.trends import added_up, trend
from console.store.schema import migrate
from console.store.work import open_store
from office import Office

NOW = MONDAY_9H + 3 * HOUR + 37 * MINUTE + 1
ZONE = ZoneInfo("America/Sao_Paulo")
NEW_YORK = ZoneInfo("America/New_York")
TODAY = local_of(NOW, ZONE).date()
WHO = Acting(1, "Bia", Role.SUPERVISOR)
ADDING_UP = [
    metric for metric in METRICS if tally.serves(Question(metric, Period(0, DAY, ZONE)), WHO)
]
PERIODS = {
    "today": days(TODAY, TODAY, ZONE),
    "a month with today": days(TODAY - timedelta(days=29), TODAY, ZONE),
    "a month before": days(TODAY - timedelta(days=45), TODAY - timedelta(days=15), ZONE),
    "a year with tomorrow": days(TODAY - timedelta(days=364), TODAY + timedelta(days=1), ZONE),
    "clocks go back": days(date(2026, 10, 20), TODAY, NEW_YORK),
    "a day of 25 hours": days(date(2026, 11, 1), date(2026, 11, 1), NEW_YORK),
    "nothing yet": days(TODAY + timedelta(days=3), TODAY + timedelta(days=4), ZONE),
}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """Two months of generated traffic, the last of it after the instant of the questions."""
    home = tmp_path_factory.mktemp("tally")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    generate(store, Plan(200, 60, NOW + DAY, seed=5))
    opened = ReadModel.open(store, home / "readmodel", Settings())
    yield opened
    opened.close()
    store.close()


def by_rows(monkeypatch, model, question, now):
    """The same trend, of the rows."""
    with monkeypatch.context() as patched:
        patched.setattr(tally, "serves", lambda *_: False)
        return trend(model, question, bucket_of(question.period), WHO, now)


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
@pytest.mark.parametrize("metric", ADDING_UP, ids=lambda metric: metric.key)
def test_hours_say_what_rows_say(model, monkeypatch, metric, period):
    for clock in ("calendar", "business") if metric.business else ("calendar",):
        asked = Question(metric, period, clock=clock)
        assert tally.serves(asked, WHO)
        for now in (NOW, NOW - 5 * HOUR + 3, NOW - NOW % HOUR):
            found = trend(model, asked, bucket_of(period), WHO, now)
            assert found == by_rows(monkeypatch, model, asked, now)


@pytest.mark.parametrize("period", PERIODS.values(), ids=PERIODS)
def test_many_at_once_say_what_each_says_alone(model, period):
    asked = [Question(metric, period) for metric in METRICS]
    found = added_up(model, asked, bucket_of(period), WHO, NOW)
    assert set(found) == {
        one for one in asked if one.metric in ADDING_UP and not one.metric.is_state
    }
    for one, together in found.items():
        assert together == trend(model, one, bucket_of(period), WHO, NOW)


def test_sums_beyond_a_double_stay_whole(model):
    far = 2**80 + 3
    with model.cursor() as cursor:
        cursor.execute("begin").fetchall()
        cursor.execute(
            "insert into tally select series, happened_at, 0, x, 0 from (select series,"
            " happened_at, unnest([$far, $far, -1]) as x from tally where series = $key limit 3)",
            {"far": far, "key": "handle_time@1:calendar"},
        ).fetchall()
        found = tally.hours(cursor, [tally.SERIES["handle_time@1:calendar"]], 0, NOW + 9 * DAY)
        cursor.execute("rollback").fetchall()
        ((total,),) = cursor.execute(
            "select sum(total)::hugeint from tally where series = 'handle_time@1:calendar'"
        ).fetchall()
    whole = (int(found.high.sum()) << tally.LOW) + int(found.low.sum())
    assert whole == total + 2 * far - 1


@pytest.mark.parametrize("metric", ADDING_UP, ids=lambda metric: metric.key)
def test_parts_in_time_are_those_of_the_rows(model, monkeypatch, metric):
    asked = Question(metric, PERIODS["a month with today"])
    for by in (("hour",), ("weekday", "hour"), ("day",)) if not metric.is_state else ():
        found = parts(model, asked, by, WHO, NOW, has_quantiles=False)
        with monkeypatch.context() as patched:
            patched.setattr(tally, "serves", lambda *_: False)
            assert found == parts(model, asked, by, WHO, NOW, has_quantiles=False)


def test_most_metrics_add_up():
    left = {metric.key for metric in METRICS} - {metric.key for metric in ADDING_UP}
    assert left == {
        "resolved_conversations", "resolved_contacts", "active_hours",  # different ones
        "last_agent_activity", "last_contact_activity",  # the latest
        "agent_activity",  # of messages and events at once
        "oldest_wait",  # an age
        "reopen_share_24h", "reopen_share_7d", "sla_first_response", "sla_reply", "sla_resolution",
    }  # fmt: skip


@pytest.mark.parametrize(
    "question",
    [
        {"tree": parse("status:pending")},
        {"parts": (("instance", 1),)},
        {"without": (("instance", 1),)},
        {"lasting": (0, 60)},
        {"period": days(date(2026, 1, 1), date(2026, 1, 2), ZoneInfo("Asia/Kolkata"))},
        {"period": Period(MINUTE, DAY, ZONE)},
    ],
    ids=["filter", "part", "other parts", "length", "half hours", "a minute later"],
)
def test_narrower_questions_are_for_the_rows(question):
    asked = Question(METRICS_BY_KEY["first_response"], days(TODAY, TODAY, ZONE))
    assert tally.serves(asked, WHO)
    assert not tally.serves(replace(asked, **question), WHO)


def test_a_narrower_person_is_for_the_rows(sqlite_store):
    office = Office(sqlite_store)
    asked = Question(METRICS_BY_KEY["opened"], days(TODAY, TODAY, ZONE))
    assert office.lia.scope.kind != "all"
    assert not tally.serves(asked, office.lia)


def test_an_unknown_credit_is_refused(model):
    asked = Question(METRICS_BY_KEY["resolved"], PERIODS["today"], credit="nobody")
    with pytest.raises(RuleError):
        trend(model, asked, "hour", WHO, NOW)
    with pytest.raises(RuleError):
        parts(model, asked, ("hour",), WHO, NOW)


def test_changes_are_put_together(sqlite_store, opened, monkeypatch):
    monkeypatch.setattr(tally, "_MOST_MORE", 0)
    office = Office(sqlite_store)
    model = opened(sqlite_store)
    talks = office.conversations(6)
    for act in (actions.Resolve(), actions.Reopen()) * 6:
        office.run(act, *talks)
        model.sync()
        assert model.count(60) == 0
    with model.cursor() as cursor:
        rows = cursor.execute("select count(*), count(distinct (series, happened_at)) from tally")
        n, different = rows.fetchall()[0]
    assert n < 4 * different
    assert model.check() == []
    asked = Question(METRICS_BY_KEY["resolved"], days(TODAY, TODAY, ZONE))
    found = trend(model, asked, "hour", WHO, office.at + HOUR)
    assert found == by_rows(monkeypatch, model, asked, office.at + HOUR)
