"""What the outbox does about everything that can go wrong between us and a provider."""

import pytest
from sqlalchemy import select

from build import a_bot
from console.actions import Block, Reply
from console.channels.simulator import Customer
from console.domain.ids import HOUR, MINUTE, SECOND
from console.domain.message import Delivery
from console.gateway import outbox as gateway
from console.store import accounts, outbox, tables
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


def last(wired, talk):
    return wired.thread(talk)[-1]


def row(wired):
    return wired.rows("outbox")[-1]


def later(wired, wait):
    """Let time pass for the outbox, and everything happen that is due then."""
    wired.outbox._clock = _ahead(wired.outbox._clock, wait)
    wired.settle()


def _ahead(clock, wait):
    return lambda: clock() + wait


def test_messages_of_a_conversation_go_in_their_order(wired, talk):
    for text in ("um", "dois", "três"):
        wired.says(talk, text)
    wired.settle()
    assert [e.body["text"]["body"] for e in wired.sim.ledger.entries] == ["um", "dois", "três"]


def test_a_message_waits_for_the_one_before_it_whatever_becomes_of_that(wired, talk):
    wired.sim.faults.next("graph_503")
    wired.says(talk, "um")
    wired.says(talk, "dois")
    wired.settle()
    assert wired.sim.ledger.entries == []
    later(wired, 5 * SECOND)
    assert [e.body["text"]["body"] for e in wired.sim.ledger.entries] == ["um", "dois"]


def test_other_conversations_do_not_wait(wired, talk):
    other = "5511987650000"
    wired.hears("Olá", Customer(other, "Rita"))
    second = wired.conversations()[1]
    wired.sim.faults.next("graph_503")
    wired.says(talk, "um")
    wired.says(second, "dois")
    wired.settle()
    assert [e.body["text"]["body"] for e in wired.sim.ledger.entries] == ["dois"]


@pytest.mark.parametrize("fault", ["hang", "cut_after", "half", "bare_502_after"])
def test_what_was_accepted_without_an_answer_is_found_by_its_statuses(
    wired, talk, fault, monkeypatch
):
    impatient(wired)
    wired.sim.faults.next(fault)
    wired.says(talk)
    wired.settle()
    assert last(wired, talk).delivery == D.READ
    assert len(wired.sim.ledger.entries) == 1


@pytest.mark.parametrize("fault", ["hang_lost", "hang_before", "cut_before", "bare_500"])
def test_what_may_have_gone_out_is_never_sent_again(wired, talk, fault):
    impatient(wired)
    wired.sim.faults.next(fault)
    wired.says(talk, "um")
    wired.says(talk, "dois")
    wired.settle()
    later(wired, HOUR)
    um, dois = wired.thread(talk)[-2:]
    assert (um.delivery, dois.delivery) == (D.UNKNOWN, D.QUEUED)
    assert len(wired.sim.ledger.entries) <= 1


def impatient(wired):
    wired.channel._web.timeout = 0.5


@pytest.mark.parametrize("code", [100, 131026, 132001, 131049])
def test_a_lasting_refusal_is_shown_with_its_reason(wired, talk, code):
    wired.sim.faults.next(f"refuse_{code}")
    wired.says(talk)
    wired.settle()
    said = last(wired, talk)
    assert said.delivery == D.FAILED
    assert f'"code": {code}' in said.failure
    assert row(wired)["state"] == "failed"


def test_a_closed_window_is_not_even_tried(wired, talk):
    wired.says(talk)
    later(wired, 25 * HOUR)
    said = last(wired, talk)
    assert '"code": 131047' in said.failure
    assert wired.sim.ledger.entries == []


def test_a_message_is_tried_six_times(wired, talk):
    wired.sim.faults.always("graph_503")
    wired.says(talk)
    for _ in range(6):
        later(wired, 15 * MINUTE)
    assert (last(wired, talk).delivery, row(wired)["attempts_n"]) == (D.FAILED, 6)


