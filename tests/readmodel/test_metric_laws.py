"""Laws that hold for every metric, whatever it counts."""

import json
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from build import MONDAY_9H, Acting, Centre, Role, a_bot
from console import actions
from console.config import Settings
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, MINUTE, SECOND
from console.readmodel import ask, expression, figures, period
from console.readmodel.measure import EDGES, Question, dimensions_of
from console.readmodel.metrics import METRICS, METRICS_BY_KEY, Definition, Form
from console.readmodel.metrics.base import NOTHING
from console.readmodel.model import ReadModel
from console.readmodel.period import Period
from console.readmodel.tree import FilterError
from console.store import tables
from console.store.work import open_store
from readmodel.busy import UNTIL

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
ALL = period.days(date(2026, 10, 1), date(2026, 11, 30), SAO_PAULO)
STATES = [metric for metric in METRICS if metric.is_state]
DURATIONS = [metric for metric in METRICS if metric.form is Form.DURATION]
ADDITIVE = {Form.COUNT, Form.STATE}
by_metric = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
by_state = pytest.mark.parametrize("metric", STATES, ids=lambda metric: metric.key)


def answers(model, who, now, metric, when=ALL):
    """Everything that can be asked of a metric."""
    asked = Question(metric, when)
    yield figures.figure(model, asked, who, now)
    for by in asked.dimensions():
        yield figures.parts(model, asked, [by], who, now)
    yield figures.reasons(model, asked, who, now, limit=20)
    if metric.form is Form.DURATION:
        yield figures.histogram(model, asked, who, now)
    if metric.is_state:
        yield figures.course(model, asked, [UNTIL, UNTIL + DAY], who, now)


def everything(model, who, now):
    """Each metric's figure, its parts by hour or else by team, and its first rows, as text."""
    told = {}
    for metric in METRICS:
        asked = Question(metric, ALL)
        by = "team" if metric.is_state else "hour"
        figure = figures.figure(model, asked, who, now)
        parts = figures.parts(model, asked, [by], who, now)
        rows = figures.reasons(model, asked, who, now, limit=20)
        told[metric.key] = repr((figure, parts, rows))
    return told


@pytest.fixture(scope="module")
def empty(tmp_path_factory, sqlite_template):
    folder = tmp_path_factory.mktemp("empty")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder}/central.db")
    model = ReadModel.open(store, folder / "readmodel", Settings())
    yield model
    model.close()
    store.close()


@by_metric
def test_an_empty_inbox_is_counted_too(empty, metric):
    who = Acting(1, "Ana", Role.SUPERVISOR)
    figure, *others = answers(empty, who, UNTIL, metric)
    is_number = metric.form in (*ADDITIVE, Form.DISTINCT)
    assert (figure.value, figure.n, figure.censored_n) == (0.0 if is_number else None, 0, 0)
    for found in others:
        assert [x for x in found if x != 0 and getattr(x, "n", True)] == []


@by_metric
def test_of_one_row_the_figure_is_its_value(busy, oracle, metric):
    when, row = _alone(oracle, metric, busy.bia)
    found = figures.figure(busy.model, Question(metric, when), busy.bia, busy.now)
    is_time = metric.form in (Form.DURATION, Form.OLDEST, Form.LATEST)
    value = row.value / SECOND if is_time else float(metric.form is not Form.SHARE or row.value)
    assert (found.value, found.n, found.censored_n) == (value, 1, 0)
    if metric.form is Form.DURATION:
        assert (found.median, found.p75, found.p90, found.p95) == (value,) * 4


def _alone(oracle, metric, who):
    """A period with one row of the metric that has a value."""
    if metric.is_state:
        opened = min(step.at for talk in oracle.talks for step in talk.story)
        instants = range(opened, opened + DAY, MINUTE)
    else:
        rows = oracle.rows(Question(metric, ALL), who)
        often = Counter(row.at for row in rows)
        instants = (row.at for row in rows if often[row.at] == 1 and row.value is not None)
    for at in instants:
        when = Period(at, at + 1, SAO_PAULO)
        rows = oracle.rows(Question(metric, when), who)
        if len(rows) == 1:
            return when, rows[0]
    raise AssertionError(metric.key)


