"""What a bubble shows besides its words, and to whom."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import MONDAY_9H
from console.domain.agent import Acting, Role
from console.domain.attachment import Attachment, FileState
from console.domain.message import Message
from console.gateway.media import NOT_GIVEN
from console.screens.contents import content_of
from console.screens.failures import reason_of
from console.screens.thread_items import ThreadNames, item_of
from console.store.beside import Beside, Reaction

NAMES = ThreadNames(4, "João", {1: "Ana"}, {})
LOOKING_AFTER = (Role.ADMIN, Role.SUPERVISOR, Role.TEAM_LEAD)
PLAIN = {"type", "id", "direction", "kind", "text", "author", "at", "delivery", "reason"}


def message(**changes):
    given = {
        "id": 7,
        "conversation_id": 5,
        "instance_id": 6,
        "direction": "in",
        "kind": "text",
        "author_kind": "contact",
        "author_id": 4,
        "author_name": "João",
        "text": "segredo",
        "at": MONDAY_9H,
    }
    return Message(**{**given, **changes})


def file(**changes):
    given = {
        "id": 9,
        "instance_id": 6,
        "conversation_id": 5,
        "message_id": 7,
        "kind": "image",
        "mime": "image/jpeg",
        "filename": "",
        "sha256": "0" * 64,
        "size_n": 10,
        "seconds_n": None,
        "ref": "{}",
        "state": FileState.HERE,
        "attempts_n": 0,
        "next_at": None,
        "problem": None,
        "created_at": MONDAY_9H,
    }
    return Attachment(**{**given, **changes})


def seen(shown, beside=None, role=Role.SUPERVISOR, language="pt"):
    who = Acting(1, "Ana", role, language=language)
    return item_of(shown, NAMES, who, beside or Beside())


def test_most_messages_stay_as_small_as_their_words():
    assert seen(message()).keys() == PLAIN


@pytest.mark.parametrize(
    ("kind", "mime", "state", "form"),
    [
        ("image", "image/jpeg", "here", "picture"),
        ("sticker", "image/webp", "here", "picture"),
        ("image", "text/html", "here", "file"),
        ("image", "image/svg+xml", "here", "file"),
        ("video", "video/mp4", "here", "video"),
        ("voice", "audio/ogg", "here", "sound"),
        ("audio", "video/mp4", "here", "sound"),
        ("document", "application/pdf", "here", "file"),
        ("image", "image/jpeg", "waiting", "file"),
        ("image", "image/jpeg", "failed", "file"),
    ],
)
def test_a_file_is_drawn_as_its_bytes_allow(kind, mime, state, form):
    beside = Beside({7: file(mime=mime, state=FileState(state))})
    assert seen(message(kind=kind), beside)["file"]["form"] == form


def test_a_file_is_told_with_its_name_size_and_what_went_wrong():
    failed = file(state=FileState.FAILED, problem=NOT_GIVEN, filename="a.pdf", seconds_n=3)
    assert seen(message(kind="document"), Beside({7: failed}), language="en")["file"] == {
        "id": "9",
        "state": "failed",
        "form": "file",
        "name": "a.pdf",
        "size": 10,
        "seconds": 3,
        "problem": NOT_GIVEN.en,
    }


def test_reactions_are_counted():
    given = [Reaction("👍", False), Reaction("❤️", False), Reaction("👍", True)]
    assert seen(message(), Beside(reactions={7: given}))["reactions"] == [
        {"emoji": "👍", "n": 2, "ours": True},
        {"emoji": "❤️", "n": 1, "ours": False},
    ]


def test_what_is_answered_stands_above_the_words():
    asked = message(id=3, text="Qual o prazo?", provider_id="w1")
    beside = Beside(quoted={(5, "w1"): asked})
    answer = message(direction="out", author_kind="agent", author_id=1, quoted="w1")
    assert seen(answer, beside)["quoted"] == {
        "id": "3",
        "direction": "in",
        "author": "João",
        "kind": "text",
        "text": "Qual o prazo?",
    }
    assert seen(answer)["quoted"] == {"id": None, "text": "", "kind": "text"}


@pytest.mark.parametrize("role", [*LOOKING_AFTER, Role.AGENT])
def test_what_was_deleted_is_kept_for_those_who_look_after(role):
    deleted = message(revoked_at=MONDAY_9H, kind="image", provider_id="w1")
    item = seen(deleted, Beside({7: file()}), role)
    is_read = role in LOOKING_AFTER
    assert item["revoked"] == MONDAY_9H // 1000
    assert (item["text"] == "segredo", "file" in item) == (is_read, is_read)
    answer = seen(message(quoted="w1"), Beside(quoted={(5, "w1"): deleted}), role)
    assert (answer["quoted"]["text"] == "segredo") == is_read


@pytest.mark.parametrize("role", [*LOOKING_AFTER, Role.AGENT])
def test_first_words_are_for_those_who_look_after(role):
    edited = message(original="outro", edited_at=MONDAY_9H)
    item = seen(edited, role=role)
    assert (item["edited"], item["text"]) == (MONDAY_9H // 1000, "segredo")
    assert item.get("original") == ("outro" if role in LOOKING_AFTER else None)


def test_a_message_from_the_phone_has_no_author():
    ours = {"direction": "out", "author_kind": "agent", "author_id": None, "author_name": ""}
    assert seen(message(**ours))["phone"] is True
    assert "phone" not in seen(message(**{**ours, "author_name": "Zeca"}))
    assert "phone" not in seen(message(**{**ours, "author_kind": "bot"}))


def test_where_it_came_from_is_said():
    assert seen(message(is_forwarded=True))["forwarded"] is True
    assert seen(message(resend_of_id=3))["resent"] is True


def test_an_analyst_sees_nothing_of_all_this():
    everything = message(
        kind="location",
        quoted="w1",
        original="x",
        edited_at=1,
        revoked_at=1,
        is_forwarded=True,
        failure=json.dumps({"code": 1, "title": "+55 11 98765-4321"}),
        content=json.dumps({"location": {"latitude": 1, "longitude": 2}}),
    )
    beside = Beside({7: file()}, {7: [Reaction("👍", False)]}, {(5, "w1"): message()})
    assert seen(everything, beside).keys() > PLAIN
    item = seen(everything, beside, Role.ANALYST)
    assert item.keys() == PLAIN
    assert (item["text"], item["reason"]) == ("Texto oculto", None)


@pytest.mark.parametrize(
    ("failure", "reason"),
    [
        (None, None),
        ("{}", None),
        ({"pt": "Não", "en": "No", "es": "No"}, "Não"),
        (
            {"code": 131026, "title": "Undeliverable", "details": ""},
            (
                "Não foi possível entregar. O cliente pode não ter WhatsApp, usar uma versão antiga"
                " ou não ter aceitado os termos."
            ),
        ),
        (
            {"code": None, "title": "x", "details": "No {money}"},
            "O WhatsApp recusou a mensagem: No {money}",
        ),
    ],
)
def test_a_failure_says_why(failure, reason):
    written = failure if isinstance(failure, str | None) else json.dumps(failure)
    told = reason_of(written)
    assert (told.pt if told else None) == reason
    assert seen(message(failure=written))["reason"] == reason


@pytest.mark.parametrize(
    ("kind", "data", "drawn"),
    [
        ("text", None, {}),
        (
            "location",
            {"location": {"latitude": -23.5, "longitude": "-46.6", "name": "Loja"}},
            {"location": {"latitude": -23.5, "longitude": -46.6, "name": "Loja", "address": ""}},
        ),
        ("location", {"location": {"latitude": 999, "longitude": 1}}, {}),
        ("location", {"location": {"latitude": "NaN", "longitude": 1}}, {}),
        (
            "contacts",
            {"contacts": [{"name": {"formatted_name": "Eva"}, "phones": [{"phone": "+55 1"}, 3]}]},
            {"contacts": [{"name": "Eva", "phones": ["+55 1"]}]},
        ),
        (
            "order",
            {
                "order": {
                    "product_items": [
                        {"quantity": 2, "item_price": 9.5, "currency": "BRL"},
                        {"quantity": "1", "item_price": 1, "currency": "BRL"},
                    ]
                }
            },
            {"order": {"n": 3, "total": 20, "currency": "BRL"}},
        ),
        (
            "order",
            {"order": {"items": 2, "total_1000": 5_500, "currency": "BRL"}},
            {"order": {"n": 2, "total": 5.5, "currency": "BRL"}},
        ),
        (
            "interactive",
            {"reply": {"type": "list_reply", "title": "A", "description": "Manhã"}},
            {"interactive": {"about": "Manhã"}},
        ),
        ("unsupported", {"unsupported": {"type": "poll"}}, {"unsupported": {"type": "poll"}}),
        ("text", {"referral": {"headline": "Oferta", "body": "x"}}, {"advert": "Oferta"}),
        ("contacts", {"contacts": "x"}, {}),
        ("order", [], {}),
    ],
)
def test_what_is_neither_words_nor_a_file_is_drawn(kind, data, drawn):
    assert content_of(kind, json.dumps(data) if data is not None else None) == drawn


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
named = st.dictionaries(
    st.sampled_from(["location", "contacts", "order", "reply", "unsupported", "referral"]),
    anything,
)


@given(st.sampled_from(["location", "contacts", "order", "interactive", "unsupported"]), named)
def test_whatever_a_stranger_sends_can_be_drawn(kind, data):
    json.dumps(content_of(kind, json.dumps(data)), allow_nan=False)


def test_what_cannot_be_read_is_nothing():
    assert content_of("location", "{") == {}
