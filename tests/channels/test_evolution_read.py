"""Each shape of an Evolution body becomes the facts it stands for."""

from dataclasses import replace

import pytest

from channels.evolution_bodies import (
    AT,
    GROUP,
    ITEMS,
    LID,
    QUOTED,
    ROSA,
    SAID_S,
    body,
    file,
    key,
    long,
    octets,
    said,
)
from console.channels.evolution_read import read_records, read_webhook
from console.channels.inbound import (
    ConnectionChanged,
    Kind,
    MediaRef,
    MessageEdited,
    MessageIn,
    MessageRevoked,
    PeerId,
    ProviderError,
    ReactionIn,
    Status,
    StatusIn,
    Unhandled,
)

SAID_AT = SAID_S * 1_000_000
ROSA_LIMA = PeerId(phone="5511900000001", name="Rosa Lima")
PLAIN = MessageIn(instance="loja", at=SAID_AT, id="3EB0A1", peer=ROSA_LIMA, kind=Kind.TEXT)
SHA = bytes(range(32)).hex()
REF = MediaRef(Kind.IMAGE, "image/jpeg", "3EB0A1", sha256=SHA, size=2048)
FORM = {"body": "Enviado", "name": "flow", "response_json": '{"nota":5}'}
LIST = {"id": "r1", "title": "Troca", "description": "Trocar um produto"}
BUTTON = {"id": "sim", "title": "Sim"}
ORDER = {"id": "77", "title": "Loja", "items": 2, "total_1000": 89_900, "currency": "BRL"}
VCARD = ITEMS["contact"]["message"]["contactMessage"]["vcard"]


def of(kind, text="", **more):
    return replace(PLAIN, kind=kind, text=text, **more)


def media(kind, mime, text="", **more):
    return of(kind, text, media=replace(REF, kind=kind, mime=mime, **more))


def interactive(form, said, reply, **more):
    return of(Kind.INTERACTIVE, said, data={"reply": {"type": form, **reply}}, **more)


def reaction(emoji):
    return ReactionIn(
        instance="loja", at=SAID_AT, id="3EB0A1", peer=ROSA_LIMA, target="3EB0T1", emoji=emoji
    )


def unhandled(what, **more):
    return Unhandled(**{"instance": "loja", "at": AT, "what": what} | more)


def named(name, *phones, vcard=""):
    return {"name": {"formatted_name": name}, "phones": list(phones), "vcard": vcard}


FACTS = {
    "text": of(Kind.TEXT, "Oi, bom dia"),
    "image": media(Kind.IMAGE, "image/jpeg", "olha"),
    "video": media(Kind.VIDEO, "video/mp4", "v", seconds=9),
    "ptv": media(Kind.VIDEO, "video/mp4", seconds=4),
    "voice": media(Kind.VOICE, "audio/ogg; codecs=opus", seconds=3),
    "audio": media(Kind.AUDIO, "audio/mpeg", seconds=180),
    "document": media(Kind.DOCUMENT, "application/pdf", filename="nota.pdf"),
    "document_caption": media(Kind.DOCUMENT, "application/pdf", "segue", filename="2ª via"),
    "sticker": media(Kind.STICKER, "image/webp", is_animated=True),
    "location": of(
        Kind.LOCATION,
        data={
            "location": {
                "latitude": -23.5,
                "longitude": -46.6,
                "name": "Loja",
                "address": "Rua A, 1",
            }
        },
    ),
    "live_location": of(
        Kind.LOCATION, data={"location": {"latitude": -23.5, "longitude": -46.6, "is_live": True}}
    ),
    "contact": of(
        Kind.CONTACTS,
        data={
            "contacts": [
                named(
                    "Bia",
                    {"phone": "+55 11 90000-0002", "wa_id": "5511900000002"},
                    {"phone": "0800 000 0000"},
                    vcard=VCARD,
                )
            ]
        },
    ),
    "contacts_array": of(Kind.CONTACTS, data={"contacts": [named("Bia"), named("Caio")]}),
    "reaction": reaction("👍"),
    "reaction_removed": reaction(None),
    "buttons_response": interactive("button_reply", "Sim", BUTTON, reply_to="3EB0Q1"),
    "list_response": interactive("list_reply", "Troca", LIST, reply_to="3EB0Q1"),
    "template_button": of(
        Kind.BUTTON,
        "Confirmo",
        data={"reply": {"type": "button", "payload": "ok", "text": "Confirmo"}},
    ),
    "form": interactive("nfm_reply", "Enviado", FORM),
    "order": of(Kind.ORDER, "Quero estes", data={"order": ORDER}),
    "poll": of(
        Kind.UNSUPPORTED,
        "Qual?",
        data={"unsupported": {"type": "pollCreationMessageV3", "options": ["a", "b"]}},
    ),
    "bot": of(Kind.UNSUPPORTED, "Escolha", data={"unsupported": {"type": "interactiveMessage"}}),
    "ephemeral_text": of(Kind.TEXT, "some"),
    "view_once": media(Kind.IMAGE, "image/jpeg"),
    "protocol_revoke": MessageRevoked(
        instance="loja", at=SAID_AT, target="3EB0C1", peer=ROSA_LIMA, from_me=False
    ),
    "edited": MessageEdited(
        instance="loja", at=SAID_AT, target="3EB0C1", text="corrigido", peer=ROSA_LIMA
    ),
    "extended_reply": of(Kind.TEXT, "essa", reply_to="3EB0Q1"),
    "lid_dm": of(Kind.TEXT, "oi", peer=replace(ROSA_LIMA, lid=LID)),
    "lid_alone": of(Kind.TEXT, "oi", peer=PeerId(lid=LID, name="Rosa Lima")),
    "group_lid": of(
        Kind.TEXT,
        "oi",
        id="3EB0G1",
        peer=PeerId(group=GROUP),
        author=replace(ROSA_LIMA, lid=LID),
    ),
    "from_me_phone": of(Kind.TEXT, "oi", peer=PeerId(phone="5511900000001"), from_me=True),
    "status_broadcast": unhandled("messages.upsert status@broadcast"),
}