@by_metric
def test_a_part_is_the_question_narrowed_to_it(busy, metric):
    asked = Question(metric, ALL)
    for by in asked.dimensions():
        parts = figures.parts(busy.model, asked, [by], busy.bia, busy.now)
        for part in (*parts[:2], *parts[-2:]):
            narrowed = replace(asked, parts=((by, part.keys[0]),))
            assert figures.figure(busy.model, narrowed, busy.bia, busy.now) == part.figure


@by_metric
def test_without_some_parts_the_others_remain(busy, metric):
    for by in Question(metric, ALL).dimensions():
        if by == "label":  # one row may be in several
            continue
        asked = Question(metric, ALL)
        whole = figures.parts(busy.model, asked, [by], busy.bia, busy.now)
        some = tuple((by, part.keys[0]) for part in (*whole[:1], *whole[-1:]))
        found = figures.parts(busy.model, replace(asked, without=some), [by], busy.bia, busy.now)
        assert found == whole[1:-1]


def test_without_a_label_its_rows_are_those_of_other_labels(busy):
    asked = Question(METRICS_BY_KEY["resolved"], ALL)
    parts = figures.parts(busy.model, asked, ["label"], busy.bia, busy.now)
    others = replace(asked, without=(("label", parts[0].keys[0]), ("label", None)))
    found = figures.parts(busy.model, others, ["label"], busy.bia, busy.now)
    assert found == [part for part in parts[1:] if part.keys[0] is not None]


NAMED = {"team": "teams", "instance": "instances", "label": "labels"}


@by_metric
@pytest.mark.parametrize("by", NAMED)
def test_a_part_by_name_is_the_filter_of_that_name(busy, metric, by):
    asked = Question(metric, ALL)
    names = getattr(busy.model.directory, NAMED[by])
    parts = figures.parts(busy.model, asked, [by], busy.bia, busy.now)
    for part in (*parts[:2], parts[-1]):
        key = "none" if part.keys[0] is None else names[part.keys[0]].key
        filtered = replace(asked, tree=expression.parse(f"{by}:{key}"))
        assert figures.figure(busy.model, filtered, busy.bia, busy.now) == part.figure


@by_metric
def test_parts_add_up(busy, metric):
    asked = Question(metric, ALL)
    whole = figures.figure(busy.model, asked, busy.bia, busy.now)
    pairs = [[by] for by in asked.dimensions() if by != "label"]
    pairs += [] if metric.is_state else [["weekday", "hour"]]
    for by in pairs:
        parts = [p.figure for p in figures.parts(busy.model, asked, by, busy.bia, busy.now)]
        if metric.form is Form.DISTINCT:  # one conversation may be in several
            assert sum(p.n for p in parts) >= whole.n
            continue
        assert (sum(p.n for p in parts), sum(p.censored_n for p in parts)) == (
            whole.n,
            whole.censored_n,
        )
        if metric.form in ADDITIVE:
            assert sum(p.value for p in parts) == whole.value
        if metric.form is Form.OLDEST:
            assert max(p.value for p in parts) == whole.value
        if metric.form is Form.LATEST:
            assert min(p.value for p in parts) == whole.value


@by_metric
def test_the_rows_behind_a_figure_are_its_rows(busy, oracle, metric):
    asked = Question(metric, ALL)
    found = figures.reasons(busy.model, asked, busy.bia, busy.now, limit=50_000)
    rows = oracle.rows(asked, busy.bia)
    is_time = metric.form in (Form.DURATION, Form.LATEST) or metric.value == "since_at"
    assert Counter((r.conversation_id, r.value, r.agent_id) for r in found) == Counter(
        (
            row.talk.id,
            row.value / SECOND if is_time and row.value is not None else row.value,
            row.credit[metric.credits[0].key] if metric.credits else None,
        )
        for row in rows
    )
    page = figures.reasons(busy.model, asked, busy.bia, busy.now, limit=3, skip=2)
    assert page == found[2:5]


