"""What the simulated provider posts: items, order, signature, repetition."""

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from console.channels.simulator import AT_ONCE, Customer, Number, Pace, Simulator
from console.channels.simulator.people import bsuid_of
from console.channels.simulator.pump import Pump
from console.channels.simulator.samples import SAMPLES
from console.channels.simulator.wire import encoded, signature
from console.domain.ids import DAY, MINUTE, SECOND
from simulated import ANA, NUMBER, Box, Clock, listening, offline, send, text

BSUID = bsuid_of(NUMBER.business, ANA.phone)


def written(who=ANA, words="", **more):
    """The one item of a message, and its value."""
    sim, box = offline()
    sim.customer_writes(who, words, **more)
    sim.run_all()
    (value,) = box.values
    return value["messages"][0], value


def test_a_text_comes_in_the_published_envelope():
    sim, box = offline()
    id = sim.customer_writes(ANA, "Oi, tudo bem?")
    sim.run_all()
    assert box.bodies == [
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": NUMBER.business,
                    "changes": [
                        {
                            "value": {
                                "messaging_product": "whatsapp",
                                "metadata": {
                                    "display_phone_number": NUMBER.phone,
                                    "phone_number_id": NUMBER.id,
                                },
                                "contacts": [
                                    {
                                        "profile": {"name": "Ana Lima"},
                                        "wa_id": ANA.phone,
                                        "user_id": BSUID,
                                    }
                                ],
                                "messages": [
                                    {
                                        "from": ANA.phone,
                                        "from_user_id": BSUID,
                                        "id": id,
                                        "timestamp": "1793620800",
                                        "type": "text",
                                        "text": {"body": "Oi, tudo bem?"},
                                    }
                                ],
                            },
                            "field": "messages",
                        }
                    ],
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("secret", "body", "digest"),
    [
        # RFC 4231, test case 2; then by `openssl dgst -sha256 -hmac`.
        (
            "Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            "SIM-secret",
            b'{"a":"\\u00e7\\/"}',
            "81ea614913ccb1b1ba39cc210364422133b025b385aaba8fbe45305e0ee0f46d",
        ),
    ],
)
def test_the_signature_is_the_hmac_of_the_raw_body(secret, body, digest):
    assert signature(secret, body) == f"sha256={digest}"


def test_every_body_is_signed_with_the_secret_of_its_number():
    sim, box = offline()
    sim.customer_writes(ANA, "Oi")
    sim.run_all()
    ((url, body, headers),) = box.got
    right = hmac.new(NUMBER.secret.encode(), body, hashlib.sha256).hexdigest()
    assert url == NUMBER.webhook
    assert headers["x-hub-signature-256"] == f"sha256={right}"
    assert headers["content-type"] == "application/json"


def test_bodies_are_ascii_as_meta_writes_them():
    assert encoded({"a": "ção/😀"}) == b'{"a":"\\u00e7\\u00e3o\\/\\ud83d\\ude00"}'


@pytest.mark.parametrize("kind", ["image", "voice", "audio", "video", "document", "sticker"])
def test_media_come_by_id_with_a_hash(kind):
    item, _ = written(kind=kind)
    wire = "audio" if kind == "voice" else kind
    assert item["type"] == wire
    assert set(item[wire]) >= {"id", "mime_type", "sha256"}
    assert item[wire].get("voice") == {"voice": True, "audio": False}.get(kind)


def test_a_file_of_ones_own_is_attached_with_its_name_and_caption():
    more = {"content": b"%PDF", "mime": "application/pdf", "filename": "nota.pdf"}
    item, _ = written(words="Segue", kind="document", **more)
    assert item["document"].pop("id")
    assert item["document"] == {
        "caption": "Segue",
        "mime_type": "application/pdf",
        "sha256": "MV1Cm3cUzttq0ErDEkAUUldpJjBFfzyIJTxb7OrHYCc=",
        "filename": "nota.pdf",
    }


def test_a_named_sample_is_attached():
    item, _ = written(kind="image", sample="candle")
    assert item["image"]["mime_type"] == "image/png"


