"""Files of any size go through in pieces, and a file that changes meanwhile is not sent."""

import base64
import hashlib
import tracemalloc
from itertools import pairwise

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.channels.base import Accepted, Account, Action, Fetched, MediaOut, Outbound, Rejected
from console.channels.evolution import Evolution
from console.channels.evolution_media import FileInJson, NoFileError
from console.channels.inbound import Kind, MediaRef, PeerId
from console.channels.own_errors import own_error

OPEN = b'{"instance":{"instanceName":"loja","state":"open"}}'
LARGE = 24 * 1024 * 1024
ALLOWED = 4 * 1024 * 1024


class Transport(httpx.BaseTransport):
    """Reads a request piece by piece, as a connection does; `before` may spoil the file."""

    def __init__(self, answer=None, before=lambda: None):
        self.answer, self.before, self.size = answer, before, 0
        self.digest = hashlib.sha256()

    def handle_request(self, request):
        if request.method == "GET":
            return httpx.Response(200, content=OPEN)
        self.before()
        for piece in request.stream:
            self.size += len(piece)
            self.digest.update(piece)
        assert int(request.headers["content-length"]) == self.size
        return httpx.Response(201, content=self.answer() if self.answer else b'{"key":{"id":"1"}}')


def channel(transport):
    return Evolution(Account("loja", "https://evo.example"), transport)


def document(path, size):
    return Outbound(
        "1",
        PeerId(phone="5511900000001"),
        media=MediaOut(Kind.DOCUMENT, path, "application/pdf", "a.pdf", size, ""),
    )


@pytest.fixture
def peak():
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def test_a_large_file_is_sent_in_pieces(tmp_path, peak):
    path, transport = tmp_path / "a", Transport()
    path.write_bytes(b"\x00" * LARGE)
    tracemalloc.reset_peak()
    assert channel(transport).send(document(path, LARGE)) == Accepted("1")
    assert transport.size > LARGE * 4 // 3
    assert peak() < ALLOWED


def test_a_large_file_is_fetched_in_pieces(tmp_path, peak):
    def answer():
        yield b'{"mediaType":"documentMessage","base64":"'
        for _ in range(LARGE // 49_152):
            yield b"AAAA" * 16_384
        yield b'","mimetype":"application/pdf"}'

    ref = MediaRef(Kind.DOCUMENT, provider_id="1")
    fetched = channel(Transport(answer)).fetch_media(ref, tmp_path / "a", LARGE)
    assert peak() < ALLOWED
    digest = hashlib.sha256(b"\x00" * LARGE).hexdigest()
    assert fetched == Fetched(digest, LARGE, "application/pdf")


@pytest.mark.parametrize("rest", [0, 5, 200_000])
def test_a_file_that_becomes_shorter_meanwhile_is_not_sent(tmp_path, rest):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 300_000)
    spoil = Transport(before=lambda: path.write_bytes(b"x" * rest))
    missing = Rejected(own_error("file_missing"), Action.PERMANENT)
    assert channel(spoil).send(document(path, 300_000)) == missing


def test_a_file_that_becomes_longer_meanwhile_is_sent_as_it_was(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10)
    spoil = Transport(before=lambda: path.write_bytes(b"x" * 99))
    assert channel(spoil).send(document(path, 10)) == Accepted("1")


@given(st.binary(max_size=300), st.lists(st.integers(0, 600), max_size=8), st.booleans())
def test_it_does_not_matter_where_an_answer_is_split(content, cuts, is_last):
    inline = base64.b64encode(content)
    rest = b"}" if is_last else b', "mimetype": "image/png"}'
    whole = b'{"caption": "\\"base64\\":\\"no\\"", "base64" : "' + inline + b'"' + rest
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    chunks = [whole[a:b] for a, b in pairwise(places)]
    file = FileInJson()
    assert b"".join(file.pieces(chunks)) == content
    assert file.around.get("mimetype", "") == ("" if is_last else "image/png")
    assert file.around["base64"] == ""


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=4))
def test_an_answer_of_any_bytes_has_a_file_or_says_why_not(content, cuts):
    places = [0, *sorted(cuts), len(content)]
    chunks = [content[a:b] for a, b in pairwise(places)]
    with pytest.raises(NoFileError):
        list(FileInJson().pieces(chunks))