@pytest.fixture(scope="module")
def instants(busy):
    """When each message and event happened, by its id."""
    with busy.store.read() as connection:
        return {
            row.id: row.at
            for table in (tables.message.c, tables.event.c)
            for row in connection.execute(select(table.id, table.at))
        }


@by_metric
def test_the_two_facts_of_a_row_are_where_its_value_comes_from(busy, instants, metric):
    found = figures.reasons(busy.model, Question(metric, ALL), busy.bia, busy.now, limit=500)
    for row in found:
        ids = [i for i in (row.start_id, row.end_id) if i is not None]
        assert set(ids) <= instants.keys()
        if metric.form is Form.DURATION and metric.key not in ("open_time", "delivery_time"):
            ends = [row.start_id, row.end_id][: len(ids)]
            assert [instants[i] for i in ends] == [row.start_at, row.end_at][: len(ids)]


@pytest.mark.parametrize("metric", DURATIONS, ids=lambda metric: metric.key)
def test_a_histogram_holds_every_duration_once(busy, oracle, metric):
    for clock in ("calendar", "business") if metric.business else ("calendar",):
        asked = Question(metric, ALL, clock=clock)
        bars = figures.histogram(busy.model, asked, busy.bia, busy.now)
        values = [
            row.open if clock == "business" else row.value for row in oracle.rows(asked, busy.bia)
        ]
        heights = Counter(
            sum(v >= edge * SECOND for edge in EDGES) for v in values if v is not None
        )
        assert [bar.below for bar in bars] == [*EDGES, None]
        assert [bar.n for bar in bars] == [heights[n] for n in range(len(EDGES) + 1)]
        for least, bar in zip((0, *EDGES), bars, strict=True):
            within = replace(asked, lasting=(least, bar.below))
            found = figures.figure(busy.model, within, busy.bia, busy.now)
            assert (found.n, found.censored_n) == (bar.n, 0)


def test_only_durations_are_narrowed_to_a_length(busy):
    asked = Question(METRICS_BY_KEY["opened"], ALL, lasting=(0, 10))
    with pytest.raises(RuleError):
        figures.figure(busy.model, asked, busy.bia, busy.now)


# States


NOW_IN_WORDS = {
    "backlog": "pending",
    "unassigned": "pending unassigned",
    "unread": "pending unread",
    "waiting": "waiting",
    "age_bands": "waiting",
}


@pytest.mark.parametrize("key", NOW_IN_WORDS)
def test_a_state_now_is_what_the_list_counts(busy, key):
    found = figures.figure(busy.model, Question(METRICS_BY_KEY[key], ALL), busy.bia, busy.now)
    tree = expression.parse(NOW_IN_WORDS[key])
    assert found.n == ask.count(busy.model, tree, busy.bia, busy.now)


def test_the_ages_of_waits_now_are_those_of_the_board(busy):
    board = ask.board(busy.model, busy.bia, busy.now)
    ages = Question(METRICS_BY_KEY["age_bands"], ALL)
    parts = figures.parts(busy.model, ages, ["age"], busy.bia, busy.now)
    assert {p.keys[0]: p.figure.n for p in parts} == {n: b for n, b in enumerate(board.bands) if b}
    oldest = Question(METRICS_BY_KEY["oldest_wait"], ALL)
    found = figures.figure(busy.model, oldest, busy.bia, busy.now)
    assert found.value == (busy.now - board.whole.oldest_at) / SECOND


@by_state
def test_the_course_of_a_state_is_its_figure_at_each_instant(busy, oracle, metric):
    instants = [UNTIL + n * 9 * HOUR for n in range(-60, 12)]
    agent = busy.bia.agent_id
    narrowed = (
        {},
        {"parts": (("agent", agent),)},
        {"parts": (("label", busy.label_id), ("team", None))},
        {"tree": expression.parse("pending")},
    )
    for more in narrowed:
        asked = Question(metric, ALL, **more)
        course = figures.course(busy.model, asked, instants, busy.bia, busy.now)
        for place in (0, 30, 61, 71):
            at = Period(0, instants[place] + 1, SAO_PAULO)
            there = replace(asked, period=at)
            assert figures.figure(busy.model, there, busy.bia, busy.now).n == course[place]
    whole = figures.course(busy.model, Question(metric, ALL), instants, busy.bia, busy.now)
    folded = [
        len(oracle.rows(Question(metric, Period(0, at + 1, SAO_PAULO)), busy.bia))
        for at in instants[::10]
    ]
    assert whole[::10] == folded


