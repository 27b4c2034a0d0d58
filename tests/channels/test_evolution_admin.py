"""Setting an instance up, and what it then tells by its webhook."""

import json
import re
import threading
from contextlib import closing

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from channels.evolution_bodies import ROSA, said
from channels.evolution_fake import GLOBAL_KEY, QR, failing, saying, serving
from console.channels import evolution_admin as admin
from console.channels.base import Account, Action, ChannelError, Pairing, Rejected
from console.channels.evolution import Evolution
from console.channels.evolution_auth import HEADER
from console.channels.evolution_http import Server
from console.channels.evolution_words import NOTICE, NOTICE_LINK
from console.channels.inbound import ConnectionChanged, MessageIn, Status
from console.channels.own_errors import own_error
from console.domain.ids import now
from machine import ROOT

SECRET = "a-secret-of-more-than-32-bytes-for-hs256"
PICTURE = QR.removeprefix("data:image/png;base64,")


@pytest.fixture
def server(fake, account):
    server = Server(Account("loja", account.base_url, GLOBAL_KEY, may_be_local=True))
    yield server
    server.close()


def hook(url="http://127.0.0.1:9/wh/evolution/opaque", **more):
    return admin.Hook(url, SECRET, **more)


def test_a_new_instance_has_a_key_a_code_and_our_settings(server, fake):
    made = admin.create(server, "loja", hook())
    assert made == admin.Created("TOKEN-OF-LOJA", Pairing(PICTURE, None))
    assert "TOKEN" not in repr(made)
    loja = fake.instances["loja"]
    assert loja.settings == admin.SETTINGS
    assert (loja.settings["readMessages"], loja.settings["groupsIgnore"]) == (False, True)
    assert loja.webhook == {
        "enabled": True,
        "url": "http://127.0.0.1:9/wh/evolution/opaque",
        "headers": {"X-Central-Token": SECRET},
        "byEvents": False,
        "base64": False,
        "events": [
            "MESSAGES_UPSERT",
            "MESSAGES_UPDATE",
            "MESSAGES_EDITED",
            "MESSAGES_DELETE",
            "SEND_MESSAGE",
            "CONNECTION_UPDATE",
            "QRCODE_UPDATED",
        ],
    }


def test_a_name_that_is_taken_is_refused(server, fake):
    fake.add()
    with pytest.raises(ChannelError) as raised:
        admin.create(server, "loja", hook())
    assert raised.value.rejected.action is Action.AUTH
    assert "already in use" in raised.value.rejected.error.details


def test_a_new_instance_may_have_no_code_yet(server, fake):
    fake.has_network = False
    assert admin.create(server, "loja", hook()).pairing == Pairing()


def test_older_servers_wrap_the_key(server, fake):
    fake.faults["instance/create"] = [saying('{"hash":{"apikey":"K"}}', 201), saying("{}", 201)]
    assert admin.create(server, "loja", hook()).token == "K"
    with pytest.raises(ChannelError, match="refused no key"):
        admin.create(server, "loja", hook())


def test_the_webhook_and_the_settings_are_set_anew(server, fake):
    loja = fake.add()
    admin.set_webhook(server, hook("https://central.example/wh/evolution/new", is_signed=True))
    assert loja.webhook["url"] == "https://central.example/wh/evolution/new"
    assert loja.webhook["headers"] == {"jwt_key": SECRET}
    admin.set_settings(server)
    assert loja.settings == admin.SETTINGS


def test_the_server_refuses_events_it_does_not_know(server, fake, monkeypatch):
    fake.add()
    monkeypatch.setattr(admin, "EVENTS", ("MESSAGES_DREAMT",))
    with pytest.raises(ChannelError) as raised:
        admin.set_webhook(server, hook())
    details = "HTTP 400: webhook.events[0] is not one of enum values"
    assert raised.value.rejected == Rejected(own_error("refused", details), Action.PERMANENT)


def test_a_phone_is_unlinked_once(server, fake):
    loja = fake.add()
    admin.logout(server)
    assert loja.state == "close"
    admin.logout(server)
    assert fake.calls.count("instance/logout") == 1
    fake.faults["instance/connectionState"] = [failing(500, "x")]
    with pytest.raises(ChannelError):
        admin.logout(server)


def test_an_instance_is_removed(server, fake):
    fake.add()
    admin.delete(server)
    assert fake.instances == {}


def test_the_key_of_one_instance_does_not_open_another(fake, account):
    fake.add()
    fake.add("filial")
    elsewhere = Account("filial", account.base_url, account.token, may_be_local=True)
    with closing(Evolution(elsewhere)) as other:
        assert other.health().detail == "misconfigured HTTP 401: Unauthorized"
    with closing(Server(account)) as server, pytest.raises(ChannelError) as raised:
        admin.create(server, "nova", hook())
    assert raised.value.rejected.action is Action.AUTH


