"""The live board: every figure is the count of its own list, for everybody who may see it."""

import shutil
import time
from dataclasses import replace

import pytest

from build import FIRST_PHONE, MONDAY_9H, Centre, Role
from console import actions, auth
from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, MINUTE
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.readmodel.watch import SlowQueryError
from console.screens import board
from console.screens.board import PROBLEM, Tone
from console.store.work import open_store
from readmodel import crowd

ADMIN = Acting(7, "Ana", Role.ADMIN)
OTHER_LEAD = Acting(7, "Ana", Role.TEAM_LEAD, frozenset({6}), frozenset({7, 8}))
NEW_LEAD = Acting(9, "Caio", Role.TEAM_LEAD)
BULK = {
    "admin": ADMIN,
    "supervisor": crowd.SUPERVISOR,
    "lead": crowd.LEAD,
    "other lead": OTHER_LEAD,
    "lead of nobody": NEW_LEAD,
}


@pytest.fixture(scope="module")
def crowded(sqlite_template, tmp_path_factory):
    """200 conversations drawn by chance, with their read model; nothing here changes them."""
    home = tmp_path_factory.mktemp("crowded")
    store = open_store(f"sqlite:///{shutil.copy(sqlite_template, home / 'central.db')}")
    crowd.fill(store)
    opened = ReadModel.open(store, home / "readmodel", Settings())
    yield lambda who: board.build(store, opened, who, crowd.NOW), opened
    opened.close()
    store.close()


def open_board(centre, model, who, at=None):
    model.sync()
    return board.build(centre.store, model, who, at or centre.at)


def line(shown, key, name):
    (group,) = [group for group in shown.groups if group.key == key]
    found = [one for one in group.lines if one.label.pt == name]
    return found[0] if found else None


def values(found):
    return [figure.value for figure in found.figures]


@pytest.mark.parametrize("who", BULK.values(), ids=BULK.keys())
def test_every_figure_is_the_count_of_its_own_list(crowded, who):
    build, model = crowded
    shown = build(who)
    assert len(shown.figures) >= len(shown.cards) + len(shown.bands)
    for figure in shown.figures:
        tree = expression.parse(figure.filter)
        if figure.is_wait:
            page = ask.page(model, tree, who, now=crowd.NOW, sort="waiting", limit=1).rows
            waits = [(crowd.NOW - row.waiting_since_at) // 1_000_000 for row in page]
            assert waits == ([] if figure.value is None else [figure.value])
        else:
            assert figure.value == ask.count(model, tree, who, crowd.NOW), figure


def test_parts_add_up_to_the_whole(crowded):
    build, _ = crowded
    shown = build(crowd.SUPERVISOR)
    waiting, _, _, _, pending = shown.cards
    assert shown.waiting_n == waiting.value > 0
    for group in shown.groups:
        assert sum(one.figures[0].value for one in group.lines) == pending.value
        assert sum(one.figures[1].value for one in group.lines) == waiting.value


def test_a_lead_sees_nothing_of_other_teams(crowded):
    build, _ = crowded
    everything, mine, nothing = build(crowd.SUPERVISOR), build(crowd.LEAD), build(NEW_LEAD)
    assert line(everything, "team", "Pós-venda") is not None
    assert line(mine, "team", "Pós-venda") is None
    assert 0 < mine.cards[-1].value < everything.cards[-1].value
    assert [card.value for card in nothing.cards] == [0, None, 0, 0, 0]
    assert [group.lines for group in nothing.groups] == [(), (), ()]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST])
def test_those_who_may_not_act_in_bulk_have_no_board(centre, model, role):
    with pytest.raises(RuleError) as refused:
        open_board(centre, model, centre.agent("Bia", role))
    assert refused.value.text == NOT_ALLOWED


def test_an_empty_queue_is_calm(centre, model):
    shown = open_board(centre, model, centre.ana)
    assert [(card.value, card.tone) for card in shown.cards[:2]] == [
        (0, Tone.CALM),
        (None, Tone.CALM),
    ]
    assert shown.waiting_n == 0


