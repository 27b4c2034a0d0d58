"""One conversation by its own address: the same answer as the page's, and no wider."""

import time

import pytest

from build import Centre
from console.actions import Assign
from console.domain.agent import Role


@pytest.fixture
def centre(served_store):
    return Centre(served_store, at=time.time_ns() // 1000)


def asked(served, role, conversation):
    with served.client(headers={"cookie": served.sign_in(f"{role}@loja.example")}) as client:
        return client.get("/thread", params={"conversation": conversation})


def test_a_conversation_is_answered_with_its_end_and_its_contact(served, centre):
    made = centre.receive("Meu pedido atrasou", phone=5511911120001, name="Rosa")
    answer = asked(served, Role.SUPERVISOR, made)
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["thread"]["id"], told["thread"]["name"]) == (str(made), "Rosa")
    assert [item["text"] for item in told["thread"]["items"]] == ["Meu pedido atrasou"]
    assert told["contact"]["name"] == "Rosa"


def test_absent_and_not_yours_have_one_answer(served, centre):
    made = centre.receive("Segredo", phone=5511911120002, name="Silvia")
    centre.run(Assign(centre.agent("Otto").agent_id), made)
    hidden, absent = (asked(served, Role.AGENT, wanted) for wanted in (made, 1))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.content == absent.content
    assert asked(served, Role.SUPERVISOR, made).status_code == 200


def test_an_analyst_reads_no_words(served, centre):
    made = centre.receive("meu cpf é 111", phone=5511911120003, name="Sueli")
    answer = asked(served, Role.ANALYST, made)
    assert answer.status_code == 200
    assert "cpf" not in answer.text
    assert "Sueli" not in answer.text


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30])
def test_nonsense_is_refused(served, wanted):
    assert asked(served, Role.SUPERVISOR, wanted).status_code == 400
