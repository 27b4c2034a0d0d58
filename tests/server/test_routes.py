"""Every route of the application is classified, and every answer carries the headers."""

import base64
import hashlib
import importlib.util
import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.routing import Mount, Route, WebSocketRoute
from streamlit import file_util

from attack import Attack
from console.gate.headers import (
    INLINE_SCRIPT,
    REFRESHER,
    REFRESHER_SCRIPT,
    policy,
    security_headers,
)
from console.gate.places import PAGES, PLACES, Entry, place_of
from console.ui.frame import ENTRIES

ASKED = [  # method, path, status of a stranger, status of an agent
    ("GET", "/", 303, 303),
    *(("GET", f"/{page}", 303, 200) for page in PAGES),
    ("GET", "/sign-in", 200, 303),
    ("GET", "/sign-out", 303, 200),
    ("POST", "/sign-in", 403, 403),
    ("POST", "/sign-out", 303, 403),
    ("GET", "/gate/gate.css", 200, 200),
    ("GET", "/gate/none.css", 404, 404),
    ("GET", "/livez", 200, 200),
    ("GET", "/readyz", 200, 200),
    ("GET", "/live?filter=nonsense:1", 401, 400),
    ("GET", "/thread?conversation=1", 401, 404),
    ("POST", "/thread?conversation=1", 405, 405),
    ("GET", "/message?id=1", 401, 404),
    ("GET", "/message", 401, 400),
    ("GET", "/recipients", 401, 200),
    ("POST", "/recipients", 405, 405),
    ("GET", "/export/1/file?token=none", 401, 404),
    ("POST", "/attachment?conversation=1", 401, 403),
    ("GET", "/attachment", 405, 405),
    ("GET", "/attachment/1", 401, 404),
    ("GET", "/attachment/none", 401, 404),
    ("POST", "/attachment/1", 405, 405),
    ("POST", "/analyse/rows", 401, 403),
    ("GET", "/analyse/rows", 405, 405),
    ("GET", "/static/none.js", 401, 200),
    ("GET", "/manifest.json", 401, 200),
    ("GET", "/favicon.png", 200, 200),
    ("GET", "/media/none", 401, 404),
    ("GET", "/component/none/x.js", 401, 404),
    ("GET", REFRESHER, 401, 404),  # until somebody opens the board on a wall
    ("GET", "/_stcore/bidi-components/none/x.js", 401, 404),
    ("GET", "/_stcore/health", 401, 200),
    ("GET", "/_stcore/host-config", 401, 200),
    ("GET", "/_stcore/stream", 404, 404),
    ("PUT", "/_stcore/upload_file/none/none", 401, 404),
    ("GET", "/_stcore/metrics", 404, 404),
    ("GET", "/_stcore/script-health-check", 404, 404),
    ("GET", "/_stcore/agent/openapi.json", 404, 404),
    ("POST", "/_stcore/agent/interact", 404, 404),
    ("POST", "/_stcore/agent/mcp", 404, 404),
    ("GET", "/auth/login", 404, 404),
    ("GET", "/auth/logout", 404, 404),
    ("GET", "/oauth2callback", 404, 404),
    ("GET", "/app/static/x", 404, 404),
    ("GET", "/nowhere", 404, 404),
    ("GET", "/inbox/deeper", 404, 404),
    ("GET", "//evil.example/inbox", 404, 404),
    ("GET", "/..%2f..%2fetc/passwd", 404, 404),
    ("POST", "/inbox", 405, 405),
    ("DELETE", "/", 405, 405),
    ("TRACE", "/inbox", 405, 405),
    ("HEAD", "/live", 405, 405),
]


def sample(path):
    return re.sub(r"\{[^}]*\}", "none", path)


def routes():
    """The routes of the very application that is served, Streamlit's own included."""
    from console.server import app

    return app._build_starlette_app().routes


def test_every_route_is_classified():
    unknown = []
    for route in routes():
        if isinstance(route, Mount):
            assert route.name == "static-assets"  # what it falls back to is not found at the gate
        elif place_of(sample(route.path)) is None:
            unknown.append(route.path)
    assert unknown == []


def test_no_place_without_a_route():
    paths = [sample(r.path) for r in routes() if isinstance(r, Route | WebSocketRoute)]
    of_mount = {"/static/", "/favicon.png", "/manifest.json", "/app/"}
    of_pages = {f"/{page}" for page in PAGES}
    idle = [
        p.path
        for p in PLACES
        if p.path not in of_mount | of_pages and not any(p.covers(path) for path in paths)
    ]
    assert idle == []


def test_only_the_socket_route_is_a_socket():
    sockets = [r.path for r in routes() if isinstance(r, WebSocketRoute)]
    assert sockets == [p.path for p in PLACES if p.entry is Entry.SOCKET]


def test_the_frame_registers_the_pages_the_gate_lets_in():
    assert tuple(entry.key for entry in ENTRIES) == PAGES


