"""The door for systems as they see it: status, code and words of every answer."""

import json

import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from build import Centre
from console import actions
from console.config import Settings
from console.domain.ids import DAY, MINUTE, now
from console.gate.runtime import House, Runtime
from console.gateway.notify import PATH, Notifications
from console.store import accounts
from console.store.accounts import Sealed
from console.store.integrations import hash_of, new_token
from console.store.thread import message_by_id

PHONE = "+55 11 90000-0001"


class Door:
    """An office whose systems have a token."""

    def __init__(self, store, tmp_path):
        self.centre = Centre(store, at=now() - 60 * MINUTE)
        self.woken_n = 0
        house = House()
        settings = Settings(home=tmp_path)
        house.move_in(Runtime(settings, store, None, wake=self._wake))
        self.door = Notifications(house)
        routes = [
            Route(PATH, self.door.send, methods=["POST"]),
            Route(f"{PATH}/{{number}}", self.door.read),
        ]
        self.app = Starlette(routes=routes)
        self.token = self.integration("ERP")
        self._link()

    def _wake(self):
        self.woken_n += 1

    def integration(self, name):
        token = new_token()
        self.centre.run(actions.SaveIntegration(name, hash_of(token)))
        return token

    def _link(self):
        centre = self.centre
        centre.run(actions.SaveInstance("Loja 1", "cloud", instance_id=centre.loja))
        values = {"provider_name": "104", "base_url": "https://graph.example", "business": "77"}
        sealed = Sealed("t", ("s",), "v")
        centre.store.write(lambda c: accounts.save_link(c, centre.loja, values, sealed, now()))

    def ask(self, method, path, **given):
        async def asked():
            reached = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=reached, base_url="http://central") as web:
                return await web.request(method, path, **given)

        return anyio.run(asked)

    def post(self, body=None, token=None, headers=None, **changes):
        given = {"instance": "loja-1", "to": {"phone": PHONE}, "text": "Seu pedido saiu."}
        sent = json.dumps(given | changes) if body is None else body
        known = {"authorization": f"Bearer {token or self.token}"}
        kind = {"content-type": "application/json"}
        return self.ask("POST", PATH, content=sent, headers=known | kind | (headers or {}))

    def get(self, number, token=None):
        known = {"authorization": f"Bearer {token or self.token}"}
        return self.ask("GET", f"{PATH}/{number}", headers=known)


@pytest.fixture
def door(sqlite_store, tmp_path):
    made = Door(sqlite_store, tmp_path)
    made.centre.receive()
    return made


def refused(answer):
    error = answer.json()["error"]
    assert error["message"]
    assert error["mensagem"]
    return answer.status_code, error["code"]


def test_a_notification_is_taken_and_can_be_followed(door):
    answer = door.post(external_id="p-42", headers={"idempotency-key": "p-42"})
    assert answer.status_code == 202
    told = answer.json()
    assert (told["state"], told["external_id"], told["failure"]) == ("queued", "p-42", None)
    assert told["created_at"].endswith("+00:00")
    assert told["accepted_at"] is None
    assert door.woken_n == 1
    assert answer.headers["cache-control"] == "no-store"
    followed = door.get(told["id"])
    assert (followed.status_code, followed.json()) == (200, told)
    with door.centre.store.read() as connection:
        message = message_by_id(connection, int(told["id"]))
    assert (message.author_kind, message.author_name) == ("bot", "ERP")


def test_the_same_key_is_answered_alike_and_sends_once(door):
    first = door.post(idempotency_key="p-42")
    again = door.post(headers={"idempotency-key": "p-42"}, idempotency_key="p-42")
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json() == again.json()
    other = door.post(idempotency_key="p-42", text="Outra coisa")
    assert refused(other) == (409, "key_reused")


def test_without_a_key_every_request_is_a_new_one(door):
    assert door.post().json()["id"] != door.post().json()["id"]


def test_keys_of_two_systems_have_nothing_to_do_with_each_other(door):
    other = door.integration("Loja virtual")
    first = door.post(idempotency_key="1")
    second = door.post(idempotency_key="1", token=other)
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["id"] != second.json()["id"]


def test_nobody_reads_what_another_system_or_a_person_sent(door):
    other = door.integration("Loja virtual")
    sent = door.post().json()["id"]
    assert refused(door.get(sent, token=other)) == (404, "not_found")
    centre = door.centre
    talk = centre.receive()
    by_person = centre.run(actions.Reply("Oi"), talk).made[talk]
    for number in (by_person, 1, "x", "9" * 19, "9" * 40, "²"):
        assert refused(door.get(number)) == (404, "not_found")


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer central_wrong"])
def test_without_a_token_nothing_is_done(door, header):
    answer = door.ask("POST", PATH, json={}, headers={"authorization": header})
    assert refused(answer) == (401, "unauthorized")
    assert answer.headers["www-authenticate"] == "Bearer"
    assert refused(door.ask("GET", f"{PATH}/1")) == (401, "unauthorized")