def test_a_course_cannot_be_narrowed_to_an_age(busy):
    asked = Question(METRICS_BY_KEY["age_bands"], ALL, parts=(("age", 1),))
    with pytest.raises(RuleError):
        figures.course(busy.model, asked, [UNTIL], busy.bia, busy.now)


# Who asks


@by_metric
def test_a_scope_counts_its_own_conversations_only(busy, oracle, metric):
    asked = Question(metric, ALL)
    whole = figures.figure(busy.model, asked, busy.bia, busy.now)
    for who in (busy.lead, busy.gil):
        found = figures.figure(busy.model, asked, who, busy.now)
        wanted = oracle.figure(asked, who)
        assert (found.value, found.n, found.censored_n) == (
            wanted.value,
            wanted.n,
            wanted.censored_n,
        )
        assert found.n < whole.n
    for by in asked.dimensions()[:2]:
        parts = figures.parts(busy.model, asked, [by], busy.lead, busy.now)
        wanted = oracle.parts(asked, by, busy.lead)
        assert {p.keys[0]: p.figure.n for p in parts} == {k: f.n for k, f in wanted.items()}


def test_a_lead_has_something_to_count_and_something_to_leak(busy):
    n = {
        who.name: figures.figure(
            busy.model, Question(METRICS_BY_KEY["received"], ALL), who, busy.now
        ).n
        for who in (busy.lead, busy.gil, busy.bia)
    }
    assert 0 < min(n.values()) < n["Bia"]


@by_metric
def test_an_analyst_gets_the_figures_and_no_names(busy, personal, metric):
    analyst = Acting(1, "Rui", Role.ANALYST)
    found = list(answers(busy.model, analyst, busy.now, metric))
    assert found == list(answers(busy.model, busy.bia, busy.now, metric))
    told = "\n".join({*repr(found).split(BETWEEN)})  # each piece once: most come a thousand times
    assert [one for one in personal if one in told] == []


BETWEEN = ", "


@pytest.fixture(scope="module")
def personal(busy):
    """Every name and number of a customer: what could leak."""
    with busy.store.read() as connection:
        names = connection.scalars(select(tables.contact.c.name)).all()
        numbers = connection.scalars(select(tables.address.c.value)).all()
    assert not any(BETWEEN in one for one in (*names, *numbers))
    return {one for one in (*names, *numbers) if len(one) > len("Ana")}


def test_an_analyst_cannot_find_a_customer_by_a_figure(busy):
    asked = Question(METRICS_BY_KEY["received"], ALL, expression.parse("contact:joao"))
    with pytest.raises(FilterError):
        figures.figure(busy.model, asked, Acting(1, "Rui", Role.ANALYST), busy.now)


# What cannot be asked


@pytest.mark.parametrize(
    "asked",
    [
        Question(METRICS_BY_KEY["sent"], ALL, credit="nobody"),
        Question(METRICS_BY_KEY["delivery_time"], ALL, clock="business"),
        Question(METRICS_BY_KEY["received"], ALL, parts=(("agent", 1),)),
        Question(METRICS_BY_KEY["waiting"], ALL, parts=(("age", 1),)),
        Question(METRICS_BY_KEY["backlog"], ALL, parts=(("day", "2026-10-01"),)),
    ],
    ids=["credit", "clock", "agent", "age", "day"],
)
def test_what_a_metric_does_not_know_is_refused(empty, asked):
    with pytest.raises(RuleError):
        figures.figure(empty, asked, Acting(1, "Ana", Role.SUPERVISOR), UNTIL)