def read(event, told, **more):
    return read_webhook(body(event, told, **more), AT)


def one(message, of=None, **more):
    (fact,) = read("messages.upsert", said(message, of, **more))
    return fact


@pytest.mark.parametrize("name", ITEMS)
def test_a_shape_is_the_fact_it_stands_for(name):
    assert read("messages.upsert", ITEMS[name]) == [FACTS[name]]


@pytest.mark.parametrize("event", ["MESSAGES_UPSERT", "messages-upsert", "Messages.Upsert"])
def test_an_event_has_one_name_in_every_spelling(event):
    assert read(event, ITEMS["text"]) == [FACTS["text"]]


def test_a_list_keeps_its_order():
    names = ["text", "image", "reaction", "status_broadcast"]
    assert read("messages.upsert", [ITEMS[name] for name in names]) == [FACTS[n] for n in names]


def test_a_broken_item_does_not_take_its_neighbours_along():
    broken = unhandled("messages.upsert without key")
    facts = read("messages.upsert", [ITEMS["text"], None, {"key": 7}, ITEMS["poll"]])
    assert facts == [FACTS["text"], broken, broken, FACTS["poll"]]


def test_our_own_sending_comes_back_as_a_message_of_ours():
    told = said({"conversation": "Pronto"}, key(from_me=True), status="PENDING", pushName="Você")
    peer = PeerId(phone="5511900000001")
    assert read("send.message", told) == [of(Kind.TEXT, "Pronto", peer=peer, from_me=True)]


@pytest.mark.parametrize("told", [[], None, "x", 7])
def test_an_event_without_items_is_one_fact(told):
    assert read("messages.upsert", told) == [unhandled("messages.upsert without key")]


def test_an_unknown_event_is_kept_by_its_name():
    assert read("presence.update", {"id": ROSA}) == [unhandled("presence.update")]
    assert read("x" * 200, {}) == [unhandled("x" * 80)]
    assert read(None, {}) == [unhandled("no event")]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":' + b"9" * 5000 + b"}"]
)
def test_bytes_that_are_no_json_are_one_fact(content):
    assert read_webhook(content, AT) == [unhandled("malformed", instance="")]


def test_json_that_is_no_object_is_one_fact():
    assert read_webhook(b"[1]", AT) == [unhandled("no event", instance="")]


# People


@pytest.mark.parametrize("remote", ["5511900000001:12@s.whatsapp.net", "5511900000001@c.us"])
def test_the_device_is_not_part_of_the_person(remote):
    assert one({"conversation": "oi"}, key(remote)).peer == ROSA_LIMA


