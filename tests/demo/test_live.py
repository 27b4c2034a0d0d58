"""The demo's living part, on a clock of its own."""

import pytest
from sqlalchemy import func, select

from build import MONDAY_9H, Centre
from console import actions
from console.demo import live
from console.demo.live import LiveTraffic, live_traffic
from console.domain.agent import Role
from console.domain.ids import SECOND
from console.store import tables
from console.store.bulk_write import insert_rows


class Clock:
    def __init__(self):
        self.at = MONDAY_9H + 86_400 * SECOND

    def __call__(self):
        return self.at


@pytest.fixture
def centre(sqlite_store):
    made = Centre(sqlite_store)
    for name in ("Bia", "Caio"):
        made.agent(name, Role.AGENT)
    return made


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def traffic(centre, clock):
    return LiveTraffic(centre.store, seed=2, clock=clock)


def live_through(traffic, clock, seconds):
    done = 0
    for _ in range(seconds):
        clock.at += SECOND
        done += traffic.step()
    return done


def kinds(store):
    event = tables.event.c
    with store.read() as connection:
        wanted = select(event.kind, func.count()).group_by(event.kind)
        return {row[0]: row[1] for row in connection.execute(wanted)}


def test_customers_write_and_simulated_agents_answer_and_resolve(centre, traffic, clock):
    traffic.begin()
    assert live_through(traffic, clock, 900) > 60
    found = kinds(centre.store)
    assert {"opened", "received", "assigned", "replied", "resolved", "reopened"} <= found.keys()
    assert found["opened"] > 20


def test_the_customer_answers_a_person_after_some_seconds(centre, traffic, clock, monkeypatch):
    monkeypatch.setattr(live, "_ANSWERED_SHARE", 1.0)
    conversation = centre.receive("Oi")
    centre.run(actions.Reply("Bom dia! Em que posso ajudar?"), conversation)
    live_through(traffic, clock, 60)
    state = centre.state(conversation)
    assert state.inbound_n > 1
    assert state.last_direction == "in"


def test_messages_of_people_stay_in_the_outbox(centre, traffic, clock):
    conversation = centre.receive("Oi")
    centre.run(actions.Reply("Bom dia!"), conversation)
    live_through(traffic, clock, 60)
    with centre.store.read() as connection:
        states = set(connection.scalars(select(tables.outbox.c.state)))
    assert states == {"queued"}


def test_a_person_who_takes_the_conversation_keeps_it(centre, traffic, clock):
    traffic.begin()
    live_through(traffic, clock, 10)
    with centre.store.read() as connection:
        ids = list(connection.scalars(select(tables.conversation.c.id)))
    centre.run(actions.Assign(centre.ana.agent_id), *ids)
    live_through(traffic, clock, 300)
    assert {centre.state(i).assignee_id for i in ids} == {centre.ana.agent_id}


def test_a_contact_without_an_address_does_not_answer(centre, traffic, clock, monkeypatch):
    monkeypatch.setattr(live, "_ANSWERED_SHARE", 1.0)
    row = {"id": 7, "name": "Sem número", "created_at": centre.at}
    centre.store.write(lambda connection: insert_rows(connection, tables.contact, [row]))
    conversation = centre.run(actions.Open(centre.loja, 7)).done[0]
    centre.run(actions.Reply("Oi?"), conversation)
    live_through(traffic, clock, 60)
    assert centre.state(conversation).inbound_n == 0


def test_without_agents_customers_write_all_the_same(sqlite_store, clock):
    centre = Centre(sqlite_store)
    traffic = LiveTraffic(centre.store, seed=2, clock=clock)
    traffic.begin()
    live_through(traffic, clock, 200)
    assert "replied" not in kinds(centre.store)
    assert kinds(centre.store)["received"] > 3


def test_a_step_that_fails_does_not_end_the_traffic(centre, monkeypatch, caplog):
    monkeypatch.setattr(live, "_TICK_S", 0.01)
    failures = iter([RuntimeError("boom")])
    heard = []

    def step(self):
        heard.append(self)
        if error := next(failures, None):
            raise error

    monkeypatch.setattr(LiveTraffic, "step", step)
    with live_traffic(centre.store) as traffic:
        while len(heard) < 3:
            traffic.wait(0.01)
    assert "a step failed" in caplog.text
    assert not traffic.is_alive