ITEMS = [
    (
        {"kind": "location"},
        "location",
        {
            "latitude": -23.5613,
            "longitude": -46.6565,
            "name": "Praça das Mangueiras",
            "address": "Rua das Mangueiras, 120 - Bela Vista, São Paulo - SP",
        },
    ),
    (
        {"kind": "location", "data": {"latitude": 1.5, "longitude": 2}},
        "location",
        {"latitude": 1.5, "longitude": 2},
    ),
    (
        {"kind": "reaction", "words": "👍", "target": "wamid.1"},
        "reaction",
        {"message_id": "wamid.1", "emoji": "👍"},
    ),
    (
        {"kind": "button_reply", "words": "Sim"},
        "interactive",
        {"type": "button_reply", "button_reply": {"id": "opcao-1", "title": "Sim"}},
    ),
    (
        {"kind": "list_reply", "words": "PIX", "data": "pix"},
        "interactive",
        {
            "type": "list_reply",
            "list_reply": {"id": "pix", "title": "PIX", "description": ""},
        },
    ),
    (
        {"kind": "button", "words": "Confirmo"},
        "button",
        {"payload": "Confirmo", "text": "Confirmo"},
    ),
    ({"kind": "revoke", "target": "wamid.1"}, "revoke", {"original_message_id": "wamid.1"}),
    (
        {"kind": "edit", "words": "Ok", "target": "wamid.1"},
        "edit",
        {
            "original_message_id": "wamid.1",
            "message": {"type": "text", "text": {"body": "Ok"}},
        },
    ),
    ({"kind": "unsupported"}, "unsupported", {"type": "poll_creation"}),
]


@pytest.mark.parametrize(("wish", "kind", "value"), ITEMS)
def test_every_kind_has_its_published_object(wish, kind, value):
    item, _ = written(**wish)
    assert (item["type"], item[kind]) == (kind, value)


def test_what_whatsapp_does_not_pass_on_says_so():
    item, _ = written(kind="unsupported", words="event")
    assert item["errors"][0]["code"] == 131051
    assert item["unsupported"] == {"type": "event"}


def test_contact_cards_and_orders_have_an_example():
    assert written(kind="contacts")[0]["contacts"][0]["phones"][0]["wa_id"] == "5511988880101"
    assert written(kind="order")[0]["order"]["product_items"][0]["currency"] == "BRL"


def test_a_media_message_needs_a_file():
    from console.channels.simulator.writing import Written, content_of

    with pytest.raises(ValueError, match="needs a file"):
        content_of(Written("image"))


def test_the_context_tells_what_is_answered_and_what_was_forwarded():
    sim, box = offline()
    first = sim.phone_sends(ANA, "Posso ajudar?")
    second = sim.customer_writes(ANA, "Sim", reply_to=first)
    sim.customer_writes(ANA, "Isto", reply_to=second, is_forwarded=True)
    sim.run_all()
    answers = [item["context"] for item in box.items("messages")]
    assert answers == [
        {"from": NUMBER.phone, "id": first},
        {"from": ANA.phone, "id": second, "forwarded": True},
    ]


def test_an_edit_of_a_caption_keeps_its_picture():
    sim, box = offline()
    id = sim.customer_writes(ANA, "Olha", kind="image")
    sim.customer_writes(ANA, "Olhe", kind="edit", target=id)
    sim.run_all()
    picture, edit = box.items("messages")
    assert edit["edit"]["message"] == {
        "type": "image",
        "image": picture["image"] | {"caption": "Olhe"},
    }
    assert sim.world.bubble(id)[1].is_edited


def test_an_edit_of_an_edit_goes_on_from_the_first_one():
    sim, _ = offline()
    id = sim.customer_writes(ANA, "a")
    sim.customer_writes(ANA, "b", kind="edit", target=id)
    sim.customer_writes(ANA, "c", kind="edit", target=id)
    assert sim.world.bubble(id)[1].content == {"type": "text", "text": {"body": "c"}}