def test_a_phone_may_come_beside_a_lid_under_older_names():
    assert one({"conversation": "oi"}, key(LID, senderPn=ROSA)).peer == replace(ROSA_LIMA, lid=LID)
    ours = key(LID, from_me=True, senderPn="5511900000099@s.whatsapp.net")
    assert one({"conversation": "oi"}, ours).peer == PeerId(lid=LID)


def test_a_number_in_place_of_a_name_is_no_name():
    group = key(GROUP, participant=LID)
    assert one({"conversation": "oi"}, group, pushName=LID.split("@")[0]).author == PeerId(lid=LID)
    assert one({"conversation": "oi"}, group, pushName=LID).author == PeerId(lid=LID)
    assert one({"conversation": "oi"}, pushName="  ").peer == PeerId(phone="5511900000001")
    assert one({"conversation": "oi"}, pushName="@rosa").peer.name == "@rosa"


def test_we_are_not_the_author_in_a_group():
    fact = one({"conversation": "oi"}, key(GROUP, from_me=True, participant=ROSA))
    assert (fact.peer, fact.author, fact.from_me) == (PeerId(group=GROUP), None, True)


@pytest.mark.parametrize("remote", ["123@newsletter", "x@s.whatsapp.net", "", None, 5])
def test_a_message_of_nobody_is_kept(remote):
    assert one({"conversation": "oi"}, key(remote)) == unhandled("messages.upsert without key")


def test_names_and_ids_are_fit_for_every_store_and_words_stay_as_they_are():
    fact = one({"conversation": "a\x00b"}, key(id_="3EB\x00"), pushName="R\ud800")
    assert (fact.id, fact.peer.name, fact.text) == ("3EB\ufffd", "R\ufffd", "a\x00b")
    assert one({"conversation": "oi"}, pushName="R" * 513).peer.name is None
    assert one({"conversation": "oi"}, key(id_="3" * 513)).what.endswith("without key")


# Times and numbers


@pytest.mark.parametrize(
    "value", [SAID_S, str(SAID_S), long(SAID_S), long(SAID_S, unsigned=False), float(SAID_S)]
)
def test_an_instant_comes_in_several_shapes(value):
    assert one({"conversation": "oi"}, messageTimestamp=value).at == SAID_AT


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "1e9",
        -1,
        0,
        SAID_S * 1000,
        10**30,
        float("nan"),
        float("inf"),
        {"low": 1},
        {"low": 1, "high": "0"},
        {"low": -1, "high": -1, "unsigned": False},
        AT // 1_000_000 + 90_000,
    ],
)
def test_an_instant_that_cannot_be_is_the_one_of_reception(value):
    assert one({"conversation": "oi"}, messageTimestamp=value).at == AT


@pytest.mark.parametrize(
    "value",
    [
        octets(*range(32)),
        list(range(32)),
        {"type": "Buffer", "data": list(range(32))},
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ],
)
def test_bytes_come_in_several_shapes(value):
    assert one({"imageMessage": file("image/png", fileSha256=value)}).media.sha256 == SHA


@pytest.mark.parametrize("value", [None, 5, "x", "AAEC", [300] * 32, ["a"], octets(1, 2), {"a": 1}])
def test_bytes_that_are_no_hash_are_none(value):
    assert one({"imageMessage": file("image/png", fileSha256=value)}).media.sha256 is None


# Parts of messages


@pytest.mark.parametrize("place", ["message", "item"])
def test_bytes_and_addresses_that_come_along_are_kept(place):
    more = {"base64": "aGk=", "mediaUrl": "https://files.example/1"}
    message = {"imageMessage": file("image/png")} | (more if place == "message" else {})
    ref = one(message, **(more if place == "item" else {})).media
    assert (ref.inline_b64, ref.url) == ("aGk=", "https://files.example/1")


@pytest.mark.parametrize("context", [{"isForwarded": True}, {"forwardingScore": 4}])
def test_a_forwarded_message_says_so(context):
    assert one({"conversation": "oi"}, contextInfo=context).is_forwarded
    assert one({"imageMessage": file("image/png", contextInfo=context)}).is_forwarded
    assert not one({"conversation": "oi"}, contextInfo=QUOTED).is_forwarded


