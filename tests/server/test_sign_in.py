"""The sign-in page: forms, tokens, cookies, the way back, the first start."""

import httpx
import pytest

from console.auth import hash_token
from console.config import Settings
from console.gate.cookies import form_cookie, give, session_cookie
from console.gate.sign_in import safe_next
from console.store import sessions
from console.store.schema import migrate
from console.store.work import open_store
from serving import PASSWORD, form, serving

ANALYST = "analyst@loja.example"


@pytest.fixture
def client(served):
    with served.client() as opened:
        yield opened


def problem(answer):
    """What the page says went wrong."""
    return answer.text.split("role='alert'>")[1].split("<")[0]


def test_signing_in_leads_to_the_inbox(client):
    answer = client.post("/sign-in", data=form(client, ANALYST))
    assert (answer.status_code, answer.headers["location"]) == (303, "/inbox")
    assert client.get("/inbox").status_code == 200


def test_the_cookie_is_for_this_server_only(client):
    answer = client.post("/sign-in", data=form(client, ANALYST))
    given = answer.headers.get_list("set-cookie")
    (session,) = [c for c in given if c.startswith("central_session=")]
    assert {part.strip().lower() for part in session.split(";")[1:]} == {
        "httponly",
        "path=/",
        "samesite=lax",
    }
    (spent,) = [c for c in given if c.startswith("central_form=")]
    assert "Max-Age=0" in spent


def test_over_https_the_cookie_demands_it():
    from starlette.responses import Response

    settings = Settings(public_url="https://central.example.com")
    assert session_cookie(settings) == "__Host-central_session"
    assert form_cookie(settings) == "__Host-central_form"
    answer = Response()
    give(answer, settings, session_cookie(settings), "value")
    sent = answer.headers["set-cookie"].lower()
    assert "; secure" in sent
    assert "domain=" not in sent
    assert "path=/" in sent


def test_a_page_that_was_asked_for_is_kept_through_the_form(client):
    asked = "/inbox?conversation=5&filter=status%3Apending"
    answer = client.get(asked)
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "value='/inbox?conversation=5&amp;filter=status%3Apending'" in page
    answer = client.post("/sign-in", data=form(client, ANALYST, way_back=asked))
    assert answer.headers["location"] == asked


@pytest.mark.parametrize(
    "wanted",
    [
        None,
        "",
        "//evil.example",
        "https://evil.example/inbox",
        "/\\evil.example",
        "\\\\evil.example",
        "/inbox\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/sign-out",
        "/nowhere",
        "/inbox/../settings",
        "inbox",
        " /inbox",
        "/inbox?" + "a" * 3_000,
        "http:///inbox",
        "///inbox",
    ],
)
def test_the_way_back_leads_nowhere_else(wanted):
    assert safe_next(wanted) == "/inbox"


@pytest.mark.parametrize("wanted", ["/contacts", "/inbox?conversation=1", "/settings?tab=people"])
def test_the_way_back_leads_to_a_page(wanted):
    assert safe_next(wanted) == wanted


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"password": "outra coisa"}, 401, "E-mail ou senha incorretos."),
        ({"email": "ninguem@loja.example"}, 401, "E-mail ou senha incorretos."),
        ({"csrf": "made up"}, 403, "O formulário venceu. Entre de novo."),
        ({"csrf": ""}, 403, "O formulário venceu. Entre de novo."),
    ],
)
def test_a_refusal_says_what_to_do(client, fields, status, words):
    answer = client.post("/sign-in", data=form(client, ANALYST) | fields)
    assert (answer.status_code, problem(answer)) == (status, words)
    assert "central_session" not in client.cookies


def test_a_form_without_its_cookie_is_refused(served):
    with served.client() as client:
        fields = form(client, ANALYST)
        client.cookies.clear()
        assert client.post("/sign-in", data=fields).status_code == 403


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_a_form_of_another_site_is_refused(served, client, origin):
    fields = form(client, ANALYST)
    del client.headers["origin"]
    headers = {"origin": origin} if origin else {}
    assert client.post("/sign-in", data=fields, headers=headers).status_code == 403


