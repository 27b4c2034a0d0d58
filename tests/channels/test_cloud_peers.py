"""Who an item is about: two people are never taken for one."""

import pytest

from cloud_bodies import RECEIVED_US, ROSA, ROSA_BSUID, message, with_messages
from console.channels.cloud_read import read_cloud
from console.channels.inbound import PeerId, Unhandled


def peer(given, *contacts):
    (fact,) = read_cloud(with_messages(given, contacts=contacts), RECEIVED_US)
    return fact.peer


def contact(**keys):
    return {"profile": {"name": "Rosa"}, **keys}


def test_a_phone_alone():
    assert peer(message()) == PeerId(phone=ROSA)


def test_an_identifier_alone():
    given = message(**{"from": None, "from_user_id": ROSA_BSUID})
    assert peer(given) == PeerId(bsuid=ROSA_BSUID)
    known = contact(user_id=ROSA_BSUID, parent_user_id="BR.ENT.1")
    assert peer(given, known) == PeerId(bsuid=ROSA_BSUID, parent_bsuid="BR.ENT.1", name="Rosa")


def test_an_identifier_in_the_place_of_the_phone():
    assert peer(message(**{"from": ROSA_BSUID})) == PeerId(bsuid=ROSA_BSUID)


def test_a_contact_ties_the_phone_to_the_identifier():
    assert peer(message(), contact(wa_id=ROSA, user_id=ROSA_BSUID)) == PeerId(
        phone=ROSA, bsuid=ROSA_BSUID, name="Rosa"
    )


def test_the_ninth_digit_does_not_part_a_person_from_their_contact():
    known = contact(wa_id="5511988880000", user_id=ROSA_BSUID)
    assert peer(message(**{"from": "551188880000"}), known) == PeerId(
        phone="551188880000", bsuid=ROSA_BSUID, name="Rosa"
    )


def test_a_contact_of_somebody_else_is_not_the_sender():
    assert peer(message(), contact(wa_id="5511900000009", user_id="BR.9")) == PeerId(phone=ROSA)


def test_a_contact_that_contradicts_one_key_is_not_the_sender():
    given = message(from_user_id="BR.9")
    assert peer(given, contact(wa_id=ROSA, user_id=ROSA_BSUID)) == PeerId(phone=ROSA, bsuid="BR.9")


def test_a_contact_without_keys_is_nobody():
    assert peer(message(), contact()) == PeerId(phone=ROSA)
    (fact,) = read_cloud(
        with_messages(message(**{"from": None}), contacts=[contact()]), RECEIVED_US
    )
    assert (type(fact), fact.peer) == (Unhandled, None)


def test_each_sender_of_a_body_has_their_own_contact():
    others = "5511900000001"
    given = with_messages(
        message(),
        message(**{"from": others}),
        contacts=[contact(wa_id=others), contact(wa_id=ROSA, user_id=ROSA_BSUID)],
    )
    first, second = read_cloud(given, RECEIVED_US)
    assert first.peer == PeerId(phone=ROSA, bsuid=ROSA_BSUID, name="Rosa")
    assert second.peer == PeerId(phone=others, name="Rosa")


def test_a_sender_that_is_not_named_is_the_only_contact():
    given = message(**{"from": None})
    assert peer(given, contact(wa_id=ROSA)) == PeerId(phone=ROSA, name="Rosa")
    two = [contact(wa_id=ROSA), contact(wa_id="5511900000001")]
    (fact,) = read_cloud(with_messages(given, contacts=two), RECEIVED_US)
    assert (type(fact), fact.peer) == (Unhandled, None)


@pytest.mark.parametrize(
    ("given", "phone"),
    [("+55 (11) 90000-0000", ROSA), (int(ROSA), ROSA), ("mãe", None), ("1" * 40, None)],
)
def test_a_phone_is_digits(given, phone):
    (fact,) = read_cloud(with_messages(message(**{"from": given}), contacts=()), RECEIVED_US)
    assert (fact.peer and fact.peer.phone) == phone
