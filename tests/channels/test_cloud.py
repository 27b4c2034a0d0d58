"""The Cloud API as a channel: what it asks, and what it makes of the answers."""

import json
from dataclasses import replace

import httpx
import pytest

from cloud_bodies import AT_US, INSTANCE, OURS, ROSA, message, with_messages
from console.channels.base import (
    Accepted,
    Account,
    Action,
    Channel,
    Health,
    HealthState,
    Outbound,
    Rejected,
    Unknown,
)
from console.channels.cloud import Cloud
from console.channels.inbound import PeerId, ProviderError
from console.channels.own_errors import own_error
from console.channels.signature import HEADER, signature
from console.domain.ids import HOUR, MINUTE
from cutting import cutter
from talking import ACCOUNT, BASE, BUSINESS, OUT, SENT, error, ok, talking


def result_of(answer):
    return talking(answer)[0].send(OUT)


def test_it_is_a_channel():
    cloud: Channel = talking()[0]
    assert (cloud.name, cloud.scope, cloud.echoes_correlation) == ("cloud", BUSINESS, True)
    assert cloud.per_second == 20
    wanted = {name for name in vars(Channel) if not name.startswith("_")}
    assert wanted <= set(dir(cloud))
    cloud.close()


def test_a_message_is_posted_once_with_the_token():
    cloud, meta = talking(ok(**SENT))
    assert cloud.send(OUT) == Accepted("wamid.1")
    (asked,) = meta.asked
    assert (asked.method, str(asked.url)) == ("POST", f"{BASE}/{INSTANCE}/messages")
    assert asked.headers["authorization"] == "Bearer token-secreto"
    assert json.loads(asked.content)["text"] == {"body": "Oi", "preview_url": False}
    assert json.loads(asked.content)["biz_opaque_callback_data"] == "01JOUT"


def test_what_cannot_be_sent_is_not_posted():
    cloud, meta = talking()
    empty = Outbound("01JOUT", PeerId(phone=ROSA))
    assert cloud.send(empty) == Rejected(own_error("no_text"), Action.PERMANENT)
    assert meta.asked == []


def test_a_refusal_is_told_with_its_code_and_details():
    answer = error(131047, error_data={"details": "More than 24 hours"}, title="Re-engagement")
    told = ProviderError(131047, "Re-engagement", "More than 24 hours")
    assert result_of(answer) == Rejected(told, Action.WINDOW_CLOSED)


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (error(131056), Action.THROTTLE_PEER),
        (error(130429, 429), Action.THROTTLE_NUMBER),
        (error(190, 401), Action.AUTH),
        (error(131000, 500), Action.RETRY),
        (error(2, 503, is_transient=True), Action.RETRY),
        (error(999_999, 500, is_transient=False), Action.PERMANENT),
        (error(999_999, 500, is_transient="yes"), Action.RETRY),
        (error("131026"), Action.PERMANENT),
        (error(131026, 200), Action.PERMANENT),
        (httpx.Response(429), Action.THROTTLE_NUMBER),
        (httpx.Response(403, text="<html>"), Action.AUTH),
        (httpx.Response(404), Action.PERMANENT),
        (httpx.Response(400, json={"error": "no"}), Action.PERMANENT),
        (httpx.Response(400, json={"error": {"code": None}}), Action.PERMANENT),
        (httpx.Response(302, headers={"Location": "https://evil.test/"}), Action.AUTH),
    ],
)
def test_a_refusal_has_its_action(answer, action):
    found = result_of(answer)
    assert isinstance(found, Rejected)
    assert found.action is action


GZIP = {"Content-Encoding": "gzip"}


