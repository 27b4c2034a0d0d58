"""The ledger as plain data: whose runs, in which words, and what a preview asks for."""

import pytest

from build import FIRST_PHONE, Role
from console import actions, bulk
from console.actions.base import CHANGED, NOT_ALLOWED
from console.actions.resolve import ALREADY_RESOLVED
from console.domain.bulk import RowResult, RunStatus
from console.domain.errors import RuleError
from console.domain.ids import new_id
from console.readmodel import expression
from console.screens import runs
from console.screens.runs import MACHINE, NO_TEAM, NOBODY, PAGE, ROWS, STATUS, UNDOING
from office import Office, new_key, system

DONE, REFUSED, WAITING = RowResult.DONE, RowResult.REFUSED, RowResult.WAITING


@pytest.fixture
def office(sqlite_store):
    return Office(sqlite_store)


@pytest.fixture
def plan(office, model):
    def planned(command, text="", by=None):
        tree, who = expression.parse(text), by or office.bia
        office.at += 60_000_000
        return bulk.plan(office.store, model, command, tree, who=who, at=office.at, key=new_key())

    return planned


def build(office, model, who=None, page=1):
    model.sync()
    return runs.build(office.store, model, who or office.ana, page)


def preview(office, model, run, who=None):
    model.sync()
    return runs.preview(office.store, model, who or office.bia, run.id, office.at)


def test_the_ledger_says_who_did_what_and_what_took_it_back(office, model):
    ids = office.conversations(2)
    resolved = office.bulk(actions.Resolve(), *ids)
    undo = office.undo(resolved.id, by=office.caio)
    own = office.bulk(actions.MarkRead(), *ids, by=system())
    found = build(office, model)
    assert [(x.run.id, x.title, x.author, x.undone_by and x.undone_by.id) for x in found.lines] == [
        (own.id, actions.MarkRead.title, MACHINE.pt, None),
        (undo.id, UNDOING, "Caio", None),
        (resolved.id, actions.Resolve.title, "Bia", undo.id),
    ]
    assert (found.total, found.page, found.pages) == (3, 1, 1)
    assert runs.line(office.store, model, office.ana, resolved.id).undone_by.id == undo.id


def test_the_ledger_has_pages_and_beyond_the_end_the_last(office, model):
    talk = office.receive()
    made = [office.plan(actions.Note(str(n)), talk, by=system()) for n in range(PAGE + 1)]
    first, last, beyond = (build(office, model, page=n) for n in (1, 2, 9))
    assert [line.run.id for line in (*first.lines, *last.lines)] == made[::-1]
    assert (first.pages, len(first.lines), beyond) == (2, PAGE, last)
    assert build(office, model, page=-1) == first


def test_a_team_lead_sees_the_own_runs_and_nothing_of_others(office, model):
    ids = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), *ids)
    theirs = office.start(office.plan(actions.Resolve(), *ids))
    mine = office.start(office.plan(actions.MarkRead(), *ids, by=office.lia), office.lia)
    model.sync()
    assert [x.run.id for x in build(office, model, office.lia).lines] == [mine]
    assert [x.run.id for x in runs.active(office.store, model, office.lia)] == [mine]
    assert [x.run.id for x in runs.active(office.store, model, office.ana)] == [theirs, mine]
    for who, run_id in ((office.lia, theirs), (office.lia, new_id()), (office.ana, new_id())):
        assert runs.line(office.store, model, who, run_id) is None
        assert runs.preview(office.store, model, who, run_id, office.at) is None


def test_active_are_those_that_go_on_are_held_or_wait_for_somebody(office, model):
    office.limits(0, 1)
    ids = office.conversations(2)
    going, held, over = (
        office.start(office.plan(actions.Note(t), ids[0]), typed_n=1) for t in "abc"
    )
    office.run(actions.PauseBulk(held))
    office.run(actions.CancelBulk(over))
    asked = office.start(office.plan(actions.Resolve(), *ids), typed_n=2)
    office.plan(actions.Resolve(), *ids, by=office.caio)
    model.sync()
    found = runs.active(office.store, model, office.ana)
    assert [(x.run.id, x.run.status) for x in found] == [
        (going, RunStatus.RUNNING),
        (held, RunStatus.PAUSED),
        (asked, RunStatus.ASKED),
    ]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST])
def test_who_may_not_act_in_bulk_has_no_ledger(office, model, role):
    who = office.agent("Davi", role)
    run = office.bulk(actions.Resolve(), office.receive())
    for asked in (
        lambda: build(office, model, who),
        lambda: runs.active(office.store, model, who),
        lambda: runs.line(office.store, model, who, run.id),
        lambda: preview(office, model, run, who),
    ):
        with pytest.raises(RuleError) as refused:
            asked()
        assert refused.value.text == NOT_ALLOWED


