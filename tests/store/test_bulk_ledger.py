"""The ledger of bulk runs: who sees which run, and which of its rows."""

import pytest

from build import Role
from console import actions
from console.actions import base
from console.actions.resolve import ALREADY_RESOLVED
from console.domain.bulk import RowResult, RunStatus
from console.store import bulk
from office import Office

DONE, REFUSED, WAITING = RowResult.DONE, RowResult.REFUSED, RowResult.WAITING


@pytest.fixture
def office(store):
    return Office(store)


@pytest.fixture
def ours(office):
    """Four conversations of Lia's team."""
    ids = office.conversations(4)
    office.run(actions.AssignTeam(office.team_id), *ids)
    return ids


def seen(office, who, *run_ids):
    """Which of these runs a person sees, asked in each way there is."""
    with office.store.read() as connection:
        listed = [run.id for run in bulk.runs(connection, who)]
        assert bulk.run_n(connection, who) == len(listed)
        found = [bulk.visible_run(connection, i, who) for i in run_ids]
    assert [run.id for run in found if run] == [i for i in run_ids if i in listed]
    return listed


def test_a_team_lead_sees_own_runs_only_and_a_supervisor_all(office, ours):
    of_bia = office.bulk(actions.MarkRead(), *ours)
    of_lia = office.bulk(actions.Resolve(), *ours, by=office.lia)
    of_central = office.bulk(actions.Reopen(), *ours, by=base.Acting(0, "", Role.ADMIN, kind="bot"))
    undo = office.undo(of_bia.id)
    everything = [undo.id, of_central.id, of_lia.id, of_bia.id]
    assert seen(office, office.lia, *everything) == [of_lia.id]
    assert seen(office, office.caio, *everything) == everything


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AGENT])
def test_who_may_not_act_in_bulk_sees_no_run_not_even_an_own_one(office, ours, role):
    run = office.bulk(actions.Reply("Segredo"), *ours)
    mail = "bia@loja.example"
    office.run(actions.SaveAgent(mail, "Bia", role, (), True, office.bia.agent_id))
    for who in (office.today(office.bia.agent_id), office.agent("Davi", role)):
        assert seen(office, who, run.id) == []


def test_the_ledger_is_read_page_by_page_latest_first(office, ours):
    runs = [office.bulk(office.wish(name), *ours).id for name in ("resolve", "reopen", "mark_read")]
    with office.store.read() as connection:
        pages = [bulk.runs(connection, office.bia, limit=2, offset=n) for n in (0, 2)]
    assert [[run.id for run in page] for page in pages] == [runs[:0:-1], runs[:1]]
    assert [run.kind for run in pages[0]] == ["mark_read", "reopen"]


def test_results_show_a_team_lead_no_row_that_left_the_scope(office, ours):
    office.run(actions.Resolve(), ours[1])
    run = office.bulk(actions.Resolve(), *ours, by=office.lia)
    office.run(actions.AssignTeam(None), ours[0], ours[1])
    everything = {ours[0]: DONE, ours[1]: ALREADY_RESOLVED, ours[2]: DONE, ours[3]: DONE}
    assert office.results(run.id) == everything
    assert office.results(run.id, by=office.lia) == {ours[2]: DONE, ours[3]: DONE}
    with office.store.read() as connection:
        counts = [bulk.result_counts(connection, run, who) for who in (office.ana, office.lia)]
    assert counts == [{(DONE, None): 3, (REFUSED, 0): 1}, {(DONE, None): 2}]


def test_results_are_listed_by_result_and_page_by_page(office, ours):
    office.run(actions.Resolve(), ours[1], ours[2])
    run_id = office.start(office.plan(actions.Resolve(), *ours))
    office.advance(run_id, 1)
    assert office.results(run_id, result=DONE) == {ours[0]: DONE}
    assert office.results(run_id, result=WAITING) == {ours[3]: WAITING}
    assert list(office.results(run_id, result=REFUSED)) == ours[1:3]
    assert list(office.results(run_id, limit=2, offset=1)) == ours[1:3]


def test_the_undo_of_a_run_is_found_by_it(office, ours):
    run = office.bulk(actions.Resolve(), *ours)
    with office.store.read() as connection:
        assert bulk.undo_of(connection, run.id) is None
    undo = office.undo(run.id)
    with office.store.read() as connection:
        assert bulk.undo_of(connection, run.id) == undo


def test_a_run_is_kept_as_it_was_written(office, ours):
    run = office.bulk(actions.Label(office.label_id), *ours, limit=9)
    assert run.arguments == f'{{"label_id": {office.label_id}, "on": true}}'
    assert office.found(run.id) == run
    assert (run.status, run.counts, run.reasons) == (RunStatus.DONE, {}, ())
