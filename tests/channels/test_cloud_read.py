"""What the Cloud API tells becomes our facts, item by item."""

import pytest

from cloud_bodies import (
    AT_US,
    INSTANCE,
    OURS,
    RECEIVED_US,
    ROSA,
    ROSA_BSUID,
    SHA256_HEX,
    body,
    change,
    entry,
    message,
    raw,
    status,
    with_echoes,
    with_messages,
    with_statuses,
)
from console.channels.cloud_read import read_cloud
from console.channels.inbound import (
    Kind,
    MediaRef,
    MessageEdited,
    MessageIn,
    MessageRevoked,
    PeerChanged,
    PeerId,
    ProviderError,
    ReactionIn,
    Status,
    StatusIn,
    Unhandled,
)

ROSA_PEER = PeerId(
    phone=ROSA,
    bsuid=ROSA_BSUID,
    parent_bsuid="BR.ENT.11810000000000000001",
    username="rosa.lima",
    name="Rosa Lima",
)


def read(given):
    return read_cloud(given, RECEIVED_US)


def one(given):
    (fact,) = read(given)
    return fact


def incoming(**given):
    told = {"instance": INSTANCE, "at": AT_US, "id": "wamid.A1", "peer": ROSA_PEER}
    return MessageIn(**{**told, "kind": Kind.TEXT, **given})


def test_a_text():
    assert one(with_messages(message())) == incoming(text="Oi, meu pedido não chegou")


MEDIA = {
    "image": (Kind.IMAGE, "a etiqueta", {"mime": "image/jpeg"}),
    "video": (Kind.VIDEO, "abrindo a caixa", {"mime": "video/mp4"}),
    "audio": (Kind.VOICE, "", {"mime": "audio/ogg; codecs=opus"}),
    "document": (Kind.DOCUMENT, "a nota", {"mime": "application/pdf", "filename": "nota.pdf"}),
    "sticker": (Kind.STICKER, "", {"mime": "image/webp", "is_animated": True}),
}


@pytest.mark.parametrize("name", MEDIA)
def test_a_file_with_its_words(name):
    kind, caption, told = MEDIA[name]
    ref = MediaRef(kind, provider_id="700800900", sha256=SHA256_HEX, **told)
    assert one(with_messages(message(name))) == incoming(kind=kind, text=caption, media=ref)


def test_a_voice_message_is_told_from_other_audio():
    fact = one(with_messages(message("audio", audio={"id": "7", "voice": False})))
    assert fact == incoming(kind=Kind.AUDIO, media=MediaRef(Kind.AUDIO, provider_id="7"))


def test_a_file_may_come_with_its_address():
    url = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7"
    given = {"id": "7", "url": url, "sha256": SHA256_HEX.upper(), "file_size": "12"}
    ref = MediaRef(Kind.IMAGE, provider_id="7", url=url, sha256=SHA256_HEX, size=12)
    assert one(with_messages(message("image", image=given))).media == ref


@pytest.mark.parametrize("given", ["4654+8g=", "não", "", 5, "é" * 64])
def test_a_hash_that_is_none_is_left_out(given):
    assert one(with_messages(message("image", image={"id": "7", "sha256": given}))).media == (
        MediaRef(Kind.IMAGE, provider_id="7")
    )


DATA = {
    "location": (
        Kind.LOCATION,
        "",
        {
            "location": {
                "latitude": -23.55,
                "longitude": -46.63,
                "name": "Loja",
                "address": "Rua A, 1",
            }
        },
    ),
    "contacts": (
        Kind.CONTACTS,
        "",
        {
            "contacts": [
                {
                    "name": {"formatted_name": "Bia Reis"},
                    "phones": [{"phone": "+55 11 90000-0001"}],
                }
            ]
        },
    ),
    "interactive": (
        Kind.INTERACTIVE,
        "Boleto",
        {"reply": {"type": "list_reply", "id": "r1", "title": "Boleto", "description": "2ª via"}},
    ),
    "button": (
        Kind.BUTTON,
        "Sim, quero",
        {"reply": {"type": "button", "payload": "sim", "text": "Sim, quero"}},
    ),
    "order": (
        Kind.ORDER,
        "para hoje",
        {
            "order": {
                "catalog_id": "c1",
                "text": "para hoje",
                "product_items": [{"quantity": 2}],
            }
        },
    ),
}


