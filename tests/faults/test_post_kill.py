"""Server and worker die at any instant: no message is lost, doubled or out of order."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress

import pytest
from sqlalchemy import select

from build import FIRST_PHONE, Centre
from console.actions import Reply, run
from console.channels.simulator import AT_ONCE, Customer, Number, Simulator, post
from console.domain import ids
from console.domain.ids import DAY, MINUTE, SECOND
from console.domain.message import Delivery
from console.gateway.outbox import Outbox
from console.store import tables
from console.store.doctor import examine
from machine import ROOT
from wired import Wires

KILLS = 100  # on each store
PEOPLE = 24


@pytest.fixture
def nursery():
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "tests/faults/post_nursery.py")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        process.children = []
        yield process
        for pid in process.children:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.stdin.close()


@pytest.fixture
def sim(tmp_path, monkeypatch):
    monkeypatch.setattr(post, "_LONGEST_PAUSE", SECOND)  # Meta's grows to hours
    number = Number(webhook=f"http://127.0.0.1:{a_port()}/wh/cloud/r")
    with Simulator(number, pace=AT_ONCE, ledger_file=tmp_path / "ledger") as made:
        yield made


def a_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Traffic:
    """Customers write to the provider, Ana answers in the store, until it is stopped."""

    def __init__(self, centre, sim, talks):
        self.centre, self.sim, self.talks = centre, sim, talks
        self.heard, self.over = [], threading.Event()
        self.threads = [threading.Thread(target=act) for act in (self.hear, self.say)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def hear(self):
        while not self.over.wait(0.12):
            who = Customer(str(FIRST_PHONE + len(self.heard) % PEOPLE), "Cliente")
            self.heard.append(self.sim.customer_writes(who, f"oi {len(self.heard)}"))

    def say(self):
        chance = random.Random(7)
        while not self.over.wait(0.12):
            talk = chance.choice(self.talks)
            key, wish = f"say:{ids.new_id()}", Reply("Já vou ver.")
            run(self.centre.store, wish, [talk], actor=self.centre.ana, at=ids.now(), key=key)


def child(nursery, store, tmp_path, sim, instance_id):
    number = sim.number()
    account = {
        "name": number.id,
        "base_url": sim.base_url,
        "token": number.token,
        "webhook_secrets": [number.secret],
        "business": number.business,
        "may_be_local": True,
    }
    port = int(number.webhook.split(":")[2].split("/")[0])
    line = json.dumps([store.url, str(tmp_path), port, instance_id, account])
    nursery.stdin.write(line + "\n")
    nursery.children.append(int(nursery.stdout.readline()))
    return nursery.children[-1]


def link(store, sim, instance_id):
    row = {
        "instance_id": instance_id,
        "provider_name": sim.number().id,
        "base_url": sim.base_url,
        "route": "r",
        "secrets": "{}",
        "created_at": 0,
    }
    store.write(lambda c: c.execute(tables.channel_account.insert().values(**row)))


def test_nothing_is_lost_doubled_or_in_doubt_unseen(store, nursery, sim, tmp_path):
    centre = Centre(store, ids.now() - DAY // 2)  # each of its commands takes a minute
    link(store, sim, centre.loja)
    talks = [centre.receive("Oi", FIRST_PHONE + n, "Cliente") for n in range(PEOPLE)]
    for n in range(PEOPLE):
        sim.know(Customer(str(FIRST_PHONE + n)), ids.now())
    chance = random.Random(3)
    with Traffic(centre, sim, talks) as traffic:
        for _ in range(KILLS):
            pid = child(nursery, store, tmp_path, sim, centre.loja)
            time.sleep(chance.uniform(0, 0.5))
            os.kill(pid, signal.SIGKILL)
    last = child(nursery, store, tmp_path, sim, centre.loja)
    assert sim.settle(300)
    wait_until_still(store)
    os.kill(last, signal.SIGKILL)
    # Leases that the dead held run out; nobody sends meanwhile.
    Outbox(store, Wires(), tmp_path, "late", clock=lambda: ids.now() + 2 * MINUTE).step()
    check(store, sim, traffic)


def wait_until_still(store):
    """Until no body waits, and nothing is queued that could go."""
    before = None
    while (now := standing(store)) != before:
        before = now
        time.sleep(3)


def standing(store):
    raw, outbox = tables.webhook_raw, tables.outbox
    with store.read() as connection:
        states = [select(raw.c.id, raw.c.state), select(outbox.c.id, outbox.c.state)]
        return [sorted(map(tuple, connection.execute(wanted))) for wanted in states]


def check(store, sim, traffic):
    entries = sim.ledger.entries
    assert len(traffic.heard) > KILLS
    assert len(entries) > KILLS
    with store.read() as connection:
        message, outbox = tables.message, tables.outbox
        known = list(connection.scalars(select(message.c.provider_id)))
        rows = connection.execute(
            select(outbox.c.id, outbox.c.conversation_id, outbox.c.state, message.c.delivery)
            .join(message, message.c.id == outbox.c.message_id)
            .order_by(outbox.c.id)
        ).all()
        assert list(examine(connection)) == []
    assert set(traffic.heard) <= set(known)
    assert sim.ledger.duplicates() == []
    went_out = {int(entry.correlation) for entry in entries}
    ended = {Delivery.READ, Delivery.DELIVERED, Delivery.SENT, Delivery.ACCEPTED}
    for row in rows:
        seen = {*ended, Delivery.UNKNOWN} if row.id in went_out else {"queued", "unknown"}
        assert row.delivery in seen, row
    talk_of = {row.id: row.conversation_id for row in rows}
    order = defaultdict(list)
    for entry in entries:
        order[talk_of[int(entry.correlation)]].append(int(entry.correlation))
    assert all(sent == sorted(sent) for sent in order.values())
