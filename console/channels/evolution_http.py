"""Questions to one Evolution server and their answers, with the truth about what was sent.

httpx raises ConnectError, ConnectTimeout and PoolTimeout before a connection stands. Any other
failure may have happened after the server had read everything (tests/channels/test_evolution_cut.py
watches it on real connections).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx

from console.channels.addresses import Reach
from console.channels.base import Account
from console.channels.exchange import timeouts
from console.channels.wire import TOTAL_S, Wire

MOST: Final = 4_000_000  # bytes of an answer, unless it asks for more
_CHUNK: Final = 3 * 65_536  # bytes of a file at a time; a multiple of 3, so that Base64 goes on

_BEFORE: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
_UNASKABLE: Final = (httpx.LocalProtocolError, httpx.InvalidURL, UnicodeError)

Read = Callable[[httpx.Response], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server has answered."""

    status: int
    body: bytes = field(repr=False, default=b"")

    @property
    def is_ok(self) -> bool:
        """Whether it has done what was asked."""
        return httpx.codes.is_success(self.status)

    @property
    def json(self) -> Any:
        """The value in the body; None when there is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no whole answer. `may_have_arrived` unless no byte can have been written.

    `is_unaskable` when the question itself cannot be put (an address or a key that is none).
    """

    reason: str
    may_have_arrived: bool
    is_unaskable: bool = False


class EndlessError(httpx.ReadError):
    """An answer that is longer than it may be."""


class Server:
    """The server of one instance; safe to use in several threads."""

    def __init__(self, account: Account, transport: httpx.BaseTransport | None = None) -> None:
        self._account = account
        self._reach = Reach(account.base_url, account.may_be_local)
        self._web = httpx.Client(
            transport=transport or Wire(self._reach), timeout=timeouts(), trust_env=False
        )

    def close(self) -> None:
        """Close every kept connection."""
        self._web.close()

    def get(self, call: str, total_s: float = TOTAL_S, **query: str) -> Answer | Lost:
        """Ask; `call` is such as `instance/connectionState`, and takes so many seconds at most."""
        return self._ask("GET", call, reading(), total_s, params=query)

    def delete(self, call: str) -> Answer | Lost:
        """Ask to take something away."""
        return self._ask("DELETE", call, reading(), TOTAL_S)

    def post(
        self,
        call: str,
        told: Mapping[str, Any],
        most: int = MOST,
        read: Read | None = None,
        total_s: float = TOTAL_S,
    ) -> Answer | Lost:
        """Tell something; `read` takes the answer where it is not to be kept whole."""
        return self._ask("POST", call, read or reading(most), total_s, json=told)

    def post_file(
        self, call: str, told: Mapping[str, Any], place: str, path: Path
    ) -> Answer | Lost:
        """Tell something with the bytes of a file as Base64 at `place`; raises OSError."""
        size = path.stat().st_size
        start = f'{json.dumps(told)[:-1]}, {json.dumps(place)}: "'.encode()
        length = len(start) + 4 * -(-size // 3) + len(_END)
        headers = {"Content-Type": "application/json", "Content-Length": str(length)}
        content = _with_file(start, path, size)
        return self._ask("POST", call, reading(), TOTAL_S, content=content, headers=headers)

    def _ask(
        self, method: str, call: str, read: Read, total_s: float, **request: Any
    ) -> Answer | Lost:
        headers = {"apikey": self._account.token, "Accept-Encoding": "identity"}
        headers |= request.pop("headers", {})
        extensions = {"total_s": total_s}
        try:
            url = self._url(call)
            with self._web.stream(
                method, url, headers=headers, extensions=extensions, **request
            ) as answer:
                return Answer(answer.status_code, read(answer))
        except _BEFORE as error:
            return Lost(type(error).__name__, may_have_arrived=False)
        except _UNASKABLE as error:
            return Lost(type(error).__name__, may_have_arrived=False, is_unaskable=True)
        except httpx.HTTPError as error:
            return Lost(type(error).__name__, may_have_arrived=True)

    def _url(self, call: str) -> httpx.URL:
        """The address of a call; raises InvalidURL, also for plain HTTP that is not allowed."""
        name = "" if call in _WITHOUT_NAME else f"/{quote(self._account.name, safe='')}"
        url = httpx.URL(f"{self._account.base_url.rstrip('/')}/{call}{name}")
        if not self._reach.allows(url):
            raise httpx.InvalidURL("The address may not be asked.")
        return url


_WITHOUT_NAME: Final = frozenset({"instance/create", "instance/fetchInstances"})
_END: Final = b'"}'


def reading(most: int = MOST) -> Read:
    """A reader that keeps an answer whole, up to so many bytes; raises EndlessError."""

    def read(answer: httpx.Response) -> bytes:
        found = bytearray()
        for chunk in answer.iter_bytes():
            found += chunk
            if len(found) > most:
                raise EndlessError("The answer is too long.")
        return bytes(found)

    return read


def _with_file(start: bytes, path: Path, size: int) -> Iterator[bytes]:
    """A JSON body around a file; raises OSError when it has become another one meanwhile."""
    yield start
    with path.open("rb") as file:
        for place in range(0, size, _CHUNK):
            chunk = file.read(min(_CHUNK, size - place))
            if len(chunk) < min(_CHUNK, size - place):
                raise OSError("The file has become shorter.")
            yield base64.b64encode(chunk)
    yield _END
