"""One question to a provider and its answer, with the truth about what was sent.

httpx tells apart what matters: ConnectError, ConnectTimeout and PoolTimeout are raised before a
connection stands, UnsupportedProtocol and LocalProtocolError before its first byte is written
(tests/channels/test_wire.py watches each on a real connection). Any other failure may have
happened after the provider had read everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from console.channels.json_in import Fields, NotJsonError, fields, read_json
from console.channels.wire import CONNECT_S, TOTAL_S

MOST: Final = 4_000_000  # bytes of an answer that is not a file

_BEFORE: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
_UNASKABLE: Final = (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider has answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False, default=b"")

    @property
    def json(self) -> Fields:
        """The object in the body, empty when there is none."""
        try:
            return fields(read_json(self.body))
        except NotJsonError:
            return {}


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no whole answer. `may_have_arrived` unless not one byte had been written.

    `is_unaskable` when the question itself cannot be put (a URL or a token that is none).
    """

    reason: str
    may_have_arrived: bool
    is_unaskable: bool = False


def timeouts() -> httpx.Timeout:
    """How long each step may take; the wire bounds all of them together."""
    return httpx.Timeout(TOTAL_S, connect=CONNECT_S, pool=CONNECT_S)


def exchange(web: httpx.Client, method: str, url: str, **request: Any) -> Answer | Lost:
    """Ask, and read an answer of at most MOST bytes; never raises for what may happen outside."""
    try:
        with web.stream(method, url, **request) as answer:
            body = _whole(answer)
            headers = {key.lower(): value for key, value in answer.headers.items()}
    except _BEFORE as error:
        return Lost(_named(error), may_have_arrived=False)
    except _UNASKABLE as error:
        return Lost(_named(error), may_have_arrived=False, is_unaskable=True)
    except httpx.HTTPError as error:
        return Lost(_named(error), may_have_arrived=True)
    if body is None:
        return Lost("endless answer", may_have_arrived=True)
    return Answer(answer.status_code, headers, body)


def _whole(answer: httpx.Response) -> bytes | None:
    found = bytearray()
    for chunk in answer.iter_bytes():
        found += chunk
        if len(found) > MOST:
            return None
    return bytes(found)


def _named(error: Exception) -> str:
    """The kind of failure; its words may hold addresses or tokens."""
    return type(error).__name__
