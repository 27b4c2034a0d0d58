"""Bodies in the format of the WhatsApp Cloud API, with invented people and numbers."""

import json

INSTANCE = "100200300400500"
OURS = "551130000000"
ROSA = "5511900000000"
ROSA_BSUID = "BR.13490000000000000001"
AT = 1_772_452_800  # 2026-03-02T12:00:00Z, seconds
AT_US = AT * 1_000_000
RECEIVED_US = AT_US + 1_500_000

ROSA_CONTACT = {
    "profile": {"name": "Rosa Lima", "username": "rosa.lima"},
    "wa_id": ROSA,
    "user_id": ROSA_BSUID,
    "parent_user_id": "BR.ENT.11810000000000000001",
}


def value(*, contacts=(ROSA_CONTACT,), ours=OURS, instance=INSTANCE, **lists):
    metadata = {"display_phone_number": ours, "phone_number_id": instance}
    named = {"contacts": list(contacts)} if contacts else {}
    return {"messaging_product": "whatsapp", "metadata": metadata, **named, **lists}


def change(field="messages", **given):
    return {"field": field, "value": value(**given)}


def entry(*changes, **given):
    return {"id": "200300400500600", "changes": list(changes), **given}


def body(*entries):
    return {"object": "whatsapp_business_account", "entry": list(entries)}


def raw(given):
    return json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass")


def with_messages(*messages, **given):
    return raw(body(entry(change(messages=list(messages), **given))))


def with_statuses(*statuses, **given):
    return raw(body(entry(change(statuses=list(statuses), **given))))


def with_echoes(*echoes, **given):
    return raw(body(entry(change("smb_message_echoes", message_echoes=list(echoes), **given))))


def message(kind="text", id="wamid.A1", **given):
    content = {} if kind in given else {kind: CONTENT.get(kind)}
    made = {"from": ROSA, "id": id, "timestamp": str(AT), "type": kind, **content, **given}
    return {key: kept for key, kept in made.items() if kept is not None}


def status(said="delivered", id="wamid.B1", **given):
    made = {"id": id, "status": said, "timestamp": str(AT), "recipient_id": ROSA, **given}
    return {key: kept for key, kept in made.items() if kept is not None}


SHA256_BASE64 = "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="  # of b"hello"
SHA256_HEX = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def _file(mime, **given):
    return {"mime_type": mime, "sha256": SHA256_BASE64, "id": "700800900", **given}


CONTENT = {
    "text": {"body": "Oi, meu pedido não chegou"},
    "image": _file("image/jpeg", caption="a etiqueta"),
    "video": _file("video/mp4", caption="abrindo a caixa"),
    "audio": _file("audio/ogg; codecs=opus", voice=True),
    "document": _file("application/pdf", filename="nota.pdf", caption="a nota"),
    "sticker": _file("image/webp", animated=True),
    "location": {"latitude": -23.55, "longitude": -46.63, "name": "Loja", "address": "Rua A, 1"},
    "contacts": [
        {"name": {"formatted_name": "Bia Reis"}, "phones": [{"phone": "+55 11 90000-0001"}]}
    ],
    "interactive": {
        "type": "list_reply",
        "list_reply": {"id": "r1", "title": "Boleto", "description": "2ª via"},
    },
    "button": {"payload": "sim", "text": "Sim, quero"},
    "order": {"catalog_id": "c1", "text": "para hoje", "product_items": [{"quantity": 2}]},
    "reaction": {"message_id": "wamid.Z9", "emoji": "👍"},
    "edit": {
        "original_message_id": "wamid.Z9",
        "message": {"type": "text", "text": {"body": "Oi!"}},
    },
    "revoke": {"original_message_id": "wamid.Z9"},
    "system": {"type": "user_changed_number", "body": "trocou de número", "wa_id": "5511900000002"},
    "unsupported": {"type": "poll"},
}

EVERY_ITEM = [message(kind, id=f"wamid.{kind}", group_id=None) for kind in CONTENT]
SEEDS = [
    *(json.loads(with_messages(item)) for item in EVERY_ITEM),
    *(json.loads(with_echoes(item)) for item in EVERY_ITEM),
    *(json.loads(with_statuses(status(said))) for said in ("sent", "failed", "deleted")),
    json.loads(raw(body(entry(change("calls", calls=[{"id": "w"}]), {"field": "x", "value": {}})))),
]