def test_deleting_and_reacting_are_remembered():
    sim, _ = offline()
    id = sim.customer_writes(ANA, "Oi")
    sim.phone_sends(ANA, "❤️", kind="reaction", target=id)
    sim.customer_writes(ANA, kind="revoke", target=id)
    bubble = sim.world.bubble(id)[1]
    assert (bubble.reactions, bubble.is_deleted) == ({"shop": "❤️"}, True)
    assert len(sim.world.talk(NUMBER, ANA).bubbles) == 1


def test_somebody_without_a_phone_comes_by_their_identifier():
    item, value = written(Customer(None, "Bia", "BR.77", username="bia.s"), "Oi")
    assert value["contacts"] == [
        {"profile": {"name": "Bia", "username": "bia.s"}, "user_id": "BR.77"}
    ]
    assert item["from_user_id"] == "BR.77"
    assert "from" not in item


def test_a_number_may_tell_phones_only():
    sim, box = offline(Number(webhook=NUMBER.webhook, tells_bsuids=False))
    sim.customer_writes(ANA, "Oi")
    sim.customer_writes(Customer(None, "Bia", "BR.77"), "Oi")
    sim.run_all()
    assert [value["contacts"] for value in box.values] == [
        [{"profile": {"name": "Ana Lima"}, "wa_id": ANA.phone}],
        [{"profile": {"name": "Bia"}, "user_id": "BR.77"}],
    ]


def test_a_name_told_later_is_kept():
    sim, box = offline()
    sim.customer_writes(ANA.phone, "Oi")
    sim.customer_writes(ANA, "Sou a Ana")
    sim.customer_writes(ANA.phone, "Alô?")
    sim.run_all()
    names = [value["contacts"][0]["profile"]["name"] for value in box.values]
    assert names == [ANA.phone, "Ana Lima", "Ana Lima"]


def test_the_phone_of_the_shop_comes_as_an_echo():
    sim, box = offline()
    id = sim.phone_sends(ANA, "Já te respondo")
    sim.run_all()
    (body,) = box.bodies
    change = body["entry"][0]["changes"][0]
    assert change["field"] == "smb_message_echoes"
    assert change["value"]["message_echoes"] == [
        {
            "from": NUMBER.phone,
            "to": ANA.phone,
            "to_user_id": BSUID,
            "id": id,
            "timestamp": "1793620800",
            "type": "text",
            "text": {"body": "Já te respondo"},
        }
    ]
    assert not sim.world.talk(NUMBER, ANA).is_open(sim._clock())


def test_a_new_number_comes_as_a_system_message_without_contacts():
    sim, box = offline()
    id = sim.changes_number(ANA, "5521912345678")
    sim.run_all()
    (value,) = box.values
    assert "contacts" not in value
    assert value["messages"] == [
        {
            "from": ANA.phone,
            "from_user_id": BSUID,
            "id": id,
            "timestamp": "1793620800",
            "type": "system",
            "system": {
                "body": f"User Ana Lima changed from {ANA.phone} to 5521912345678",
                "wa_id": "5521912345678",
                "type": "user_changed_number",
            },
        }
    ]


def sent(pace=AT_ONCE, **more):
    """The statuses of one accepted text, in the order they came."""
    with listening(pace=pace) as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        sim.run_all()
        send(api, text(**more))
        sim.run_all()
    return box.items("statuses")


def test_statuses_go_up_and_bring_the_outbox_id_back():
    statuses = sent(biz_opaque_callback_data="outbox-7")
    assert [s["status"] for s in statuses] == ["sent", "delivered", "read"]
    first = statuses[0]
    assert first.pop("id").startswith("wamid.SIM")
    assert first.pop("conversation") == {
        "id": statuses[1]["conversation"]["id"],
        "origin": {"type": "service"},
        "expiration_timestamp": str(1793620800 + 86400),
    }
    assert first == {
        "status": "sent",
        "timestamp": "1793620800",
        "recipient_id": ANA.phone,
        "recipient_user_id": BSUID,
        "biz_opaque_callback_data": "outbox-7",
        "pricing": {
            "billable": False,
            "pricing_model": "PMP",
            "type": "free_customer_service",
            "category": "service",
        },
    }
    assert "expiration_timestamp" not in statuses[1]["conversation"]