@pytest.mark.parametrize("code", [190, 130429])
def test_a_provider_that_takes_nothing_holds_the_instance_and_costs_no_attempt(wired, talk, code):
    wired.sim.faults.next(f"refuse_{code}")
    wired.says(talk)
    wired.settle()
    with wired.store.read() as connection:
        link = accounts.link(connection, wired.centre.loja)
    assert link.held_for in {"auth", "throttle_number"}
    assert (last(wired, talk).delivery, row(wired)["attempts_n"]) == (D.QUEUED, 0)
    later(wired, 5 * MINUTE)
    assert last(wired, talk).delivery == D.READ
    with wired.store.read() as connection:
        assert accounts.link(connection, wired.centre.loja).held_for is None


def test_a_paused_instance_sends_nothing(wired, talk):
    wired.store.write(lambda c: accounts.update_link(c, wired.centre.loja, {"is_paused": True}))
    wired.says(talk)
    later(wired, HOUR)
    assert last(wired, talk).delivery == D.QUEUED


def test_a_worker_that_died_in_the_middle_leaves_a_doubt_that_people_see(wired, talk):
    wired.says(talk)
    claimed = wired.store.write(wired.outbox._claim)
    assert last(wired, talk).delivery == D.SENDING
    later(wired, outbox.LEASE + SECOND)
    assert last(wired, talk).delivery == D.UNKNOWN
    assert wired.sim.ledger.entries == []
    # It was only asleep: what it learns is written down, and nothing is sent twice.
    wired.outbox._send(claimed)
    wired.settle()
    assert last(wired, talk).delivery == D.READ
    assert len(wired.sim.ledger.entries) == 1


def test_whoever_slept_through_the_lease_cannot_put_a_message_back(wired, talk):
    wired.says(talk)
    claimed = wired.store.write(wired.outbox._claim)
    later(wired, outbox.LEASE + SECOND)
    refused = gateway._held("asleep")
    wired.store.write(lambda c: gateway.settled(c, claimed, refused, wired.outbox._clock()))
    assert row(wired)["state"] == "unknown"


def test_a_row_is_claimed_by_one_worker_only(wired, talk):
    wired.says(talk)
    first = wired.store.write(wired.outbox._claim)
    assert first is not None
    assert wired.store.write(wired.outbox._claim) is None


def test_a_failure_told_later_is_shown_and_not_tried_again(wired, talk):
    wired.sim.faults.next("fail_131026")
    wired.says(talk)
    wired.settle()
    assert last(wired, talk).delivery == D.FAILED
    later(wired, HOUR)
    assert len(wired.sim.ledger.entries) == 1


@pytest.mark.parametrize("fault", ["doubled", "reversed", "batched", "only_read"])
def test_statuses_may_come_twice_late_or_all_at_once(wired, talk, fault):
    wired.sim.faults.next(fault)
    wired.says(talk)
    wired.settle()
    said = last(wired, talk)
    assert said.delivery == D.READ
    assert said.delivered_at is not None


def test_a_peer_is_written_to_at_the_pace_it_takes(wired, talk):
    for n in range(12):
        wired.says(talk, f"{n}")
    wired.settle()
    table = tables.outbox
    with wired.store.read() as connection:
        states = list(connection.scalars(select(table.c.state).order_by(table.c.id)))
    assert states == ["accepted"] * 10 + ["queued"] * 2
    assert FIRST in {entry.to for entry in wired.sim.ledger.entries}


def test_a_block_holds_for_what_waits_already(wired, talk):
    wired.centre.run(Reply("Seu pedido saiu."), talk, by=a_bot())
    wired.says(talk, "Sou eu, a Ana.")
    wired.centre.run(Block(), wired.centre.contact(talk).id)
    wired.outbox._clock = _ahead(wired.outbox._clock, HOUR)
    wired.settle()
    automated, ours = wired.thread(talk)[-2:]
    assert (automated.delivery, ours.delivery) == (D.FAILED, D.READ)
    assert '"title": "blocked"' in automated.failure
