"""Each command on one conversation: what it does, and what it refuses in words."""

import pytest

from build import Centre, Role, a_bot, a_contact
from console import actions
from console.actions import base
from console.domain.blocking import reason_number
from console.domain.contact import Address
from console.domain.errors import RuleError
from console.domain.ids import MINUTE
from console.store import thread


@pytest.fixture
def centre(sqlite_store):
    return Centre(sqlite_store)


@pytest.fixture
def talk(centre):
    return centre.receive("Cadê meu pedido?")


def timeline(centre, conversation_id):
    contact_id = centre.state(conversation_id).contact_id
    with centre.store.read() as connection:
        return thread.events(connection, conversation_id, contact_id)


def texts(centre, conversation_id, **window):
    with centre.store.read() as connection:
        return [m.text for m in thread.messages(connection, conversation_id, **window)]


def test_a_first_message_opens_a_conversation_with_a_new_contact(centre, talk):
    state, contact = centre.state(talk), centre.contact(talk)
    assert (state.status, state.unread_n, state.last_preview) == ("pending", 1, "Cadê meu pedido?")
    assert (contact.name, contact.phone) == ("João", "5511900000001")


def test_the_same_number_with_and_without_the_ninth_digit_is_one_contact(centre, talk):
    address = Address("phone", "5511900000001", "551100000001")
    wish = actions.Receive(centre.loja, address, "João", "de novo")
    assert centre.run(wish, by=a_contact()).done == (talk,)


def test_one_contact_has_one_conversation_per_instance(centre, talk):
    other = centre.instance("Loja 2")
    second = centre.receive("Oi", instance=other)
    assert second != talk
    assert centre.state(second).contact_id == centre.state(talk).contact_id


def test_a_reply_waits_in_the_outbox_and_ends_the_wait(centre, talk):
    outcome = centre.run(actions.Reply("Já saiu!"), talk)
    with centre.store.read() as connection:
        sent = thread.message_by_id(connection, outcome.made[talk])
    assert (sent.delivery, sent.direction, sent.author_name) == ("queued", "out", "Ana")
    assert centre.state(talk).waiting_since_at is None


def test_a_note_is_never_sent(centre, talk):
    made = centre.run(actions.Note("Cliente nervoso"), talk).made[talk]
    with centre.store.read() as connection:
        assert thread.message_by_id(connection, made).delivery is None
    assert centre.state(talk).waiting_since_at is not None


@pytest.mark.parametrize("wish", [actions.Reply, actions.Note])
@pytest.mark.parametrize(("text", "answer"), [("  \n", base.EMPTY), ("a" * 4097, base.TOO_LONG)])
def test_empty_and_endless_texts_are_refused(centre, talk, wish, text, answer):
    assert centre.run(wish(text), talk).refused == {talk: answer}
    assert centre.state(talk).message_n == 1


def test_nul_and_lone_surrogates_are_cleaned_and_the_bytes_kept(centre, talk):
    made = centre.run(actions.Reply("a\x00\ud83d"), talk).made[talk]
    with centre.store.read() as connection:
        sent = thread.message_by_id(connection, made)
    assert (sent.text, sent.raw) == ("a\ufffd\ufffd", b"a\x00\xed\xa0\xbd")


def test_resolving_twice_is_refused(centre, talk):
    assert centre.run(actions.Resolve(), talk).done == (talk,)
    assert centre.run(actions.Resolve(), talk).refused == {talk: _answer("resolve")}
    assert centre.state(talk).resolved_by_id == centre.ana.agent_id


def test_reopening_what_is_pending_is_refused(centre, talk):
    assert centre.run(actions.Reopen(), talk).refused == {talk: _answer("reopen")}
    centre.run(actions.Resolve(), talk)
    centre.run(actions.Reopen(), talk)
    assert (centre.state(talk).status, centre.state(talk).reopened_n) == ("pending", 1)


def test_a_customer_who_writes_again_reopens_with_the_contact_as_actor(centre, talk):
    centre.run(actions.Resolve(), talk)
    assert centre.receive("Ainda não chegou") == talk
    reopened = next(e for e in timeline(centre, talk) if e.kind == "reopened")
    contact_id = centre.state(talk).contact_id
    assert (reopened.actor_kind, reopened.actor_id) == ("contact", contact_id)
    assert reopened.from_id == centre.ana.agent_id
    assert centre.state(talk).status == "pending"


def test_assigning_names_the_holder_before_and_after(centre, talk):
    bia = centre.agent("Bia")
    centre.run(actions.Assign(bia.agent_id), talk)
    centre.run(actions.Assign(None), talk)
    moves = [(e.from_id, e.to_id) for e in timeline(centre, talk) if e.kind == "assigned"]
    assert moves == [(None, bia.agent_id), (bia.agent_id, None)]
    assert centre.run(actions.Assign(None), talk).problem is not None


def test_nobody_who_cannot_answer_gets_a_conversation(centre, talk):
    analyst = centre.agent("Caio", Role.ANALYST)
    for agent_id in (analyst.agent_id, 12345):
        with pytest.raises(RuleError, match="does not answer"):
            centre.run(actions.Assign(agent_id), talk)


def test_teams_come_and_go_and_unknown_ones_are_refused(centre, talk):
    team = centre.team("Vendas")
    centre.run(actions.AssignTeam(team), talk)
    assert centre.state(talk).team_id == team
    assert centre.run(actions.AssignTeam(team), talk).problem is not None
    with pytest.raises(RuleError, match="team does not exist"):
        centre.run(actions.AssignTeam(99), talk)


