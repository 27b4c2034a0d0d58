"""Who resolved what: every cell, bar and place is the figure that it opens."""

from dataclasses import replace

import pytest

from build import MONDAY_9H, Acting, Role, a_bot
from console import actions
from console.domain.ids import SECOND
from console.readmodel.measure import DIMENSIONS_BY_KEY
from console.readmodel.metrics import METRICS_BY_KEY, Form
from console.readmodel.metrics.base import ASSIGNEE_THEN, LAST_REPLIER, MACHINES, RESOLVER
from console.screens import resolved
from console.screens.figures import asked as asking
from console.screens.figures import cards
from console.screens.figures.wanted import Wanted
from console.ui.figures.resolved import _place_said
from console.ui.figures.values import key_name

SUPERVISOR = Acting(1, "Carla", Role.SUPERVISOR)
RULES = [RESOLVER.key, ASSIGNEE_THEN.key, LAST_REPLIER.key]
by_whom = pytest.mark.parametrize("by", resolved.OF_WHOM)
by_rule = pytest.mark.parametrize("credit", RULES)


def understood(traffic, **wanted):
    period = wanted.pop("period", "90d")
    return asking.understand(traffic[1], SUPERVISOR, Wanted(period=period, **wanted), MONDAY_9H)


@by_whom
@by_rule
def test_a_cell_is_the_figure_that_it_opens(traffic, by, credit):
    asked = understood(traffic, credit=credit)
    lines = resolved.lines(asked, by)
    assert lines
    for line in (*lines[:2], lines[-1]):
        for question in resolved.questions(asked):
            shown = resolved.shown(line.figures.get(question.metric.key))
            found = resolved.shown(asked.figure(asked.part(question, by, line.key)))
            assert (shown or 0) == (found or 0), question.metric.key


@by_whom
def test_those_who_resolved_most_come_first_and_nobody_last(traffic, by):
    lines = resolved.lines(understood(traffic), by)
    counts = [line.figures["resolved"].n for line in lines if line.key is not None]
    assert counts == sorted(counts, reverse=True)
    assert None not in [line.key for line in lines[:-1]]


def test_the_totals_are_the_figures_of_everybody(traffic):
    asked = understood(traffic, period="30d")
    before = asked.period.as_far_before(asked.at)
    for question in resolved.questions(asked):
        card = resolved.total(asked, question)
        figure = asked.figure(question)
        is_duration = figure.form is Form.DURATION
        assert card.figure.value == (figure.median if is_duration else figure.value)
        earlier = asked.figure(replace(question, period=before))
        assert card.before.value == (earlier.median if is_duration else earlier.value)
    alone = replace(asked, is_compared=False)
    assert resolved.total(alone, resolved.questions(alone)[0]).before is None


@pytest.mark.parametrize("by", ["agent", "team", "instance"])
@pytest.mark.parametrize("period", ["30d", "90d"])
def test_the_stripes_of_a_bucket_come_to_all_of_it(traffic, by, period):
    asked = understood(traffic, period=period)
    stripes = resolved.stripes(asked, by)
    (whole,) = cards.cards(asked, ["resolved"])
    heights = [sum(values) for values in zip(*(one.values for one in stripes), strict=True)]
    assert heights == list(whole.course)
    assert len(stripes) <= resolved.MOST + 1


@by_whom
def test_a_stripe_in_a_bucket_is_the_figure_that_it_opens(traffic, by):
    asked = understood(traffic, period="30d")
    for stripe in resolved.stripes(asked, by):
        for n, bucket in list(enumerate(cards.begun(asked)))[::7]:
            found = asked.figure(cards.within(asked, stripe.question, bucket.key))
            assert found.n == stripe.values[n]


def test_the_others_are_one_stripe_without_those_named(traffic):
    asked = understood(traffic)
    stripes = resolved.stripes(asked, "agent")
    assert [one.is_others for one in stripes] == [False] * resolved.MOST + [True]
    named = sum(sum(one.values) for one in stripes[:-1])
    question = asked.question(METRICS_BY_KEY["resolved"])
    assert asked.figure(stripes[-1].question).n == asked.figure(question).n - named > 0


@pytest.fixture
def shop(centre, model):
    """Bia resolves three, of which Caio answered two and has one; a bot resolves a fourth."""
    bia, caio = centre.agent("Bia", Role.SUPERVISOR), centre.agent("Caio")
    one, two, three, four = centre.conversations(4)
    centre.run(actions.Reply("Oi"), one, by=caio)
    centre.run(actions.Reply("Oi"), two, by=caio)
    centre.run(actions.Assign(caio.agent_id), one)
    centre.run(actions.Assign(None), two, three)
    centre.run(actions.Resolve(), one, two, three, by=bia)
    centre.run(actions.Resolve(), four, by=a_bot())
    model.sync()
    model.count()
    return centre, model, bia.agent_id, caio.agent_id


