"""Connections that end at any byte: nothing is sent twice, and nothing is lost in silence."""

import socket
import threading

import httpx
import pytest

from console.channels.base import Accepted, Account, Action, Outbound, Rejected, Unknown
from console.channels.evolution import Evolution
from console.channels.evolution_http import Answer, EndlessError, Lost, Server
from console.channels.inbound import Kind, MediaRef, PeerId
from console.channels.own_errors import own_error

ROSA = PeerId(phone="5511900000001")
OUT = Outbound("1", ROSA, "Oi")
OPEN = b'{"instance":{"instanceName":"loja","state":"open"}}'
SENT = b'{"key":{"id":"3EB0A1"}}'


def answer(body, status=b"200 OK"):
    head = b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % (status, len(body)) + body


class Wire:
    """Answers one request after the other, and closes after so many bytes of the second."""

    def __init__(self, second, cut=None, reads=None):
        self.second, self.cut, self.reads, self.got = second, cut, reads, []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.close()
        self._thread.join()

    def _run(self):
        connection, _ = self._listener.accept()
        with connection:
            connection.settimeout(5)
            self.got.append(self._request(connection))
            connection.sendall(answer(OPEN))
            self.got.append(self._request(connection, self.reads))
            if self.reads is None:
                connection.sendall(self.second[: self.cut])

    @staticmethod
    def _request(connection, most=None):
        """A whole request, or so many bytes of one."""
        got = b""
        while not _is_whole(got):
            if most is not None and len(got) >= most:
                break
            got += connection.recv(65_536 if most is None else most - len(got))
        return got


def _is_whole(got):
    head, found, body = got.partition(b"\r\n\r\n")
    lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    wanted = int(lengths[0].split(b":")[1]) if lengths else 0
    return bool(found) and len(body) >= wanted


def sent(wire, out=OUT):
    channel = Evolution(Account("loja", wire.url, "K", may_be_local=True))
    result = channel.send(out)
    channel.close()
    return result


WHOLE = answer(SENT, b"201 Created")


@pytest.mark.parametrize("cut", range(0, len(WHOLE), 7))
def test_an_answer_that_is_cut_leaves_the_outcome_open(cut):
    with Wire(WHOLE, cut) as wire:
        assert sent(wire) == Unknown("RemoteProtocolError")
    assert b'"text":"Oi"' in wire.got[1]


def test_a_whole_answer_is_one():
    with Wire(WHOLE) as wire:
        assert sent(wire) == Accepted("3EB0A1")


@pytest.mark.parametrize("reads", [1, 20, 150, 200])
def test_a_request_that_is_cut_may_have_arrived(reads):
    with Wire(WHOLE, reads=reads) as wire:
        result = sent(wire)
    assert isinstance(result, Unknown)
    assert result.reason in {"RemoteProtocolError", "ReadError"}


def test_where_nobody_listens_nothing_has_gone_out():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    channel = Evolution(Account("loja", url, "K", may_be_local=True))
    again = Rejected(own_error("unreachable", "ConnectError"), Action.RETRY)
    assert channel.send(OUT) == again


def test_a_server_that_is_not_reached_for_the_message_itself_has_not_got_it():
    """The first question is answered, and then the server is gone."""

    def handle(request):
        if request.method == "GET":
            return httpx.Response(200, content=OPEN)
        raise httpx.ConnectError("refused")

    channel = Evolution(Account("loja", "https://evo.example"), httpx.MockTransport(handle))
    again = Rejected(own_error("unreachable", "ConnectError"), Action.RETRY)
    assert channel.send(OUT) == again


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (httpx.ConnectTimeout, Lost("ConnectTimeout", may_have_arrived=False)),
        (httpx.PoolTimeout, Lost("PoolTimeout", may_have_arrived=False)),
        (httpx.UnsupportedProtocol, Lost("UnsupportedProtocol", may_have_arrived=False)),
        (httpx.WriteError, Lost("WriteError", may_have_arrived=True)),
        (httpx.WriteTimeout, Lost("WriteTimeout", may_have_arrived=True)),
        (httpx.ReadTimeout, Lost("ReadTimeout", may_have_arrived=True)),
        (httpx.ReadError, Lost("ReadError", may_have_arrived=True)),
        (httpx.DecodingError, Lost("DecodingError", may_have_arrived=True)),
    ],
)
def test_what_a_failure_tells_of_what_was_written(error, result):
    def handle(_):
        raise error("x")

    server = Server(Account("loja", "https://evo.example"), httpx.MockTransport(handle))
    assert server.post("message/sendText", {}) == result


