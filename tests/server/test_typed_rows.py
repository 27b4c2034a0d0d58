"""The file behind a typed statement: who gets it, with which token, and what it holds."""

import re
import time

import pytest

from build import Centre, Role

PATIENCE_S = 20
STATEMENT = "select * from conversation"


@pytest.fixture(scope="module")
def cookies(served):
    return {role: served.sign_in(f"{role}@loja.example") for role in Role}


@pytest.fixture
def ask(served, cookies):
    def asked(role, statement=STATEMENT, token=None, form="csv"):
        headers = {"cookie": cookies[role]} if role else {}
        with served.client(headers=headers) as client:
            if role and token is None:
                page = client.get("/sign-out").text
                token = re.search(r"name='csrf' value='([^']+)'", page)[1]
            sent = {"x-csrf": token or "x"}
            return client.post(
                "/analyse/rows", params={"format": form}, content=statement.encode(), headers=sent
            )

    return asked


@pytest.fixture
def talks(served_store, ask):
    """A conversation that the server's read model has heard of."""
    made = Centre(served_store).receive(phone=5511944400001, name="Joaquina Sigilosa")
    until = time.monotonic() + PATIENCE_S
    while str(made) not in ask(Role.SUPERVISOR, "select id from conversation").text:
        assert time.monotonic() < until
    return made


def test_a_supervisor_gets_every_column(talks, ask):
    answer = ask(Role.SUPERVISOR)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="analise.csv"'
    assert answer.headers["cache-control"] == "no-store"
    assert "5511944400001" in answer.text
    assert "Joaquina Sigilosa" in answer.text


def test_an_analyst_gets_no_customer(talks, ask):
    answer = ask(Role.ANALYST)
    assert answer.status_code == 200
    assert str(talks) in answer.text
    assert "5511944400001" not in answer.text
    assert "Joaquina" not in answer.text


def test_a_team_lead_gets_no_conversation_of_others(talks, ask):
    answer = ask(Role.TEAM_LEAD)
    assert answer.status_code == 200
    assert str(talks) not in answer.text


def test_an_agent_and_a_stranger_get_nothing(talks, ask):
    assert ask(Role.AGENT).status_code == 400
    assert ask(None).status_code == 401


@pytest.mark.parametrize("token", ["wrong", "\u00e7"])
def test_another_page_s_token_gets_nothing(ask, token):
    assert ask(Role.SUPERVISOR, token=token.encode()).status_code == 403


def test_a_refusal_is_a_sentence(ask):
    answer = ask(Role.SUPERVISOR, "select * from posting")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Não há tabela")


def test_an_endless_statement_is_too_large(ask):
    assert ask(Role.SUPERVISOR, "x" * 200_000).status_code == 413


@pytest.mark.parametrize("form", ["xlsx", "parquet", "jsonl"])
def test_every_format_is_made_sent_and_gone(talks, ask, served, form):
    answer = ask(Role.SUPERVISOR, "select id from conversation", form=form)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="analise.{form}"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content
    until = time.monotonic() + PATIENCE_S
    while list((served.home / "typed").iterdir()):
        assert time.monotonic() < until


def test_a_refusal_of_a_file_is_a_sentence_and_leaves_nothing(ask, served):
    answer = ask(Role.SUPERVISOR, "select * from posting", form="parquet")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Não há tabela")
    assert list((served.home / "typed").iterdir()) == []
    assert ask(Role.SUPERVISOR, form="exe").status_code == 400
