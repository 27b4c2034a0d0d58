"""Planning over the read model: what a filter matches, frozen, and what would become of it."""

import threading

import pytest

from build import FIRST_PHONE
from console import actions, bulk
from console.actions.assign import ALREADY_THERE, NO_SUCH_AGENT
from console.actions.base import CHANGED, EMPTY, NOT_ALLOWED
from console.actions.block import ALREADY_BLOCKED
from console.actions.label import ALREADY_SO
from console.actions.resolve import ALREADY_RESOLVED
from console.config import Settings
from console.domain.bulk import RowResult, RunStatus
from console.domain.errors import RuleError
from console.domain.text import clean
from console.readmodel import expression
from console.readmodel.model import ReadModel
from console.readmodel.tree import Everything
from office import Office, new_key, unsound

DONE, WAITING = RowResult.DONE, RowResult.WAITING


@pytest.fixture
def office(store):
    return Office(store)


@pytest.fixture
def model(office, tmp_path, model_folder):
    folder = model_folder(office.store, tmp_path / "readmodel")
    model = ReadModel.open(office.store, folder, Settings())
    yield model
    model.close()


@pytest.fixture
def plan(office, model):
    """Plans a command over a tree, by Bia unless somebody else is named."""

    def planned(command, tree=None, *, by=None, key=None):
        who = by or office.bia
        tree = tree or Everything()
        office.at += 60_000_000
        return bulk.plan(
            office.store, model, command, tree, who=who, at=office.at, key=key or new_key()
        )

    return planned


def test_a_plan_freezes_what_the_filter_matches_with_versions_and_reasons(office, plan):
    a, b, c, d = office.conversations(4)
    office.run(actions.Resolve(), b)
    office.receive("e então?", FIRST_PHONE + 2)
    run = plan(actions.Resolve(), bulk.chosen([a, b, c]))
    assert (run.status, run.total_n, run.waiting_n) == (RunStatus.PLANNED, 3, 2)
    assert office.results(run.id) == {c: WAITING, b: ALREADY_RESOLVED, a: WAITING}
    assert list(office.results(run.id)) == [c, b, a]  # newest activity first
    assert run.filter.startswith("id:")
    office.receive("mais uma coisa", FIRST_PHONE)
    office.carry_on(office.start(run.id))
    assert office.results(run.id) == {c: DONE, b: ALREADY_RESOLVED, a: CHANGED}
    assert office.state(d).status == "pending"
    assert unsound(office.store) == []


def test_a_plan_counts_by_agent_team_status_and_instance(office, plan):
    ids = office.conversations(3)
    elsewhere = office.receive(phone=FIRST_PHONE + 9, instance=office.instance("Loja 2"))
    office.run(actions.Assign(office.caio.agent_id), *ids[:2])
    office.run(actions.AssignTeam(office.team_id), ids[0])
    office.run(actions.Resolve(), ids[0])
    run = plan(actions.MarkRead())
    assert run.counts == {
        "assignee": {str(office.caio.agent_id): 2, "": 2},
        "team": {"": 3, str(office.team_id): 1},
        "status": {"pending": 3, "resolved": 1},
        "instance": {str(office.loja): 3, str(office.state(elsewhere).instance_id): 1},
    }


def test_reasons_are_told_with_their_number_the_most_frequent_first(office, plan):
    ids = office.conversations(5)
    office.run(actions.Resolve(), *ids[:3])
    run = plan(actions.Resolve())
    skipped = bulk.skipped(office.store, run, office.bia)
    assert skipped == [bulk.Skipped(ALREADY_RESOLVED, 3)]
    office.receive("oi?", FIRST_PHONE + 4)
    office.run(actions.Assign(None), ids[3])  # refused: changes nothing
    office.start(run.id)
    ended = office.carry_on(run.id)
    assert bulk.skipped(office.store, ended, office.bia) == [
        bulk.Skipped(ALREADY_RESOLVED, 3),
        bulk.Skipped(CHANGED, 1),
    ]


def test_reasons_are_told_also_to_who_holds_the_plan_of_a_run_that_went_on(office, plan):
    office.conversations(2)
    run = plan(actions.Resolve())
    office.receive("oi?", FIRST_PHONE)
    office.carry_on(office.start(run.id))
    assert bulk.skipped(office.store, run, office.bia) == [bulk.Skipped(CHANGED, 1)]


