"""What we post is what Meta's own specification takes."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from cloud_bodies import OURS, ROSA, ROSA_BSUID, message, status, with_messages, with_statuses
from console.channels.base import MediaOut, Outbound, TemplateOut
from console.channels.cloud_write import LIMITS, body_of, problem_of, read_receipt
from console.channels.inbound import MEDIA_KINDS, Kind, PeerId
from console.channels.own_errors import WORDS, own_error

TO = PeerId(phone=ROSA)
OUTBOX = "01JOUTBOX0000000000000000A"


def out(**given):
    return Outbound(OUTBOX, **{"to": TO, **given})


def media(kind, **given):
    told = {"mime": LIMITS[kind].mimes[0], "filename": "nota.pdf", "size": 5, "sha256": "0" * 64}
    return MediaOut(kind, Path("x"), **{**told, "provider_id": "700800900", **given})


SHARED = {
    "messaging_product": "whatsapp",
    "recipient_type": "individual",
    "to": ROSA,
    "biz_opaque_callback_data": OUTBOX,
}
TEMPLATE = TemplateOut("pedido_enviado", "pt_BR")
FULL = TemplateOut("pedido", "pt_BR", ("A1",), ("Rosa", "amanhã"), ((0, "7"),))
NAMED = TemplateOut("pedido", "pt_BR", (), ("Rosa", "amanhã"), body_names=("cliente", "dia"))

BODIES = {
    "text": (
        out(text="Olá"),
        {"type": "text", "text": {"body": "Olá", "preview_url": False}},
    ),
    "link": (
        out(text="veja https://loja.example/1"),
        {"type": "text", "text": {"body": "veja https://loja.example/1", "preview_url": True}},
    ),
    "reply": (
        out(text="Sim", reply_to="wamid.Q"),
        {
            "type": "text",
            "text": {"body": "Sim", "preview_url": False},
            "context": {"message_id": "wamid.Q"},
        },
    ),
    "image": (
        out(media=media(Kind.IMAGE), text="a etiqueta"),
        {"type": "image", "image": {"id": "700800900", "caption": "a etiqueta"}},
    ),
    "video": (out(media=media(Kind.VIDEO)), {"type": "video", "video": {"id": "700800900"}}),
    "audio": (out(media=media(Kind.AUDIO)), {"type": "audio", "audio": {"id": "700800900"}}),
    "voice": (out(media=media(Kind.VOICE)), {"type": "audio", "audio": {"id": "700800900"}}),
    "sticker": (
        out(media=media(Kind.STICKER), reply_to="wamid.Q"),
        {
            "type": "sticker",
            "sticker": {"id": "700800900"},
            "context": {"message_id": "wamid.Q"},
        },
    ),
    "document": (
        out(media=media(Kind.DOCUMENT), text="a nota"),
        {
            "type": "document",
            "document": {"id": "700800900", "caption": "a nota", "filename": "nota.pdf"},
        },
    ),
    "reaction": (
        out(emoji="👍", reply_to="wamid.Q"),
        {"type": "reaction", "reaction": {"message_id": "wamid.Q", "emoji": "👍"}},
    ),
    "reaction taken away": (
        out(emoji="", reply_to="wamid.Q"),
        {"type": "reaction", "reaction": {"message_id": "wamid.Q", "emoji": ""}},
    ),
    "template": (
        out(template=TEMPLATE),
        {
            "type": "template",
            "template": {"name": "pedido_enviado", "language": {"code": "pt_BR"}},
        },
    ),
    "template with values": (
        out(template=FULL),
        {
            "type": "template",
            "template": {
                "name": "pedido",
                "language": {"code": "pt_BR"},
                "components": [
                    {"type": "header", "parameters": [{"type": "text", "text": "A1"}]},
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "Rosa"},
                            {"type": "text", "text": "amanhã"},
                        ],
                    },
                    {
                        "type": "button",
                        "sub_type": "url",
                        "index": "0",
                        "parameters": [{"type": "text", "text": "7"}],
                    },
                ],
            },
        },
    ),
    "template with a file": (
        out(template=replace(TEMPLATE, header_media=media(Kind.IMAGE))),
        {
            "type": "template",
            "template": {
                "name": "pedido_enviado",
                "language": {"code": "pt_BR"},
                "components": [
                    {
                        "type": "header",
                        "parameters": [{"type": "image", "image": {"id": "700800900"}}],
                    }
                ],
            },
        },
    ),
    "template with named values": (
        out(template=NAMED),
        {
            "type": "template",
            "template": {
                "name": "pedido",
                "language": {"code": "pt_BR"},
                "components": [
                    {
                        "type": "body",
                        "parameters": [
                            {"type": "text", "text": "Rosa", "parameter_name": "cliente"},
                            {"type": "text", "text": "amanhã", "parameter_name": "dia"},
                        ],
                    }
                ],
            },
        },
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body(name):
    given, expected = BODIES[name]
    assert problem_of(given) is None
    assert body_of(given) == {**SHARED, **expected}


def test_half_a_character_does_not_spoil_a_message():
    given = out(text="a\ud83d\x00b")
    assert body_of(given)["text"]["body"] == "a\ufffd\ufffdb"
    json.dumps(body_of(given), ensure_ascii=False).encode()


def test_a_receipt():
    assert read_receipt("wamid.1") == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.1",
    }


def addressed(**keys):
    body = body_of(out(text="Oi", to=PeerId(**keys)))
    return {key: body[key] for key in ("to", "recipient", "recipient_type") if key in body}


def test_whom_a_body_goes_to():
    person, group = {"recipient_type": "individual"}, {"recipient_type": "group"}
    assert addressed(phone=ROSA) == person | {"to": ROSA}
    assert addressed(phone=ROSA, bsuid=ROSA_BSUID) == person | {"to": ROSA}
    assert addressed(bsuid=ROSA_BSUID) == person | {"recipient": ROSA_BSUID}
    assert addressed(group="G1", phone=ROSA) == group | {"to": "G1"}


@pytest.mark.parametrize(
    ("given", "title"),
    [
        (out(text="Oi", to=PeerId(name="Rosa", lid="1@lid")), "no_address"),
        (out(), "no_text"),
        (out(text=" \n"), "no_text"),
        (out(text="a" * 4097), "text_too_long"),
        (out(emoji="👍"), "no_target"),
        (out(media=media(Kind.IMAGE, provider_id=None)), "not_uploaded"),
        (
            out(template=replace(TEMPLATE, header_media=media(Kind.IMAGE, provider_id=None))),
            "not_uploaded",
        ),
        (out(media=media(Kind.IMAGE), text="a" * 1025), "caption_too_long"),
        (out(media=media(Kind.AUDIO), text="ouça"), "no_caption"),
        (out(media=media(Kind.VOICE), text="ouça"), "no_caption"),
        (out(media=media(Kind.STICKER), text="veja"), "no_caption"),
        (out(template=replace(NAMED, body_names=("cliente",))), "bad_template"),
        (out(template=replace(NAMED, header_names=("a",))), "bad_template"),
    ],
)
def test_what_is_not_even_sent(given, title):
    assert problem_of(given) == own_error(title)


def test_the_longest_text_and_caption_are_sent():
    assert problem_of(out(text="a" * 4096)) is None
    assert problem_of(out(text="a" * 1024, media=media(Kind.IMAGE))) is None


def test_every_kind_of_file_has_a_limit():
    assert set(LIMITS) == MEDIA_KINDS


def test_every_error_of_ours_has_words():
    for words in WORDS.values():
        assert "" not in {words.pt, words.en, words.es}
    with pytest.raises(KeyError):
        own_error("something else")


# Meta's specification is the judge.

DEFECTS = {
    "send": {
        "send_multi_product_message",
        "send_order_details_message",
        "send_order_status_message",
        "send_reply_to_list_message",
        "send_text_message_with_preview_url",
        "send_typing_indicator_and_read_receipt",
    },
    "webhooks": {
        "contact_sharing_message",
        "group_create_message",
        "group_remove_participants",
        "group_settings_update",
    },
}


@pytest.fixture(scope="module")
def judge(pack):
    """Whether the specification takes a value, by the name of a schema."""
    from jsonschema import Draft202012Validator

    packed = pack / "meta_openapi" / "business-messaging-api_v23.0.overlaid.json.gz"
    specification = json.loads(gzip.decompress(packed.read_bytes()))
    schemas = {}

    def takes(name, value):
        if name not in schemas:
            root = {"$ref": f"#/components/schemas/{name}"}
            schemas[name] = Draft202012Validator({**specification, **root})
        return schemas[name].is_valid(value)

    return takes


@pytest.mark.parametrize("name", BODIES)
def test_the_specification_takes_a_body(judge, name):
    given, _ = BODIES[name]
    assert judge("Message", body_of(given))
    assert judge("Message", body_of(replace(given, to=PeerId(bsuid=ROSA_BSUID))))
    assert judge("Message", body_of(replace(given, to=PeerId(group="G1"))))


def test_the_specification_takes_a_receipt_and_refuses_what_is_wrong(judge):
    assert judge("MarkMessageRequestPayload", read_receipt("wamid.1"))
    assert not judge("MarkMessageRequestPayload", read_receipt("wamid.1") | {"status": "seen"})
    good = body_of(out(text="Oi"))
    texts = ({"body": ""}, {"body": "a" * 4097})
    for wrong in ({"type": "image"}, {"x": 1}, *({"text": text} for text in texts)):
        assert not judge("Message", good | wrong)
    assert not judge("Message", {key: value for key, value in good.items() if key != "to"})


@pytest.mark.parametrize(
    ("folder", "schema", "n"), [("send", "Message", 50), ("webhooks", "WebhookPayload", 16)]
)
def test_the_examples_of_the_specification_are_valid_but_for_its_known_defects(
    judge, pack, folder, schema, n
):
    files = sorted((pack / "meta_openapi" / folder).glob("*.json"))
    invalid = {file.stem for file in files if not judge(schema, json.loads(file.read_text()))}
    assert (len(files), invalid) == (n, DEFECTS[folder])


QUOTING = {"interactive", "button"}  # the specification wants to know what was answered
AS_PUBLISHED = (
    *("text", "image", "video", "audio", "document", "sticker"),
    *("location", "contacts", "reaction", "interactive", "button"),
)


def test_the_webhooks_of_our_tests_have_the_published_form(judge):
    """As far as the specification goes: it knows no edits, deletions, echoes and identifiers."""
    rosa = {"profile": {"name": "Rosa Lima"}, "wa_id": ROSA}
    for kind in AS_PUBLISHED:
        quoted = {"context": {"from": OURS, "id": "wamid.Q"}} if kind in QUOTING else {}
        body = with_messages(message(kind, **quoted), contacts=[rosa])
        assert judge("WebhookPayload", json.loads(body)), kind
    for said in ("sent", "delivered", "read", "failed"):
        assert judge("WebhookPayload", json.loads(with_statuses(status(said), contacts=[rosa])))
