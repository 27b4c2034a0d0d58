"""A centre whose instance is linked to a simulated provider; every step is taken by the test."""

from dataclasses import dataclass, field

from sqlalchemy import select

from build import Centre
from console.actions import Reply
from console.channels.base import Account
from console.channels.cloud import Cloud
from console.channels.simulator import AT_ONCE, Number, Simulator
from console.domain import ids
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked
from console.gateway.media import MediaFetcher
from console.gateway.outbox import Outbox
from console.gateway.webhooks import body_of
from console.store import raw, tables
from console.store.thread import messages

FIRST = "5511987654321"


@dataclass
class Wires:
    """The links of a test."""

    linked: dict = field(default_factory=dict)

    def by_id(self, instance_id):
        return self.linked.get(instance_id)

    def by_route(self, route):
        return next((one for one in self.linked.values() if one.provider_name == route), None)

    def known_route(self, _route):
        return None  # it is looked up every time


class Wired:
    """A centre, a simulator, and what stands between them."""

    def __init__(self, store, folder, **options):
        self.centre = Centre(store)
        self.store = store
        self.number = Number(webhook="here")
        self.refused = []
        self.sim = Simulator(self.number, poster=self._take, pace=AT_ONCE, is_live=False, **options)
        self.links = Wires()
        self.inbound = Inbound(store, self.links)
        self.outbox = Outbox(store, self.links, folder, "test")
        self.files = MediaFetcher(store, folder, lambda i: self.links.by_id(i).channel)

    def __enter__(self):
        self.sim.__enter__()
        number = self.number
        account = Account(
            number.id,
            self.sim.base_url,
            number.token,
            (number.secret,),
            number.verify_token,
            number.business,
            may_be_local=True,
        )
        self.channel = Cloud(account)
        loja = self.centre.loja
        self.links.linked[loja] = Linked(loja, number.id, self.channel)
        row = {
            "instance_id": loja,
            "provider_name": number.id,
            "base_url": self.sim.base_url,
            "route": "r",
            "secrets": "{}",
            "created_at": 0,
        }
        self.store.write(lambda c: c.execute(tables.channel_account.insert().values(**row)))
        return self

    def __exit__(self, *gone):
        self.channel.close()
        self.sim.__exit__(*gone)

    def _take(self, url, body, headers):
        """What the webhook route does."""
        linked = self.links.linked[self.centre.loja]
        named = {name.lower(): value for name, value in headers.items()}
        if not linked.channel.verify(named, body, ids.now()):
            self.refused.append(body)
            return 401
        kept = body_of(linked, named, body, ids.now())
        self.store.write(lambda connection: raw.keep(connection, [kept]))
        return 200

    def settle(self):
        """Let everything that is due happen: tell, read, send, tell again."""
        steps = (self.sim.run_all, self.inbound.step, self.outbox.step, self.files.step)
        while sum(map(_done, steps)):
            pass

    def hears(self, text="Oi", who=FIRST, **more):
        """A customer writes; gives the provider's id."""
        made = self.sim.customer_writes(who, text, **more)
        self.settle()
        return made

    def says(self, conversation_id, text="Bom dia!"):
        """Ana replies; gives the message's id."""
        return self.centre.run(Reply(text), conversation_id).made[conversation_id]

    def conversations(self):
        table = tables.conversation
        with self.store.read() as connection:
            return list(connection.scalars(select(table.c.id).order_by(table.c.id)))

    def thread(self, conversation_id):
        with self.store.read() as connection:
            return messages(connection, conversation_id)

    def the_thread(self):
        (only,) = self.conversations()
        return self.thread(only)

    def rows(self, name):
        table = tables.metadata.tables[name]
        with self.store.read() as connection:
            return [dict(row) for row in connection.execute(select(table)).mappings()]


def _done(step):
    return bool(step())
