"""Priority and snooze: what they do, how they end, and what they refuse."""

import pytest

from build import MONDAY_9H, Centre
from console import actions
from console.actions.priority import NO_SUCH_PRIORITY, SAME_PRIORITY
from console.actions.snooze import IN_THE_PAST, NOT_SNOOZED, RESOLVED, SAME_INSTANT, TOO_FAR
from console.actions.wake import CHUNK, wake
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, MINUTE
from console.store import thread

LATER = MONDAY_9H + 4 * HOUR


@pytest.fixture
def centre(store):
    return Centre(store)


def facts(centre, talk, kind):
    with centre.store.read() as connection:
        found = thread.events(connection, talk, centre.state(talk).contact_id)
    return [(e.actor_kind, e.from_id, e.to_id) for e in found if e.kind == kind]


def test_a_priority_is_set_changed_and_taken_away(centre):
    talk = centre.receive()
    for priority in ("high", "urgent", None):
        assert centre.run(actions.SetPriority(priority), talk).done == (talk,)
        assert centre.state(talk).priority == priority
    ranks = [(None, 3), (3, 4), (4, None)]
    assert facts(centre, talk, "priority_set") == [("agent", a, b) for a, b in ranks]


def test_a_priority_that_is_so_or_does_not_exist_is_refused(centre):
    talk = centre.receive()
    assert centre.run(actions.SetPriority(None), talk).refused == {talk: SAME_PRIORITY}
    with pytest.raises(RuleError) as refused:
        centre.run(actions.SetPriority("asap"), talk)
    assert refused.value.text == NO_SUCH_PRIORITY


def test_a_snoozed_conversation_stays_pending_and_says_until_when(centre):
    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    centre.run(actions.Snooze(LATER + DAY), talk)
    state = centre.state(talk)
    assert (state.status, state.snoozed_until_at) == ("pending", LATER + DAY)
    assert facts(centre, talk, "snoozed") == [
        ("agent", None, LATER),
        ("agent", LATER, LATER + DAY),
    ]


def test_a_customer_who_writes_ends_a_snooze(centre):
    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    assert centre.receive("Alguma novidade?") == talk
    assert centre.state(talk).snoozed_until_at is None


def test_an_answer_of_ours_does_not_end_a_snooze(centre):
    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    centre.run(actions.Reply("Volto amanhã"), talk)
    centre.run(actions.Note("Esperar o estoque"), talk)
    assert centre.state(talk).snoozed_until_at == LATER


def test_resolving_ends_a_snooze(centre):
    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    centre.run(actions.Resolve(), talk)
    assert centre.state(talk).snoozed_until_at is None
    assert centre.run(actions.Snooze(LATER), talk).refused == {talk: RESOLVED}


@pytest.mark.parametrize(
    ("until", "answer"),
    [(MONDAY_9H, IN_THE_PAST), (LATER, SAME_INSTANT), (MONDAY_9H + 400 * DAY, TOO_FAR)],
)
def test_a_snooze_that_makes_no_sense_is_refused(centre, until, answer):
    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    assert centre.run(actions.Snooze(until), talk).refused == {talk: answer}


def test_a_snooze_can_be_taken_back_once(centre):
    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    assert centre.run(actions.Unsnooze(), talk).done == (talk,)
    assert centre.run(actions.Unsnooze(), talk).refused == {talk: NOT_SNOOZED}


def test_what_is_due_comes_back_by_itself_and_once(centre):
    first, second, third = centre.conversations(3)
    centre.run(actions.Snooze(LATER), first, second)
    centre.run(actions.Snooze(LATER + MINUTE), third)
    assert wake(centre.store, LATER - 1) == 0
    assert wake(centre.store, LATER) == 2
    assert [centre.state(i).snoozed_until_at for i in (first, second, third)] == [
        None,
        None,
        LATER + MINUTE,
    ]
    assert facts(centre, first, "unsnoozed") == [("system", LATER, None)]
    assert wake(centre.store, LATER) == 0
    assert centre.state(first).version == 3


def test_waking_a_conversation_that_was_snoozed_again_to_the_same_instant(centre):
    talk = centre.receive()
    for _ in range(2):
        centre.run(actions.Snooze(LATER), talk)
        assert wake(centre.store, LATER) == 1
    assert centre.state(talk).snoozed_until_at is None


def test_two_that_wake_the_same_rows_wake_them_once(centre, monkeypatch):
    from console.actions import wake as waking

    talk = centre.receive()
    centre.run(actions.Snooze(LATER), talk)
    found = waking._due(centre.store, LATER)
    assert wake(centre.store, LATER) == 1
    waking._unsnoozed(centre.store, found, LATER)
    assert len(facts(centre, talk, "unsnoozed")) == 1


def test_more_than_one_chunk_wakes_in_one_call(centre, monkeypatch):
    monkeypatch.setattr("console.actions.wake.CHUNK", 2)
    ids = centre.conversations(5)
    centre.run(actions.Snooze(LATER), *ids)
    assert wake(centre.store, LATER) == 5
    assert CHUNK == 2_000
