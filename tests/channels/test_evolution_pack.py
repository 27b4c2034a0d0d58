"""What a real server wrote, through the parser; skipped where there is no pack."""

import json

import pytest

from channels.evolution_bodies import AT, body, said
from console.channels.evolution_read import read_webhook
from console.channels.inbound import (
    Kind,
    MessageEdited,
    MessageIn,
    MessageRevoked,
    ReactionIn,
    Unhandled,
)

KINDS = {
    "text": Kind.TEXT,
    "extended_reply": Kind.TEXT,
    "image": Kind.IMAGE,
    "video": Kind.VIDEO,
    "ptv": Kind.VIDEO,
    "voice": Kind.VOICE,
    "document": Kind.DOCUMENT,
    "document_caption": Kind.DOCUMENT,
    "sticker": Kind.STICKER,
    "location": Kind.LOCATION,
    "live_location": Kind.LOCATION,
    "contact": Kind.CONTACTS,
    "contacts_array": Kind.CONTACTS,
    "buttons_response": Kind.INTERACTIVE,
    "list_response": Kind.INTERACTIVE,
    "template_button": Kind.BUTTON,
    "poll": Kind.UNSUPPORTED,
    "ephemeral_text": Kind.TEXT,
    "view_once": Kind.IMAGE,
    "lid_dm": Kind.TEXT,
    "group_lid": Kind.TEXT,
    "from_me_phone": Kind.TEXT,
}
OTHERS = {
    "reaction": ReactionIn,
    "reaction_removed": ReactionIn,
    "protocol_revoke": MessageRevoked,
    "edited": MessageEdited,
    "status_broadcast": Unhandled,
}


@pytest.fixture(scope="module")
def shapes(pack):
    text = (pack / "evolution_shapes" / "evo_baileys_shapes.json").read_text(encoding="utf-8")
    return {shape["name"]: shape["data"] for shape in json.loads(text)}


def test_the_pack_has_the_shapes_that_are_known(shapes):
    assert shapes.keys() == KINDS.keys() | OTHERS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_a_message_is_read_as_its_kind(shapes, name):
    told = shapes[name]
    (fact,) = read_webhook(body("messages.upsert", told), AT)
    assert isinstance(fact, MessageIn)
    assert (fact.kind, fact.id) == (KINDS[name], told["key"]["id"])
    assert fact.at == told["messageTimestamp"] * 1_000_000
    assert fact.from_me is told["key"]["fromMe"]
    assert fact.media is None or (fact.media.size, fact.media.sha256) == (12345, "00" * 32)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_message_is_read_as_what_it_is(shapes, name):
    (fact,) = read_webhook(body("messages.upsert", shapes[name]), AT)
    assert isinstance(fact, OTHERS[name])


def test_people_are_who_they_are(shapes):
    def peer(name):
        (fact,) = read_webhook(body("messages.upsert", shapes[name]), AT)
        return fact.peer, fact.author

    phone, lid = "5511999998888", "123456789012345@lid"
    assert (peer("lid_dm")[0].phone, peer("lid_dm")[0].lid) == (phone, lid)
    group, author = peer("group_lid")
    assert (group.group, group.phone, group.name) == ("120363022222222222@g.us", None, None)
    assert (author.phone, author.lid, author.name) == (phone, lid, "Ana")
    assert peer("from_me_phone")[0].name is None


def test_naughty_strings_arrive_as_they_were_written(pack):
    lines = (pack / "naughty" / "blns.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    told = [said({"conversation": text}, pushName=text) for text in texts]
    facts = read_webhook(body("messages.upsert", told), AT)
    assert [fact.text for fact in facts] == texts
    assert len(texts) == 517
