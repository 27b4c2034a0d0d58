"""HTTP connections that reach only what they may, and that end in time.

A name is resolved once per connection; the addresses are judged and the connection goes to one of
them, so that no second answer of a name server can lead elsewhere. The name itself stays in the
TLS handshake and in the `Host` header. Each exchange has one deadline for all of its steps: a
provider that sends a byte now and then holds nobody up.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from ssl import SSLContext
from typing import Any, Final

import httpcore
import httpx

from console.channels.addresses import Reach

TOTAL_S: Final = 30.0  # of one exchange, unless it asks for more; below the lease of a worker
CONNECT_S: Final = 5.0
_KEPT_S: Final = 5.0  # a kept connection that the provider has closed costs an unknown outcome
_KEPT: Final = 4
_CONNECTIONS: Final = 16

Resolve = Callable[[str, int], Sequence[str]]
Clock = Callable[[], float]


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of a name, in the order to try them; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@cache
def _trusted() -> SSLContext:
    """The authorities of certifi, or of SSL_CERT_FILE; made once, for it takes 30 ms."""
    return httpx.create_ssl_context()


class Wire(httpx.BaseTransport):
    """A transport of httpx that keeps to its `reach`; safe in several threads."""

    def __init__(
        self,
        reach: Reach,
        resolve: Resolve = resolved,
        context: SSLContext | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        self._deadline = _Deadline(clock)
        self._pool = httpcore.ConnectionPool(
            ssl_context=context or _trusted(),
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_KEPT,
            keepalive_expiry=_KEPT_S,
            network_backend=_Door(reach, resolve, self._deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raises the exceptions of httpx."""
        self._deadline.begin(float(request.extensions.get("total_s", TOTAL_S)))
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _told_by_httpx():
            answer = self._pool.handle_request(asked)
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close every kept connection."""
        self._pool.close()


@contextmanager
def _told_by_httpx() -> Iterator[None]:
    """Exceptions of httpcore as those of httpx, which go by the same names."""
    try:
        yield
    except _TOLD as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error


_TOLD: Final = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
)


class _Body(httpx.SyncByteStream):
    """The bytes of an answer as they come."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _told_by_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Deadline(threading.local):
    """When the exchange of this thread has to be over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ends = 0.0

    def begin(self, seconds: float) -> None:
        """A new exchange begins."""
        self._ends = self._clock() + seconds

    def left(self, timeout: float | None, late: type[httpcore.TimeoutException]) -> float:
        """How long one step may take; raises `late` when there is no time left."""
        left = self._ends - self._clock()
        if left <= 0:
            raise late("The exchange has taken too long.")
        return left if timeout is None else min(left, timeout)


class _Door(httpcore.NetworkBackend):
    """Opens connections to the addresses that may be reached."""

    def __init__(self, reach: Reach, resolve: Resolve, deadline: _Deadline) -> None:
        self._reach = reach
        self._resolve = resolve
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first address that answers; raises ConnectError, ConnectTimeout."""
        failed: httpcore.ConnectError | httpcore.ConnectTimeout
        failed = httpcore.ConnectError("The name has no address.")
        for address in self._addresses(host, port):
            step = self._deadline.left(timeout, httpcore.ConnectTimeout)
            try:
                opened = self._plain.connect_tcp(address, port, step, local_address, socket_options)
                return _Stream(opened, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
        raise failed

    def _addresses(self, host: str, port: int) -> Sequence[str]:
        """One bad address spoils a name: an honest one has none."""
        try:
            found = self._resolve(host, port)
        except (OSError, UnicodeError, OverflowError) as error:
            raise httpcore.ConnectError("The name cannot be resolved.") from error
        if not all(self._reach.takes(host, port, address) for address in found):
            raise httpcore.ConnectError("The name may not be reached.")
        return found


class _Stream(httpcore.NetworkStream):
    """A connection whose every step keeps the deadline."""

    def __init__(self, plain: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._plain = plain
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, none at the end."""
        return self._plain.read(max_bytes, self._deadline.left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all bytes."""
        self._plain.write(buffer, self._deadline.left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        """End the connection."""
        self._plain.close()

    def start_tls(
        self,
        ssl_context: SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted; the name of the request is what the other must prove."""
        step = self._deadline.left(timeout, httpcore.ConnectTimeout)
        secured = self._plain.start_tls(ssl_context, server_hostname, step)
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection, such as whether it was closed at the other end."""
        return self._plain.get_extra_info(info)