@pytest.mark.parametrize(
    ("url", "token", "reason"),
    [
        ("http://127.0.0.1:1", "K", "InvalidURL"),
        ("https://a:b@evo.example", "K", "InvalidURL"),
        ("https://evo.example:x", "K", "InvalidURL"),
        ("", "K", "InvalidURL"),
        ("https://evo.example", "ç", "UnicodeEncodeError"),
    ],
)
def test_an_account_that_cannot_be_asked_is_to_be_mended(url, token, reason):
    channel = Evolution(Account("loja", url, token), httpx.MockTransport(lambda _: 1 / 0))
    assert channel.send(OUT) == Rejected(own_error("misconfigured", reason), Action.AUTH)


def test_the_key_travels_in_its_header():
    def handle(request):
        assert request.headers["apikey"] == "K"
        assert request.headers["accept-encoding"] == "identity"
        assert request.url.raw_path == b"/base/instance/connectionState/loja%2F1"
        return httpx.Response(200, content=OPEN)

    account = Account("loja/1", "https://evo.example/base/", "K")
    assert Server(account, httpx.MockTransport(handle)).get("instance/connectionState").is_ok


def test_a_redirect_is_not_followed():
    answers = [httpx.Response(302, headers={"Location": "http://169.254.169.254/"})]
    server = Server(
        Account("loja", "https://evo.example", "K"),
        httpx.MockTransport(lambda _: answers.pop()),
    )
    assert server.get("instance/connectionState") == Answer(302)


def test_an_answer_is_not_read_without_end():
    class Endless(httpx.SyncByteStream):
        def __iter__(self):
            while True:
                yield b"x" * 100_000

    transport = httpx.MockTransport(lambda _: httpx.Response(201, stream=Endless()))
    server = Server(Account("loja", "https://evo.example"), transport)
    endless = Lost("EndlessError", may_have_arrived=True)
    assert server.post("message/sendText", {}) == endless
    assert issubclass(EndlessError, httpx.ReadError)


def test_a_file_that_is_cut_is_not_kept(tmp_path):
    def handle(_):
        def pieces():
            yield b'{"base64":"aGkh'
            raise httpx.ReadError("cut")

        return httpx.Response(201, content=pieces())

    channel = Evolution(Account("loja", "https://evo.example"), httpx.MockTransport(handle))
    ref = MediaRef(Kind.IMAGE, provider_id="1")
    again = Rejected(own_error("unreachable", "ReadError"), Action.RETRY)
    assert channel.fetch_media(ref, tmp_path / "a", 99) == again
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433"])
def test_this_machine_is_not_reached_unless_the_operator_means_it(host):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        channel = Evolution(Account("loja", f"https://{host}:{listener.getsockname()[1]}", "K"))
        result = channel.send(OUT)
        channel.close()
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert result == Rejected(own_error("unreachable", "ConnectError"), Action.RETRY)


def test_each_exchange_has_one_deadline(tmp_path):
    """Asking for the state and sending together stay below the lease of a worker, 60 s."""
    asked = {}

    def handle(request):
        asked[request.url.path.split("/")[2]] = request.extensions["total_s"]
        return httpx.Response(200, content=OPEN)

    channel = Evolution(Account("loja", "https://evo.example"), httpx.MockTransport(handle))
    channel.send(OUT)
    channel.fetch_media(MediaRef(Kind.IMAGE, provider_id="1"), tmp_path / "a", 1)
    assert asked == {"connectionState": 10, "sendText": 30, "getBase64FromMediaMessage": 120}
