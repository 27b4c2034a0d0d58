"""Taking a run back: exactly what was before, and nothing of what others did since."""

import threading

import pytest

from console import actions
from console.actions import base, bulk, take_back
from console.domain.bulk import RowResult, RunStatus
from console.domain.conversation import changed
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.store import withdraw
from office import OF_CONVERSATIONS, WISHES, Office, facts, unsound

DONE = RowResult.DONE
WRITING = ("reply", "note")
# Words stay in the thread, withdrawn or not, and so does what counts and shows them.
OF_THE_THREAD = {
    "message_n": 0,
    "outbound_n": 0,
    "note_n": 0,
    "last_activity_at": 0,
    "last_message_id": None,
    "last_preview": "",
    "last_direction": None,
    "last_kind": None,
    "last_delivery": None,
}


@pytest.fixture
def office(store):
    return Office(store)


def refusal(office, wish, by=None):
    with pytest.raises(RuleError) as refused:
        office.run(wish, by=by or office.bia)
    return refused.value.text


def seen(office, ids, *, with_thread=True):
    """Everything about these conversations that an undo is to give back."""
    states, contacts = office.everything(ids)
    without = {"version": 0} if with_thread else {"version": 0, **OF_THE_THREAD}
    return [changed(state, **without) for state in states], contacts


def with_a_past(office, name):
    """Seven conversations, no two with the same past, on which the wish finds something to do."""
    ids = office.conversations(7)
    office.receive("e então?", name="Cliente 0")
    office.run(actions.Reply("Bom dia"), ids[1])
    office.run(actions.Resolve(), ids[2], by=office.caio)
    office.run(actions.Reopen(), ids[2])
    office.run(actions.Assign(office.caio.agent_id), *ids[3:5])
    office.run(actions.Label(office.label("Troca")), *ids[4:6])
    office.run(actions.AssignTeam(office.team("Suporte")), ids[5])
    office.run(actions.Resolve(), ids[6], by=office.caio)
    office.prepare(name, ids)
    return ids


@pytest.mark.parametrize("name", WISHES)
def test_an_undo_gives_back_exactly_what_was(office, name):
    ids = with_a_past(office, name)
    before = seen(office, ids, with_thread=name not in WRITING)
    run = office.bulk(office.wish(name), *ids, limit=3)
    after = seen(office, ids, with_thread=name not in WRITING)
    assert run.done_n >= 5
    assert (after == before) == (name == "note")
    undo = office.undo(run.id, limit=2)
    assert seen(office, ids, with_thread=name not in WRITING) == before
    assert (undo.done_n, undo.total_n, undo.refused_n) == (run.done_n, run.done_n, 0)
    assert (undo.kind, undo.undo_of_id, undo.status) == ("undo", run.id, RunStatus.DONE)
    assert unsound(office.store) == []


@pytest.mark.parametrize("name", OF_CONVERSATIONS)
def test_rows_touched_since_are_left_alone_and_listed(office, name):
    ids = office.ready(name, 4)
    run = office.bulk(office.wish(name), *ids)
    office.receive("mais uma coisa", name="Cliente 0")
    office.run(actions.AssignTeam(office.team("Suporte")), ids[3])
    touched = office.everything([ids[0], ids[3]])
    undo = office.undo(run.id)
    assert office.everything([ids[0], ids[3]]) == touched
    assert office.results(undo.id) == {
        ids[0]: take_back.TOUCHED,
        ids[1]: DONE,
        ids[2]: DONE,
        ids[3]: take_back.TOUCHED,
    }
    assert unsound(office.store) == []


def test_rows_that_the_run_refused_are_no_part_of_its_undo(office):
    a, b, c = ids = office.conversations(3)
    office.run(actions.Resolve(), b, by=office.caio)
    run = office.bulk(actions.Resolve(), *ids)
    undo = office.undo(run.id)
    assert office.results(undo.id) == {a: DONE, c: DONE}
    assert [office.state(i).status for i in ids] == ["pending", "resolved", "pending"]


def test_the_facts_of_an_undo_name_the_run_and_who_took_it_back(office):
    ids = office.conversations(2)
    run = office.bulk(actions.Resolve(), *ids)
    undo = office.undo(run.id, by=office.caio)
    told = facts(office.store, bulk_id=undo.id)
    assert [(e.kind, e.to_id, e.actor_id, e.conversation_id) for e in told] == [
        (EventKind.UNDONE, run.id, office.caio.agent_id, i) for i in ids
    ]


def test_an_undo_is_refused_the_second_time_and_of_an_undo(office):
    run = office.bulk(actions.Resolve(), *office.conversations(2))
    undo = office.undo(run.id)
    before = facts(office.store)
    assert refusal(office, actions.UndoBulk(run.id)) == bulk.UNDONE_ALREADY
    assert refusal(office, actions.UndoBulk(undo.id)) == bulk.NOT_TWICE
    assert facts(office.store) == before


def test_an_undo_at_work_is_not_cancelled(office):
    run = office.bulk(actions.Resolve(), *office.conversations(2))
    undo_id = office.start_undo(run.id)
    assert refusal(office, actions.CancelBulk(undo_id)) == bulk.NO_HALF_UNDO
    office.run(actions.PauseBulk(undo_id))  # which the sentence offers
    office.run(actions.ResumeBulk(undo_id))
    assert office.carry_on(undo_id).done_n == 2


