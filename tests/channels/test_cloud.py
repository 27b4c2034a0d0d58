"""The Cloud API as a channel: what it asks, and what it makes of the answers."""

import hashlib
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
    Fetched,
    Health,
    HealthState,
    MediaOut,
    Outbound,
    Rejected,
    Template,
    TemplatePart,
    Unknown,
    Uploaded,
)
from console.channels.cloud import Cloud
from console.channels.inbound import Kind, MediaRef, PeerId, ProviderError
from console.channels.own_errors import own_error
from console.channels.signature import HEADER, signature
from console.domain.ids import DAY, HOUR, MINUTE
from cutting import cutter

BASE = "https://graph.facebook.com/v23.0"
BUSINESS = "200300400500600"
ACCOUNT = Account(
    INSTANCE,
    BASE,
    token="token-secreto",
    webhook_secrets=("novo", "velho"),
    verify_token="aperto",
    business=BUSINESS,
)
OUT = Outbound("01JOUT", PeerId(phone=ROSA), text="Oi")
SENT = {"messaging_product": "whatsapp", "messages": [{"id": "wamid.1"}]}


class Meta:
    """Answers in turn and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, request):
        request.read()
        self.asked.append(request)
        return self.answers.pop(0)


def talking(*answers, account=ACCOUNT):
    meta = Meta(*answers)
    return Cloud(account, httpx.MockTransport(meta)), meta


def ok(**given):
    return httpx.Response(200, json=given)


def error(code, status=400, headers=None, **given):
    told = {"message": "(#x) words", "type": "OAuthException", "code": code, **given}
    return httpx.Response(status, json={"error": told}, headers=headers)


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


# Files.

CONTENT = b"%PDF-1.4 nota"


@pytest.fixture
def invoice(tmp_path):
    path = tmp_path / "nota.pdf"
    path.write_bytes(CONTENT)
    digest = hashlib.sha256(CONTENT).hexdigest()
    return MediaOut(
        Kind.DOCUMENT, path, "application/pdf", 'nota "da" Rosa.pdf', len(CONTENT), digest
    )


def test_a_file_is_handed_over(invoice):
    cloud, meta = talking(ok(id="700800900"))
    assert cloud.upload(invoice, AT_US) == Uploaded("700800900", AT_US + 30 * DAY)
    (asked,) = meta.asked
    assert (asked.method, str(asked.url)) == ("POST", f"{BASE}/{INSTANCE}/media")
    assert int(asked.headers["content-length"]) == len(asked.content)
    form = httpx.Response(200, headers=asked.headers, content=asked.content)
    parts = parts_of(form)
    assert parts == {
        "messaging_product": ("", b"whatsapp"),
        "type": ("", b"application/pdf"),
        "file": ("application/pdf", CONTENT),
    }


def parts_of(form):
    """The fields of a form, read by the standard library."""
    from email.parser import BytesParser
    from email.policy import HTTP

    head = f"Content-Type: {form.headers['content-type']}\r\n\r\n".encode()
    parsed = BytesParser(policy=HTTP).parsebytes(head + form.content)
    return {
        part.get_param("name", header="content-disposition"): (
            part.get("content-type", ""),
            part.get_payload(decode=True),
        )
        for part in parsed.iter_parts()
    }


def test_a_voice_message_is_handed_over_without_the_parameters_of_its_type(tmp_path):
    path = tmp_path / "voz.ogg"
    path.write_bytes(b"OggS")
    cloud, meta = talking(ok(id="7"))
    voice = MediaOut(Kind.VOICE, path, "audio/ogg; codecs=opus", "voz.ogg", 4, "0" * 64)
    assert cloud.upload(voice, AT_US) == Uploaded("7", AT_US + 30 * DAY)
    assert parts_of(meta.asked[0])["file"] == ("audio/ogg", b"OggS")


@pytest.mark.parametrize(
    "given",
    [{"mime": "image/svg+xml"}, {"size": 101 * 1024 * 1024}, {"kind": Kind.TEXT}, {"mime": ""}],
)
def test_a_file_that_the_channel_does_not_take_is_not_handed_over(invoice, given):
    cloud, meta = talking()
    refused = Rejected(own_error("file_refused"), Action.PERMANENT)
    assert cloud.upload(replace(invoice, **given), AT_US) == refused
    assert meta.asked == []


def test_a_file_that_is_gone_or_has_changed_is_not_handed_over(invoice):
    cloud, _ = talking(ok(id="7"))
    missing = Rejected(own_error("file_missing"), Action.PERMANENT)
    invoice.path.write_bytes(CONTENT + b"more")
    assert cloud.upload(invoice, AT_US) == missing
    invoice.path.unlink()
    assert cloud.upload(invoice, AT_US) == missing


def test_a_file_that_shrinks_on_its_way_is_not_handed_over(invoice):
    from console.channels.cloud_upload import UploadForm

    with invoice.path.open("rb") as file:
        form = UploadForm(file, invoice)
        invoice.path.write_bytes(b"")
        with pytest.raises(OSError):
            list(form)


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (ok(), Action.RETRY),
        (httpx.Response(200, text="?"), Action.RETRY),
        (httpx.Response(500), Action.RETRY),
        (error(131053), Action.PERMANENT),
        (error(190, 401), Action.AUTH),
    ],
)
def test_a_file_that_is_refused(invoice, answer, action):
    assert talking(answer)[0].upload(invoice, AT_US).action is action


MEDIA_URL = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7"
PDF = {"Content-Type": "application/pdf"}


def test_a_file_is_fetched_by_its_id(tmp_path):
    told = {"url": MEDIA_URL, "mime_type": "application/pdf", "file_size": 13, "id": "7"}
    cloud, meta = talking(ok(**told), httpx.Response(200, content=CONTENT))
    digest = hashlib.sha256(CONTENT).hexdigest()
    found = cloud.fetch_media(MediaRef(Kind.DOCUMENT, provider_id="7"), tmp_path / "f", 100)
    assert found == Fetched(digest, 13, "application/pdf")
    assert (tmp_path / "f").read_bytes() == CONTENT
    first, second = meta.asked
    assert str(first.url) == f"{BASE}/7?phone_number_id={INSTANCE}"
    assert str(second.url) == MEDIA_URL
    assert {one.headers["authorization"] for one in meta.asked} == {"Bearer token-secreto"}


def test_a_file_is_fetched_by_its_address(tmp_path):
    cloud, meta = talking(httpx.Response(200, content=CONTENT, headers=PDF))
    found = cloud.fetch_media(MediaRef(Kind.DOCUMENT, url=MEDIA_URL), tmp_path / "f", 100)
    assert (found.mime, len(meta.asked)) == ("application/pdf", 1)


def test_the_hash_of_the_webhook_decides(tmp_path):
    told = {"url": MEDIA_URL, "sha256": hashlib.sha256(CONTENT).hexdigest()}
    cloud, _ = talking(ok(**told), httpx.Response(200, content=CONTENT))
    ref = MediaRef(Kind.DOCUMENT, provider_id="7", sha256="0" * 64)
    found = cloud.fetch_media(ref, tmp_path / "f", 100)
    assert found == Rejected(own_error("not_fetched", "wrong hash"), Action.PERMANENT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (ok(url=MEDIA_URL, file_size="101"), Action.PERMANENT),
        (ok(url="https://evil.test/x"), Action.PERMANENT),
        (ok(), Action.PERMANENT),
        (error(100), Action.PERMANENT),
        (error(190, 401), Action.AUTH),
        (httpx.Response(500), Action.RETRY),
    ],
)
def test_a_file_that_is_not_there(answer, action, tmp_path):
    cloud, meta = talking(answer)
    found = cloud.fetch_media(MediaRef(Kind.DOCUMENT, provider_id="7"), tmp_path / "f", 100)
    assert (found.action, len(meta.asked)) == (action, 1)


@pytest.mark.parametrize("given", [None, "", "../me", "7/x", "7?x=1", "é"])
def test_an_id_that_is_none_is_not_asked_for(given, tmp_path):
    cloud, meta = talking()
    found = cloud.fetch_media(MediaRef(Kind.IMAGE, provider_id=given), tmp_path / "f", 100)
    assert (found.action, meta.asked) == (Action.PERMANENT, [])


# Templates.

PAGE = {
    "data": [
        {
            "name": "pedido",
            "language": "pt_BR",
            "category": "UTILITY",
            "status": "APPROVED",
            "components": [
                {"type": "HEADER", "format": "TEXT", "text": "Pedido {{1}}"},
                {"type": "BODY", "text": "Oi {{2}}, chega {{1}}. Até, {{2}}!"},
                {"type": "FOOTER", "text": "Loja"},
                {
                    "type": "BUTTONS",
                    "buttons": [
                        {"type": "URL", "text": "Ver", "url": "https://loja.example/{{1}}"},
                        {"type": "QUICK_REPLY", "text": "Obrigada"},
                    ],
                },
                {"type": "CAROUSEL"},
            ],
        },
        {"name": "sem idioma"},
    ],
    "paging": {"cursors": {"after": "A2"}, "next": "https://graph.facebook.com/next"},
}
LAST = {
    "data": [
        {
            "name": "aviso",
            "language": "es",
            "components": [
                {"type": "HEADER", "format": "IMAGE"},
                {"type": "BODY", "text": "{{ cliente }}, {{dia}}"},
            ],
        }
    ],
    "paging": {"cursors": {"after": "A3"}},
}


def test_all_pages_of_templates_are_read():
    cloud, meta = talking(ok(**PAGE), ok(**LAST))
    assert cloud.templates() == [
        Template(
            "pedido",
            "pt_BR",
            "UTILITY",
            "APPROVED",
            (
                TemplatePart("header", "Pedido {{1}}", 1),
                TemplatePart("body", "Oi {{2}}, chega {{1}}. Até, {{2}}!", 2),
                TemplatePart("footer", "Loja"),
                TemplatePart("button", "Ver", 1, "url"),
                TemplatePart("button", "Obrigada", 0, "quick_reply"),
            ),
        ),
        Template(
            "aviso",
            "es",
            "",
            "",
            (
                TemplatePart("header", "", 0, "image"),
                TemplatePart("body", "{{ cliente }}, {{dia}}", 2, names=("cliente", "dia")),
            ),
        ),
    ]
    assert [asked.url.path for asked in meta.asked] == [f"/v23.0/{BUSINESS}/message_templates"] * 2
    assert [asked.url.params.get("after") for asked in meta.asked] == [None, "A2"]


def test_a_list_of_templates_that_never_ends_is_given_up():
    endless = [ok(**PAGE) for _ in range(60)]
    cloud, meta = talking(*endless)
    assert len(cloud.templates()) == len(meta.asked) == 50


def test_templates_of_an_account_without_a_business_are_refused():
    cloud, meta = talking(account=Account(INSTANCE, BASE, token="t"))
    assert cloud.templates().error.title == "misconfigured"
    assert meta.asked == []


def test_templates_that_are_refused():
    assert talking(error(190, 401))[0].templates().action is Action.AUTH
    assert talking(ok(data="x"))[0].templates() == []


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