def test_without_an_outbox_id_none_comes_back():
    assert "biz_opaque_callback_data" not in sent()[0]


def test_some_messages_are_never_read():
    statuses = sent(Pace((0, 0), (0, 0), (0, 0), 0.0))
    assert [s["status"] for s in statuses] == ["sent", "delivered"]


def test_a_template_costs_what_its_category_costs():
    with listening() as (sim, box, api):
        body = text(type="template", template={"name": "x"})
        body["template"] = {
            "name": "podemos_continuar",
            "language": {"code": "pt_BR"},
            "components": [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}],
        }
        send(api, body)
        sim.run_all()
    assert box.items("statuses")[0]["pricing"] == {
        "billable": True,
        "pricing_model": "PMP",
        "type": "regular",
        "category": "utility",
    }


def test_drawn_delays_lie_within_the_pace_and_in_order():
    pace = Pace((1, 2), (3, 4), (5, 6), 1.0)
    with listening(pace=pace) as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        sim.run_due()
        send(api, text())
        assert sim.run_due() == 0
        sim._clock.go_on(2)
        assert sim.run_due() == 1
        sim._clock.go_on(10)
        assert sim.run_due() == 2
    seconds = [int(s["timestamp"]) - 1793620800 for s in box.items("statuses")]
    assert 1 <= seconds[0] <= 2
    assert 4 <= seconds[1] <= 6
    assert 9 <= seconds[2] <= 12


def story(seed):
    """The raw bytes of one script."""
    with listening(seed=seed, pace=Pace()) as (sim, box, api):
        id = sim.customer_writes(ANA, "Oi", kind="image", sample="parcel")
        sim.customer_writes("5521998887766", kind="voice")
        sim.customer_writes(ANA, "👍", kind="reaction", target=id)
        for n in range(5):
            send(api, text(body=f"Olá {n}", biz_opaque_callback_data=f"outbox-{n}"))
        sim.run_all()
    return [(body, headers) for _, body, headers in box.got]


def test_the_same_seed_and_script_give_the_same_bytes():
    assert story(1) == story(1)


def test_another_seed_gives_other_bytes():
    assert story(1) != story(2)


def test_statuses_can_be_told_by_script():
    with listening(pace=AT_ONCE) as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        id = send(api, text()).json()["messages"][0]["id"]
        sim.tells_status(id, "played")
        sim.tells_status(id, "failed", 131026)
        sim.run_all()
        assert sim.world.bubble(id)[1].error == 131026
        with pytest.raises(KeyError):
            sim.tells_status("wamid.none", "read")
    told = {s["status"]: s for s in box.items("statuses")}
    assert set(told) == {"sent", "delivered", "read", "played", "failed"}
    assert told["failed"]["errors"] == [
        {
            "code": 131026,
            "title": "Message undeliverable",
            "message": "Message undeliverable",
            "error_data": {"details": "Unable to deliver the message."},
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }
    ]


def test_what_is_written_together_comes_in_one_body():
    with listening() as (sim, box, api):
        sim.customer_writes(ANA, "Oi")
        id = send(api, text()).json()["messages"][0]["id"]
        sim.run_all()
        box.got.clear()
        with sim.together():
            for n in range(3):
                sim.customer_writes("5521998887766", f"Mensagem {n}")
            sim.tells_status(id, "delivered")
            sim.tells_status(id, "read")
            sim.customer_writes(ANA, "E eu?")
            sim.phone_sends(ANA, "Já vai")
        sim.run_all()
    assert len(box.bodies) == 1
    kinds = [[k for k in value if k.endswith(("s", "es"))] for value in box.values]
    assert [len(value.get(k[-1], [])) for value, k in zip(box.values, kinds, strict=True)] == [
        3,
        2,
        1,
        1,
    ]


