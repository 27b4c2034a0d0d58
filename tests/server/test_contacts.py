"""Questions about contacts by their own addresses: what they answer, and to whom."""

import itertools
import time

import pytest

import attached
from build import Centre
from console import actions
from console.domain.agent import Role
from console.store.files import FileStore, media_folder

PHONES = itertools.count(5531988880001)


@pytest.fixture
def centre(served_store):
    return Centre(served_store, at=time.time_ns() // 1000)


def asked(served, role, question="", **asked):
    with served.client(headers={"cookie": served.sign_in(f"{role}@loja.example")}) as client:
        return client.get(f"/contact{question}", params=asked)


def known(centre, name, phone=None, email=""):
    """Somebody who has written, and their conversation."""
    talk = centre.receive("Oi", phone or next(PHONES), name)
    contact_id = centre.state(talk).contact_id
    centre.run(actions.EditContact(name, email), contact_id)
    return contact_id, talk


def test_earlier_conversations_are_told_with_their_instance(served, centre):
    phone = next(PHONES)
    _, talk = known(centre, "Rosa", phone)
    other = centre.receive("Oi", phone, "Rosa", instance=centre.instance(f"Filial {phone}"))
    centre.run(actions.Resolve(), other)
    told = asked(served, Role.SUPERVISOR, conversation=talk).json()
    (earlier,) = told["earlier"]
    assert (earlier["id"], earlier["status"], earlier["instance"]) == (
        str(other),
        "resolved",
        f"Filial {phone}",
    )
    assert told["merges"] == []
    assert told["same"] is None


def test_files_of_all_conversations_of_the_contact_are_told(served, centre):
    _, talk = known(centre, "Rosa")
    files = FileStore(media_folder(served.home))
    file = attached.have(
        centre.store,
        files,
        talk,
        centre.at,
        b"%PDF-1.7\n",
        "application/pdf",
        "document",
        filename="nota.pdf",
    )
    told = asked(served, Role.SUPERVISOR, conversation=talk).json()
    assert [(d["id"], d["name"], d["size"]) for d in told["documents"]] == [
        (str(file), "nota.pdf", 9)
    ]
    assert told["pictures"] == []
    assert asked(served, Role.ANALYST, conversation=talk).json()["documents"] == []


def test_who_may_merge_is_asked_whether_two_are_the_same_and_told_why(served, centre):
    one, talk = known(centre, "Rosa", email="rosa@loja.example")
    other, _ = known(centre, "Rosa Maria", email="ROSA@loja.example")
    same = asked(served, Role.SUPERVISOR, conversation=talk).json()["same"]
    assert (same["id"], same["name"], same["clue"]) == (
        str(other),
        "Rosa Maria",
        "O mesmo e-mail",
    )
    for role in (Role.AGENT, Role.ANALYST):
        told = asked(served, role, conversation=talk).json()
        assert (told["same"], told["merges"], told["can_merge"]) == (None, [], False)
    centre.run(actions.KeepApart(other, one))
    assert asked(served, Role.SUPERVISOR, conversation=talk).json()["same"] is None


def test_a_merge_is_told_with_who_made_it(served, centre):
    one, talk = known(centre, "Rosa")
    other, _ = known(centre, "Rosa M")
    merge_id = centre.run(actions.MergeContacts(one, other)).made[one]
    (merge,) = asked(served, Role.SUPERVISOR, conversation=talk).json()["merges"]
    assert (merge["id"], merge["name"], merge["by"]) == (str(merge_id), "Rosa M", "Ana")


def test_the_preview_counts_what_would_move(served, centre):
    one, _ = known(centre, "Rosa")
    other, _ = known(centre, "Rosa M")
    centre.run(actions.Block(), other)
    told = asked(served, Role.SUPERVISOR, "/preview", kept=one, gone=other).json()
    assert told["moved"] == {"addresses": 1, "conversations": 1, "labels": 0}
    assert (told["kept"]["name"], told["gone"]["name"], told["blocked"]) == (
        "Rosa",
        "Rosa M",
        True,
    )
    refused = asked(served, Role.SUPERVISOR, "/preview", kept=one, gone=one)
    assert (refused.status_code, refused.json()["error"]) == (
        400,
        "Escolha dois contatos diferentes.",
    )
    assert asked(served, Role.AGENT, "/preview", kept=one, gone=other).status_code == 400


def test_others_are_found_by_name_and_number_without_oneself(served, centre):
    phone = next(PHONES)
    one, _ = known(centre, "Zuleide Alfa")
    other, _ = known(centre, "Zuleide Beta", phone)
    for wanted in ("zuleide", f"+{phone}"):
        cards = asked(served, Role.SUPERVISOR, "/found", wanted=wanted, without=one).json()["cards"]
        assert [card["id"] for card in cards] == [str(other)]
    assert asked(served, Role.ANALYST, "/found", wanted="z", without=one).status_code == 400


@pytest.mark.parametrize(
    ("text", "country", "national", "hint", "problem"),
    [
        ("(31) 98888-7777", "BR", "(31) 98888-7777", None, None),
        ("3188887777", "BR", "(31) 98888-7777", "O nono dígito foi acrescentado.", None),
        ("912 345 678", "PT", "912 345 678", None, None),
        ("+351 912 345 678", "BR", "912 345 678", None, None),
        (
            "20 98888-7777",
            "BR",
            "(20) 98888-7777",
            "Confira: esse número não parece existir.",
            None,
        ),
        ("119", "BR", "", None, "Faltam dígitos."),
        ("(31) 98888-7", "BR", "", None, "Faltam dígitos."),
        ("319888877771", "BR", "", None, "Há dígitos demais."),
        ("abc", "BR", "", None, "Escreva só o número, com DDD."),
    ],
)
def test_a_number_is_checked_as_it_is_typed(served, text, country, national, hint, problem):
    told = asked(served, Role.AGENT, "/number", text=text, country=country).json()
    assert (told["national"], told.get("hint"), told["problem"]) == (national, hint, problem)


def test_a_known_number_is_told_with_its_conversation(served, centre):
    phone = next(PHONES)
    one, talk = known(centre, "Rosa", phone)
    told = asked(served, Role.SUPERVISOR, "/number", text=str(phone), country="BR").json()
    assert (told["known"]["id"], told["known"]["name"]) == (str(one), "Rosa")
    assert told["known"]["conversation"] == str(talk)
    centre.run(actions.Assign(centre.agent(f"Otto{phone}").agent_id), talk)
    hidden = asked(served, Role.AGENT, "/number", text=str(phone), country="BR").json()
    assert hidden["known"] == {"id": None, "name": "", "conversation": None}


def test_countries_are_named_in_the_readers_language_brazil_first(served):
    found = asked(served, Role.AGENT, "/countries").json()["countries"]
    assert found[0] == {"code": "BR", "dial": 55, "name": "Brasil"}
    assert {"code": "PT", "dial": 351, "name": "Portugal"} in found
    assert [one["name"] for one in found[1:]] == sorted(one["name"] for one in found[1:])


def test_absent_and_not_yours_have_one_answer(served, centre):
    _, talk = known(centre, "Rosa")
    centre.run(actions.Assign(centre.agent("Otávio").agent_id), talk)
    hidden, absent = (asked(served, Role.AGENT, conversation=i) for i in (talk, 1))
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert asked(served, Role.SUPERVISOR, "/nothing").status_code == 404
    assert asked(served, Role.SUPERVISOR, conversation="x").status_code == 400


def test_strangers_are_told_nothing(served):
    with served.client() as client:
        for question in ("", "/found", "/preview", "/number", "/countries"):
            assert client.get(f"/contact{question}").status_code == 401