@pytest.mark.parametrize(
    "answer",
    [
        ok(),
        ok(messages=[]),
        ok(messages=[{"id": ""}]),
        ok(messages=[{"id": None}]),
        ok(messages={"id": "wamid.1"}),
        ok(messages=["wamid.1"]),
        httpx.Response(200, text="wamid.1"),
        httpx.Response(200, content=b"[" * 10_000),
        httpx.Response(200, json=[SENT]),
        httpx.Response(204),
        httpx.Response(500),
        httpx.Response(502, text="<html>Bad gateway"),
        httpx.Response(503, json={"error": {"message": "no code"}}),
        httpx.Response(504, json={"error": []}),
        httpx.Response(408),
        httpx.Response(
            200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"no gzip")
        ),
    ],
)
def test_an_answer_that_says_neither_is_unknown(answer):
    assert isinstance(result_of(answer), Unknown)


USAGE = "X-Business-Use-Case-Usage"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "30"}, 30.0),
        ({"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, None),
        ({"Retry-After": "-1"}, None),
        ({USAGE: '{"1":[{"estimated_time_to_regain_access":5},{}]}'}, 300.0),
        ({USAGE: '{"1":[{"estimated_time_to_regain_access":0}]}'}, None),
        ({USAGE: '{"1":{},"2":["x"]}'}, None),
        ({USAGE: "[]"}, None),
        ({USAGE: "{"}, None),
    ],
)
def test_how_long_to_wait_is_the_provider_s_word(headers, seconds):
    assert result_of(error(80007, headers=headers)).retry_after_s == seconds
    assert result_of(httpx.Response(429, headers=headers)).retry_after_s == seconds


@pytest.mark.parametrize(
    "given",
    [
        {"base_url": "http://graph.facebook.com/v23.0"},
        {"base_url": "ftp://graph.facebook.com"},
        {"base_url": "https://[::1"},
        {"base_url": ""},
        {"base_url": "https://graph.facebook.com:80000"},
        {"name": "../x"},
        {"name": ""},
        {"name": "1/messages?x="},
    ],
)
def test_an_address_that_is_none_stops_the_instance(given):
    cloud, meta = talking(account=replace(ACCOUNT, **given))
    found = cloud.send(OUT)
    assert (found.action, found.error.title) == (Action.AUTH, "misconfigured")
    assert cloud.health().state is HealthState.AUTH
    assert meta.asked == []


@pytest.mark.parametrize("token", ["a\nb", "ção"])
def test_a_token_that_is_none_stops_the_instance(token):
    with cutter() as server:
        account = Account(INSTANCE, server.base, token=token, may_be_local=True)
        cloud = Cloud(account)
        found = cloud.send(OUT)
        cloud.close()
    assert (found.action, found.error.title) == (Action.AUTH, "misconfigured")
    assert server.seen == 0
    assert token not in repr(found)


def test_a_token_pasted_with_a_line_break_is_taken():
    cloud, meta = talking(ok(**SENT), account=replace(ACCOUNT, token=" token-secreto\r\n"))
    assert cloud.send(OUT) == Accepted("wamid.1")
    assert meta.asked[0].headers["authorization"] == "Bearer token-secreto"


def test_a_trailing_slash_of_the_base_does_no_harm():
    cloud, meta = talking(ok(**SENT), account=replace(ACCOUNT, base_url=f"{BASE}/"))
    cloud.send(OUT)
    assert str(meta.asked[0].url) == f"{BASE}/{INSTANCE}/messages"


def test_a_secret_shows_nowhere():
    cloud, _ = talking(error(190, 401))
    shown = f"{ACCOUNT!r} {cloud.send(OUT)!r} {cloud!r}"
    for secret in ("token-secreto", "novo", "velho", "aperto"):
        assert secret not in shown


def test_a_message_is_marked_as_read():
    cloud, meta = talking(ok(success=True), error(100), httpx.Response(500))
    assert cloud.mark_read(PeerId(phone=ROSA), "wamid.9") == Accepted("wamid.9")
    assert json.loads(meta.asked[0].content)["message_id"] == "wamid.9"
    assert cloud.mark_read(PeerId(phone=ROSA), "wamid.9").action is Action.PERMANENT
    assert isinstance(cloud.mark_read(PeerId(phone=ROSA), "wamid.9"), Unknown)


