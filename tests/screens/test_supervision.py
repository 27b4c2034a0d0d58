"""Supervision as plain data: numbered pages of a filter, and what rows may be given to."""

import secrets
import shutil

import pytest

from build import FIRST_PHONE, Role
from console import actions, auth
from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain.errors import RuleError
from console.domain.ids import MINUTE
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.readmodel.rows import SORTS, Load
from console.screens import supervision
from console.screens.supervision import PAGE, Supervision, Wanted
from console.store.work import open_store
from office import Office
from readmodel import crowd


@pytest.fixture(scope="module")
def crowded(sqlite_template, tmp_path_factory):
    """200 conversations drawn by chance, with their read model; nothing here changes them."""
    home = tmp_path_factory.mktemp("crowded")
    store = open_store(f"sqlite:///{shutil.copy(sqlite_template, home / 'central.db')}")
    crowd.fill(store)
    opened = ReadModel.open(store, home / "readmodel", Settings())
    yield opened
    opened.close()
    store.close()


@pytest.fixture
def office(sqlite_store):
    return Office(sqlite_store)


def build(model, who, **wanted):
    return supervision.build(model, who, Wanted(**{"filter": "", **wanted}), crowd.NOW)


@pytest.mark.parametrize("sort", SORTS)
def test_the_pages_together_are_the_whole_list_in_its_order(crowded, sort):
    who = crowd.SUPERVISOR
    first = build(crowded, who, sort=sort)
    assert (first.total, first.pages, first.page) == (200, 4, 1)
    shown = [row.id for n in range(1, 5) for row in build(crowded, who, sort=sort, page=n).rows]
    whole = ask.page(crowded, expression.parse(""), who, now=crowd.NOW, sort=sort, limit=200).rows
    assert shown == [row.id for row in whole]
    assert len(set(shown)) == 200


@pytest.mark.parametrize(("asked", "shown"), [(5, 4), (10**9, 4), (0, 1), (-3, 1), (2, 2)])
def test_a_page_beyond_the_end_is_the_last_and_one_before_the_first_the_first(
    crowded, asked, shown
):
    found = build(crowded, crowd.SUPERVISOR, page=asked)
    assert (found.page, len(found.rows)) == (shown, PAGE)
    assert found.rows == build(crowded, crowd.SUPERVISOR, page=shown).rows


def test_a_filter_without_conversations_has_one_empty_page(crowded):
    found = build(crowded, crowd.SUPERVISOR, filter="messages>1000", page=3)
    assert (found.rows, found.total, found.page, found.pages) == ((), 0, 1, 1)
    assert found.problem is None


@pytest.mark.parametrize("text", ["statu:pending", "team:nowhere", "(unread", "waiting>x"])
def test_a_filter_that_cannot_be_read_is_a_problem_and_shows_nothing(crowded, text):
    found = build(crowded, crowd.SUPERVISOR, filter=text)
    assert found == Supervision(problem=found.problem)
    with pytest.raises(RuleError) as refused:
        ask.count(crowded, expression.parse(text), crowd.SUPERVISOR, crowd.NOW)
    assert found.problem.text == refused.value.text


def test_an_order_that_does_not_exist_is_the_usual_one(crowded):
    odd, usual = (build(crowded, crowd.SUPERVISOR, sort=s) for s in ("sideways", "waiting"))
    assert odd == usual


def test_a_team_lead_sees_the_part_of_the_own_team(crowded):
    everything, part = (build(crowded, who) for who in (crowd.SUPERVISOR, crowd.LEAD))
    assert 0 < part.total < everything.total
    assert {row.team_id for row in everything.rows} > {5}
    shown = [
        row for n in range(1, part.pages + 1) for row in build(crowded, crowd.LEAD, page=n).rows
    ]
    assert len(shown) == part.total
    assert {row.id for row in shown if row.team_id != 5 and row.assignee_id not in (7, 8)} == set()


def test_names_of_teams_and_labels_come_with_the_page(crowded):
    found = build(crowded, crowd.SUPERVISOR)
    assert found.team_names == {5: "Vendas", 6: "Pós-venda"}
    assert found.label_names == {"vip": "VIP", "troca": "Troca"}


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST])
def test_who_may_not_act_in_bulk_sees_neither_list_nor_choices(office, model, role):
    who = office.agent("Davi", role)
    office.receive()
    for asked in (
        lambda: build(model, who),
        lambda: supervision.choices(office.store, model, who, office.at),
    ):
        with pytest.raises(RuleError) as refused:
            asked()
        assert refused.value.text == NOT_ALLOWED


def test_rows_may_be_given_to_whoever_answers_with_what_each_has_to_do(office, model):
    dora, gone = office.agent("Dora", Role.ANALYST), office.agent("Ivo", Role.AGENT, office.team_id)
    office.deactivate(gone, "Ivo")
    a, b, c = (office.receive(phone=FIRST_PHONE + n) for n in range(3))
    office.run(actions.Assign(office.bia.agent_id), a, b, c)
    office.run(actions.Reply("Já vejo"), b)
    office.run(actions.Resolve(), c)
    model.sync()
    found = supervision.choices(office.store, model, office.ana, office.at)
    assert [agent.name for agent in found.agents] == ["Ana", "Bia", "Caio", "Lia"]
    assert dora.agent_id not in [agent.id for agent in found.agents]
    assert [team.name for team in found.teams] == ["Vendas"]
    assert [label.name for label in found.labels] == ["VIP"]
    assert found.loads == {office.bia.agent_id: Load(2, 1, office.state(a).waiting_since_at)}
    assert found.members(office.team_id) == (office.lia.agent_id,)
    assert found.members(7) == ()
    assert found.online == frozenset()


def test_who_clicked_within_five_minutes_is_there(office, model):
    settings = Settings(store=secrets.token_hex(4))
    auth.start_session(office.store, settings, office.bia.agent_id, office.at)

    def online(passed):
        return supervision.choices(office.store, model, office.ana, office.at + passed).online

    assert online(5 * MINUTE) == {office.bia.agent_id}
    assert online(5 * MINUTE + 1) == frozenset()
