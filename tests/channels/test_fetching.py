"""Files are fetched from the provider and from nowhere else, whole or not at all."""

import base64
import hashlib
import socket

import httpx
import pytest

from console.channels.addresses import Reach, is_near, is_public
from console.channels.base import Action, Fetched, Rejected
from console.channels.cloud import MEDIA_HOSTS
from console.channels.exchange import timeouts
from console.channels.fetching import Wanted, safe_fetch
from console.channels.wire import Wire
from cutting import cutter

META = Reach("https://graph.facebook.com/v23.0", hosts=MEDIA_HOSTS)
CONTENT = b"\x89PNG and so on" * 100
HASH = hashlib.sha256(CONTENT).digest()
URL = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7"

ANY = "0.0.0.0"  # noqa: S104 — nobody binds to it
NAMES = [
    "http://lookaside.fbsbx.com/x",
    "https://lookaside.fbsbx.com:8443/x",
    "https://lookaside.fbsbx.com.evil.test/x",
    "https://evil.test/lookaside.fbsbx.com",
    "https://evil.test/?u=https://lookaside.fbsbx.com/",
    "https://evil.test#lookaside.fbsbx.com",
    "https://lookaside.fbsbx.com@evil.test/x",
    "https://evil.test@lookaside.fbsbx.com/x",
    "https://a:b@graph.facebook.com/x",
    "https://evil.test\\@lookaside.fbsbx.com/x",
    "https://evillookaside.fbsbx.com/x",
    "https://evilwhatsapp.net/x",
    "https://whatsapp.net.evil.test/x",
    "https://whatsapp.net/x",
    "https://lookaside.fbsbx.com./x",
    "https://graph.facebook.com.:443/x",
    "https://ⓛookaside.fbsbx.com.evil.test/x",
    "https://xn--lookaside-fbsbx-com.test/x",
    "//lookaside.fbsbx.com/x",
    "lookaside.fbsbx.com/x",
    "",
    "x",
    "file:///etc/passwd",
    "ftp://lookaside.fbsbx.com/x",
    "gopher://lookaside.fbsbx.com:6379/_x",
    "data:text/html,x",
    "javascript:alert(1)",
    "unix:///var/run/docker.sock",
    "https://",
    "https:///x",
    "https://[::1",
    "https://lookaside.fbsbx.com:99999/x",
    "https://lookaside.fbsbx.com:a/x",
    "https://\x00lookaside.fbsbx.com/x",
    "https://lookaside.fbsbx.com\r\nHost: evil.test/x",
]
HOSTS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    ANY,
    "localhost",
    "localhost.localdomain",
    "169.254.169.254",
    "2852039166",
    "metadata.google.internal",
    "100.100.100.200",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "192.0.0.192",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fc00::1]",
    "[fec0::1]",
    "[fd00:ec2::254]",
    "127.0.0.1.nip.io",
    "①②⑦.⓪.⓪.①",
]
BAD_ADDRESSES = [
    *("127.0.0.1", "127.9.9.9", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254"),
    *("100.64.1.1", ANY, "0.1.2.3", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.192"),
    *("::1", "::", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::808:808"),
    *("2002:808:808::", "2001:0:7f00:1::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1"),
    *("ff02::1", "2001:db8::1", "fd00:ec2::254", "2130706433", "0x7f.1", "127.1", "", "x"),
]


@pytest.fixture
def connections(monkeypatch):
    """Every address that anybody tries to connect to; nobody gets through."""
    found = []

    def connect(address, *rest, **options):
        found.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return found


def fetch(url, to, reach=META, *, resolve=lambda *_: ["8.8.8.8"], transport=None, **wanted):
    wire = transport or Wire(reach, resolve=resolve)
    with httpx.Client(transport=wire, timeout=timeouts(), trust_env=False) as web:
        return safe_fetch(web, reach, Wanted(url, **{"most": 10_000, **wanted}), to)


@pytest.mark.parametrize("url", [*NAMES, *(f"https://{host}/x" for host in HOSTS)])
def test_a_url_of_somebody_else_is_not_even_resolved(url, tmp_path, connections):
    asked = []
    found = fetch(url, tmp_path / "f", resolve=lambda *given: asked.append(given) or ["8.8.8.8"])
    assert isinstance(found, Rejected)
    assert (found.action, found.error.title) == (Action.PERMANENT, "not_fetched")
    assert (asked, connections) == ([], [])
    assert "127.0.0.1" not in found.error.details


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_name_of_the_provider_that_leads_inside_is_not_connected(address, tmp_path, connections):
    for addresses in ([address], ["8.8.8.8", address]):
        found = fetch(URL, tmp_path / "f", resolve=lambda *_, given=addresses: given)
        assert found.error.details == "ConnectError"
    assert connections == []
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "157.240.1.1", "2a03:2880:f12f:83:face:b00c:0:1"])
def test_a_public_address_is_connected(address, tmp_path, connections):
    found = fetch(URL, tmp_path / "f", resolve=lambda *_: [address])
    assert found.action is Action.RETRY
    assert connections == [(address, 443)]


def test_rebinding_finds_the_first_answer_only(tmp_path, connections):
    answers = iter([["8.8.8.8"], ["127.0.0.1"]])
    fetch(URL, tmp_path / "f", resolve=lambda *_: next(answers))
    assert connections == [("8.8.8.8", 443)]


NEAR = Reach("http://127.0.0.1:8000/api", may_be_local=True, hosts=MEDIA_HOSTS)


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    [
        ("http://127.0.0.1:8000/media/7", True),
        ("http://127.0.0.1:8001/media/7", False),
        ("https://127.0.0.1:8000/media/7", False),
        ("http://localhost:8000/media/7", False),
        ("http://10.0.0.1:8000/media/7", False),
        (URL, True),
    ],
)
def test_a_local_account_reaches_its_own_base_only(url, is_allowed):
    assert NEAR.allows(httpx.URL(url)) is is_allowed


