"""Who gets through the door: hosts, origins, cookies, stolen session ids, ended sessions."""

import re
import secrets
import time
from contextlib import suppress

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from attack import Attack
from console.auth import hash_token
from console.domain import ids
from console.store import sessions
from console.store.people import agent_by_email
from console.store.people_write import update_agent
from serving import PASSWORD, form

ADDRESSES = [  # host, origin, is let in
    (None, "own", True),
    (None, None, False),
    (None, "http://localhost:9999", False),
    (None, "http://127.0.0.1:3000", False),
    ("rebound.example", "http://rebound.example", False),
    ("rebound.example", "own", False),
]


def refused(served, *given, **options):
    with pytest.raises(InvalidStatus) as answer:
        Attack(served.url, *given, **options)
    return answer.value.response


@pytest.fixture
def cookie(served):
    return served.sign_in("supervisor@loja.example")


@pytest.mark.parametrize(("host", "origin", "is_let_in"), ADDRESSES)
def test_a_socket_needs_an_exact_host_and_origin(served, cookie, host, origin, is_let_in):
    origin = served.url if origin == "own" else origin
    if is_let_in:
        with Attack(served.url, cookie, origin=origin, host=host) as attack:
            assert b"page inbox ran" in attack.run("inbox")
    else:
        assert refused(served, cookie, origin=origin, host=host).status_code in {403, 421}


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1", "localhost:1", "[::1]"])
def test_a_page_needs_an_exact_host(served, host):
    assert httpx.get(f"{served.url}/sign-in", headers={"host": host}).status_code == 421


