import pytest

from console.domain.conversation import Conversation, Status, changed, evolve, fold
from console.domain.events import Event, EventKind
from console.domain.message import Message

START = Conversation(1, 2, 3)


def fact(kind, at=10, actor="agent", **more):
    return Event(id=at, kind=kind, at=at, actor_kind=actor, actor_id=9, **more)


def words(direction, at=10, author="agent", text="Oi"):
    return Message(at, 1, 2, direction, "text", author, 9, "Ana", text, at)


def after(*steps, start=START):
    state = start
    for kind, message in steps:
        state = evolve(state, fact(kind, message.at), message)
    return state


RECEIVED, REPLIED = EventKind.RECEIVED, EventKind.REPLIED


def test_a_customer_waits_from_the_first_of_several_messages():
    state = after((RECEIVED, words("in", 10, "contact")), (RECEIVED, words("in", 20, "contact")))
    assert (state.waiting_since_at, state.unread_n, state.inbound_n) == (10, 2, 2)
    assert (state.last_activity_at, state.contact_activity_at) == (20, 20)


def test_an_answer_by_a_person_ends_the_wait_and_means_read():
    state = after((RECEIVED, words("in", 10, "contact")), (REPLIED, words("out", 15)))
    assert (state.waiting_since_at, state.unread_n, state.first_response_at) == (None, 0, 15)


def test_a_bot_never_stops_the_clock():
    state = after((RECEIVED, words("in", 10, "contact")), (REPLIED, words("out", 11, "bot")))
    assert (state.waiting_since_at, state.unread_n, state.first_response_at) == (10, 1, None)
    assert state.last_preview == "Oi"


def test_words_before_any_customer_message_are_no_first_response():
    state = after((REPLIED, words("out", 5)), (RECEIVED, words("in", 10, "contact")))
    assert state.first_response_at is None


def test_a_message_of_an_earlier_time_does_not_turn_the_activity_back():
    state = after((RECEIVED, words("in", 20, "contact")), (RECEIVED, words("in", 10, "contact")))
    assert (state.last_activity_at, state.contact_activity_at) == (20, 20)


@pytest.mark.parametrize("direction", ["note", "system", "draft"])
def test_notes_and_records_are_counted_and_show_in_no_preview(direction):
    state = after((RECEIVED, words("in", 10, "contact")), (EventKind.NOTED, words(direction, 12)))
    assert (state.message_n, state.inbound_n, state.outbound_n) == (2, 1, 0)
    assert state.note_n == (direction == "note")
    assert (state.last_direction, state.waiting_since_at, state.last_activity_at) == ("in", 10, 12)


def test_resolving_ends_the_wait_and_names_the_person():
    waiting = after((RECEIVED, words("in", 10, "contact")))
    state = evolve(waiting, fact(EventKind.RESOLVED, 30))
    assert (state.status, state.resolved_at, state.resolved_by_id) == (Status.RESOLVED, 30, 9)
    assert state.waiting_since_at is None
    assert state.unread_n == 1


def test_a_machine_that_resolves_is_nobody():
    assert evolve(START, fact(EventKind.RESOLVED, actor="system")).resolved_by_id is None


def test_reopening_keeps_who_resolved_last():
    state = fold(START, [fact(EventKind.RESOLVED, 30), fact(EventKind.REOPENED, 40)], {})
    assert (state.status, state.reopened_n, state.resolved_by_id) == (Status.PENDING, 1, 9)


def test_a_conversation_begins_at_its_opening():
    state = evolve(START, fact(EventKind.OPENED, 7))
    assert (state.opened_at, state.last_activity_at, state.status) == (7, 7, Status.PENDING)


def test_assignments_take_the_new_holder():
    state = fold(
        START, [fact(EventKind.ASSIGNED, to_id=5), fact(EventKind.TEAM_ASSIGNED, to_id=6)], {}
    )
    assert (state.assignee_id, state.team_id) == (5, 6)


def test_labels_come_and_go():
    labelled = evolve(START, fact(EventKind.LABELLED, to_id=4))
    assert labelled.label_ids == {4}
    assert evolve(labelled, fact(EventKind.UNLABELLED, from_id=4)) == START


def test_unread_is_at_least_one_and_read_is_none():
    unread = evolve(START, fact(EventKind.MARKED_UNREAD))
    assert unread.unread_n == 1
    assert evolve(changed(START, unread_n=3), fact(EventKind.MARKED_UNREAD)).unread_n == 3
    assert evolve(unread, fact(EventKind.MARKED_READ)).unread_n == 0


def test_facts_of_other_things_change_nothing():
    assert evolve(START, fact(EventKind.CONTACT_EDITED)) == START
