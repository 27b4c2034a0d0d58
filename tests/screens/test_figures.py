"""Pages of figures: questions understood or refused, each asked once, and why a number is so."""

import re
from dataclasses import replace
from datetime import date, timedelta
from math import isnan

import pytest

from build import MONDAY_9H, Centre, Role
from console import actions
from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.ids import SECOND
from console.readmodel import hourly
from console.readmodel.metrics import METRICS, METRICS_BY_KEY, Form
from console.readmodel.period import local_of
from console.readmodel.watch import SlowQueryError
from console.screens import overview
from console.screens.figures import asked as asking
from console.screens.figures import cards, why
from console.screens.figures.wanted import Wanted
from console.store import people, thread
from console.ui.figures.cards import _spark

NOW = MONDAY_9H
ANALYST = Acting(1, "Dora", Role.ANALYST)
SUPERVISOR = Acting(1, "Carla", Role.SUPERVISOR)
TWO_MONTHS = Wanted(period="90d")


def lead_of(store):
    with store.read() as connection:
        found = next(a for a in people.agents(connection) if a.role is Role.TEAM_LEAD)
        return people.acting(connection, found.id)


def understood(model, who=SUPERVISOR, wanted=TWO_MONTHS):
    return asking.understand(model, who, wanted, NOW)


def test_those_who_see_figures(model):
    may = {role for role in Role if Acting(1, "A", role).may(Right.FIGURES)}
    assert may == {Role.ADMIN, Role.SUPERVISOR, Role.TEAM_LEAD, Role.ANALYST}
    with pytest.raises(RuleError) as refused:
        understood(model, Acting(1, "Bia", Role.AGENT))
    assert refused.value.text == NOT_ALLOWED


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        (Wanted(period="sempre"), "Este período não existe."),
        (Wanted(period="2026-11-07..2026-11-01"), "O primeiro dia vem depois"),
        (Wanted(period="1900-01-01..1900-01-02"), "O primeiro dia vem depois"),
        (Wanted(period="2026-02-30..2026-03-01"), "Este período não existe."),
        (Wanted(zone="../etc/passwd"), "Este fuso horário não existe."),
        (Wanted(clock="sun"), "Este relógio não existe."),
        (Wanted(credit="luck"), "Este crédito não existe."),
        (Wanted(compare="dream"), "Esta comparação não existe."),
        (Wanted(filter="lugar:aqui"), "Não há filtro “lugar”."),
        (Wanted(filter="atendente:ninguem-assim"), ""),
    ],
)
def test_what_an_address_says_wrongly_is_one_clear_sentence(traffic, wanted, begins):
    with pytest.raises(RuleError) as refused:
        understood(traffic[1], wanted=wanted)
    assert refused.value.text.pt.startswith(begins)


def test_the_days_are_those_of_the_zone_that_was_asked(traffic):
    yesterday = replace(TWO_MONTHS, period="yesterday", zone="Asia/Tokyo")
    asked = understood(traffic[1], wanted=yesterday)
    today = local_of(NOW, asked.period.zone).date()
    assert asked.period.days == (today - timedelta(days=1), today - timedelta(days=1))
    fixed = yesterday.with_days(*asked.period.days)
    assert understood(traffic[1], wanted=fixed).period == asked.period


def test_a_metric_without_the_choice_keeps_to_its_usual(traffic):
    asked = understood(traffic[1], wanted=replace(TWO_MONTHS, clock="business", credit="replier"))
    on = {key: asked.question(METRICS_BY_KEY[key]) for key in ("queue_time", "opened", "resolved")}
    assert [(q.clock, q.credit) for q in on.values()] == [
        ("business", ""),
        ("calendar", ""),
        ("calendar", "replier"),
    ]


def test_news_are_counted_at_once(centre, model):
    who = centre.ana
    opened = METRICS_BY_KEY["opened"]

    def count():
        model.sync()
        model.count()
        asked = asking.understand(model, who, Wanted(period="today"), centre.at + SECOND)
        return asked.figure(asked.question(opened)).n

    assert count() == 0
    centre.conversations(2)
    assert count() == 2
    mark = model.edition
    assert (count(), model.edition) == (2, mark)
    centre.receive("Oi", 5511977776666)
    assert (count(), model.edition != mark) == (3, True)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.key)
def test_the_pages_of_reasons_hold_every_row_of_the_figure(traffic, metric):
    store, model = traffic
    asked = understood(model)
    question = asked.question(metric)
    shown = why.build(store, asked, question, 1)
    lines = list(shown.lines)
    for page in range(2, min(shown.pages, 4) + 1):
        lines += why.build(store, asked, question, page).lines
    assert len(lines) == min(shown.total, 4 * why.PAGE)
    if metric.form in {Form.COUNT, Form.STATE}:
        assert shown.total == asked.figure(question).value
    assert all(line.start or line.end for line in lines)