def test_every_metric_says_what_it_divides_by():
    by_credit = {m.key for m in METRICS if "agent" in dimensions_of(m)}
    assert by_credit == {m.key for m in METRICS if m.credits}
    assert {m.key for m in METRICS if "age" in dimensions_of(m)} == {"age_bands", "oldest_wait"}
    assert {m.key for m in METRICS if "hour" not in dimensions_of(m)} == {m.key for m in STATES}


@by_metric
def test_the_five_choices_of_a_metric_are_written_in_each_language(metric):
    choices = [getattr(metric.definition, one.name) for one in fields(Definition)]
    assert len(choices) == 5
    assert [text for text in (metric.name, *choices) if not all((text.pt, text.en, text.es))] == []
    if metric.form is Form.DURATION:
        assert NOTHING not in (metric.definition.start, metric.definition.end)
    assert metric.stamp == f"{metric.key}@{metric.version}"


def test_no_two_metrics_have_the_same_key_or_name():
    for told in ([m.key for m in METRICS], [m.name.pt for m in METRICS]):
        assert len(set(told)) == len(told)


# The same watermark, the same figures


FRESH = """
import json, sys
from pathlib import Path
from console.config import Settings
from console.domain.agent import Acting, Role
from console.readmodel.model import ReadModel
from console.store.work import open_store
from readmodel.test_metric_laws import everything

url, folder, now = sys.argv[1:]
store = open_store(url)
model = ReadModel.open(store, Path(folder), Settings(read_model_threads=1))
print(json.dumps(everything(model, Acting(1, "Ana", Role.SUPERVISOR), int(now))))
model.close()
store.close()
"""


def test_another_process_with_one_thread_counts_the_same_to_the_last_digit(busy, tmp_path):
    arguments = [busy.store.url, str(tmp_path / "fresh"), str(busy.now)]
    child = subprocess.run(
        [sys.executable, "-c", FRESH, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert child.returncode == 0, child.stderr
    who = Acting(1, "Ana", Role.SUPERVISOR)
    assert json.loads(child.stdout) == everything(busy.model, who, busy.now)


# Order of arrival, and bots


BY_BOTS = {"sent_by_bots", "delivery_failed_share"}


def test_order_of_arrival_and_chatter_of_bots_change_nothing(sqlite_store, opened, tmp_path):
    centre = Centre(sqlite_store)
    people = [centre.agent(name, Role.SUPERVISOR) for name in ("Bia", "Caio")]
    talks = centre.conversations(6)
    said = _messages(talks, people)
    chatty = [one for m in said for one in (m, (m[0] + SECOND, m[1], a_bot()))]
    orders = {"in order": said, "late and chatty": Random(4).sample(chatty, len(chatty))}
    sqlite_store.close()  # so that the file is whole
    found = {}
    for name, messages in orders.items():
        shutil.copy(tmp_path / "central.db", tmp_path / f"{name}.db")
        store = open_store(f"sqlite:///{tmp_path}/{name}.db")
        _deliver(Centre(store), messages, talks, people[0])
        found[name] = _figures(opened(store, name), centre.ana)
        store.close()
    wanted, late = found.values()
    assert {key for key in wanted if late[key] != wanted[key]} == BY_BOTS


def _messages(talks, people):
    """What was written to and by customers: when, in which conversation, by whom."""
    random = Random(3)
    instants = (MONDAY_9H + HOUR + 11 * n * MINUTE for n in range(60))
    return [(at, random.choice(talks), random.choice((None, None, *people))) for at in instants]


def _deliver(centre, messages, talks, resolver):
    for at, talk, who in messages:
        centre.at = at - MINUTE
        if who:
            centre.run(actions.Reply("Oi"), talk, by=who)
        else:
            phone = 5511900000001 + talks.index(talk)
            centre.receive("E agora?", phone=phone)
    centre.at = MONDAY_9H + 5 * DAY
    centre.run(actions.Resolve(), *talks[:3], by=resolver)


def _figures(model, who):
    now = MONDAY_9H + 6 * DAY
    found = {}
    for metric in METRICS:
        asked = Question(metric, ALL)
        by = ["agent" if metric.credits else "instance"]
        parts = figures.parts(model, asked, by, who, now)
        found[metric.key] = [figures.figure(model, asked, who, now), parts]
    return found
