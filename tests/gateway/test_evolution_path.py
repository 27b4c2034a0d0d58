"""From a customer's phone and back through Evolution API: webhook, store, outbox, server."""

import json

import pytest

from build import Centre
from channels.evolution_bodies import AT, ROSA, key, said
from channels.evolution_fake import FakeEvolution, failing, serving
from console.actions import Reply
from console.channels.base import Account
from console.channels.evolution import Evolution
from console.domain import ids
from console.domain.ids import MINUTE, SECOND
from console.domain.message import Delivery
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked
from console.gateway.outbox import Outbox
from console.gateway.webhooks import body_of
from console.store import accounts, raw, tables
from console.store.thread import messages
from wired import Wires

TEXT = "message/sendText"
FIND = "chat/findMessages"


@pytest.fixture(scope="module")
def place():
    fake = FakeEvolution()
    with serving(fake.app) as url:
        yield fake, url


class Path:
    """A centre whose instance is linked to an Evolution server; every step is the test's."""

    def __init__(self, store, folder, fake, url):
        fake.reset()
        self.fake, self.loja = fake, fake.add()
        self.store, self.centre, self.links = store, Centre(store), Wires()
        self.channel = Evolution(Account("loja", url, self.loja.token, ("s",), may_be_local=True))
        self.instance_id = self.centre.loja
        self.links.linked[self.instance_id] = Linked(self.instance_id, "loja", self.channel)
        row = {
            "instance_id": self.instance_id,
            "provider_name": "loja",
            "base_url": url,
            "route": "r",
            "secrets": "{}",
            "created_at": 0,
        }
        store.write(lambda c: c.execute(tables.channel_account.insert().values(**row)))
        self.inbound = Inbound(store, self.links)
        self.outbox = Outbox(store, self.links, folder, "test")

    def tell(self, event, told):
        """What the webhook route does with an authentic body."""
        body = {"event": event, "instance": "loja", "data": told, "apikey": self.loja.token}
        linked = self.links.linked[self.instance_id]
        kept = body_of(linked, {}, json.dumps(body).encode(), ids.now())
        assert self.loja.token.encode() not in kept.body
        self.store.write(lambda connection: raw.keep(connection, [kept]))
        self.settle()

    def settle(self):
        while self.inbound.step() or self.outbox.step():
            pass

    def later(self, wait):
        clock = self.outbox._clock
        self.outbox._clock = lambda: clock() + wait
        self.settle()

    def says(self, text):
        self.centre.run(Reply(text), self.talk)
        self.settle()

    @property
    def talk(self):
        with self.store.read() as connection:
            (only,) = connection.scalars(
                tables.conversation.select().with_only_columns(tables.conversation.c.id)
            )
        return only

    @property
    def thread(self):
        with self.store.read() as connection:
            return [(one.text, one.delivery) for one in messages(connection, self.talk)]

    @property
    def held(self):
        with self.store.read() as connection:
            return accounts.link(connection, self.instance_id).held_for


@pytest.fixture
def path(store, tmp_path, place):
    path = Path(store, tmp_path, *place)
    path.tell("messages.upsert", said({"conversation": "Oi"}, messageTimestamp=AT // SECOND))
    yield path
    path.channel.close()


def status(path, word):
    sent = path.loja.records[-1]["key"]["id"]
    told = {"keyId": sent, "remoteJid": ROSA, "fromMe": True, "status": word}
    path.tell("messages.update", told)


def test_a_message_goes_out_and_its_states_come_back(path):
    path.says("Bom dia!")
    assert path.loja.sent == [{"number": "5511900000001", "text": "Bom dia!"}]
    assert path.thread[-1] == ("Bom dia!", Delivery.ACCEPTED)
    path.tell("send.message", path.loja.records[-1])
    for word, shown in (("DELIVERY_ACK", Delivery.DELIVERED), ("READ", Delivery.READ)):
        status(path, word)
        assert path.thread[-1] == ("Bom dia!", shown)
    assert len(path.thread) == 2


def test_what_the_phone_writes_is_shown_as_well(path):
    later = AT // SECOND + 5
    ours = said({"conversation": "Já vai"}, key(from_me=True, id_="3A1"), messageTimestamp=later)
    path.tell("messages.upsert", ours)
    assert path.thread[-1] == ("Já vai", Delivery.SENT)
    assert path.loja.sent == []


def test_while_the_phone_is_away_the_instance_waits(path):
    path.loja.state = "close"
    path.says("Bom dia!")
    assert (path.held, path.thread[-1]) == ("disconnected", ("Bom dia!", Delivery.QUEUED))
    path.loja.state = "open"
    path.later(10 * MINUTE)
    assert (path.held, path.thread[-1]) == (None, ("Bom dia!", Delivery.ACCEPTED))


def test_a_message_that_has_gone_out_unheard_is_found_and_not_sent_again(path):
    path.fake.faults[TEXT] = [failing(500, "TypeError")]
    path.says("Bom dia!")
    assert path.thread[-1] == ("Bom dia!", Delivery.UNKNOWN)
    path.loja.keep(ROSA, {"conversation": "Bom dia!"}, from_me=True)
    path.later(MINUTE)
    assert path.thread[-1] == ("Bom dia!", Delivery.ACCEPTED)
    assert path.fake.calls.count(TEXT) == 1


def test_a_server_that_cannot_be_asked_stops_no_other_message(path):
    path.fake.faults[TEXT] = [failing(500, "TypeError")]
    path.says("Bom dia!")
    path.fake.faults[FIND] = [failing(500, "away")] * 20
    path.later(10 * MINUTE)
    other = said({"conversation": "Olá"}, key("5511900000002@s.whatsapp.net", id_="3EB0B1"))
    path.tell("messages.upsert", other)
    with path.store.read() as connection:
        newest = max(
            connection.scalars(
                tables.conversation.select().with_only_columns(tables.conversation.c.id)
            )
        )
    path.centre.run(Reply("Olá!"), newest)
    path.settle()
    assert path.loja.sent[-1] == {"number": "5511900000002", "text": "Olá!"}


def test_what_was_lost_comes_by_asking(path):
    path.loja.keep(ROSA, {"conversation": "Alguém?"})
    at = ids.now()
    facts = path.channel.catch_up(at - 10 * MINUTE, at)
    assert [fact.text for fact in facts] == ["Alguém?"]