def test_a_foreign_site_may_not_read_with_a_persons_cookie(served, cookie):
    headers = {"cookie": cookie, "origin": "https://evil.example"}
    assert httpx.get(f"{served.url}/inbox", headers=headers).status_code == 403
    headers = {"cookie": cookie, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert httpx.get(f"{served.url}/inbox", headers=headers).status_code == 403


def test_a_link_from_elsewhere_leads_in(served, cookie):
    headers = {"cookie": cookie, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    assert httpx.get(f"{served.url}/inbox?conversation=1", headers=headers).status_code == 200


def test_nobody_opens_a_socket_without_a_session(served):
    assert refused(served).status_code == 403
    assert refused(served, "central_session=made-up").status_code == 403
    assert refused(served, "_streamlit_xsrf=a; X-Xsrftoken=a").status_code == 403


def test_a_hundred_foreign_handshakes_do_not_stop_the_others(served, cookie):
    slowest = 0.0
    for _ in range(100):
        refused(served, cookie, origin="https://evil.example")
        began = time.monotonic()
        httpx.get(f"{served.url}/livez")
        slowest = max(slowest, time.monotonic() - began)
    assert slowest < 1


@pytest.mark.parametrize("is_active", [True, False])
def test_a_stolen_stream_id_opens_nothing(served, cookie, is_active):
    """Safety T1: the id that Streamlit gives out is a bearer credential, unless it is bound."""
    thief = served.sign_in("agent@loja.example")
    with Attack(served.url, cookie) as victim:
        victim.run("inbox")
        stolen = victim.stream_id
        if not is_active:
            victim.__exit__()
        forged = {"X-Central-Session": hash_token(cookie.split("=")[1])}
        with Attack(served.url, thief, stream_id=stolen, headers=forged) as attack:
            told = attack.run("inbox")
            assert attack.stream_id != stolen
            assert b"ran for agent" in told
            assert b"ran for supervisor" not in told
        if is_active:
            assert b"ran for supervisor" in victim.run("inbox")


def test_a_person_comes_back_to_their_own_stream(served, cookie):
    with Attack(served.url, cookie) as first:
        first.run("inbox")
    with Attack(served.url, cookie, stream_id=first.stream_id) as second:
        second.run("inbox")
        assert second.stream_id == first.stream_id


def test_a_forged_header_makes_nobody_somebody(served):
    thief = served.sign_in("agent@loja.example")
    victim = served.sign_in("admin@loja.example")
    forged = {"X-Central-Session": hash_token(victim.split("=")[1])}
    with Attack(served.url, thief, headers=forged) as attack:
        assert b"ran for agent" in attack.run("inbox")


def test_an_upload_to_a_strangers_stream_is_not_found(served, cookie):
    with Attack(served.url, cookie) as attack:
        attack.run("inbox")
        thief = {"cookie": served.sign_in("agent@loja.example"), "origin": served.url}
        url = f"{served.url}/_stcore/upload_file/{attack.stream_id}/{secrets.token_hex(8)}"
        assert httpx.put(url, headers=thief, files={"f": b"x"}).status_code == 404
        assert httpx.put(url, headers={"origin": served.url}, files={"f": b"x"}).status_code == 401


def end_by_sign_out(served, store, cookie):
    with served.client(headers={"cookie": cookie}) as client:
        token = client.get("/sign-out").text.split("name='csrf' value='")[1].split("'")[0]
        assert client.post("/sign-out", data={"csrf": token}).status_code == 303


def end_by_row(served, store, cookie):
    id_hash = hash_token(cookie.split("=")[1])
    store.write(lambda conn: sessions.kill(conn, id_hash))


def end_by_idleness(served, store, cookie):
    id_hash = hash_token(cookie.split("=")[1])
    long_ago = ids.now() - 31 * ids.MINUTE
    store.write(lambda conn: sessions.touch(conn, [id_hash], long_ago))


def end_by_disabling(served, store, cookie):
    with store.read() as conn:
        person = agent_by_email(conn, "supervisor@loja.example")
    store.write(lambda conn: update_agent(conn, person.id, {"is_active": False}))


@pytest.fixture
def enabled_again(served_store):
    yield
    with served_store.read() as conn:
        person = agent_by_email(conn, "supervisor@loja.example")
    served_store.write(lambda conn: update_agent(conn, person.id, {"is_active": True}))


@pytest.mark.parametrize("end", [end_by_sign_out, end_by_row, end_by_idleness, end_by_disabling])
def test_an_ended_session_is_out_within_a_second(served, served_store, enabled_again, cookie, end):
    with Attack(served.url, cookie) as attack:
        attack.run("inbox")
        end(served, served_store, cookie)
        assert attack.closed_within(1.5) == 4401  # a second, and the machine's own delay
    assert refused(served, cookie, stream_id=attack.stream_id).status_code == 403
    assert httpx.get(f"{served.url}/live", headers={"cookie": cookie}).status_code == 401
    assert httpx.get(f"{served.url}/inbox", headers={"cookie": cookie}).status_code == 303


def test_a_run_after_the_end_is_told_nothing(served, served_store, cookie):
    """The script asks the store itself: it does not wait for the gate to notice."""
    with Attack(served.url, cookie) as attack:
        attack.run("inbox")
        end_by_row(served, served_store, cookie)
        try:
            told = attack.run("inbox")
        except ConnectionClosed:
            told = b""
    assert b"page inbox ran" not in told


def button_in(told):
    """The id of the page's button, as a browser learns it."""
    return re.search(rb"\$\$ID-[0-9a-f]+-None", told)[0].decode()


def test_a_button_works_for_whoever_may_see_it(served, cookie):
    with Attack(served.url, cookie) as mine:
        button = button_in(mine.run("contacts"))
        assert b"pressed contacts" in mine.run("contacts", widgets={button: True})


def test_another_persons_button_does_nothing(served, cookie):
    with Attack(served.url, cookie) as mine:
        button = button_in(mine.run("contacts"))
    with Attack(served.url, served.sign_in("analyst@loja.example")) as attack:
        attack.run("inbox")
        told = attack.run("contacts", widgets={button: True})
    assert b"contacts ran" not in told
    assert b"pressed contacts" not in told


def test_a_right_that_was_taken_away_is_gone_at_once(served, served_store):
    with served_store.read() as conn:
        person = agent_by_email(conn, "team_lead@loja.example")
    with Attack(served.url, served.sign_in("team_lead@loja.example")) as attack:
        button = button_in(attack.run("contacts"))
        served_store.write(lambda conn: update_agent(conn, person.id, {"role": "analyst"}))
        told = attack.run("contacts", widgets={button: True})
        served_store.write(lambda conn: update_agent(conn, person.id, {"role": "team_lead"}))
    assert b"pressed contacts" not in told


def test_too_many_windows_are_refused(served):
    cookie = served.sign_in("team_lead@loja.example")
    open_ones = [Attack(served.url, cookie) for _ in range(10)]
    try:
        assert refused(served, cookie).status_code == 429
    finally:
        for one in open_ones:
            one.__exit__()


def test_a_flood_of_messages_ends_the_socket(served, cookie):
    with Attack(served.url, cookie) as attack:
        for _ in range(400):
            with suppress(ConnectionClosed):
                attack.send_bytes(b"")
        assert attack.closed_within(10) == 4429


def test_garbage_on_the_socket_harms_nobody(served, cookie):
    with Attack(served.url, cookie) as attack:
        attack.send_bytes(b"\xff" * 64)
        assert attack.closed_within(10) == 1002
    with Attack(served.url, cookie) as attack:
        assert b"page inbox ran" in attack.run("inbox")


def test_signing_in_again_ends_the_session_before(served):
    with served.client() as client:
        client.post("/sign-in", data=form(client, "admin@loja.example"))
        before = client.cookies["central_session"]
        client.post("/sign-in", data=form_again(client))
        assert client.cookies["central_session"] != before
    headers = {"cookie": f"central_session={before}"}
    assert httpx.get(f"{served.url}/inbox", headers=headers).status_code == 303


def form_again(client):
    token = secrets.token_urlsafe(24)
    client.cookies.set("central_form", token, domain="127.0.0.1", path="/")
    return {"csrf": token, "email": "admin@loja.example", "password": PASSWORD}