@pytest.mark.parametrize("name", DATA)
def test_what_is_neither_words_nor_bytes(name):
    kind, said, data = DATA[name]
    assert one(with_messages(message(name))) == incoming(kind=kind, text=said, data=data)


def test_an_answered_form_says_what_the_customer_saw():
    given = {"type": "nfm_reply", "nfm_reply": {"body": "Enviado", "response_json": '{"a":1}'}}
    fact = one(with_messages(message("interactive", interactive=given)))
    assert fact.text == "Enviado"
    assert fact.data == {
        "reply": {"type": "nfm_reply", "body": "Enviado", "response_json": '{"a":1}'}
    }


def test_a_quote_and_a_forward():
    quoted = one(with_messages(message(context={"from": OURS, "id": "wamid.Q"})))
    assert (quoted.reply_to, quoted.is_forwarded) == ("wamid.Q", False)
    for flag in ("forwarded", "frequently_forwarded"):
        fact = one(with_messages(message(context={flag: True})))
        assert (fact.reply_to, fact.is_forwarded) == (None, True)


def test_the_ad_and_the_product_stand_beside_the_words():
    ad = {"source_type": "ad", "headline": "Promoção"}
    product = {"catalog_id": "c1", "product_retailer_id": "p1"}
    fact = one(with_messages(message(referral=ad, context={"referred_product": product})))
    assert fact.data == {"referral": ad, "referred_product": product}


def test_a_reaction_is_put_on_and_taken_away():
    told = {"instance": INSTANCE, "at": AT_US, "id": "wamid.A1", "peer": ROSA_PEER}
    assert one(with_messages(message("reaction"))) == ReactionIn(
        **told, target="wamid.Z9", emoji="👍"
    )
    for taken in ({"message_id": "wamid.Z9"}, {"message_id": "wamid.Z9", "emoji": ""}):
        assert one(with_messages(message("reaction", reaction=taken))) == ReactionIn(
            **told, target="wamid.Z9", emoji=None
        )


def test_an_edit_and_a_deletion():
    told = {"instance": INSTANCE, "at": AT_US, "target": "wamid.Z9", "peer": ROSA_PEER}
    assert one(with_messages(message("edit"))) == MessageEdited(**told, text="Oi!")
    assert one(with_messages(message("revoke"))) == MessageRevoked(**told)


def test_an_edited_caption():
    given = {"type": "image", "image": {"id": "7", "caption": "outra"}}
    edited = {"original_message_id": "wamid.Z9", "message": given}
    assert one(with_messages(message("edit", edit=edited))).text == "outra"


def test_a_number_that_changed_has_no_contact():
    told = {"instance": INSTANCE, "at": AT_US, "id": "wamid.A1", "text": "trocou de número"}
    changed = PeerChanged(**told, old=PeerId(phone=ROSA), new=PeerId(phone="5511900000002"))
    assert one(with_messages(message("system"), contacts=())) == changed
    older = {
        "type": "customer_changed_number",
        "body": "trocou de número",
        "new_wa_id": "5511900000002",
    }
    assert one(with_messages(message("system", system=older), contacts=())) == changed


def test_an_identifier_that_changed():
    given = {"type": "user_changed_user_id", "user_id": "BR.2", "parent_user_id": "BR.ENT.2"}
    fact = one(with_messages(message("system", system=given)))
    assert (fact.old, fact.new) == (ROSA_PEER, PeerId(bsuid="BR.2", parent_bsuid="BR.ENT.2"))


def test_a_new_security_code_changes_nobody():
    given = {"type": "customer_identity_changed", "body": "código de segurança mudou"}
    fact = one(with_messages(message("system", system=given)))
    assert fact.old == fact.new == ROSA_PEER
    assert fact.text == "código de segurança mudou"


ERROR = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}
TOLD_ERROR = {
    "code": 131051,
    "title": "Message type unknown",
    "details": "Message type is currently not supported.",
}