def test_a_value_is_the_time_between_its_two_facts(traffic):
    store, model = traffic
    asked = understood(model)
    shown = why.build(store, asked, asked.question(METRICS_BY_KEY["reply_time"]), 1)
    assert shown.lines
    for line in shown.lines:
        assert line.value == (line.end.at - line.start.at) / SECOND
        assert line.start.what.endswith(" escreveu")
        assert line.end.what.endswith(" respondeu")
        assert line.link == f"/inbox?conversation={line.conversation_id}#message-{line.start.id}"
        assert line.start.words


def test_a_row_without_a_message_opens_at_the_first_one_after_its_fact(traffic):
    store, model = traffic
    asked = understood(model)
    shown = why.build(store, asked, asked.question(METRICS_BY_KEY["opened"]), 1)
    assert {line.start.is_message for line in shown.lines} == {False}
    for line in shown.lines:
        with store.read() as connection:
            of_talk = thread.messages(connection, line.conversation_id, limit=1_000)
        after = [message.id for message in of_talk if message.id >= line.start.id]
        assert line.message_id == min(after, default=None)
        assert line.link.endswith(f"#message-{min(after)}" if after else str(line.conversation_id))


def test_the_last_page_is_shown_for_one_too_far(traffic):
    store, model = traffic
    asked = understood(model)
    question = asked.question(METRICS_BY_KEY["opened"])
    assert why.build(store, asked, question, 9_999).page == asked_pages(store, asked, question)


def asked_pages(store, asked, question):
    return why.build(store, asked, question, 1).pages


def test_an_analyst_reads_pseudonyms_and_no_words(traffic):
    store, model = traffic
    asked, open_ = understood(model, ANALYST), understood(model)
    for key in ("reply_time", "opened", "resolved", "agent_activity"):
        question = asked.question(METRICS_BY_KEY[key])
        seen, all_ = (why.build(store, one, question, 1) for one in (asked, open_))
        assert [line.conversation_id for line in seen.lines] == [
            line.conversation_id for line in all_.lines
        ]
        names = {line.contact for line in all_.lines}
        told = [fact.what for line in seen.lines for fact in (line.start, line.end) if fact]
        assert not [text for text in told for name in names if name in text]
        assert all(re.fullmatch(r"Contato [0-9A-F]{6}", line.contact) for line in seen.lines)
        facts = [fact for line in seen.lines for fact in (line.start, line.end) if fact]
        assert {fact.words for fact in facts} <= {""}


def test_a_lead_counts_and_reads_own_teams_only(traffic):
    store, model = traffic
    lead = lead_of(store)
    mine, everything = understood(model, lead), understood(model)
    for key in ("opened", "reply_time", "backlog", "received"):
        question = mine.question(METRICS_BY_KEY[key])
        assert 0 < mine.total(question) < everything.total(question)
        parts = mine.parts(question, "team")
        assert {part.keys[0] for part in parts} <= lead.team_ids | {None}
        shown = why.build(store, mine, question, 1)
        assert {covered(store, lead, line.conversation_id) for line in shown.lines} == {True}


def covered(store, who, conversation_id):
    state = Centre(store).state(conversation_id)
    return who.scope.covers(state.assignee_id, state.team_id)


def test_a_card_is_its_figure_with_its_course(traffic):
    asked = understood(traffic[1])
    for card in cards.cards(asked, ["opened", "reopen_share_24h", "queue_time", "backlog"]):
        found = asked.figure(card.question)
        assert (card.figure.value, card.figure.n) == (found.value, found.n)
        assert len(card.course) == len(cards.begun(asked))
    alone = understood(traffic[1], wanted=replace(TWO_MONTHS, compare="none"))
    (card,) = cards.cards(alone, ["opened"])
    assert (card.before, card.change) == (None, None)


@pytest.mark.parametrize("wanted", [TWO_MONTHS, replace(TWO_MONTHS, filter="status:pending")])
def test_what_is_foreseen_is_what_each_card_asks(traffic, monkeypatch, wanted):
    model = traffic[1]
    keys = [key for _, group in overview.GROUPS for key in group]
    alone = list(cards.cards(understood(model, wanted=wanted), keys))
    model.memory.instant("forgotten", 0)
    asked = understood(model, wanted=wanted)
    cards.foresee(asked, overview.GROUPS)
    monkeypatch.setattr(hourly.tally, "hours", slow)  # nothing is read once more
    assert list(cards.cards(asked, keys)) == alone