def asked_of(shop, credit=""):
    centre, model, *_ = shop
    return asking.understand(
        model, SUPERVISOR, Wanted(period="today", credit=credit), centre.at + SECOND
    )


def test_the_places_by_each_rule(shop):
    *_, bia, caio = shop
    found = {one.key: one.places for one in resolved.standings(asked_of(shop))}
    told = {key: [(p.n, p.place, p.moved) for p in places] for key, places in found.items()}
    assert told == {
        bia: [(3, 1, 0), (0, None, None), (0, None, None)],
        caio: [(0, None, None), (1, 1, None), (2, 1, None)],
        None: [(1, None, None), (3, None, None), (2, None, None)],
    }
    for places in found.values():
        for place in places:
            assert asked_of(shop).figure(place.question).n == place.n


def test_the_chosen_rule_comes_first_and_orders_the_others(shop):
    *_, bia, caio = shop
    asked = asked_of(shop, "replier")
    assert [rule.key for rule in resolved.rules(asked)] == ["replier", "resolver", "assignee"]
    assert [one.key for one in resolved.standings(asked)] == [caio, bia, None]


def test_equal_numbers_share_a_place_and_moves_are_counted(traffic):
    standings = resolved.standings(understood(traffic))
    for n in range(len(RULES)):
        places = [one.places[n] for one in standings if one.places[n].place]
        for one in places:
            assert one.place == 1 + sum(other.n > one.n for other in places)
    for one in standings:
        first, *others = one.places
        for place in others:
            if first.place and place.place:
                assert place.moved == first.place - place.place


@pytest.mark.parametrize(
    ("place", "is_first", "told"),
    [
        (resolved.Place(None, 9, 2), True, "  2º"),
        (resolved.Place(None, 9, 2, 3), False, "  2º  ▲ 3"),
        (resolved.Place(None, 9, 12, -1), False, " 12º  ▼ 1"),
        (resolved.Place(None, 9, 2, 0), False, "  2º  ="),
        (resolved.Place(None, 9, 2), False, "  2º  novo"),
        (resolved.Place(None, 9), False, "–"),
    ],
)
def test_a_place_is_told_so_that_it_sorts(place, is_first, told):
    assert _place_said(place, "pt", is_first=is_first) == told


def test_nobody_has_a_name_by_each_rule(shop):
    told = {}
    for credit in RULES:
        asked = asked_of(shop, credit)
        question = asked.question(METRICS_BY_KEY["resolved"])
        told[credit] = key_name(asked, question, "agent", None)
    assert told == {
        "resolver": MACHINES.pt,
        "assignee": "Sem responsável",
        "replier": "Ninguém respondeu",
    }


def test_somebody_who_is_no_longer_registered_is_worded(shop):
    asked = asked_of(shop)
    question = asked.question(METRICS_BY_KEY["resolved"])
    assert key_name(asked, question, "agent", 987_654) == "sem cadastro (nº 987654)"


def test_those_without_access_are_known(shop):
    centre, *_, caio = shop
    assert resolved.away(centre.store) == frozenset()
    centre.run(
        actions.SaveAgent("caio@loja.example", "Caio", Role.AGENT, agent_id=caio, is_active=False)
    )
    assert resolved.away(centre.store) == {caio}


def told_by(part):
    """What a line of the terminal says, as the pages show it."""
    return part.get("median", part["value"])


@pytest.mark.parametrize("key", resolved.COLUMNS)
@pytest.mark.parametrize(("by", "credit"), [("agent", "replier"), ("team", ""), ("label", "")])
def test_the_terminal_tells_the_same_lines(traffic, terminal, key, by, credit):
    asked = understood(traffic, credit=credit)
    question = next(q for q in resolved.questions(asked) if q.metric.key == key)
    chosen = ["--credit", question.credit] if question.credit else []
    parts = terminal(asked, key, "--by", by, *chosen)["parts"]
    told = {part[f"{by}_id"]: told_by(part) for part in parts}
    lines = resolved.lines(asked, by)
    shown = {one.key: resolved.shown(one.figures[key]) for one in lines if key in one.figures}
    assert shown == told
    assert DIMENSIONS_BY_KEY[by]


def test_the_terminal_tells_the_same_totals(traffic, terminal):
    asked = understood(traffic)
    for question in resolved.questions(asked):
        told = told_by(terminal(asked, question.metric.key))
        assert resolved.total(asked, question).figure.value == told


@by_rule
def test_the_terminal_tells_the_same_standings(traffic, terminal, credit):
    asked = understood(traffic, credit=credit)
    parts = terminal(asked, "resolved", "--by", "agent", "--credit", credit)["parts"]
    found = {one.key: one.places[0].n for one in resolved.standings(asked) if one.places[0].n}
    assert found == {part["agent_id"]: part["n"] for part in parts}
