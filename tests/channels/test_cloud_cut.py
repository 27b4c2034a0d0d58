"""A provider that goes away at any byte: what may have gone out is never called refused."""

import os
import random
import socket
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from cloud_bodies import INSTANCE, ROSA
from console.channels.base import Accepted, Account, Action, Outbound, Rejected, SendResult, Unknown
from console.channels.cloud import Cloud
from console.channels.inbound import PeerId
from cutting import ANSWER, LAST_ANSWER, cutter

OUT = Outbound("01JOUT", PeerId(phone=ROSA), text="Oi")


@pytest.fixture
def server():
    with cutter() as made:
        yield made


@pytest.fixture
def cloud(server):
    made = Cloud(Account(INSTANCE, server.base, token="t", may_be_local=True))
    yield made
    made.close()


def test_the_whole_way(server, cloud):
    assert cloud.send(OUT) == Accepted("wamid.1")
    assert server.whole == 1


@pytest.mark.parametrize("reset", [False, True])
def test_a_request_cut_at_every_byte_is_unknown(server, cloud, reset):
    cloud.send(OUT)
    server.reset = reset
    for k in range(1, server.seen + 1):
        server.reads = k
        assert isinstance(cloud.send(OUT), Unknown), k
    assert server.whole == 1


@pytest.mark.parametrize("reset", [False, True])
def test_a_connection_cut_before_the_first_byte_is_never_taken_for_accepted(server, cloud, reset):
    """Whether the end is seen while connecting, and so before writing, is a matter of luck."""
    server.reads, server.reset = 0, reset
    for _ in range(50):
        result = cloud.send(OUT)
        is_before = isinstance(result, Rejected) and result.error.details == "ConnectError"
        assert isinstance(result, Unknown) or is_before


@pytest.mark.parametrize("reset", [False, True])
def test_an_answer_cut_at_every_byte_is_unknown(server, cloud, reset):
    server.reset = reset
    for k in range(len(ANSWER)):
        server.answer = ANSWER[:k]
        assert isinstance(cloud.send(OUT), Unknown), k
    assert server.whole == len(ANSWER)


def refusal(status, body):
    return (
        f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def test_a_refusal_cut_at_every_byte_is_unknown_until_it_is_whole(server, cloud):
    whole = refusal(400, '{"error":{"code":131047,"message":"Re-engagement"}}')
    for k in range(len(whole)):
        server.answer = whole[:k]
        assert isinstance(cloud.send(OUT), Unknown), k
    server.answer = whole
    assert cloud.send(OUT).action is Action.WINDOW_CLOSED


def test_an_answer_without_a_length_that_is_cut_is_never_taken_for_another(server, cloud):
    """The end of the connection is the end of such a body: only its JSON tells."""
    whole = b'HTTP/1.1 200 OK\r\n\r\n{"messages":[{"id":"wamid.1"}]}'
    for k in range(len(whole)):
        server.answer = whole[:k]
        assert isinstance(cloud.send(OUT), Unknown), k
    server.answer = whole
    assert cloud.send(OUT) == Accepted("wamid.1")


def test_nobody_listening_is_safe_to_try_again():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    cloud = Cloud(Account(INSTANCE, f"http://127.0.0.1:{port}", token="t", may_be_local=True))
    result = cloud.send(OUT)
    assert isinstance(result, Rejected)
    assert (result.action, result.error.title) == (Action.RETRY, "unreachable")


def test_a_kept_connection_that_the_provider_closed_is_not_used(server, cloud):
    """The server closes after each answer; a second message opens a connection of its own."""
    for _ in range(20):
        assert cloud.send(OUT) == Accepted("wamid.1")
        assert server.ended.acquire(timeout=5)


def raising(error):
    def handler(request):
        raise error("x", request=request)

    return httpx.MockTransport(handler)


BEFORE = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout]
AFTER = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.DecodingError,
]


@pytest.mark.parametrize("error", BEFORE)
def test_no_connection_is_safe_to_try_again(error):
    cloud = Cloud(Account(INSTANCE, "https://graph.facebook.com/v23.0"), raising(error))
    assert cloud.send(OUT).action is Action.RETRY


@pytest.mark.parametrize("error", AFTER)
def test_a_broken_connection_is_unknown(error):
    cloud = Cloud(Account(INSTANCE, "https://graph.facebook.com/v23.0"), raising(error))
    assert cloud.send(OUT) == Unknown(error.__name__)


@pytest.mark.parametrize("error", AFTER)
def test_a_question_may_be_asked_again(error):
    cloud = Cloud(
        Account(INSTANCE, "https://graph.facebook.com/v23.0", business="1"), raising(error)
    )
    assert cloud.templates().action is Action.RETRY


def test_what_is_called_refused_had_not_arrived(server, cloud):
    """The server's own count is the judge; CENTRAL_FUZZ sets how many sends."""
    choose = random.Random(13)
    cloud.send(OUT)
    assert server.ended.acquire(timeout=5)
    most = server.seen
    for _ in range(int(os.environ.get("CENTRAL_FUZZ", "300"))):
        server.reads = choose.choice([None, choose.randrange(most)])
        server.answer = ANSWER[: choose.choice([len(ANSWER), choose.randrange(len(ANSWER))])]
        server.reset = choose.random() < 0.5
        before = server.whole
        result = cloud.send(OUT)
        assert server.ended.acquire(timeout=5)
        if isinstance(result, Rejected):
            assert server.whole == before
        if isinstance(result, Accepted):
            assert server.whole == before + 1


def test_many_threads_share_a_channel(server, cloud):
    server.answer = LAST_ANSWER
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(cloud.send, [OUT] * 200))
    assert set(results) == {Accepted("wamid.1")}
    assert server.whole == 200


STRANGE = [
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nabc",
    b"HTTP/1.1 100 Continue\r\n\r\n" * 3 + ANSWER[:10],
    b"HTTP/1.1 204 No Content\r\nContent-Length: 9\r\n\r\n",
    b"HTTP/1.1 999 X\r\n\r\n",
    b"HTTP/9.9 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n\x1f\x8bno",
    b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000,
    b"HTTP/1.1 200 OK\r\nSet-Cookie: a=\xff; Domain=..\r\n\r\n",
    b"SSH-2.0-OpenSSH\r\n",
    b"\x00" * 100,
]


@pytest.mark.parametrize("answer", STRANGE, ids=range(len(STRANGE)))
def test_a_strange_answer_is_unknown(server, cloud, answer):
    server.answer = answer
    assert isinstance(cloud.send(OUT), Unknown)
    assert isinstance(cloud.health().detail, str)


def test_a_damaged_answer_never_raises(server, cloud):
    choose = random.Random(21)
    for _ in range(int(os.environ.get("CENTRAL_FUZZ", "500"))):
        damaged = bytearray(LAST_ANSWER)
        for _ in range(choose.randrange(1, 5)):
            damaged[choose.randrange(len(damaged))] = choose.randrange(256)
        server.answer = bytes(damaged)
        assert isinstance(cloud.send(OUT), SendResult)