def test_a_base_is_local_only_when_it_may_be():
    plain = Reach("http://127.0.0.1:8000/api")
    assert not plain.allows(httpx.URL("http://127.0.0.1:8000/media"))
    assert not plain.takes("127.0.0.1", 8000, "127.0.0.1")
    assert NEAR.takes("127.0.0.1", 8000, "127.0.0.1")
    assert not NEAR.takes("lookaside.fbsbx.com", 443, "127.0.0.1")
    assert not NEAR.takes("127.0.0.1", 8000, "169.254.169.254")
    assert NEAR.takes("lookaside.fbsbx.com", 443, "8.8.8.8")


def test_a_base_that_is_no_url_reaches_nothing():
    none = Reach("http://[::1", may_be_local=True)
    assert not none.allows(httpx.URL("http://127.0.0.1/x"))
    assert not none.takes("127.0.0.1", 80, "127.0.0.1")


def test_a_base_of_another_scheme_reaches_nothing():
    assert not Reach("ftp://shop.test/x", may_be_local=True).allows(httpx.URL("ftp://shop.test/y"))


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1"]
)
def test_what_is_near(address):
    assert is_near(address)
    assert not is_public(address)


@pytest.mark.parametrize("address", ["169.254.169.254", ANY, "8.8.8.8", "::ffff:127.0.0.1", "x"])
def test_what_is_not_near(address):
    assert not is_near(address)


# What is fetched.


def answering(*answers):
    """A provider that gives these answers in turn; what it was asked stands in `seen`."""
    left, seen = list(answers), []

    def handler(request):
        seen.append(request)
        return left.pop(0)

    return httpx.MockTransport(handler), seen


def test_a_file_is_written_whole(tmp_path):
    to, headers = tmp_path / "f", {"Authorization": "Bearer t"}
    for given in (HASH.hex(), HASH.hex().upper(), base64.b64encode(HASH).decode(), None, "abc"):
        transport, seen = answering(
            httpx.Response(200, content=CONTENT, headers={"Content-Type": "image/png"})
        )
        to = tmp_path / "f"
        found = fetch(URL, to, transport=transport, sha256=given, headers=headers)
        assert found == Fetched(HASH.hex(), len(CONTENT), "image/png")
        assert to.read_bytes() == CONTENT
        assert seen[0].headers["authorization"] == "Bearer t"
        assert seen[0].headers["accept-encoding"] == "identity"
    assert [file.name for file in tmp_path.iterdir()] == ["f"]


