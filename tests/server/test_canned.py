"""Canned replies by their own address: one's own and shared ones, and only for who writes."""

import time

import pytest

from build import Centre
from console.actions import SaveCanned
from console.domain.agent import Role
from console.domain.audience import Audience


@pytest.fixture
def centre(served_store):
    return Centre(served_store, at=time.time_ns() // 1000)


def asked(served, role, **params):
    with served.client(headers={"cookie": served.sign_in(f"{role}@loja.example")}) as client:
        return client.get("/canned", params=params)


def test_a_person_gets_their_own_and_what_is_shared(served, centre):
    centre.run(SaveCanned("segredo", "só de Caio"), by=centre.agent("Caio"))
    centre.run(SaveCanned("pix", "=Chave", Audience.EVERYBODY))
    answer = asked(served, Role.AGENT)
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()["replies"]
    assert [(one["shortcut"], one["text"]) for one in found] == [("pix", "=Chave")]
    assert answer.json()["gaps"]["primeiro_nome"] == "first_name"
    file = asked(served, Role.AGENT, format="csv")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.text.splitlines() == ["\ufeffatalho,texto", "pix,'=Chave"]


def test_who_writes_nothing_gets_nothing(served):
    assert asked(served, Role.ANALYST).status_code == 404
    assert asked(served, Role.ANALYST, format="csv").status_code == 404