def test_an_advertisement_is_told():
    advert = {"sourceUrl": "https://fb.example/1", "title": "Liquida", "mediaType": 1, "body": None}
    fact = one({"conversation": "oi"}, contextInfo={"externalAdReply": advert})
    assert fact.data == {"referral": {"source_url": "https://fb.example/1", "headline": "Liquida"}}


def test_places_and_cards_with_nonsense_keep_what_makes_sense():
    odd = {"degreesLatitude": 1000, "degreesLongitude": "x", "caption": "aqui"}
    assert one({"locationMessage": odd}) == of(Kind.LOCATION, "aqui", data={"location": {}})
    assert one({"contactsArrayMessage": {"contacts": [5]}}).data == {"contacts": [named("")]}
    assert one({"listResponseMessage": []}).data == {"reply": {"type": "list_reply"}}


def test_a_part_that_nobody_knows_is_told_by_its_name():
    assert one({"hologramMessage": {"x": 1}}) == of(
        Kind.UNSUPPORTED, data={"unsupported": {"type": "hologramMessage"}}
    )
    assert one({"conversation": {"x": 1}}) == of(
        Kind.UNSUPPORTED, data={"unsupported": {"type": "conversation"}}
    )


def test_a_message_without_content_is_kept():
    for silent in ({}, {"messageContextInfo": {"x": 1}, "conversation": None}):
        what = unhandled("messages.upsert without content", at=SAID_AT, id="3EB0A1", peer=ROSA_LIMA)
        assert one(silent) == what


def test_wrappers_end_somewhere():
    message = {"conversation": "oi"}
    for _ in range(20):
        message = {"ephemeralMessage": {"message": message}}
    assert one(message) == of(Kind.UNSUPPORTED, data={"unsupported": {"type": "ephemeralMessage"}})


def test_a_reaction_to_nothing_is_kept():
    what = unhandled("messages.upsert reaction without target", at=SAID_AT, id="3EB0A1")
    assert one({"reactionMessage": {"text": "👍"}}) == replace(what, peer=ROSA_LIMA)


@pytest.mark.parametrize("protocol", [{"type": 3, "key": key()}, {"type": 0}, {"key": key()}])
def test_other_protocol_messages_are_kept(protocol):
    fact = one({"protocolMessage": protocol})
    assert fact.what == f"messages.upsert protocolMessage {protocol.get('type')}"


# What became of messages


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("PENDING", Status.ACCEPTED),
        ("SERVER_ACK", Status.SENT),
        ("SENT", Status.SENT),
        ("DELIVERY_ACK", Status.DELIVERED),
        ("DELIVERED", Status.DELIVERED),
        ("READ", Status.READ),
        ("PLAYED", Status.PLAYED),
    ],
)
def test_a_word_is_a_status_at_the_instant_of_reception(word, status):
    told = {"keyId": "3EB0S1", "remoteJid": ROSA, "fromMe": True, "status": word}
    peer = PeerId(phone="5511900000001")
    fact = StatusIn(instance="loja", at=AT, id="3EB0S1", status=status, peer=peer)
    assert read("messages.update", told) == [fact]
    assert read("messages.update", {"key": key(id_="3EB0S1", from_me=True), "status": word}) == [
        fact
    ]


@pytest.mark.parametrize("word", ["ERROR", "FAILED"])
def test_a_failure_has_no_reason(word):
    (fact,) = read(
        "messages.update", {"keyId": "1", "remoteJid": ROSA, "fromMe": True, "status": word}
    )
    assert fact.status is Status.FAILED
    assert fact.errors == (ProviderError(None, "não informada pelo provedor"),)


def test_a_deleted_message_is_revoked():
    peer = PeerId(phone="5511900000001")
    revoked = MessageRevoked(instance="loja", at=AT, target="3EB0S1", peer=peer)
    told = {"keyId": "3EB0S1", "remoteJid": ROSA, "fromMe": False, "status": "DELETED"}
    assert read("messages.update", told) == [revoked]
    assert read("messages.delete", key(id_="3EB0S1")) == [revoked]
    whole = {"id": "row", "key": key(id_="3EB0S1"), "status": "DELETED"}
    assert read("messages.delete", whole) == [revoked]