def inline_script(page):
    """The hash of the one script that stands in a page."""
    (script,) = re.findall(r"<script>(.*?)</script>", page.read_text(), re.DOTALL)
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def test_the_inline_script_of_the_page_is_the_one_the_policy_names():
    assert inline_script(Path(file_util.get_static_dir(), "index.html")) == INLINE_SCRIPT


def test_the_inline_script_of_the_clock_is_the_one_its_policy_names():
    package = Path(importlib.util.find_spec("streamlit_autorefresh").origin).parent
    assert inline_script(package / "frontend/build/index.html") == REFRESHER_SCRIPT


ORIGIN = "https://central.example"
STRICT = (
    "default-src 'self'; "
    f"script-src 'self' 'wasm-unsafe-eval' '{INLINE_SCRIPT}'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; "
    "font-src 'self' data:; "
    "connect-src 'self' wss://central.example; "
    "media-src 'self' blob:; "
    "worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-src 'none'; frame-ancestors 'none'"
)


def test_only_pages_may_show_a_frame_and_only_the_clock_is_shown_in_one():
    """Nothing but these two headers of these answers differs from the strict ones."""
    clock = "https://central.example/component/streamlit_autorefresh.st_autorefresh/index.html"
    for page in PAGES:
        allowed = STRICT.replace("frame-src 'none'", f"frame-src {clock}")
        assert policy(ORIGIN, f"/{page}") == allowed
    strict = security_headers(ORIGIN)
    assert strict["content-security-policy"] == STRICT
    assert security_headers(ORIGIN, "/attachment/1") == strict | {
        "content-security-policy": (
            "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'; sandbox"
        )
    }
    near = (
        f"{REFRESHER}/",
        REFRESHER.replace("index.html", "static/js/x.js"),
        "/board/",
        "/boards",
    )
    for path in ("/sign-in", "/", "/component/other/index.html", "/media/x", "/attachment", *near):
        assert security_headers(ORIGIN, path) == strict
    assert security_headers(ORIGIN, REFRESHER) == strict | {
        "x-frame-options": "SAMEORIGIN",
        "content-security-policy": (
            f"default-src 'none'; script-src 'self' '{REFRESHER_SCRIPT}'; "
            "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'self'"
        ),
    }


@pytest.fixture(scope="module")
def cookie(served):
    return served.sign_in("agent@loja.example")


@pytest.mark.parametrize(("method", "path", "stranger", "agent"), ASKED)
def test_an_answer_carries_the_headers(served, cookie, method, path, stranger, agent):
    for given, status in (({}, stranger), ({"cookie": cookie}, agent)):
        headers = {"origin": served.url, **given}
        with httpx.Client(base_url=served.url, headers=headers) as client:
            answer = client.send(httpx.Request(method, served.url + path, headers=headers))
        assert answer.status_code == status
        assert_sealed(served, answer)


def assert_sealed(served, answer):
    path = urlsplit(str(answer.url)).path if isinstance(answer, httpx.Response) else ""
    wanted = security_headers(served.url, path)
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert answer.headers["cache-control"]
    assert "server" not in answer.headers


def test_the_methods_of_the_table_are_all_there_are(served):
    headers = {"origin": "https://evil.example"}
    assert httpx.request("OPTIONS", f"{served.url}/inbox", headers=headers).status_code == 405


def test_a_handshake_carries_the_headers(served, cookie):
    with Attack(served.url, cookie) as attack:
        assert_sealed(served, attack._socket.response)


def test_a_refused_handshake_carries_the_headers(served):
    from websockets.exceptions import InvalidStatus

    with pytest.raises(InvalidStatus) as refused:
        Attack(served.url)
    assert_sealed(served, refused.value.response)


def test_nothing_personal_is_kept_by_a_browser(served, cookie):
    for path in ("/inbox", "/sign-out", "/_stcore/host-config"):
        answer = httpx.get(served.url + path, headers={"cookie": cookie})
        assert answer.headers["cache-control"] in {"no-store", "no-cache"}


@pytest.mark.parametrize("body", [b"x" * 20_000, b"&".join(b"a=b" for _ in range(5_000))])
def test_a_body_larger_than_a_form_is_refused(served, body):
    headers = {"origin": served.url, "content-type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{served.url}/sign-in", headers=headers, content=body)
    assert answer.status_code == 413
    assert_sealed(served, answer)


def test_a_body_that_lies_about_its_length_is_counted(served):
    def parts():
        for _ in range(20):
            yield b"x" * 1_000

    headers = {"origin": served.url, "content-type": "application/x-www-form-urlencoded"}
    answer = httpx.post(f"{served.url}/sign-in", headers=headers, content=parts())
    assert answer.status_code == 413


def test_a_failing_page_tells_a_code_and_not_its_message(served):
    with Attack(served.url, served.sign_in("admin@loja.example")) as attack:
        told = attack.run("inbox", "break=1")
    code = re.search(rb"c\xc3\xb3digo ([0-9a-f]{8})", told)[1].decode()
    log = served.log.read_text()
    assert code in log
    assert "ValueError at" in log
    for canary in ("987654321", "canary"):
        assert canary.encode() not in told
        assert canary not in log