def test_a_plan_that_was_replaced_skips_nothing(office, plan):
    office.run(actions.Resolve(), office.receive())
    run = plan(actions.Resolve())
    plan(actions.Resolve())
    assert bulk.skipped(office.store, run, office.bia) == []


def test_the_rules_see_what_they_see_in_the_store(office, plan):
    """Each wish once, over rows of which one is as wished already."""
    a, b = office.conversations(2)
    office.run(actions.Label(office.label_id), a)
    office.run(actions.Assign(office.bia.agent_id), a)
    office.one_by_one(actions.Block(), [a])
    wishes = {
        "label_on": {a: ALREADY_SO, b: WAITING},
        "label_off": {a: WAITING, b: ALREADY_SO},
        "assign": {a: ALREADY_THERE, b: WAITING},
        "unassign": {a: WAITING, b: ALREADY_THERE},
        "block": {a: ALREADY_BLOCKED, b: WAITING},
        "reply": {a: WAITING, b: WAITING},
    }
    planned = {name: office.results(plan(office.wish(name)).id) for name in wishes}
    assert planned == wishes


def test_words_that_cannot_be_sent_are_refused_for_every_row(office, plan):
    ids = office.conversations(2)
    assert office.results(plan(actions.Reply(" ")).id) == dict.fromkeys(ids, EMPTY)


def test_an_empty_choice_is_planned_as_nothing(office, plan):
    run = plan(actions.Resolve())
    assert (run.total_n, run.counts["status"]) == (0, {})
    run = plan(actions.Reply("Oi"))
    assert run.total_n == 0


def test_a_team_lead_plans_only_over_what_they_may_see(office, plan):
    ours, foreign = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours)
    assert office.results(plan(actions.Resolve()).id) == {ours: WAITING, foreign: WAITING}
    run = plan(actions.Resolve(), by=office.lia)
    assert office.results(run.id) == {ours: WAITING}
    run = plan(actions.Resolve(), bulk.chosen([ours, foreign]), by=office.lia)
    assert office.results(run.id) == {ours: WAITING}


def test_a_sample_shows_the_first_rows_that_would_change(office, plan, model):
    ids = office.conversations(8)
    office.run(actions.Resolve(), ids[7])
    run = plan(actions.Resolve())
    rows = bulk.sample(office.store, model, run, office.bia, office.at)
    assert [row.id for row in rows] == ids[2:7]
    assert bulk.sample(office.store, model, run, office.lia, office.at) == []


def test_a_wish_that_cannot_be_is_refused_before_anything_is_read(office, plan):
    talk = office.receive()
    with pytest.raises(RuleError) as refused:
        plan(actions.Assign(talk))
    assert refused.value.text == NO_SUCH_AGENT
    with pytest.raises(RuleError) as refused:
        plan(actions.Resolve(), by=office.agent("Davi"))
    assert refused.value.text == NOT_ALLOWED


def test_the_same_key_plans_once_and_a_replaced_plan_is_gone(office, plan):
    office.conversations(2)
    first = plan(actions.Resolve(), key="once")
    assert plan(actions.Resolve(), key="once") == first
    plan(actions.Resolve())
    with pytest.raises(RuleError, match="replaced"):
        plan(actions.Resolve(), key="once")


def test_a_plan_that_is_being_started_is_not_dropped_by_the_next_one(office):
    """The next plan of the same author waits for the start, and then leaves it alone."""
    ids = office.conversations(2)
    run_id = office.plan(actions.Resolve(), *ids)
    rival = threading.Thread(target=office.plan, args=(actions.Resolve(), ids[0]))
    with office.store.engine.begin() as connection:
        actions.StartBulk(run_id).record(connection, office.bia, office.at)
        rival.start()
        rival.join(0.5)
    rival.join()
    assert office.carry_on(run_id).done_n == 2


def test_whatever_a_person_searched_for_can_be_planned(office, plan):
    for text in ("a\x00b", r"a\"b", r"a\\b", "😀 ação", "%_'"):
        tree = expression.parse(f'oi "x{text}"')
        kept = plan(actions.Resolve(), tree).filter
        assert kept == clean(expression.to_text(tree)).text