def test_a_preview_names_agents_teams_statuses_and_instances(office, model, plan):
    a, b, c = office.conversations(3)
    office.run(actions.Assign(office.caio.agent_id), a)
    office.run(actions.AssignTeam(office.team_id), a, b)
    office.run(actions.Resolve(), b)
    office.run(actions.SavePreferences(language="en"), by=office.bia)
    run = plan(actions.Resolve())
    found = preview(office, model, run, office.today(office.bia.agent_id))
    assert {group: dict(rows) for group, rows in found.groups.items()} == {
        "assignee": {NOBODY.en: 2, "Caio": 1},
        "team": {"Vendas": 2, NO_TEAM.en: 1},
        "status": {STATUS["pending"].en: 2, STATUS["resolved"].en: 1},
        "instance": {"Loja 1": 3},
    }
    assert found.skipped == (bulk.Skipped(ALREADY_RESOLVED, 1),)
    assert {row.id for row in found.sample} == {a, c}


def test_a_distribution_names_who_gets_how_many(office, model, plan):
    office.conversations(3)
    run = plan(actions.Distribute((office.bia.agent_id, office.caio.agent_id)))
    assert preview(office, model, run).groups["to"] == (("Bia", 2), ("Caio", 1))


def test_what_has_no_name_any_more_is_shown_as_it_is_kept(office, model):
    office.receive()
    rows, reasons = office.frozen(actions.Resolve(), [office.receive()], office.bia, {})
    counts = {"status": {"parked": 1}, "team": {"7": 1}, "assignee": {"8": 1}}
    wish = actions.PlanBulk(actions.Resolve(), "", rows, reasons, counts)
    run = office.found(office.run(wish, by=office.bia).done[0])
    assert preview(office, model, run).groups == {
        "status": (("parked", 1),),
        "team": (("7", 1),),
        "assignee": (("8", 1),),
    }


@pytest.mark.parametrize(
    ("limits", "typed_n", "second"),
    [
        ((3, None), None, False),
        ((2, None), 3, False),
        ((0, 3), 3, False),
        ((0, 2), 3, True),
        ((2, 2), 3, True),
    ],
)
def test_a_large_run_asks_for_its_number_and_a_larger_one_for_somebody(
    office, model, plan, limits, typed_n, second
):
    office.limits(*limits)
    office.run(actions.Resolve(), office.conversations(4)[0])  # only what waits is counted
    run = plan(actions.Resolve())
    found = preview(office, model, run)
    assert (found.typed_n, found.needs_second) == (typed_n, second)
    office.start(run.id, typed_n=typed_n)
    assert (office.found(run.id).status is RunStatus.ASKED) == second


def test_a_run_that_went_on_shows_no_sample_and_the_reasons_as_they_are_now(office, model, plan):
    office.conversations(2)
    run = plan(actions.Resolve())
    assert len(preview(office, model, run).sample) == 2
    office.receive("e então?", FIRST_PHONE)
    office.carry_on(office.start(run.id))
    found = preview(office, model, run)
    assert (found.sample, found.skipped) == ((), (bulk.Skipped(CHANGED, 1),))


def test_results_come_in_pages_by_result_with_the_conversations_as_they_are(office, model):
    ids = office.conversations(ROWS + 2)
    office.run(actions.Resolve(), *ids[:2])
    run = office.bulk(actions.Resolve(), *ids, limit=ROWS)
    model.sync()

    def ends(wanted=None, page=1, who=office.ana):
        return runs.ends(office.store, model, who, run, wanted, page, office.at)

    first, last, beyond = ends(), ends(page=2), ends(page=5)
    assert (first.total, first.pages, last.page, beyond) == (ROWS + 2, 2, 2, last)
    assert [r.conversation_id for r in (*first.results, *last.results)] == ids
    assert {row.status for row in first.rows.values()} == {"resolved"}
    assert {*first.rows, *last.rows} == {*ids}
    refused = ends(REFUSED)
    assert [(r.conversation_id, r.reason) for r in refused.results] == [
        (i, ALREADY_RESOLVED) for i in ids[:2]
    ]
    assert (refused.total, ends(DONE).total, ends(WAITING).total) == (2, ROWS, 0)
    assert (ends(WAITING).pages, ends(WAITING).page) == (1, 1)


def test_results_of_a_team_lead_are_those_still_in_sight(office, model):
    ours, left = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours, left)
    run = office.bulk(actions.Resolve(), ours, left, by=office.lia)
    office.run(actions.AssignTeam(None), left)
    model.sync()
    seen = runs.ends(office.store, model, office.lia, run, None, 1, office.at)
    assert ([r.conversation_id for r in seen.results], [*seen.rows], seen.total) == (
        [ours],
        [ours],
        1,
    )