def test_what_is_no_status_of_ours_is_kept():
    peer = PeerId(phone="5511900000001")
    told = {"keyId": "1", "remoteJid": ROSA, "fromMe": True, "status": "MELTED"}
    assert read("messages.update", told) == [unhandled("messages.update MELTED", id="1", peer=peer)]
    theirs = told | {"fromMe": False, "status": "READ"}
    assert read("messages.update", theirs) == [unhandled("messages.update READ", id="1", peer=peer)]
    assert read("messages.update", {}) == [unhandled("messages.update without key")]
    assert read("messages.delete", {}) == [unhandled("messages.delete without key")]


def test_an_edit_alone_names_its_target_and_nobody():
    told = {
        "key": key("5511900000099@s.whatsapp.net", from_me=True, id_="3EB0C1"),
        "type": "MESSAGE_EDIT",
        "editedMessage": {"extendedTextMessage": {"text": "corrigido"}},
        "timestampMs": str(SAID_S * 1000),
    }
    edited = MessageEdited(instance="loja", at=SAID_AT, target="3EB0C1", text="corrigido")
    assert read("messages.edited", told) == [edited]
    assert read("messages.edited", told | {"timestampMs": None}) == [replace(edited, at=AT)]
    assert read("messages.edited", said(ITEMS["edited"]["message"])) == [FACTS["edited"]]
    revoked = MessageRevoked(instance="loja", at=SAID_AT, target="3EB0C1")
    assert read("messages.edited", told | {"type": "REVOKE"}) == [revoked]
    assert read("messages.edited", told | {"editedMessage": {}}) == [
        unhandled("messages.edited without new content", at=SAID_AT)
    ]


# The link to the phone


@pytest.mark.parametrize(
    ("told", "state", "reason"),
    [
        ({"state": "connecting", "statusReason": 200}, "connecting", "200"),
        ({"state": "open", "wuid": ROSA}, "open", None),
        ({"state": "close", "statusReason": 401}, "close", "401"),
        ({"state": "refused", "statusReason": 428}, "close", "428"),
    ],
)
def test_the_link_is_told(told, state, reason):
    changed = ConnectionChanged(instance="loja", at=AT, state=state, reason=reason)
    assert read("connection.update", told) == [changed]


def test_a_link_in_another_state_is_kept():
    assert read("connection.update", {"state": "dreaming"}) == [
        unhandled("connection.update dreaming")
    ]


def test_a_code_to_scan_is_told():
    told = {"qrcode": {"code": "2@x", "base64": "data:image/png;base64,aGk="}}
    scan = ConnectionChanged(instance="loja", at=AT, state="connecting", qr_png_b64="aGk=")
    assert read("qrcode.updated", told) == [scan]
    over = {"message": "QR code limit reached", "statusCode": 500}
    ended = ConnectionChanged(instance="loja", at=AT, state="close", reason="QR code limit reached")
    assert read("qrcode.updated", over) == [ended]
    assert read("qrcode.updated", {}) == [unhandled("qrcode.updated without code")]


# Records of the server's own store


def test_a_record_is_a_message_with_what_became_of_it():
    ours = said(
        {"conversation": "Pronto"},
        key(from_me=True),
        MessageUpdate=[{"status": "READ"}, {"status": "READ"}, {"status": "EDIT"}, None],
    )
    message, status = read_records([ours], "loja", AT)
    assert message == of(Kind.TEXT, "Pronto", peer=PeerId(phone="5511900000001"), from_me=True)
    assert (status.id, status.status, status.at) == ("3EB0A1", Status.READ, AT)
    theirs = said({"conversation": "Oi, bom dia"}, MessageUpdate=[{"status": "READ"}])
    assert read_records([theirs, ITEMS["image"]], "loja", AT) == [FACTS["text"], FACTS["image"]]


def test_a_record_was_edited_or_deleted_since():
    edited = said({"conversation": "novo"}, MessageUpdate=[{"status": "EDITED"}])
    peer = PeerId(phone="5511900000001")
    for at in (AT, AT + 1_000_000):  # the same edit, asked for twice
        assert read_records([edited], "loja", at)[1] == MessageEdited(
            instance="loja", at=SAID_AT, target="3EB0A1", text="novo", peer=peer
        )
    gone = said({"conversation": "x"}, MessageUpdate=[{"status": "EDITED"}, {"status": "DELETED"}])
    assert read_records([gone], "loja", AT)[1] == MessageRevoked(
        instance="loja", at=AT, target="3EB0A1", peer=peer
    )


def test_a_broken_record_is_one_fact():
    assert read_records([None], "loja", AT) == [unhandled("messages.record without key")]
