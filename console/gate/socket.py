"""One WebSocket to Streamlit: whose it is, how busy it may be, and when it must end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.gate.visitors import Visitor, VisitorBook

MOST_SOCKETS: Final = 10  # of one person
MOST_FRAMES: Final = 200  # within the seconds below
_WITHIN_S: Final = 5.0
_KIND: Final = "socket"
SIGNED_OUT: Final = 4401
TOO_BUSY: Final = 4429


@dataclass(frozen=True, slots=True)
class Frames:
    """What the gate must know of Streamlit's messages, as functions of their bytes."""

    stream_id: Callable[[bytes], str | None]  # the session id that the server announces
    is_automatic: Callable[[bytes], bool]  # a rerun that no person asked for


class Socket:
    """A visitor's socket: ends with the session, within a second."""

    def __init__(self, book: VisitorBook, visitor: Visitor, frames: Frames) -> None:
        self._book = book
        self._visitor = visitor
        self._frames = frames
        self._ended = 0
        self._stream_id: str | None = None
        self._window = (0.0, 0)

    @property
    def is_one_too_many(self) -> bool:
        """Whether the person has as many sockets as one person may have."""
        return self._book.lines_of(self._visitor.agent_id, _KIND) >= MOST_SOCKETS

    def without_foreign_id(self, scope: Scope) -> Scope:
        """The handshake without a Streamlit session id that is not the visitor's own.

        The id is the third subprotocol, and it is a bearer credential (safety T1).
        """
        offered = [
            p.strip() for p in Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
        ]
        if len(offered) < 3 or self._book.may_use_stream(offered[2], self._visitor):  # noqa: PLR2004
            return scope
        headers = MutableHeaders(raw=list(scope["headers"]))
        headers["sec-websocket-protocol"] = ", ".join(offered[:2])
        return {**scope, "headers": headers.raw, "subprotocols": offered[:2]}

    async def run(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the socket until either side or the end of the session closes it."""
        self._visitor.open_n[_KIND] += 1
        gone: asyncio.Future[bool] = asyncio.ensure_future(self._visitor.gone.wait())
        try:
            await app(scope, self._incoming(receive, send, gone), self._outgoing(send))
        finally:
            gone.cancel()
            self._visitor.open_n[_KIND] -= 1

    def _incoming(self, receive: Receive, send: Send, gone: asyncio.Future[bool]) -> Receive:
        async def incoming() -> Message:
            message = await _first(asyncio.ensure_future(receive()), gone)
            if message is None:
                return await self._end(send, SIGNED_OUT)
            frame = message.get("bytes")
            if frame is None:
                return message
            if self._is_too_busy():
                return await self._end(send, TOO_BUSY)
            if not self._frames.is_automatic(frame):
                self._book.note_activity(self._visitor)
            return message

        return incoming

    def _outgoing(self, send: Send) -> Send:
        async def outgoing(message: Message) -> None:
            if self._ended:
                return
            frame = message.get("bytes")
            if frame is not None and self._stream_id is None:
                self._stream_id = self._frames.stream_id(frame)
                if self._stream_id:
                    self._book.claim_stream(self._stream_id, self._visitor)
            await send(message)

        return outgoing

    async def _end(self, send: Send, code: int) -> Message:
        if not self._ended:
            self._ended = code
            await send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    def _is_too_busy(self) -> bool:
        now, (began, n) = asyncio.get_running_loop().time(), self._window
        self._window = (began, n + 1) if now - began < _WITHIN_S else (now, 1)
        return self._window[1] > MOST_FRAMES


async def _first(message: asyncio.Future[Message], gone: asyncio.Future[bool]) -> Message | None:
    """The next message, or None when the session ended before one came."""
    try:
        both: set[asyncio.Future[Any]] = {message, gone}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        message.cancel()
        raise
    if gone.done():
        message.cancel()
        return None
    return message.result()