@pytest.mark.parametrize(
    ("given", "type_"),
    [
        (message("unsupported", errors=[ERROR]), "poll"),
        (message("unsupported", unsupported=None, errors=[ERROR]), "unsupported"),
        (message("hologram", errors=[ERROR]), "hologram"),
        (message("text", text=None, errors=[ERROR]), "text"),
        (message("text", text={"body": 5}, errors=[ERROR]), "text"),
        (message("image", image=None, errors=[ERROR]), "image"),
        (message("location", location=[], errors=[ERROR]), "location"),
        (message("contacts", contacts={}, errors=[ERROR]), "contacts"),
        (message("button", button="sim", errors=[ERROR]), "button"),
        (message("order", order=None, errors=[ERROR]), "order"),
    ],
)
def test_what_cannot_be_shown_is_still_a_message(given, type_):
    data = {"unsupported": {"type": type_, "errors": [TOLD_ERROR]}}
    assert one(with_messages(given)) == incoming(kind=Kind.UNSUPPORTED, data=data)


def test_an_error_of_the_body_explains_its_message():
    given = message("interactive", interactive=None)
    shown, noted = read(with_messages(given, errors=[ERROR]))
    assert shown.kind is Kind.UNSUPPORTED
    assert shown.data == {"unsupported": {"type": "interactive", "errors": [TOLD_ERROR]}}
    assert isinstance(noted, Unhandled)
    assert noted.what == "error 131051 Message type unknown"


@pytest.mark.parametrize("said", ["sent", "delivered", "read", "played", "failed"])
def test_a_status(said):
    given = status(said, biz_opaque_callback_data="01J")
    assert one(with_statuses(given)) == StatusIn(
        instance=INSTANCE,
        at=AT_US,
        id="wamid.B1",
        status=Status(said),
        correlation="01J",
        peer=ROSA_PEER,
    )


def test_a_failure_tells_its_errors():
    plain = {"code": 131026, "message": "Message undeliverable"}
    assert one(with_statuses(status("failed", errors=[ERROR, plain, "?"]))).errors == (
        ProviderError(131051, "Message type unknown", "Message type is currently not supported."),
        ProviderError(131026, "Message undeliverable", "Message undeliverable"),
        ProviderError(None),
    )


def test_a_status_without_contacts_names_the_number():
    assert one(with_statuses(status(), contacts=())).peer == PeerId(phone=ROSA)


def test_a_status_to_an_identifier():
    given = status(recipient_id=None, recipient_user_id=ROSA_BSUID)
    assert one(with_statuses(given, contacts=())).peer == PeerId(bsuid=ROSA_BSUID)


def test_a_status_of_a_group():
    given = status("read", recipient_type="group", recipient_id="G1", recipient_participant_id=ROSA)
    assert one(with_statuses(given)).peer == PeerId(group="G1")
    nameless = status("read", recipient_type="group", recipient_id=None)
    assert one(with_statuses(nameless)).peer is None


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (status("RINGING", type="call"), "call RINGING"),
        (status("deleted"), "status deleted"),
        (status(id=None), "status delivered"),
        ("?", "status"),
    ],
)
def test_a_status_that_is_none_is_noted(given, what):
    fact = one(with_statuses(given))
    assert (type(fact), fact.what) == (Unhandled, what)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (message(id=None), "message text"),
        (message("request_welcome"), "message request_welcome"),
        (message("reaction", reaction={"emoji": "👍"}), "message reaction"),
        (
            message("edit", edit={"message": {"type": "text", "text": {"body": "a"}}}),
            "message edit",
        ),
        (message("edit", edit={"original_message_id": "wamid.Z9"}), "message edit"),
        (message("revoke", revoke={}), "message revoke"),
        (message("system", system={"type": "user_changed_number"}), "message system"),
        (message("system", system={"type": "group_renamed"}), "message system"),
        (message("system", system=None), "message system"),
        (None, "message"),
        ([], "message"),
    ],
)
def test_a_message_that_is_none_is_noted_and_its_neighbours_stay(given, what):
    first, noted, last = read(with_messages(message(id="wamid.1"), given, message(id="wamid.2")))
    assert (first.id, last.id) == ("wamid.1", "wamid.2")
    assert (type(noted), noted.what, noted.instance) == (Unhandled, what, INSTANCE)


def test_an_echo_is_ours_whichever_way_it_is_written():
    for sides in ({"from": OURS, "to": ROSA}, {"from": ROSA, "to": f"+{OURS}"}):
        fact = one(with_echoes(message(**sides)))
        assert fact == incoming(text="Oi, meu pedido não chegou", from_me=True)


