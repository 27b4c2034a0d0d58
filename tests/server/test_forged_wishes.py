"""Wishes sent past the browser: other people's conversations, changed ids, hostile shapes."""

import random
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from attack import Attack
from build import Centre, Role
from console.actions import Assign, SetPassword
from console.store.schema import migrate
from console.store.tables import contact, conversation, event, message, outbox
from console.store.work import open_store
from serving import HASHED, serving

WATCHED = (conversation, contact, message, event, outbox)
MUTATIONS = 60
ODD = (None, "", -1, 0, 2**70, "x" * 500, [], {}, [[]], "1 or 1=1", "\x00", True, 1.5, ["\ud83d"])


class House:
    """A server on the real pages, with one conversation of a supervisor's own."""

    def __init__(self, served, store):
        self.served, self.store = served, store
        self.centre = Centre(store)
        self.boss, self.clerk = (self.centre.agent(n, r) for n, r in PEOPLE.items())
        self.centre.agent("Dora", Role.ANALYST)
        self.taken = self.centre.receive("só da chefe", phone=5511911112222, name="Vera")
        self.centre.run(Assign(self.boss.agent_id), self.taken)
        self.free = self.centre.receive("de quem pegar", phone=5511911113333, name="Ivo")

    def sit(self, name):
        return Attack(self.served.url, self.served.sign_in(f"{name}@loja.example"))

    def state(self):
        """Everything that a wish could have changed."""
        with self.store.read() as conn:
            counted = [conn.scalar(select(func.count()).select_from(t)) for t in WATCHED]
            return counted, conn.execute(select(conversation).order_by(conversation.c.id)).all()


PEOPLE = {"Chefe": Role.SUPERVISOR, "Bia": Role.AGENT}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    home = tmp_path_factory.mktemp("forged")
    store = open_store(f"sqlite:///{home}/central.db")
    migrate(store)
    Centre(store)
    with serving(home) as served:
        made = House(served, store)
        with store.read() as conn:
            from console.store.people import agents

            everybody = [a.id for a in agents(conn)]
        for agent_id in everybody:
            made.centre.run(SetPassword(agent_id, HASHED))
        yield made
    store.close()


def wishes(about, contact_id, agent_id):
    """One of every kind that writes, about one conversation."""
    one, each = {"id": str(about)}, {"ids": [str(about)]}
    yield {"kind": "reply", **one, "text": "invasão", "version": 1}
    yield {"kind": "note", **one, "text": "invasão"}
    yield {"kind": "resolve", **each, "versions": {}}
    yield {"kind": "reopen", **each, "versions": {}}
    yield {"kind": "assign", **each, "agent": str(agent_id)}
    yield {"kind": "team", **each, "team": None}
    yield {"kind": "read", **each}
    yield {"kind": "unread", **each}
    yield {"kind": "block", "contact": str(contact_id), "on": True}
    yield {"kind": "contact", "contact": str(contact_id), "name": "invasão", "email": ""}


def numbered(actions):
    mount = uuid4().hex
    for n, action in enumerate(actions, 1):
        yield {"n": n, "mount": mount, "key": uuid4().hex, **action}


def every_wish(house, about):
    found = house.centre.state(about)
    return list(numbered(wishes(about, found.contact_id, house.clerk.agent_id)))


def test_a_wish_within_ones_rights_is_done(house):
    """The control: the very same way of sending does write when it may."""
    before = house.state()
    with house.sit("chefe") as attack:
        attack.wish("inbox", *numbered([{"kind": "note", "id": str(house.free), "text": "nota"}]))
    assert house.state() != before


@pytest.mark.parametrize("name", ["bia", "dora"])
def test_nothing_is_done_to_a_conversation_out_of_ones_scope_or_rights(house, name):
    before = house.state()
    with house.sit(name) as attack:
        for action in every_wish(house, house.taken):
            attack.wish("inbox", action)
    assert house.state() == before


def test_an_analyst_writes_nothing_at_all(house):
    before = house.state()
    with house.sit("dora") as attack:
        for action in every_wish(house, house.free):
            attack.wish("inbox", action)
    assert house.state() == before


def test_the_words_of_a_strangers_conversation_are_not_told(house):
    with house.sit("bia") as attack:
        told = attack.run("inbox", f"conversation={house.taken}")
        told += attack.wish("inbox", *numbered([{"kind": "select", "id": str(house.taken)}]))
        none = attack.run("inbox", "conversation=123456789")
    assert "só da chefe".encode() not in told
    assert b"Vera" not in told
    assert b'"missing":true' in told.replace(b" ", b"")
    assert b'"missing":true' in none.replace(b" ", b"")


def mutated(chance, action):
    """The action with one of its fields replaced by something nobody would send."""
    field = chance.choice(sorted(action))
    return {**action, field: chance.choice(ODD)}


def test_hostile_shapes_do_no_harm(house):
    chance = random.Random(7)
    before = house.state()
    with house.sit("dora") as attack:
        for _ in range(MUTATIONS // 10):
            actions = every_wish(house, chance.choice([house.taken, house.free]))
            attack.wish("inbox", *(mutated(chance, action) for action in actions))
        told = attack.run("inbox")
    assert house.state() == before
    assert b"Traceback" not in told


def test_hostile_shapes_of_somebody_with_rights_break_nothing(house):
    chance = random.Random(11)
    with house.sit("chefe") as attack:
        for _ in range(MUTATIONS // 10):
            actions = every_wish(house, house.free)
            attack.wish("inbox", *(mutated(chance, action) for action in actions))
        told = attack.run("inbox")
    assert b"Ivo" in told or "invasão".encode() in told
    log = house.served.log.read_text()
    assert "error" not in log