def test_a_revoked_token_ends_at_once(door):
    assert door.post().status_code == 202
    with door.centre.store.read() as connection:
        from console.store.integrations import integration_of

        found = integration_of(connection, door.token)
    assert found.used_at is not None
    door.centre.run(actions.RevokeIntegration(found.id))
    assert refused(door.post()) == (401, "unauthorized")


def test_wrong_tokens_are_heard_ever_more_slowly_and_right_ones_still_are(door):
    answers = [refused(door.post(token="central_x")) for _ in range(25)]
    assert answers[:20] == [(401, "unauthorized")] * 20
    assert answers[-1] == (429, "slow_down")
    assert door.post().status_code == 202


def test_a_system_that_sends_too_fast_is_told_when_to_come_again(door):
    door.door._pace._burst = 2.0
    answers = [door.post() for _ in range(4)]
    assert answers[0].status_code == 202
    assert refused(answers[-1]) == (429, "slow_down")
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_whoever_blocked_system_messages_is_a_conflict(door):
    talk = door.centre.receive()
    door.centre.run(actions.Block(), door.centre.contact(talk).id)
    answer = door.post()
    assert refused(answer) == (409, "blocked")
    assert "bloqueou mensagens do sistema" in answer.json()["error"]["mensagem"]


def test_a_closed_window_tells_the_way_out(sqlite_store, tmp_path):
    door = Door(sqlite_store, tmp_path)
    door.centre.at = now() - 2 * DAY
    door.centre.receive()
    answer = door.post()
    assert refused(answer) == (422, "window_closed")
    assert "template" in answer.json()["error"]["message"]
    template = {"name": "pedido", "language": "pt_BR", "body": ["Ana"]}
    assert door.post(text=None, template=template).status_code == 202


NOT_READ = [
    (b"", (400, "bad_json")),
    (b"[]", (400, "bad_json")),
    (b"\xff", (400, "bad_json")),
    (b'{"a":' * 30_00 + b"1", (400, "bad_json")),
]


@pytest.mark.parametrize(("body", "said"), NOT_READ)
def test_what_is_no_object_is_refused(door, body, said):
    assert refused(door.post(body=body)) == said


@pytest.mark.parametrize(
    "changes",
    [
        {"texto": "Oi"},
        {"instance": "nowhere"},
        {"instance": 5},
        {"text": "x" * 10_001},
        {"text": ["x"]},
        {"idempotency_key": "x" * 201},
        {"to": None},
        {"to": PHONE},
        {"to": {"phone": 5}},
        {"to": {"email": "a@b"}},
        {"to": {"contact_id": "x"}},
        {"to": {"contact_id": True}},
        {"to": {"contact_id": 2**70}},
        {"to": {"contact_id": "²"}},
        {"to": {}},
        {"text": None, "template": "pedido"},
        {"text": "x" * 5_000},
    ],
)
def test_a_bad_field_is_refused_in_words(door, changes):
    assert refused(door.post(**changes)) == (422, "refused")


def test_a_key_that_is_too_long_is_refused(door):
    assert refused(door.post(headers={"idempotency-key": "x" * 201})) == (422, "refused")


def test_a_contact_is_named_by_number_or_text(door):
    contact = door.centre.contact(door.centre.receive()).id
    for given in (contact, str(contact)):
        assert door.post(to={"contact_id": given}).status_code == 202
    assert refused(door.post(to={"contact_id": 1})) == (422, "unknown_contact")


def test_an_instance_is_named_by_key_or_number(door):
    assert door.post(instance=str(door.centre.loja)).status_code == 202


def test_an_instance_without_a_provider_cannot_send(door):
    door.centre.instance("Loja 2")
    assert refused(door.post(instance="loja-2")) == (409, "not_linked")


def test_a_body_of_another_kind_or_too_large_is_refused(door):
    assert refused(door.post(headers={"content-type": "text/plain"})) == (415, "not_json")
    assert refused(door.post(body=b" " * 65_537)) == (413, "too_large")


def test_what_became_of_it_is_told(door):
    number = door.post().json()["id"]
    failure = json.dumps({"code": 131026, "title": "Undeliverable"})
    with door.centre.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "update message set delivery = 'failed', failure = ? where id = ?",
            (failure, int(number)),
        )
    told = door.get(number).json()
    assert (told["state"], told["failure"]["code"]) == ("failed", 131026)