# Webhooks.


def test_a_webhook_is_signed_with_either_secret():
    cloud, _ = talking()
    body = with_messages(message())
    for secret, is_ours in (("novo", True), ("velho", True), ("outro", False), ("", False)):
        assert cloud.verify({HEADER: signature(secret, body)}, body, AT_US) is is_ours
    (fact,) = cloud.parse_webhook(body, AT_US)
    assert fact.text == "Oi, meu pedido não chegou"


ASKED = {"hub.mode": "subscribe", "hub.verify_token": "aperto", "hub.challenge": "4711"}


def test_the_handshake_echoes_the_challenge():
    assert talking()[0].handshake(ASKED) == "4711"


@pytest.mark.parametrize(
    "given",
    [
        {**ASKED, "hub.verify_token": "aperta"},
        {**ASKED, "hub.verify_token": ""},
        {**ASKED, "hub.verify_token": "ção"},
        {**ASKED, "hub.verify_token": "\ud800"},
        {**ASKED, "hub.mode": "unsubscribe"},
        {key: value for key, value in ASKED.items() if key != "hub.mode"},
        {key: value for key, value in ASKED.items() if key != "hub.challenge"},
        {},
    ],
)
def test_a_handshake_of_somebody_else_is_refused(given):
    assert talking()[0].handshake(given) is None


def test_without_a_token_there_is_no_handshake():
    cloud, _ = talking(account=Account(INSTANCE, BASE))
    assert cloud.handshake({**ASKED, "hub.verify_token": ""}) is None


# Health and what the API has not.


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"status": "CONNECTED", "quality_rating": "GREEN"}, HealthState.OK),
        ({"status": "CONNECTED", "quality_rating": "YELLOW"}, HealthState.OK),
        ({"status": "CONNECTED", "quality_rating": "RED"}, HealthState.DEGRADED),
        ({"status": "FLAGGED"}, HealthState.DEGRADED),
        ({"status": "RESTRICTED"}, HealthState.DEGRADED),
        ({"status": "BANNED", "quality_rating": "RED"}, HealthState.DOWN),
        ({"status": "DISCONNECTED"}, HealthState.DOWN),
        ({}, HealthState.OK),
    ],
)
def test_health_is_what_the_number_says(given, state):
    assert talking(ok(**given))[0].health().state is state


def test_health_names_the_number():
    told = {
        "display_phone_number": "+55 11 3000-0000",
        "verified_name": "Loja da Rosa",
        "status": "CONNECTED",
        "quality_rating": "GREEN",
    }
    cloud, meta = talking(ok(**told))
    assert cloud.health() == Health(
        HealthState.OK, "status CONNECTED, quality GREEN", OURS, "Loja da Rosa"
    )
    assert meta.asked[0].url.path == f"/v23.0/{INSTANCE}"


@pytest.mark.parametrize(
    ("answer", "state", "detail"),
    [
        (error(190, 401), HealthState.AUTH, "190 (#x) words"),
        (error(4), HealthState.DEGRADED, "4 (#x) words"),
        (error(1, 500), HealthState.DOWN, "1 (#x) words"),
        (httpx.Response(500), HealthState.DOWN, "HTTP 500"),
    ],
)
def test_health_without_an_answer(answer, state, detail):
    assert talking(answer)[0].health() == Health(state, detail)


def test_what_the_api_has_not():
    cloud, _ = talking()
    assert cloud.find_sent(OUT, AT_US) is None
    assert cloud.catch_up(AT_US, AT_US) == []
    assert cloud.pairing() is None


def test_the_window_closes_a_minute_before_its_day_is_over():
    cloud, _ = talking()
    assert cloud.window_closes_at(None) == 0
    assert cloud.window_closes_at(AT_US) == AT_US + 24 * HOUR - MINUTE