@pytest.mark.parametrize(
    ("waited", "tone"),
    [
        (15 * MINUTE, Tone.CALM),
        (15 * MINUTE + 1, Tone.WATCH),
        (4 * HOUR, Tone.WATCH),
        (4 * HOUR + 1, Tone.LATE),
        (-MINUTE, Tone.CALM),
    ],
)
def test_the_longest_wait_has_the_tone_of_its_band(centre, model, waited, tone):
    centre.receive()
    shown = open_board(centre, model, centre.ana, centre.at + waited)
    assert shown.cards[1].tone == tone
    (band,) = [band for band in shown.bands if band.value]
    assert band.tone == tone
    assert shown.cards[1].value == max(0, waited // 1_000_000)


def sign_in(centre, agent_id):
    auth.start_session(centre.store, Settings(), agent_id, centre.at)


def test_agents_who_are_online_stand_there_without_work(centre, model):
    sales = centre.team("Vendas")
    lead = centre.agent("Lia", Role.TEAM_LEAD, sales)
    busy, free, gone = (centre.agent(name, Role.AGENT, sales) for name in ("Bia", "Caio", "Davi"))
    elsewhere, analyst = centre.agent("Eva"), centre.agent("Dora", Role.ANALYST)
    talk = centre.receive()
    centre.run(actions.Assign(busy.agent_id), talk)
    centre.run(actions.AssignTeam(sales), talk)
    for one in (busy, free, elsewhere, analyst, centre.ana):
        sign_in(centre, one.agent_id)
    shown = open_board(centre, model, centre.ana)
    assert (values(line(shown, "agent", "Bia"))[:2], line(shown, "agent", "Bia").is_online) == (
        [1, 1],
        True,
    )
    assert values(line(shown, "agent", "Caio")) == [0, 0, None]
    assert line(shown, "agent", "Eva").is_online
    assert [line(shown, "agent", name) for name in ("Davi", "Dora", "Ana")] == [None, None, None]
    mine = open_board(centre, model, centre.today(lead.agent_id))
    assert [one.label.pt for one in mine.groups[0].lines] == ["Bia", "Caio"]
    later = open_board(centre, model, centre.ana, centre.at + HOUR)
    assert [one.label.pt for one in later.groups[0].lines] == ["Bia"]
    assert not line(later, "agent", "Bia").is_online
    assert gone


def test_nobody_and_no_team_have_lines_of_their_own(centre, model):
    centre.receive()
    shown = open_board(centre, model, centre.ana)
    nobody, no_team = line(shown, "agent", "Sem responsável"), line(shown, "team", "Sem equipe")
    assert nobody.is_nobody
    assert [figure.filter for figure in nobody.figures] == [
        "status:pending assignee:none",
        "status:pending assignee:none waiting",
        "status:pending assignee:none waiting",
    ]
    assert no_team.figures[0].filter == "status:pending team:none"


def test_a_name_that_a_filter_cannot_tell_has_figures_without_a_list(centre, model):
    """A team called "Ninguém" would be found by the word for no team."""
    team = centre.team("Ninguém")
    talk = centre.receive()
    centre.run(actions.AssignTeam(team), talk)
    shown = open_board(centre, model, centre.ana)
    found = line(shown, "team", "Ninguém")
    assert values(found)[:2] == [1, 1]
    assert {figure.filter for figure in found.figures} == {""}


def test_an_owner_without_a_known_name_waits_for_the_next_round(crowded, monkeypatch):
    build, model = crowded
    names = replace(model.directory, agents={8: model.directory.agents[8]})
    monkeypatch.setattr(model, "_serving", replace(model._serving, directory=names))
    lines = build(crowd.SUPERVISOR).groups[0].lines
    assert [one.label.pt for one in lines if not one.is_nobody] == ["Bia Ávila"]


def test_the_last_hour_stands_beside_the_weeks_that_are_known(sqlite_store, model):
    centre = Centre(sqlite_store, at=MONDAY_9H - 15 * DAY)
    centre.receive()
    for weeks in (2, 1, 0):
        centre.at = MONDAY_9H - weeks * 7 * DAY - 30 * MINUTE
        talks = [centre.receive("Oi", FIRST_PHONE + 10 * weeks + i + 1) for i in range(weeks + 1)]
        centre.run(actions.Resolve(), talks[0])
    arrived, resolved = open_board(centre, model, centre.ana, MONDAY_9H).hours
    assert (arrived.n, [one.n for one in arrived.before]) == (1, [2, 3, None, None])
    assert (resolved.n, [one.n for one in resolved.before]) == (1, [1, 1, None, None])
    assert (arrived.mean, resolved.mean) == (2.5, 1.0)


def test_a_new_centre_has_no_mean(centre, model):
    arrived, _ = open_board(centre, model, centre.ana).hours
    assert (arrived.n, arrived.mean) == (0, None)


def test_a_read_model_that_is_behind_says_how_far(centre, model):
    assert open_board(centre, model, centre.ana).stale_s is None
    model._synced_at = time.monotonic() - 95
    shown = board.build(centre.store, model, centre.ana, centre.at)
    assert shown.stale_s == 95


def test_a_count_that_takes_too_long_says_so(centre, model, monkeypatch):
    def slow(*_):
        raise SlowQueryError

    monkeypatch.setattr(ask, "board", slow)
    shown = open_board(centre, model, centre.ana)
    assert shown.problem == PROBLEM
    assert (shown.cards, shown.figures) == ((), [])