def test_read_and_unread_are_acts_and_refused_when_nothing_changes(centre, talk):
    assert centre.run(actions.MarkUnread(), talk).problem is not None
    centre.run(actions.MarkRead(), talk)
    assert centre.state(talk).unread_n == 0
    assert centre.run(actions.MarkRead(), talk).problem is not None
    centre.run(actions.MarkUnread(), talk)
    assert centre.state(talk).unread_n == 1


def test_assigning_and_resolving_leave_the_unread_mark(centre, talk):
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    centre.run(actions.Resolve(), talk)
    assert centre.state(talk).unread_n == 1


def test_labels_are_put_on_and_taken_off(centre, talk):
    vip = centre.label("VIP")
    centre.run(actions.Label(vip), talk)
    assert centre.state(talk).label_ids == {vip}
    assert centre.run(actions.Label(vip), talk).problem is not None
    centre.run(actions.Label(vip, on=False), talk)
    assert centre.state(talk).label_ids == frozenset()
    with pytest.raises(RuleError, match="label does not exist"):
        centre.run(actions.Label(99), talk)


def test_blocking_notifications_is_a_fact_of_the_contact_in_its_thread(centre, talk):
    contact = centre.contact(talk)
    centre.run(actions.Block(), contact.id)
    assert centre.contact(talk).is_blocked
    assert centre.run(actions.Block(), contact.id).problem is not None
    assert [e.kind for e in timeline(centre, talk)][-1] == "blocked"
    centre.run(actions.Unblock(), contact.id)
    assert not centre.contact(talk).is_blocked
    assert centre.run(actions.Unblock(), contact.id).problem is not None


def test_a_block_has_a_reason_of_the_list_or_none(centre, talk):
    contact = centre.contact(talk)
    with pytest.raises(RuleError, match="reasons in the list"):
        centre.run(actions.Block("bored"), contact.id)
    centre.run(actions.Block("complained"), contact.id)
    assert timeline(centre, talk)[-1].to_id == reason_number("complained")
    centre.run(actions.Unblock(), contact.id)
    centre.run(actions.Block(), contact.id)
    assert timeline(centre, talk)[-1].to_id is None


def test_people_can_write_to_a_blocked_contact(centre, talk):
    centre.run(actions.Block(), centre.contact(talk).id)
    assert centre.run(actions.Reply("Oi!"), talk).done == (talk,)


def test_a_bot_that_answers_leaves_the_customer_waiting(centre, talk):
    centre.run(actions.Reply("Sou um robô"), talk, by=a_bot())
    assert centre.state(talk).waiting_since_at is not None


def test_opening_gives_an_agent_the_conversation(centre):
    bia = centre.agent("Bia")
    contact = centre.run(actions.CreateContact("Rui", "(11) 90000-0099")).done[0]
    opened = centre.run(actions.Open(centre.loja, contact), by=bia).done[0]
    assert centre.state(opened).assignee_id == bia.agent_id
    assert centre.run(actions.Open(centre.loja, contact), by=bia).done == (opened,)


def test_opening_by_a_supervisor_leaves_the_conversation_to_the_team(centre):
    sofia = centre.agent("Sofia", Role.SUPERVISOR)
    contact = centre.run(actions.CreateContact("Rui", "(11) 90000-0099")).done[0]
    opened = centre.run(actions.Open(centre.loja, contact), by=sofia).done[0]
    assert centre.state(opened).assignee_id is None


def test_opening_brings_a_resolved_conversation_back(centre, talk):
    centre.run(actions.Resolve(), talk)
    contact_id = centre.state(talk).contact_id
    assert centre.run(actions.Open(centre.loja, contact_id)).done == (talk,)
    assert centre.state(talk).status == "pending"


def test_opening_wants_an_active_instance_and_a_known_contact(centre, talk):
    contact_id = centre.state(talk).contact_id
    with pytest.raises(RuleError, match="instance is not active"):
        centre.run(actions.Open(99, contact_id))
    elsewhere = centre.agent("Davi", Role.TEAM_LEAD)
    with pytest.raises(RuleError, match="no such contact"):
        centre.run(actions.Open(centre.loja, contact_id), by=elsewhere)


def test_a_thread_is_read_in_windows(centre, talk):
    for number in range(5):
        centre.run(actions.Reply(f"r{number}"), talk)
    with centre.store.read() as connection:
        ids = [m.id for m in thread.messages(connection, talk)]
        assert [m.id for m in thread.messages_by_ids(connection, ids[::-1])] == ids
    assert texts(centre, talk, limit=2) == ["r3", "r4"]
    assert texts(centre, talk, before=ids[2], limit=5) == ["Cadê meu pedido?", "r0"]
    assert texts(centre, talk, after=ids[1], limit=2) == ["r1", "r2"]


def test_events_of_a_window_lie_between_its_messages(centre, talk):
    centre.run(actions.Resolve(), talk)
    middle = centre.run(actions.Reply("fim"), talk).made[talk]
    centre.run(actions.Reopen(), talk)
    contact_id = centre.state(talk).contact_id
    with centre.store.read() as connection:
        before = thread.events(connection, talk, contact_id, until=middle)
        behind = thread.events(connection, talk, contact_id, after=middle)
    assert [e.kind for e in before] == ["opened", "resolved"]
    assert [e.kind for e in behind] == ["reopened"]


def test_a_minute_passes_between_the_acts_of_a_test_centre(centre, talk):
    before = centre.at
    centre.run(actions.Resolve(), talk)
    assert centre.at == before + MINUTE


def _answer(kind):
    from console.actions.reopen import ALREADY_PENDING
    from console.actions.resolve import ALREADY_RESOLVED

    return {"resolve": ALREADY_RESOLVED, "reopen": ALREADY_PENDING}[kind]
