"""The file behind a typed statement: who gets it, with which token, and what it holds."""

import json
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
    def asked(role, statement=STATEMENT, token=None, form="csv", reason=""):
        headers = {"cookie": cookies[role]} if role else {}
        with served.client(headers=headers) as client:
            if role and token is None:
                page = client.get("/sign-out").text
                token = re.search(r"name='csrf' value='([^']+)'", page)[1]
            sent = {"x-csrf": token or "x"}
            body = json.dumps({"sql": statement, "reason": reason})
            params = {"format": form}
            return client.post("/analyse/rows", params=params, content=body, headers=sent)

    return asked


@pytest.fixture
def fetch(served, cookies):
    """What a link leads to."""

    def fetched(role, link):
        headers = {"cookie": cookies[role]} if role else {}
        with served.client(headers=headers) as client:
            return client.get(link)

    return fetched


@pytest.fixture
def take(ask, fetch):
    """The file of a statement."""

    def taken(role, statement=STATEMENT, **more):
        answer = ask(role, statement, **more)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        return fetch(role, answer.json()["file"])

    return taken


@pytest.fixture
def talks(served_store, take):
    """A conversation that the server's read model has heard of."""
    made = Centre(served_store).receive(phone=5511944400001, name="Joaquina Sigilosa")
    until = time.monotonic() + PATIENCE_S
    while str(made) not in take(Role.SUPERVISOR, "select id from conversation").text:
        assert time.monotonic() < until
    return made


def test_a_supervisor_gets_every_column(talks, take):
    answer = take(Role.SUPERVISOR)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="central-table-')
    assert answer.headers["cache-control"] == "no-store"
    assert "5511944400001" in answer.text
    assert "Joaquina Sigilosa" in answer.text


def test_an_analyst_gets_no_customer(talks, take):
    answer = take(Role.ANALYST)
    assert answer.status_code == 200
    assert str(talks) in answer.text
    assert "5511944400001" not in answer.text
    assert "Joaquina" not in answer.text


def test_a_team_lead_gets_no_conversation_of_others(talks, take):
    answer = take(Role.TEAM_LEAD)
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


@pytest.mark.parametrize("form", ["xlsx", "parquet", "jsonl", "duckdb"])
def test_every_format_is_made_and_fetched_once(talks, ask, fetch, form):
    link = ask(Role.SUPERVISOR, "select id from conversation", form=form).json()["file"]
    assert fetch(Role.ANALYST, link).status_code == 404
    assert fetch(None, link).status_code == 401
    answer = fetch(Role.SUPERVISOR, link)
    assert (answer.status_code, bool(answer.content)) == (200, True)
    assert answer.headers["content-disposition"].endswith(f'.{form}"')
    assert fetch(Role.SUPERVISOR, link).status_code == 410


def test_a_refusal_of_a_file_is_a_sentence_and_leaves_nothing(ask, served):
    before = {*(served.home / "exports").glob("*")}
    answer = ask(Role.SUPERVISOR, "select * from posting", form="parquet")
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("Não há tabela")
    assert {*(served.home / "exports").glob("*")} == before
    assert ask(Role.SUPERVISOR, form="exe").status_code == 400


def test_many_rows_for_who_sees_customers_need_a_reason(ask, fetch, served):
    many = "from range(1001)"
    refused = ask(Role.SUPERVISOR, many)
    assert refused.status_code == 409
    assert refused.json()["error"].startswith("São mais de 1000 linhas")
    assert ask(Role.SUPERVISOR, many, reason=" ").status_code == 409
    assert ask(Role.ANALYST, many).status_code == 200
    assert ask(Role.SUPERVISOR, "from range(1000)").status_code == 200
    link = ask(Role.SUPERVISOR, many, reason=" auditoria ").json()["file"]
    assert len(fetch(Role.SUPERVISOR, link).text.splitlines()) == 1002
    job_id = link.split("/")[2]
    told = json.loads((served.home / "exports" / f"{job_id}.csv.manifest.json").read_text())
    assert (told["statement"], told["reason"], told["rows"]) == (many, "auditoria", 1001)
    assert told["export"] == job_id


@pytest.mark.parametrize("body", [b"select 1", b"[]", b'{"sql": 1}', b'{"sql": "x", "reason": 2}'])
def test_a_body_of_another_shape_is_refused(served, cookies, body):
    with served.client(headers={"cookie": cookies[Role.SUPERVISOR]}) as client:
        token = re.search(r"name='csrf' value='([^']+)'", client.get("/sign-out").text)[1]
        answer = client.post("/analyse/rows", content=body, headers={"x-csrf": token})
    assert answer.status_code == 400
