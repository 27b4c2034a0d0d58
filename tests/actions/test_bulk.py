"""Bulk runs from the plan to the end: who may start one, and what becomes of each row."""

import pytest

from console import actions
from console.actions import base, bulk
from console.actions.advance import author, paused
from console.actions.resolve import ALREADY_RESOLVED
from console.domain.bulk import STATUS_NAMES, BulkRun, RowResult, RunStatus
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import DAY, new_id
from console.i18n import Text
from console.store import bulk as stored
from office import Office, facts, new_key, system, unsound

DONE, WAITING = RowResult.DONE, RowResult.WAITING


@pytest.fixture
def office(store):
    return Office(store)


def refusal(office, wish, by):
    """What a person is told who is refused."""
    with pytest.raises(RuleError) as refused:
        office.run(wish, by=by)
    return refused.value.text


def wrong_status(status):
    return bulk.WRONG_STATUS.with_(status=STATUS_NAMES[status])


def statuses(office, ids):
    return [office.state(i).status for i in ids]


def test_a_plan_changes_no_conversation_and_keeps_ids_versions_and_reasons(office):
    a, b, c = ids = office.conversations(3)
    office.run(actions.Resolve(), b)
    before = office.everything(ids)
    run_id = office.plan(actions.Resolve(), *ids)
    run = office.found(run_id)
    assert office.everything(ids) == before
    assert (run.status, run.total_n, run.refused_n, run.waiting_n) == (RunStatus.PLANNED, 3, 1, 2)
    assert (run.kind, run.arguments, run.author_id) == ("resolve", "{}", office.bia.agent_id)
    assert run.filter == "status:pending"
    assert office.results(run_id) == {a: WAITING, b: ALREADY_RESOLVED, c: WAITING}
    with office.store.read() as connection:
        rows = stored.waiting_rows(connection, run, 9)
    assert [(r.position, r.conversation_id, r.version) for r in rows] == [(0, a, 1), (2, c, 1)]


def test_a_run_does_its_rows_chunk_by_chunk_and_says_so(office):
    ids = office.conversations(5)
    run_id = office.start(office.plan(actions.Resolve(), *ids))
    first = office.advance(run_id, 2)
    assert (first.status, first.done_n, first.next_position) == (RunStatus.RUNNING, 2, 2)
    assert statuses(office, ids) == ["resolved"] * 2 + ["pending"] * 3
    last = office.carry_on(run_id, 3)
    assert (last.status, last.done_n, last.waiting_n) == (RunStatus.DONE, 5, 0)
    assert last.ended_at == office.at
    assert office.results(run_id) == dict.fromkeys(ids, DONE)
    assert {e.actor_id for e in facts(office.store, bulk_id=run_id)} == {office.bia.agent_id}
    assert unsound(office.store) == []


def test_the_ledger_s_own_facts_name_the_run(office):
    run_id = office.plan(actions.Resolve(), *office.conversations(3))
    office.start(run_id)
    office.run(actions.PauseBulk(run_id), by=office.bia)
    office.run(actions.ResumeBulk(run_id), by=office.caio)
    office.run(actions.CancelBulk(run_id), by=office.ana)
    told = [(e.kind, e.actor_id) for e in facts(office.store, to_id=run_id)]
    assert told == [
        (EventKind.BULK_PLANNED, office.bia.agent_id),
        (EventKind.BULK_STARTED, office.bia.agent_id),
        (EventKind.BULK_PAUSED, office.bia.agent_id),
        (EventKind.BULK_STARTED, office.caio.agent_id),
        (EventKind.BULK_CANCELLED, office.ana.agent_id),
    ]


def test_a_large_run_asks_for_its_number(office):
    office.limits(2, None)
    ids = office.conversations(4)
    office.run(actions.Resolve(), ids[0])
    run_id = office.plan(actions.Resolve(), *ids)  # three are left to do
    for typed_n in (None, 2, 4):
        told = refusal(office, actions.StartBulk(run_id, typed_n), office.bia)
        assert told == bulk.TYPE_THE_NUMBER.with_(n=3)
    assert office.found(run_id).status is RunStatus.PLANNED
    office.start(run_id, typed_n=3)
    assert office.carry_on(run_id).done_n == 3