def test_a_reading_that_takes_too_long_is_told_by_the_cards_alone(traffic, monkeypatch):
    asked = understood(traffic[1])
    monkeypatch.setattr(asking.Asked, "foresee_trends", slow)
    cards.foresee(asked, overview.GROUPS)
    assert list(cards.cards(asked, ["backlog"]))


def slow(*_):
    raise SlowQueryError


def test_a_small_course_has_no_half_bucket_and_keeps_its_gaps(traffic):
    asked = understood(traffic[1], wanted=Wanted(period="today"))
    begun = cards.begun(asked)
    over = [one for one in begun if one.to_at <= asked.at]
    assert len(over) < len(begun)
    for card in cards.cards(asked, ["opened", "resolved_contacts"]):
        assert card.small == card.course[: len(over)]
    (timed,) = cards.cards(asked, ["first_response"])
    assert timed.small == timed.course
    whole = understood(traffic[1], wanted=Wanted(period="last_month"))
    (card,) = cards.cards(whole, ["opened"])
    assert card.small == card.course


@pytest.mark.parametrize(
    ("small", "drawn"),
    [((), None), ((1.0,), None), ((None, 2.0), None), ((1.0, 2.0), [1.0, 2.0])],
)
def test_a_small_course_is_drawn_from_two_values_on(traffic, small, drawn):
    (card,) = cards.cards(understood(traffic[1]), ["opened"])
    assert _spark(replace(card, small=small)) == drawn


def test_a_gap_of_a_small_course_stays_a_gap(traffic):
    (card,) = cards.cards(understood(traffic[1]), ["opened"])
    first, gap, last = _spark(replace(card, small=(1.0, None, 2.0)))
    assert (first, isnan(gap), last) == (1.0, True, 2.0)


def test_a_mark_of_a_course_is_the_figure_of_its_bucket(traffic):
    asked = understood(traffic[1], wanted=Wanted(period="30d"))
    for key in ("resolved", "backlog", "queue_time"):
        (card,) = cards.cards(asked, [key])
        for bucket, value in zip(cards.begun(asked), card.course, strict=True):
            found = asked.figure(cards.within(asked, card.question, bucket.key))
            assert found.value == value, (key, bucket)


@pytest.mark.parametrize(
    ("key", "before", "now", "told"),
    [
        ("queue_time", 100.0, 150.0, (50.0, 0.5, "bad")),
        ("queue_time", 100.0, 100.0, (0.0, 0.0, "neutral")),
        ("resolved", 10.0, 5.0, (-5.0, -0.5, "bad")),
        ("resolved", 0.0, 5.0, (5.0, None, "good")),
        ("opened", 10.0, 5.0, (-5.0, -0.5, "neutral")),
    ],
)
def test_a_change_says_whether_it_is_good(key, before, now, told):
    found = cards.change(METRICS_BY_KEY[key], before, now)
    assert (found.absolute, found.relative, found.tone) == told


def test_what_is_better_or_worse_is_a_metric():
    assert (cards.BETTER | cards.WORSE) - METRICS_BY_KEY.keys() == frozenset()
    assert frozenset() == cards.BETTER & cards.WORSE


def test_every_metric_has_words_for_its_rows():
    assert {metric.fact for metric in METRICS} <= cards.ROWS.keys() & cards.ONE_ROW.keys()
    assert {metric.form for metric in METRICS} <= cards.UNITS.keys()


def test_a_conversation_that_left_the_scope_meanwhile_is_not_shown(centre, model):
    team = centre.team("Vendas")
    lead = centre.agent("Lia", Role.TEAM_LEAD, team)
    mine, other = centre.conversations(2)
    for one in (mine, other):
        centre.run(actions.AssignTeam(team), one)
    model.sync()
    model.count()
    asked = asking.understand(model, lead, Wanted(period="today"), centre.at + SECOND)
    question = asked.question(METRICS_BY_KEY["opened"])
    assert len(why.build(centre.store, asked, question, 1).lines) == 2
    centre.run(actions.AssignTeam(None), other)
    model.sync()
    shown = why.build(centre.store, asked, question, 1)
    assert [line.conversation_id for line in shown.lines] == [mine]


def test_a_day_of_ones_own_is_that_day(traffic):
    day = date(2026, 10, 30)
    asked = understood(traffic[1], wanted=Wanted().with_days(day, day))
    assert (asked.period.days, asked.by) == ((day, day), "hour")