def test_a_name_is_no_path(fake, account):
    name = "loja/../../x?y#z ç"
    fake.add(name).token = account.token
    account = Account(name, account.base_url, account.token, may_be_local=True)
    with closing(Evolution(account)) as odd:
        assert odd.health().detail == "open"


# Webhooks


class Door:
    """What the gateway does: verify, redact, read; `answers` go first."""

    def __init__(self, channel):
        self.channel, self.answers = channel, []
        self.kept, self.facts, self.lock = [], [], threading.Lock()
        self.app = Starlette(routes=[Route("/{path:path}", self.take, methods=["POST"])])

    async def take(self, request):
        if self.answers:
            return Response(status_code=self.answers.pop(0))
        body, at = await request.body(), now()
        if not self.channel.verify(request.headers, body, at):
            return Response(status_code=401)
        self.kept.append(self.channel.redact(body))
        self.facts += self.channel.parse_webhook(self.kept[-1], at)
        return Response(status_code=200)


@pytest.fixture(scope="module")
def door():
    door = Door(None)
    with serving(door.app) as url:
        yield door, url


@pytest.fixture
def told(door, fake, loja, server, channel):
    """Post an event to a gateway; the statuses of each attempt."""
    gate, url = door
    gate.__init__(channel)

    def tell(event, item, **more):
        admin.set_webhook(server, hook(f"{url}/wh/evolution/opaque", **more))
        return fake.tell(loja, event, item)

    return tell


@pytest.fixture
def gate(door):
    return door[0]


@pytest.mark.parametrize("is_signed", [True, False])
def test_what_the_server_tells_is_taken_and_its_key_is_not_kept(told, gate, loja, is_signed):
    assert told("messages.upsert", said({"conversation": "Oi"}), is_signed=is_signed) == [200]
    (fact,) = gate.facts
    assert isinstance(fact, MessageIn)
    assert (fact.text, fact.instance) == ("Oi", "loja")
    assert loja.token.encode() not in gate.kept[0]


def test_a_wrong_secret_is_final(told, gate, loja, fake):
    assert told("messages.upsert", {}) == [200]
    loja.webhook["headers"] = {HEADER: "another"}
    assert fake.tell(loja, "messages.upsert", {}) == [401]
    loja.webhook["headers"] = {}
    assert fake.tell(loja, "messages.upsert", {}) == [401]
    assert len(gate.kept) == 1


def test_a_gateway_that_is_down_for_a_moment_loses_nothing(told, gate, fake):
    gate.answers = [503, 503]
    assert told("messages.upsert", said({"conversation": "Oi"})) == [503, 503, 200]
    assert fake.delays == [5, 10]
    assert [fact.text for fact in gate.facts] == ["Oi"]


def test_a_gateway_that_stays_down_loses_it_and_the_catch_up_does_not(told, gate, loja, channel):
    kept = loja.keep(ROSA, {"conversation": "Oi"})
    gate.answers = [503] * 10
    assert told("messages.upsert", kept) == [503] * 10
    assert gate.facts == []
    at = now()
    assert [fact.text for fact in channel.catch_up(at - 60_000_000, at)] == ["Oi"]


def test_the_other_events_arrive(told, gate):
    told("connection.update", {"instance": "loja", "state": "close", "statusReason": 401})
    told("qrcode.updated", {"qrcode": {"code": "2@x", "base64": QR}})
    told("messages.update", {"keyId": "3EB0", "remoteJid": ROSA, "fromMe": True, "status": "READ"})
    closed, code, read = gate.facts
    assert isinstance(closed, ConnectionChanged)
    assert (closed.state, closed.reason) == ("close", "401")
    assert code.qr_png_b64 == PICTURE
    assert read.status is Status.READ


# What the guide says


def test_the_guide_has_the_notice_and_the_names_of_the_code():
    guide = (ROOT / "docs/connect-evolution.md").read_text(encoding="utf-8")
    assert NOTICE.pt in guide
    assert NOTICE_LINK in guide
    events = re.search(r'"events": (\[.*?\])', guide, re.DOTALL)[1]
    assert tuple(json.loads(events)) == admin.EVENTS
    assert f'{{"{HEADER}": "SEGREDO"}}' in guide
    created = re.search(r"-d '(\{\"instanceName.*?\})'", guide, re.DOTALL)[1]
    assert admin.SETTINGS.items() >= {
        (name, value) for name, value in json.loads(created).items() if name in admin.SETTINGS
    }
