"""Taking back what a run has written: withdrawn while no channel has it."""

import threading

import pytest
from sqlalchemy import select, update

from build import FIRST_PHONE
from console import actions
from console.actions import take_back
from console.domain.bulk import RowResult
from console.domain.message import Delivery
from console.store import tables, withdraw
from console.store.deliveries import show_delivery
from office import Office, unsound

DONE = RowResult.DONE


@pytest.fixture
def office(store):
    return Office(store)


def deliveries(office, run_id):
    """What the run's messages and their outbox rows say, by conversation."""
    message, outbox, event = tables.message, tables.outbox, tables.event
    wanted = (
        select(message.c.conversation_id, message.c.delivery, outbox.c.state)
        .join(event, event.c.message_id == message.c.id)
        .outerjoin(outbox, outbox.c.message_id == message.c.id)
        .where(event.c.bulk_id == run_id)
    )
    with office.store.read() as connection:
        return {i: (delivery, state) for i, delivery, state in connection.execute(wanted)}


def taken_by_a_channel(office, conversation_id, *, is_gone=False):
    """What a channel does that takes the messages of a conversation."""
    message, outbox = tables.message, tables.outbox

    def unit(connection):
        connection.execute(
            update(message)
            .where(message.c.conversation_id == conversation_id, message.c.direction == "out")
            .values(delivery=Delivery.ACCEPTED)
        )
        sent = select(message.c.id).where(message.c.conversation_id == conversation_id)
        show_delivery(connection, list(connection.scalars(sent)), Delivery.ACCEPTED)
        row = outbox.c.conversation_id == conversation_id
        change = outbox.delete() if is_gone else outbox.update().values(state=Delivery.ACCEPTED)
        connection.execute(change.where(row))

    office.store.write(unit)


def test_replies_that_wait_are_withdrawn_and_those_on_their_way_stay(office):
    a, b, c, d = ids = office.conversations(4)
    run = office.bulk(actions.Reply("Promoção!"), *ids)
    taken_by_a_channel(office, b)
    taken_by_a_channel(office, c, is_gone=True)
    office.receive("quero sair", FIRST_PHONE + 3, "Cliente 3")
    undo = office.undo(run.id)
    withdrawn = (Delivery.WITHDRAWN, Delivery.WITHDRAWN)
    assert deliveries(office, run.id) == {
        a: withdrawn,
        b: (Delivery.ACCEPTED, Delivery.ACCEPTED),
        c: (Delivery.ACCEPTED, None),
        d: (Delivery.QUEUED, Delivery.QUEUED),
    }
    assert office.results(undo.id) == {
        a: DONE,
        b: take_back.ON_ITS_WAY,
        c: take_back.ON_ITS_WAY,
        d: take_back.TOUCHED,
    }
    assert [office.state(i).waiting_since_at is None for i in ids] == [False, True, True, False]
    assert unsound(office.store) == []


def test_notes_are_withdrawn_and_other_words_are_not(office):
    ids = office.conversations(2)
    office.run(actions.Note("Fica"), *ids)
    run = office.bulk(actions.Note("Sai"), *ids)
    office.undo(run.id)
    assert deliveries(office, run.id) == dict.fromkeys(ids, (Delivery.WITHDRAWN, None))
    with office.store.read() as connection:
        left = select(tables.message.c.text).where(tables.message.c.delivery.is_(None))
        assert sorted(connection.scalars(left)) == ["Fica", "Fica", "Oi 0", "Oi 1"]


def test_no_channel_takes_a_message_that_is_being_withdrawn(office, monkeypatch):
    """Unless its outbox row is locked first, the message is both sent and withdrawn."""
    run = office.bulk(actions.Reply("Promoção!"), office.receive())
    taken, outbox, channels = [], tables.outbox, []

    def take(connection):
        waiting = select(outbox.c.id).where(outbox.c.state == Delivery.QUEUED)
        found = list(connection.scalars(waiting.with_for_update(skip_locked=True)))
        connection.execute(
            outbox.update().where(outbox.c.id.in_(found)).values(state=Delivery.ACCEPTED)
        )
        taken.extend(found)

    def slowly(*given):
        found = asked(*given)
        channels.append(threading.Thread(target=office.store.write, args=(take,)))
        channels[0].start()
        channels[0].join(0.5)
        return found

    asked = withdraw.messages_of_run
    monkeypatch.setattr(withdraw, "messages_of_run", slowly)
    assert office.undo(run.id).done_n == 1
    channels[0].join()
    assert taken == []
    assert unsound(office.store) == []