def test_a_run_at_the_limit_asks_for_nothing(office):
    office.limits(3, 3)
    run_id = office.plan(actions.Resolve(), *office.conversations(3))
    assert office.carry_on(office.start(run_id)).done_n == 3


def test_a_very_large_run_waits_for_another_supervisor(office):
    office.limits(1, 2)
    run_id = office.plan(actions.Resolve(), *office.conversations(3))
    office.start(run_id, typed_n=3)
    assert office.advance(run_id, 9).status is RunStatus.ASKED
    assert refusal(office, actions.StartBulk(run_id, 3), office.bia) == bulk.NOT_YOURSELF
    assert refusal(office, actions.StartBulk(run_id, 3), office.lia) == bulk.NO_SUCH_RUN
    office.start(run_id, by=office.caio)
    done = office.carry_on(run_id)
    assert (done.approved_by_id, done.author_id) == (office.caio.agent_id, office.bia.agent_id)
    assert {e.actor_id for e in facts(office.store, bulk_id=run_id)} == {office.bia.agent_id}


def test_a_team_lead_does_not_approve_even_the_own_run(office):
    office.limits(1, 1)
    ids = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), *ids)
    run_id = office.start(office.plan(actions.Resolve(), *ids, by=office.lia), office.lia, 2)
    assert refusal(office, actions.StartBulk(run_id, 2), office.lia) == bulk.NOT_YOURSELF
    assert office.carry_on(office.start(run_id)).done_n == 2


def test_only_the_author_starts_a_plan(office):
    run_id = office.plan(actions.Resolve(), *office.conversations(1))
    assert refusal(office, actions.StartBulk(run_id), office.caio) == bulk.NOT_THE_AUTHOR
    assert refusal(office, actions.StartBulk(run_id), office.lia) == bulk.NO_SUCH_RUN
    assert refusal(office, actions.StartBulk(new_id()), office.bia) == bulk.NO_SUCH_RUN


def test_a_plan_that_would_change_nothing_is_not_started(office):
    talk = office.receive()
    office.run(actions.Resolve(), talk)
    run_id = office.plan(actions.Resolve(), talk)
    assert refusal(office, actions.StartBulk(run_id), office.bia) == bulk.NOTHING_TO_DO


def test_rows_that_moved_on_are_refused_with_the_truth(office):
    a, b, c, d = ids = office.conversations(4)
    office.run(actions.Resolve(), d)
    run_id = office.start(office.plan(actions.Resolve(), *ids))
    office.receive("mais uma coisa", name="Cliente 0")
    office.run(actions.Resolve(), b)
    run = office.carry_on(run_id)
    told = {a: base.CHANGED, b: base.CHANGED, c: DONE, d: ALREADY_RESOLVED}
    assert office.results(run_id) == told
    assert (run.done_n, run.refused_n, run.status) == (1, 3, RunStatus.DONE)
    assert run.reasons == (ALREADY_RESOLVED, base.CHANGED)
    assert unsound(office.store) == []


def test_a_paused_run_stands_still_until_it_is_resumed(office):
    ids = office.conversations(4)
    run_id = office.start(office.plan(actions.Resolve(), *ids))
    started_at = office.found(run_id).started_at
    office.advance(run_id, 1)
    office.run(actions.PauseBulk(run_id), by=office.caio)
    assert office.advance(run_id, 9).status is RunStatus.PAUSED
    assert statuses(office, ids) == ["resolved"] + ["pending"] * 3
    office.run(actions.ResumeBulk(run_id), by=office.bia)
    run = office.carry_on(run_id)
    assert (run.done_n, run.started_at) == (4, started_at)


def test_a_cancelled_run_leaves_the_rest_untouched(office):
    ids = office.conversations(4)
    run_id = office.start(office.plan(actions.Resolve(), *ids))
    office.advance(run_id, 1)
    before = office.everything(ids)
    office.run(actions.CancelBulk(run_id), by=office.bia)
    run = office.advance(run_id, 9)
    assert (run.status, run.done_n, run.waiting_n) == (RunStatus.CANCELLED, 1, 3)
    assert run.ended_at == office.at - 60_000_000
    assert office.everything(ids) == before
    assert office.results(run_id) == {ids[0]: DONE} | dict.fromkeys(ids[1:], WAITING)