def test_a_run_that_did_nothing_is_not_taken_back(office):
    talk = office.receive()
    run_id = office.start(office.plan(actions.Resolve(), talk))
    office.run(actions.Resolve(), talk)
    office.carry_on(run_id)
    assert refusal(office, actions.UndoBulk(run_id)) == bulk.NOTHING_TO_DO


@pytest.mark.parametrize("end", [actions.PauseBulk, actions.CancelBulk])
def test_half_a_run_is_taken_back_and_ended(office, end):
    ids = office.conversations(4)
    run_id = office.start(office.plan(actions.Resolve(), *ids))
    office.advance(run_id, 2)
    office.run(end(run_id), by=office.bia)
    undo = office.undo(run_id)
    assert (undo.done_n, office.found(run_id).status) == (2, RunStatus.CANCELLED)
    assert [office.state(i).status for i in ids] == ["pending"] * 4
    assert unsound(office.store) == []


def test_a_team_lead_takes_back_the_own_run_where_the_rows_are_still_theirs(office):
    ids = office.conversations(3)
    office.run(actions.AssignTeam(office.team_id), *ids)
    run = office.bulk(actions.MarkRead(), *ids, by=office.lia)
    office.run(actions.AssignTeam(None), ids[0])
    foreign = office.bulk(actions.Resolve(), *ids[1:])
    assert refusal(office, actions.UndoBulk(foreign.id), office.lia) == bulk.NO_SUCH_RUN
    office.undo(foreign.id)
    undo = office.undo(run.id, by=office.lia)
    assert office.results(undo.id) == {ids[0]: base.NOT_FOUND} | dict.fromkeys(
        ids[1:], take_back.TOUCHED
    )


def test_an_undo_whose_author_left_is_carried_on_by_whoever_resumes_it(office):
    ids = office.conversations(4)
    run = office.bulk(actions.Resolve(), *ids)
    undo_id = office.start_undo(run.id, by=office.caio)
    office.advance(undo_id, 2)
    office.deactivate(office.caio, "Caio")
    assert office.carry_on(undo_id).problem == base.SIGNED_OUT
    office.run(actions.ResumeBulk(undo_id), by=office.bia)
    undo = office.carry_on(undo_id)
    assert (undo.status, undo.done_n, undo.author_id) == (RunStatus.DONE, 4, office.bia.agent_id)
    actors = [e.actor_id for e in facts(office.store, bulk_id=undo_id)]
    assert actors == [office.caio.agent_id] * 2 + [office.bia.agent_id] * 2


def two_of_one_contact(office):
    """Two conversations of one contact on two instances."""
    return [office.receive(instance=i) for i in (office.loja, office.instance("Loja 2"))]


@pytest.mark.parametrize("limit", [1, 2])
def test_rows_of_one_contact_are_done_together_whatever_the_chunks(office, limit):
    ids = two_of_one_contact(office)
    run = office.bulk(actions.Block(), *ids, limit=limit)
    assert office.results(run.id) == dict.fromkeys(ids, DONE)
    assert [e.kind for e in facts(office.store, bulk_id=run.id)] == [EventKind.BLOCKED]
    undo = office.undo(run.id, limit=limit)
    assert office.results(undo.id) == dict.fromkeys(ids, DONE)
    assert [e.kind for e in facts(office.store, bulk_id=undo.id)] == [EventKind.UNBLOCKED]
    assert not office.contact(ids[0]).is_blocked
    assert unsound(office.store) == []


def test_contacts_that_somebody_blocked_or_allowed_since_are_left_alone(office):
    a, b, c = ids = office.conversations(3)
    run = office.bulk(actions.Block(), *ids)
    office.one_by_one(actions.Unblock(), [a, b])
    office.one_by_one(actions.Block(), [b])
    undo = office.undo(run.id)
    assert office.results(undo.id) == {a: take_back.TOUCHED, b: take_back.TOUCHED, c: DONE}
    assert [office.contact(i).is_blocked for i in ids] == [False, True, False]


def test_a_contact_that_cannot_be_seen_any_more_is_left_alone(office):
    a, b = ids = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), *ids)
    run = office.bulk(actions.Block(), *ids, by=office.lia)
    office.run(actions.AssignTeam(None), a)
    undo = office.undo(run.id, by=office.lia)
    assert office.results(undo.id) == {a: base.CONTACT_NOT_FOUND, b: DONE}
    assert [office.contact(i).is_blocked for i in ids] == [True, False]


def test_nobody_blocks_or_allows_while_an_undo_looks_who_did_so_last(office, monkeypatch):
    """Unless the contacts are locked first, the undo allows what Caio blocked a moment ago."""
    talk = office.receive()
    run = office.bulk(actions.Block(), talk)
    contact_id = office.contact(talk).id
    asked = withdraw.last_blocking_runs
    rivals = []

    def act():
        for wish in (actions.Unblock(), actions.Block()):
            office.run(wish, contact_id, by=office.caio)

    def slowly(connection, contact_ids):
        found = asked(connection, contact_ids)
        rival = threading.Thread(target=act)
        rival.start()
        rival.join(0.5)
        rivals.append(rival)
        return found

    monkeypatch.setattr(withdraw, "last_blocking_runs", slowly)
    undo = office.undo(run.id)
    rivals[0].join()
    assert office.results(undo.id) == {talk: DONE}
    assert office.contact(talk).is_blocked
