"""Whatever is posted is answered with a known status and worked through; memory stays as it is.

CENTRAL_FUZZ_BODIES sets how many; 10 000 take about a minute of the processor.
"""

import asyncio
import os
import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from sqlalchemy import event, func, select
from starlette.applications import Starlette
from starlette.routing import Route

from build import Centre
from channels import evolution_bodies as evolution
from cloud_bodies import SEEDS
from console.channels.base import Account
from console.channels.cloud import Cloud
from console.channels.evolution import Evolution
from console.channels.evolution_auth import HEADER as TOKEN
from console.channels.signature import HEADER as SIGNATURE
from console.channels.signature import signature
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked
from console.gateway.webhooks import Webhooks
from console.store import tables
from console.store.work import open_store
from spoiling import damaged, encoded, spoiled
from wired import Wires

BODIES = int(os.environ.get("CENTRAL_FUZZ_BODIES", "20000"))
ROUND, TOGETHER = 5_000, 250
MOST_GROWTH = 48 * 1024 * 1024  # bytes, of everything that is kept for good
SECRET = "a secret of the fuzz, long enough"
SPOILT = {
    "cloud": SEEDS,
    "evolution": [evolution.envelope("messages.upsert", one) for one in evolution.ITEMS.values()],
}


class Posted:
    """An office whose webhooks are called without a network between; a store of its own."""

    def __init__(self, template, file):
        shutil.copy(template, file)
        self.store = open_store(f"sqlite:///{file}")
        event.listen(self.store.engine, "connect", without_waiting_for_the_disk)
        centre = Centre(self.store)
        account = Account("", "https://localhost", "t", (SECRET,), may_be_local=True)
        channels = {"cloud": Cloud(account), "evolution": Evolution(account)}
        self.channels = channels.values()
        self.wires = Wires(
            {
                instance: Linked(instance, name, channel)
                for (name, channel), instance in zip(
                    channels.items(), (centre.loja, centre.instance("Outra")), strict=True
                )
            }
        )
        self.inbound = Inbound(self.store, ByShape(self.wires))
        runtime = SimpleNamespace(store=self.store, links=self.wires, arrived=lambda: None)
        hooks = Webhooks(SimpleNamespace(runtime=runtime))
        route = Route("/wh/{channel}/{route}", hooks.answer, methods=["GET", "POST"])
        self.app = Starlette(routes=[route])

    def close(self):
        for channel in self.channels:
            channel.close()
        self.store.close()

    async def post(self, channel, body, headers):
        """The status of the answer."""
        told = []

        async def receive():
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message):
            told.append(message)

        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        path = f"/wh/{channel}/{channel}"
        scope = {"type": "http", "method": "POST", "path": path, "headers": raw}
        await self.app({**scope, "query_string": b"", "root_path": ""}, receive, send)
        return told[0]["status"]

    def work(self):
        """Work everything through; what became of the bodies, by state and problem."""
        while self.inbound.step():
            pass
        raw = tables.webhook_raw
        wanted = select(raw.c.state, raw.c.problem, func.count()).group_by(
            raw.c.state, raw.c.problem
        )
        with self.store.read() as connection:
            return {(state, problem): n for state, problem, n in connection.execute(wanted)}


class ByShape:
    """Instances whose bodies are read whatever name they give the number."""

    def __init__(self, wires):
        self.linked = {i: Linked(i, "", one.channel) for i, one in wires.linked.items()}

    def by_id(self, instance_id):
        return self.linked[instance_id]


def without_waiting_for_the_disk(connection, _record):
    connection.execute("pragma synchronous=off")


def made(chance):
    """A body that may be spoiled, its headers, and whether they are those of the provider."""
    channel = chance.choice(list(SPOILT))
    given = chance.choice(SPOILT[channel])
    for _ in range(chance.randrange(4)):
        given = spoiled(given, chance) if given else given
    body = damaged(encoded(given), chance) if chance.random() < 0.2 else encoded(given)
    is_theirs = chance.random() < 0.9
    secret = SECRET if is_theirs else "somebody else's secret, long enough"
    name, value = (SIGNATURE, signature(secret, body)) if channel == "cloud" else (TOKEN, secret)
    return channel, body, {name: value}, is_theirs


async def posted(office, chance, n):
    """Post so many, some at a time; how often each status came, for what was theirs or not."""
    statuses = Counter()
    for _ in range(0, n, TOGETHER):
        some = [made(chance) for _ in range(TOGETHER)]
        told = await asyncio.gather(*(office.post(*one[:3]) for one in some))
        statuses.update(zip((one[3] for one in some), told, strict=True))
    return statuses


def resident():
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def tell(line):
    """How far a long run has come, for whoever asked for one with `-s`."""
    sys.stdout.write(line)
    sys.stdout.flush()


def test_spoiled_bodies_are_answered_and_worked_through(sqlite_template, tmp_path):
    chance, statuses, ends, sizes = random.Random(9), Counter(), Counter(), []
    for n in range(0, BODIES, ROUND):
        office = Posted(sqlite_template, tmp_path / f"{n}.db")
        statuses += asyncio.run(posted(office, chance, min(ROUND, BODIES - n)))
        ends.update(office.work())
        office.close()
        for file in tmp_path.glob(f"{n}.db*"):
            file.unlink()
        sizes.append(resident())
        tell(f"{n + ROUND} {dict(statuses)} {dict(ends)} {sizes[-1] >> 20} MB\n")
    assert statuses.keys() == {(True, 200), (False, 401)}
    assert ends.keys() == {("done", None)}
    assert sizes[-1] - sizes[0] < MOST_GROWTH
