"""Messages that go out again, or to others, over the real wire format."""

import pytest

from console.actions import ConsiderSent, Forward, Quote, Resend
from console.actions.effects import Told
from console.channels.simulator import Customer
from console.domain.ids import MINUTE
from console.domain.message import Delivery
from console.store.doctor import examine
from console.store.effects import Target
from wired import FIRST, Wired

D = Delivery


@pytest.fixture
def wired(store, tmp_path):
    with Wired(store, tmp_path) as made:
        made.hears("Oi")
        yield made


@pytest.fixture
def talk(wired):
    (only,) = wired.conversations()
    return only


def said(wired):
    return [entry.body["text"]["body"] for entry in wired.sim.ledger.entries]


def lost(wired, talk):
    """A message that may have gone out, and another one that waits behind it."""
    wired.channel._web.timeout = 0.5
    wired.sim.faults.next("cut_before")
    first = wired.says(talk, "um")
    wired.says(talk, "dois")
    wired.settle()
    then = wired.outbox._clock
    wired.outbox._clock = lambda: then() + 3 * MINUTE
    wired.settle()
    assert [m.delivery for m in wired.thread(talk)[-2:]] == [D.UNKNOWN, D.QUEUED]
    return first


def test_a_resent_message_arrives_as_a_new_one(wired, talk):
    first = wired.says(talk, "Bom dia!")
    wired.settle()
    wired.centre.run(Resend(first), talk)
    wired.settle()
    old, new = wired.thread(talk)[-2:]
    assert (old.delivery, new.delivery, new.resend_of_id) == (D.READ, D.READ, first)
    assert said(wired) == ["Bom dia!", "Bom dia!"]
    assert old.provider_id != new.provider_id


def test_sending_an_unknown_message_again_lets_the_next_one_go(wired, talk):
    first = lost(wired, talk)
    wired.centre.run(Resend(first), talk)
    wired.settle()
    old, second, new = wired.thread(talk)[-3:]
    assert (old.delivery, second.delivery, new.delivery) == (D.UNKNOWN, D.READ, D.READ)
    assert said(wired) == ["dois", "um"]


def test_taking_an_unknown_message_as_sent_lets_the_next_one_go(wired, talk):
    first = lost(wired, talk)
    wired.centre.run(ConsiderSent(first), talk)
    wired.settle()
    assert [m.delivery for m in wired.thread(talk)[-2:]] == [D.SENT, D.READ]
    assert said(wired) == ["dois"]
    with wired.store.read() as connection:
        assert list(examine(connection)) == []


@pytest.mark.parametrize("wish", [Resend, ConsiderSent])
@pytest.mark.parametrize("told", [D.DELIVERED, D.FAILED])
def test_what_a_provider_tells_later_stands_above_what_a_person_decided(wired, talk, wish, told):
    first = lost(wired, talk)
    wired.centre.run(wish(first), talk)
    target = Target(first, talk, wired.centre.loja)
    now = wired.outbox._clock()
    wired.store.write(lambda c: Told(told, now).apply(c, target, now))
    assert next(m for m in wired.thread(talk) if m.id == first).delivery == told


def test_a_picture_of_a_customer_reaches_another_one(wired, talk):
    wired.hears(kind="image")
    picture = wired.thread(talk)[-1]
    wired.hears("Olá", Customer("5511987650000", "Rita"))
    other = next(i for i in wired.conversations() if i != talk)
    wired.centre.run(Forward(picture.id), other)
    wired.settle()
    copy = wired.thread(other)[-1]
    assert (copy.kind, copy.delivery, copy.forwarded_from_id) == ("image", D.READ, picture.id)
    (sent,) = wired.sim.ledger.entries
    assert (sent.body["type"], sent.body["to"]) == ("image", "5511987650000")
    first, second = wired.rows("media")
    assert first["sha256"] == second["sha256"]


def test_an_answer_names_the_message_that_it_answers(wired, talk):
    heard = wired.thread(talk)[-1]
    wired.centre.run(Quote("Oi!", heard.id), talk)
    wired.settle()
    (sent,) = wired.sim.ledger.entries
    assert sent.body["context"] == {"message_id": heard.provider_id}
    assert sent.body["to"] == FIRST
