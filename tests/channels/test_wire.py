"""Connections go only where they may, end in time, and fail by their right names."""

import socket
import ssl
import subprocess
import threading
import time

import httpx
import pytest

from console.channels.addresses import Reach
from console.channels.exchange import Answer, Lost, exchange, timeouts
from console.channels.wire import Wire, resolved
from cutting import cutter


def web(reach, **options):
    return httpx.Client(transport=Wire(reach, **options), timeout=timeouts(), trust_env=False)


@pytest.fixture
def server():
    with cutter() as made:
        yield made


class Bytes:
    """Counts what is written on every connection of a test."""

    def __init__(self, monkeypatch):
        from httpcore._backends import sync

        self.n = 0
        plain = sync.SyncStream.write

        def write(stream, buffer, timeout=None):
            self.n += len(buffer)
            return plain(stream, buffer, timeout)

        monkeypatch.setattr(sync.SyncStream, "write", write)


@pytest.fixture
def written(monkeypatch):
    return Bytes(monkeypatch)


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def silent(backlog=0):
    """A listener that never accepts, its queue full: connecting takes forever."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(backlog)
    queue = []
    for _ in range(4):
        waiting = socket.socket()
        waiting.setblocking(False)
        waiting.connect_ex(listener.getsockname())
        queue.append(waiting)
    return listener, queue


def ask(base, reach=None, **request):
    given = reach or Reach(base, may_be_local=True)
    with web(given) as one:
        return exchange(one, "POST", f"{base}/x", json={"a": 1}, **request)


def test_a_refused_connection_has_written_nothing(written):
    found = ask(f"http://127.0.0.1:{closed_port()}")
    assert (found, written.n) == (Lost("ConnectError", may_have_arrived=False), 0)


def test_a_name_that_is_none_has_written_nothing(written):
    found = ask("http://no-such-host.invalid")
    assert (found, written.n) == (Lost("ConnectError", may_have_arrived=False), 0)


@pytest.mark.parametrize(
    "host", ["xn--" + "a" * 70 + ".test", "a" * 70 + ".test", "127.0.0.1:80000"]
)
def test_a_name_that_no_server_takes_has_written_nothing(host, written):
    found = ask(f"http://{host}")
    assert (found.may_have_arrived, written.n) == (False, 0)


def test_a_connection_that_never_stands_has_written_nothing(written):
    listener, queue = silent()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    found = ask(base, extensions={"total_s": 0.3})
    for one in (listener, *queue):
        one.close()
    assert (found, written.n) == (Lost("ConnectTimeout", may_have_arrived=False), 0)


def test_a_handshake_with_somebody_who_speaks_no_tls_has_written_no_request(server, written):
    base = f"https://127.0.0.1:{server.port}"
    server.reads = 1
    found = ask(base)
    assert (found, written.n) == (Lost("ConnectError", may_have_arrived=False), 0)


@pytest.mark.parametrize("headers", [{"X-A": "a\nb"}, {"X-A": "a\x00"}, {"X-A": "ção"}])
def test_a_header_that_is_none_has_written_nothing(server, headers, written):
    found = ask(server.base, headers=headers)
    assert (found.is_unaskable, found.may_have_arrived, written.n) == (True, False, 0)


@pytest.mark.parametrize(
    "url", ["ftp://127.0.0.1/x", "http://", "//", "http://[::1", "http://a:b/"]
)
def test_a_url_that_is_none_has_written_nothing(url, written):
    with web(Reach("http://127.0.0.1", may_be_local=True)) as one:
        found = exchange(one, "GET", url)
    assert (found.may_have_arrived, written.n) == (False, 0)


def test_no_connection_left_has_written_nothing(written):
    """All connections are taken by exchanges that wait; the next one is not sent."""
    with cutter() as server:
        reach = Reach(server.base, may_be_local=True)
        one = httpx.Client(
            transport=Wire(reach), timeout=httpx.Timeout(5, pool=0.05), trust_env=False
        )
        server.answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"
        from contextlib import ExitStack

        with ExitStack() as stack:
            for _ in range(16):
                stack.enter_context(one.stream("GET", f"{server.base}/x"))
            before = written.n
            found = exchange(one, "GET", f"{server.base}/x")
        assert (found, written.n - before) == (Lost("PoolTimeout", may_have_arrived=False), 0)


def test_every_other_failure_may_have_written(server, written):
    server.reads = 10
    found = ask(server.base)
    assert found.may_have_arrived
    assert written.n > 0


def dripping(every_s):
    """A server that answers one byte now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            try:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while True:
                    connection.sendall(b"a")
                    time.sleep(every_s)
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    return listener