def test_an_echo_of_an_edit_a_deletion_and_a_reaction():
    sides = {"from": OURS, "to": ROSA}
    given = [message(kind, **sides) for kind in ("edit", "revoke", "reaction")]
    facts = read(with_echoes(*given))
    assert [type(fact) for fact in facts] == [MessageEdited, MessageRevoked, ReactionIn]
    assert [(fact.peer, fact.from_me) for fact in facts] == [(ROSA_PEER, True)] * 3


def test_an_echo_to_an_identifier():
    given = message(**{"from": OURS, "to_user_id": ROSA_BSUID})
    assert one(with_echoes(given, contacts=())).peer == PeerId(bsuid=ROSA_BSUID)


def test_a_group_has_a_message_of_a_person():
    fact = one(with_messages(message(group_id="G1")))
    assert (fact.peer, fact.author) == (PeerId(group="G1"), ROSA_PEER)
    ours = one(with_echoes(message(group_id="G1", **{"from": OURS})))
    assert (ours.peer, ours.author, ours.from_me) == (PeerId(group="G1"), None, True)


def test_all_entries_changes_and_items_are_read_in_their_order():
    ids = [f"wamid.{i}" for i in range(8)]
    given = body(
        entry(
            change(messages=[message(id=ids[0]), message(id=ids[1])], statuses=[status(id=ids[2])]),
            change(statuses=[status(id=ids[3])]),
        ),
        entry(
            change(messages=[message("image", id=ids[4])]),
            change("smb_message_echoes", message_echoes=[message(id=ids[5])]),
        ),
        entry(change(messages=[message(id=ids[6]), message(id=ids[7])])),
    )
    assert [fact.id for fact in read(raw(given))] == ids


def test_another_field_is_noted_once_or_per_item():
    plain = raw(
        body(entry({"field": "account_update", "value": {"event": "X"}}, time=1_772_000_000))
    )
    assert read(plain) == [Unhandled(instance="", at=1_772_000_000_000_000, what="account_update")]
    calls = [{"id": "wacid.1", "from": ROSA}, {"id": "wacid.2", "from": OURS, "to": ROSA}]
    given = raw(body(entry(change("calls", calls=calls, statuses=[status(type="call")]))))
    assert [(type(f), f.what, f.peer) for f in read(given)] == [(Unhandled, "calls", ROSA_PEER)] * 3


def test_what_is_noted_names_whom_it_is_about():
    welcome = message("request_welcome", group_id="G1")
    assert one(with_messages(welcome)).peer == PeerId(group="G1")
    echo = message("request_welcome", **{"from": OURS, "to": ROSA})
    assert one(with_echoes(echo)).peer == ROSA_PEER
    other = status("deleted", recipient_id="5511900000007")
    assert one(with_statuses(other)).peer == PeerId(phone="5511900000007")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (b"", "not JSON"),
        (b"ol\xe1", "not JSON"),
        (b"[1, 2", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[" * 60 + b"]" * 60, "not JSON"),
        (b"{}", "no entry"),
        (b"null", "no entry"),
        (b'{"entry": []}', "no entry"),
        (b'{"entry": {"a": 1}}', "no entry"),
        (b'{"entry": ["?"]}', "no changes"),
        (b'{"entry": [{"changes": []}]}', "no changes"),
        (b'{"entry": [{"changes": ["?"]}]}', "no field"),
        (b'{"entry": [{"changes": [{"field": "messages"}]}]}', "messages"),
        (b'{"entry": [{"changes": [{"field": "messages", "value": {}}]}]}', "messages"),
    ],
)
def test_a_body_without_items_is_noted(given, what):
    assert read(given) == [Unhandled(instance="", at=RECEIVED_US, what=what)]


@pytest.mark.parametrize("clock", ["", "soon", "-5", "0", 9_999_999_999, "9" * 40, None, 1.5])
def test_a_clock_that_is_none_is_ours(clock):
    assert one(with_messages(message(timestamp=clock))).at == RECEIVED_US


def test_a_clock_may_be_a_number():
    assert one(with_messages(message(timestamp=AT_US // 1_000_000))).at == AT_US
