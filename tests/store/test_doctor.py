"""Each invariant finds what breaks it, and names the ids."""

import pytest
from sqlalchemy import delete, insert, update

from build import Centre
from console import actions
from console.store import tables as t
from console.store.doctor import INVARIANTS, examine


def keys(store):
    with store.read() as connection:
        return [finding.invariant for finding in examine(connection)]


BREAKS = {
    "a message of another instance": ("I1", lambda _: update(t.message).values(instance_id=99)),
    "a message without its event": (
        "I3",
        lambda _: delete(t.event).where(t.event.c.kind == "received"),
    ),
    "an event without its message": (
        "I3",
        lambda talk: insert(t.event).values(
            id=1, conversation_id=talk, kind="noted", actor_kind="agent", at=1, message_id=5
        ),
    ),
    "a wrong counter": ("I4", lambda _: update(t.conversation).values(inbound_n=7)),
    "a wrong status": ("I4", lambda _: update(t.conversation).values(status="resolved")),
    "a wrong number of reopenings": ("I4", lambda _: update(t.conversation).values(reopened_n=3)),
    "a resolved conversation that rests": (
        "I4",
        lambda _: update(t.conversation).values(status="resolved", snoozed_until_at=9),
    ),
    "a sent message still queued": (
        "I5",
        lambda _: update(t.message).where(t.message.c.direction == "out").values(delivery="sent"),
    ),
    "a queued message out of the outbox": ("I5", lambda _: delete(t.outbox)),
    "a wrong activity": ("I9", lambda _: update(t.conversation).values(last_activity_at=1)),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_doctor_finds(store, name):
    centre = Centre(store)
    talk = centre.receive()
    centre.run(actions.Reply("Oi"), talk)
    assert keys(store) == []
    invariant, statement = BREAKS[name]
    store.write(lambda connection: connection.execute(statement(talk)))
    assert invariant in keys(store)


def test_the_doctor_names_the_offending_ids(sqlite_store):
    centre = Centre(sqlite_store)
    talk = centre.receive()
    sqlite_store.write(lambda c: c.execute(update(t.conversation).values(note_n=1)))
    with sqlite_store.read() as connection:
        assert [finding.ids for finding in examine(connection)] == [(talk,)]


def test_messages_written_twice_are_found_without_the_index(sqlite_store):
    centre = Centre(sqlite_store)
    talk = centre.receive()
    centre.run(actions.Note("Oi"), talk)

    def unit(connection):
        connection.exec_driver_sql("drop index message_provider")
        connection.execute(update(t.message).values(provider_id="same"))

    sqlite_store.write(unit)
    assert keys(sqlite_store) == ["I2"]


def test_every_invariant_says_in_three_languages_what_is_wrong():
    assert {i.key for i in INVARIANTS} == {"I1", "I2", "I3", "I4", "I5", "I9"}
    assert all(i.text.pt and i.text.en and i.text.es for i in INVARIANTS)