def test_a_dripping_answer_ends_with_the_exchange():
    listener = dripping(0.02)
    began = time.monotonic()
    found = ask(f"http://127.0.0.1:{listener.getsockname()[1]}", extensions={"total_s": 0.4})
    listener.close()
    assert found == Lost("ReadTimeout", may_have_arrived=True)
    assert time.monotonic() - began < 3


def test_there_is_no_step_after_the_deadline(server):
    clock = iter([0.0, 31.0, 31.0])
    with web(Reach(server.base, may_be_local=True), clock=lambda: next(clock)) as one:
        found = exchange(one, "GET", f"{server.base}/x")
    assert found == Lost("ConnectTimeout", may_have_arrived=False)


def test_an_endless_answer_is_given_up(server, monkeypatch):
    monkeypatch.setattr("console.channels.exchange.MOST", 1_000)
    server.answer = b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 5_000
    assert ask(server.base) == Lost("endless answer", may_have_arrived=True)


def test_an_answer_that_is_no_json_has_no_fields(server):
    server.answer = b"HTTP/1.1 200 OK\r\nX-Request: 7\r\n\r\n<html>"
    found = ask(server.base)
    assert isinstance(found, Answer)
    assert (found.status, found.json, found.headers["x-request"]) == (200, {}, "7")


# Where a connection goes.


def test_every_address_of_a_name_is_judged_and_one_bad_one_spoils_it(server, written):
    reach = Reach("https://graph.facebook.com")
    for addresses in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"], ["2130706433"]):
        with web(reach, resolve=lambda host, port, found=addresses: found) as one:
            found = exchange(one, "GET", f"https://graph.facebook.com:{server.port}/x")
        assert found == Lost("ConnectError", may_have_arrived=False)
    assert (server.seen, written.n) == (0, 0)


def test_a_name_is_asked_for_once_so_that_a_second_answer_leads_nowhere(server):
    answers = iter([["127.0.0.1"]])
    base = f"http://shop.test:{server.port}"
    with web(Reach(base, may_be_local=True), resolve=lambda *_: next(answers)) as one:
        assert exchange(one, "GET", f"{base}/x").status == 200


def test_the_next_address_is_tried_when_one_does_not_answer(server):
    base = f"http://shop.test:{server.port}"
    addresses = ["127.0.0.2", "::1", "127.0.0.1"]
    with web(Reach(base, may_be_local=True), resolve=lambda *_: addresses) as one:
        assert exchange(one, "GET", f"{base}/x").status == 200


def test_a_name_without_an_address():
    with web(Reach("https://graph.facebook.com"), resolve=lambda *_: []) as one:
        found = exchange(one, "GET", "https://graph.facebook.com/x")
    assert found == Lost("ConnectError", may_have_arrived=False)


def test_the_machine_is_asked_for_addresses():
    assert "127.0.0.1" in resolved("127.0.0.1", 80)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for media.example.test, made by openssl."""
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "chain.pem"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=x",
            "-addext",
            "subjectAltName=DNS:media.example.test",
            "-keyout",
            key,
            "-out",
            chain,
        ],
        check=True,
        capture_output=True,
    )
    return key, chain


@pytest.fixture
def secured(certificate):
    """A TLS server; what it saw of the name and of the request."""
    key, chain = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    seen = []
    context.sni_callback = lambda connection, name, ctx: seen.append(name)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            try:
                plain, _ = listener.accept()
                with context.wrap_socket(plain, server_side=True) as connection:
                    seen.append(connection.recv(65_536).split(b"\r\n"))
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            except ssl.SSLError:
                continue
            except OSError:
                return

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1], seen
    listener.close()


def trusting(certificate):
    return ssl.create_default_context(cafile=certificate[1])


def test_the_name_stays_in_the_handshake_and_the_header(secured, certificate):
    port, seen = secured
    base = f"https://media.example.test:{port}"
    with web(
        Reach(base, may_be_local=True),
        resolve=lambda *_: ["127.0.0.1"],
        context=trusting(certificate),
    ) as one:
        assert exchange(one, "GET", f"{base}/x").status == 200
    assert seen[0] == "media.example.test"
    assert f"Host: media.example.test:{port}".encode() in seen[1]


def test_a_certificate_of_another_name_is_refused(secured, certificate):
    port, seen = secured
    base = f"https://other.example.test:{port}"
    with web(
        Reach(base, may_be_local=True),
        resolve=lambda *_: ["127.0.0.1"],
        context=trusting(certificate),
    ) as one:
        assert exchange(one, "GET", f"{base}/x") == Lost("ConnectError", may_have_arrived=False)
    assert seen == ["other.example.test"]