def test_a_run_moves_only_to_where_its_status_leads(office):
    run_id = office.plan(actions.Resolve(), *office.conversations(1))
    planned = wrong_status(RunStatus.PLANNED)
    assert refusal(office, actions.PauseBulk(run_id), office.bia) == planned
    assert refusal(office, actions.ResumeBulk(run_id), office.bia) == planned
    assert refusal(office, actions.UndoBulk(run_id), office.bia) == planned
    office.start(run_id)
    running = wrong_status(RunStatus.RUNNING)
    assert refusal(office, actions.StartBulk(run_id), office.bia) == running
    assert refusal(office, actions.UndoBulk(run_id), office.bia) == running
    office.carry_on(run_id)
    assert refusal(office, actions.CancelBulk(run_id), office.bia) == wrong_status(RunStatus.DONE)


def test_an_own_plan_replaces_the_one_before_and_old_ones_of_others_go(office):
    first, second = office.conversations(2)
    kept = office.start(office.plan(actions.Resolve(), first, by=office.caio), office.caio)
    replaced = office.plan(actions.Resolve(), second)
    of_caio = office.plan(actions.Resolve(), second, by=office.caio)
    own = office.plan(actions.Resolve(), second)
    assert [office.found(i) is None for i in (kept, replaced, of_caio, own)] == [0, 1, 0, 0]
    assert office.advance(replaced, 9) is None
    office.at += DAY
    fresh = office.plan(actions.MarkRead(), first, by=office.ana)
    assert [office.found(i) is None for i in (kept, of_caio, own, fresh)] == [0, 1, 1, 0]
    assert office.results(fresh) == {first: WAITING}
    assert unsound(office.store) == []


def test_central_itself_runs_in_bulk_too(office):
    ids = office.conversations(3)
    office.plan(actions.Resolve(), *ids)
    run = office.bulk(actions.Resolve(), *ids, by=system())
    assert (run.author_id, run.done_n) == (None, 3)
    assert {e.actor_kind for e in facts(office.store, bulk_id=run.id)} == {"system"}
    with office.store.read() as connection:
        assert author(connection, run) == system()


def test_a_start_that_arrives_twice_starts_once(office):
    run_id = office.plan(actions.Resolve(), *office.conversations(2))
    key = new_key()
    answers = [office.run(actions.StartBulk(run_id), by=office.bia, key=key) for _ in range(2)]
    assert answers[0] == answers[1]
    assert [e.kind for e in facts(office.store, to_id=run_id)][1:] == [EventKind.BULK_STARTED]


def test_a_run_without_rows_is_over_at_once(office):
    run = BulkRun(new_id(), "resolve", status=RunStatus.RUNNING)
    office.store.write(lambda connection: stored.add_run(connection, run, []))
    assert office.advance(run.id, 9).status is RunStatus.DONE


def test_what_is_held_for_a_fault_says_why(office):
    run_id = office.start(office.plan(actions.Resolve(), office.receive()))
    why = Text("Defeito", "Broken", "Roto")
    office.store.write(lambda connection: paused(connection, run_id, why))
    held = office.found(run_id)
    assert (held.status, held.problem) == (RunStatus.PAUSED, why)


@pytest.mark.parametrize("end", ["cancelled", "done"])
def test_a_run_that_is_over_is_not_held_any_more(office, end):
    run_id = office.start(office.plan(actions.Resolve(), office.receive()))
    if end == "done":
        office.carry_on(run_id)
    else:
        office.run(actions.CancelBulk(run_id), by=office.bia)
    before = office.found(run_id)
    broken = Text("Defeito", "Broken", "Roto")
    office.store.write(lambda connection: paused(connection, run_id, broken))
    assert office.found(run_id) == before


def test_the_oldest_running_run_comes_first_and_the_others_in_turn(office):
    with office.store.read() as connection:
        assert stored.next_running(connection) is None
    runs = [office.start(office.plan(actions.Resolve(), i)) for i in office.conversations(2)]
    with office.store.read() as connection:
        turns = [stored.next_running(connection, after) for after in (0, *runs)]
    assert turns == [runs[0], runs[1], runs[0]]