def test_together_keeps_numbers_apart():
    other = Number("2", phone="551130032000", webhook="http://other.example/wh")
    sim, box = offline(NUMBER, other)
    with sim.together():
        sim.customer_writes(ANA, "a")
        sim.customer_writes(ANA, "b", number="2")
    sim.run_all()
    assert [url for url, _, _ in box.got] == [NUMBER.webhook, "http://other.example/wh"]


def test_a_number_without_a_webhook_posts_nowhere():
    sim, box = offline(Number())
    sim.customer_writes(ANA, "Oi")
    assert sim.run_all() == 1
    sim.connect("http://late.example/wh")
    sim.customer_writes(ANA, "Alô?")
    sim.run_all()
    assert [url for url, _, _ in box.got] == ["http://late.example/wh"]


def test_what_is_not_taken_is_posted_again_with_growing_pauses():
    box = Box(500, 0, 503, 404)
    sim, _ = offline(box=box)
    begun = sim._clock.at
    sim.customer_writes(ANA, "Oi")
    posted = []
    while len(posted) < 5:
        if sim.run_due():
            posted.append((sim._clock.at - begun) / SECOND)
        sim._clock.go_on(1)
    assert posted == [0, 1, 2, 4, 8]
    assert len({body for _, body, _ in box.got}) == 1
    assert (len(sim.post.taken), sim.post.tries) == (1, 5)


def test_after_seven_days_it_is_given_up():
    sim, box = offline(box=Box(*[500] * 10_000))
    sim.customer_writes(ANA, "Oi")
    sim.run_all()
    assert [told.number.id for told in sim.post.refused] == [NUMBER.id]
    assert 7 * DAY / (60 * MINUTE) < len(box.got) < 7 * 24 + 20


@pytest.fixture
def shop():
    """A webhook over HTTP that answers the handshake and keeps bodies."""

    got = []

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = parse_qs(urlsplit(self.path).query)
            is_right = asked["hub.verify_token"] == [NUMBER.verify_token]
            self.send_response(200 if is_right else 403)
            self.end_headers()
            self.wfile.write(asked["hub.challenge"][0].encode())

        def do_POST(self):
            size = int(self.headers["content-length"])
            got.append((self.headers["x-hub-signature-256"], self.rfile.read(size)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/wh", got
    server.shutdown()
    server.server_close()


def test_a_live_simulator_posts_over_http_by_itself(shop):
    url, got = shop
    with Simulator(Number(webhook=url), pace=AT_ONCE) as sim:
        sim.customer_writes(ANA, "Oi")
        sim.customer_writes(ANA, "Alô?", in_s=0.05)
        assert sim.settle(10)
    assert sorted(
        json.loads(b)["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"]
        for _, b in got
    ) == ["Alô?", "Oi"]
    assert all(signature(NUMBER.secret, body) == signed for signed, body in got)


def test_the_handshake_is_asked_as_meta_does(shop):
    url, _ = shop
    assert Simulator(Number(webhook=url)).handshake()
    assert not Simulator(Number(webhook=url, verify_token="other")).handshake()
    assert not Simulator(Number(webhook="http://127.0.0.1:9/wh")).handshake()


def test_an_absent_webhook_is_tried_again():
    with Simulator(Number(webhook="http://127.0.0.1:9/wh"), clock=Clock()) as sim:
        sim.customer_writes(ANA, "Oi")
        assert not sim.settle(0.3)
        assert sim.post.taken == []


def test_a_pump_goes_on_when_one_act_fails(caplog):
    pump, done = Pump(Clock()), threading.Event()

    def fails(_):
        raise RuntimeError("on purpose")

    pump.start()
    pump.at(0, fails)
    pump.at(0, lambda _: done.set())
    assert done.wait(5)
    assert pump.settle(5)
    pump.stop()
    assert "something due has failed" in caplog.text


def test_every_sample_can_be_attached():
    for key, sample in SAMPLES.items():
        item, _ = written(kind=sample.kind, sample=key)
        wire = "audio" if sample.kind == "voice" else sample.kind
        assert item[wire]["mime_type"] == sample.mime
