"""Connections that break on purpose: the server's side of the faults `cut_…` and `half`."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_FLUSHED_S: Final = 0.05
_LOOK_EVERY_S: Final = 0.05

Wires = dict[tuple[str, int], asyncio.Transport]


def protocol_of(wires: Wires) -> type[asyncio.Protocol]:
    """The protocol of uvicorn that leaves the transport of each connection in `wires`."""

    class Known(H11Protocol):
        """Every connection by the address it came from."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            wires[_peer(transport)] = transport

        def connection_lost(self, exc: Exception | None) -> None:
            wires.pop(_peer(self.transport), None)
            super().connection_lost(exc)

    return Known


def _peer(transport: asyncio.Transport) -> tuple[str, int]:
    host, port = transport.get_extra_info("peername")[:2]
    return host, port


class Cut(Response):
    """No answer: the connection breaks; with `whole`, in the middle of that answer."""

    def __init__(self, wires: Wires, whole: Response | None = None) -> None:
        super().__init__()
        self._wires, self._whole = wires, whole

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Break it, and wait until the server has noticed."""
        if self._whole:
            await _begin(self._whole, send)
        self._wires[tuple(scope["client"])].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


async def _begin(whole: Response, send: Send) -> None:
    start = {
        "type": "http.response.start",
        "status": whole.status_code,
        "headers": whole.raw_headers,
    }
    await send(start)
    half = bytes(whole.body)[: len(whole.body) // 2]
    await send({"type": "http.response.body", "body": half, "more_body": True})
    await asyncio.sleep(_FLUSHED_S)


async def hang(request: Request, is_over: asyncio.Event) -> Response:
    """Answer nothing until the caller gives up or the simulator ends."""
    has_left = False
    while not (has_left or is_over.is_set()):
        await asyncio.sleep(_LOOK_EVERY_S)
        has_left = await request.is_disconnected()
    return Response(status_code=503)