def test_wrong_tries_wait_in_words(client):
    fields = form(client, "wait@loja.example") | {"password": "errada errada"}
    answers = [client.post("/sign-in", data=fields) for _ in range(5)]
    assert [a.status_code for a in answers] == [401] * 5
    for _ in range(8):  # a slow machine may wait the first seconds out by itself
        answer = client.post("/sign-in", data=fields)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert problem(answer).startswith("Tentativas demais.")
    assert int(answer.headers["retry-after"]) >= 1


def test_what_was_typed_is_escaped(client):
    hostile = "'><script>alert(1)</script>"
    fields = form(client, hostile, way_back=hostile) | {"password": "errada"}
    page = client.post("/sign-in", data=fields).text
    assert "<script" not in page
    assert "&#x27;&gt;&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("accepted", "title"),
    [
        ("pt-BR,pt;q=0.9", "Entrar"),
        ("en-US,en;q=0.5", "Sign in"),
        ("es-MX", "Ingresar"),
        ("de-DE, en;q=0.5", "Sign in"),
        ("ja", "Entrar"),
        ("", "Entrar"),
    ],
)
def test_the_page_speaks_the_browsers_language(client, accepted, title):
    page = client.get("/sign-in", headers={"accept-language": accepted}).text
    assert f"<h1>{title}</h1>" in page


def test_the_page_has_no_script_and_nothing_from_outside(client):
    page = client.get("/sign-in").text
    assert "<script" not in page
    assert "http" not in page


@pytest.mark.parametrize("token", ["", "made up"])
def test_signing_out_needs_its_token(served, client, token):
    client.post("/sign-in", data=form(client, ANALYST))
    assert client.post("/sign-out", data={"csrf": token}).status_code == 403
    assert client.get("/inbox").status_code == 200


def test_a_look_at_the_sign_out_page_signs_nobody_out(client):
    client.post("/sign-in", data=form(client, ANALYST))
    assert "Sair da Central?" in client.get("/sign-out").text
    assert client.get("/inbox").status_code == 200


def test_signing_out_ends_the_session_in_the_store(served_store, client):
    client.post("/sign-in", data=form(client, ANALYST))
    id_hash = hash_token(client.cookies["central_session"])
    token = client.get("/sign-out").text.split("name='csrf' value='")[1].split("'")[0]
    answer = client.post("/sign-out", data={"csrf": token})
    assert answer.headers["location"] == "/sign-in"
    assert "central_session" not in client.cookies
    with served_store.read() as conn:
        assert sessions.alive(conn, [id_hash], 0, 10**18) == {}


def test_the_first_start_says_how_to_begin(tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/central.db")
    migrate(store)
    store.close()
    with serving(tmp_path) as fresh, fresh.client() as client:
        page = client.get("/sign-in").text
    assert "Quase lá" in page
    assert "central user add" in page


def test_a_demo_says_that_it_is_one(peopled, root):
    with serving(peopled, root=root, CENTRAL_DEMO="1") as demo, demo.client() as client:
        assert "as conversas são geradas" in client.get("/sign-in").text


def test_the_log_keeps_no_secret(served):
    with served.client() as client:
        client.post("/sign-in", data=form(client, ANALYST))
        token = client.cookies["central_session"]
    log = served.log.read_text()
    for secret in (PASSWORD, token, hash_token(token), "@loja.example"):
        assert secret not in log


def test_a_program_gets_one_line_instead_of_a_page(served):
    answer = httpx.get(f"{served.url}/nowhere", headers={"accept": "application/json"})
    assert answer.headers["content-type"].startswith("text/plain")
    assert (
        answer.text == "Página não encontrada. O endereço não existe, ou você não tem acesso a ele."
    )


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_a_probe_is_answered(served, path):
    assert httpx.get(served.url + path).status_code == 200