def test_a_file_without_a_type_is_bytes(tmp_path):
    transport, _ = answering(httpx.Response(200, content=b"x"))
    assert fetch(URL, tmp_path / "f", transport=transport).mime == "application/octet-stream"


@pytest.mark.parametrize(
    ("answer", "why", "action"),
    [
        (httpx.Response(200, content=CONTENT[:-1]), "wrong hash", Action.PERMANENT),
        (httpx.Response(200, content=b"x" * 10_001), "too large", Action.PERMANENT),
        (httpx.Response(200, content=iter([b"x" * 6_000] * 2)), "too large", Action.PERMANENT),
        (httpx.Response(200, headers={"Content-Encoding": "gzip"}), "compressed", Action.PERMANENT),
        (
            httpx.Response(200, headers={"Content-Length": "9" * 5_000}),
            "too large",
            Action.PERMANENT,
        ),
        (httpx.Response(206, content=CONTENT), "HTTP 206", Action.PERMANENT),
        (httpx.Response(404), "HTTP 404", Action.PERMANENT),
        (httpx.Response(401), "HTTP 401", Action.AUTH),
        (httpx.Response(403), "HTTP 403", Action.AUTH),
        (httpx.Response(429), "HTTP 429", Action.RETRY),
        (httpx.Response(503), "HTTP 503", Action.RETRY),
        (httpx.Response(304), "HTTP 304", Action.PERMANENT),
    ],
    ids=str,
)
def test_anything_else_leaves_no_file(answer, why, action, tmp_path):
    transport, _ = answering(answer)
    found = fetch(URL, tmp_path / "f", transport=transport, sha256=HASH.hex())
    assert isinstance(found, Rejected)
    assert (found.error.details, found.action) == (why, action)
    assert list(tmp_path.iterdir()) == []


def test_a_redirect_within_the_host_is_followed(tmp_path):
    transport, seen = answering(
        httpx.Response(302, headers={"Location": "/other?mid=7"}), httpx.Response(200, content=b"x")
    )
    assert fetch(URL, tmp_path / "f", transport=transport).size == 1
    assert str(seen[1].url) == "https://lookaside.fbsbx.com/other?mid=7"


@pytest.mark.parametrize(
    ("location", "why"),
    [
        ("https://graph.facebook.com/x", "redirect to another host"),
        ("https://evil.test/x", "forbidden address"),
        ("http://lookaside.fbsbx.com/x", "forbidden address"),
        ("https://169.254.169.254/latest/meta-data", "forbidden address"),
        ("//127.0.0.1/x", "forbidden address"),
        ("https://[::1", "RemoteProtocolError"),
    ],
)
def test_a_redirect_elsewhere_is_refused_and_shown_no_token(location, why, tmp_path):
    transport, seen = answering(httpx.Response(302, headers={"Location": location}))
    found = fetch(URL, tmp_path / "f", transport=transport, headers={"Authorization": "Bearer t"})
    assert (found.error.details, len(seen)) == (why, 1)


def test_redirects_end(tmp_path):
    transport, seen = answering(
        *(httpx.Response(302, headers={"Location": "/x"}) for _ in range(9))
    )
    found = fetch(URL, tmp_path / "f", transport=transport)
    assert (found.error.details, len(seen)) == ("too many redirects", 4)


def test_a_file_cut_at_every_byte_is_fetched_later(tmp_path):
    def here(host, port):
        return ["127.0.0.1"]

    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n" + b"x" * 20
    with cutter() as server:
        reach = Reach(server.base, may_be_local=True)
        for k in range(len(whole)):
            server.answer = whole[:k]
            found = fetch(
                f"{server.base}/f", tmp_path / "f", reach, resolve=lambda *_: ["127.0.0.1"]
            )
            assert found.action is Action.RETRY, k
            assert list(tmp_path.iterdir()) == []
        server.answer = whole
        found = fetch(f"{server.base}/f", tmp_path / "f", reach, resolve=here)
        assert found.size == 20


def test_a_disk_that_is_full_is_not_the_provider_s_fault(tmp_path):
    transport, _ = answering(httpx.Response(200, content=b"x"))
    with pytest.raises(OSError):
        fetch(URL, tmp_path / "missing" / "f", transport=transport)
