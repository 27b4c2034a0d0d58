"""The gate: middleware around everything, Streamlit included."""

from __future__ import annotations

import logging
import secrets
from typing import Final
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request, cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from console.gate.address import Addresses, addresses
from console.gate.cookies import session_cookie
from console.gate.headers import sealed
from console.gate.notices import Notice, notice
from console.gate.places import Entry, Place, place_of
from console.gate.quiet import where
from console.gate.runtime import House
from console.gate.socket import Frames, Socket
from console.gate.visitors import Visitor, VisitorBook

log = logging.getLogger(__name__)

SESSION_HEADER: Final = "x-central-session"
"""Set by the gate alone: Streamlit binds its own sessions to it (safety T1)."""
VISITOR: Final = "central.visitor"
_READING: Final = frozenset({"GET", "HEAD"})


class TooLargeError(Exception):
    """A request's body is larger than its address takes."""


class Gate:
    """ASGI middleware: address, session, limits and headers of every request."""

    def __init__(self, app: ASGIApp, house: House, book: VisitorBook, frames: Frames) -> None:
        self._app = app
        self._house = house
        self._book = book
        self._frames = frames

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, one socket, or the lifespan."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        known = addresses(self._house.settings)
        headers = Headers(scope=scope)
        origin = known.origin_for(headers.get("host"))
        answer = _Answer(sealed(send, origin or min(known.origins), scope["path"]))
        try:
            if origin is None:
                await _refuse(scope, receive, answer, Notice.WRONG_ADDRESS)
            elif scope["type"] == "http":
                await self._http(scope, receive, answer, known)
            else:
                await self._websocket(scope, receive, answer, known)
        except Exception as error:  # noqa: BLE001 - the last net: nothing may leave without headers
            await _fail(scope, receive, answer, error)

    async def _http(self, scope: Scope, receive: Receive, send: _Answer, known: Addresses) -> None:
        headers, place = Headers(scope=scope), place_of(scope["path"])
        is_reading = scope["method"] in _READING
        if place is None or place.entry in {Entry.CLOSED, Entry.SOCKET}:
            await _refuse(scope, receive, send, Notice.NOT_FOUND)
        elif scope["method"] not in place.methods:
            await _refuse(scope, receive, send, Notice.NOT_ALLOWED)
        elif not (known.may_read(headers) if _may(place, is_reading) else known.may_write(headers)):
            await _refuse(scope, receive, send, Notice.FOREIGN)
        else:
            await self._enter(scope, receive, send, place)

    async def _enter(self, scope: Scope, receive: Receive, send: _Answer, place: Place) -> None:
        visitor = None if place.entry is Entry.MACHINE else await self._visitor(scope)
        if visitor is None and place.entry not in _WITHOUT_SIGN_IN:
            await _ask_to_sign_in(scope, receive, send, place)
            return
        if visitor and not self._owns_upload(scope["path"], visitor):
            await _refuse(scope, receive, send, Notice.NOT_FOUND)
            return
        if visitor and place.entry is Entry.PAGE:
            self._book.note_activity(visitor)
        try:
            limited = _limited(receive, place.most_bytes, Headers(scope=scope))
            await self._app(_marked(scope, visitor), limited, send)
        except TooLargeError:
            await _refuse(scope, receive, send, Notice.TOO_LARGE)

    async def _websocket(
        self, scope: Scope, receive: Receive, send: _Answer, known: Addresses
    ) -> None:
        place = place_of(scope["path"])
        visitor = await self._visitor(scope)
        is_ours = place is not None and place.entry is Entry.SOCKET
        if not is_ours or visitor is None or not known.may_write(Headers(scope=scope)):
            await _refuse(scope, receive, send, Notice.FOREIGN)
            return
        socket = Socket(self._book, visitor, self._frames)
        if socket.is_one_too_many:
            await _refuse(scope, receive, send, Notice.TOO_MANY)
            return
        await socket.run(
            self._app, _marked(socket.without_foreign_id(scope), visitor), receive, send
        )

    async def _visitor(self, scope: Scope) -> Visitor | None:
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        return await self._book.find(cookies.get(session_cookie(self._house.settings)))

    def _owns_upload(self, path: str, visitor: Visitor) -> bool:
        prefix = "/_stcore/upload_file/"
        if not path.startswith(prefix):
            return True
        return self._book.may_use_stream(path.removeprefix(prefix).split("/")[0], visitor)


_WITHOUT_SIGN_IN: Final = {Entry.OPEN, Entry.MACHINE}


def _may(place: Place, is_reading: bool) -> bool:
    """Machines send no origin: their requests are held to the host alone."""
    return is_reading or place.entry is Entry.MACHINE


class _Answer:
    """`send` that remembers whether something was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        self.has_begun = True
        await self._send(message)


def _marked(scope: Scope, visitor: Visitor | None) -> Scope:
    """The scope with our own header, never a client's copy of it."""
    headers = MutableHeaders(raw=[h for h in scope["headers"] if h[0].lower() != _RAW_HEADER])
    if visitor:
        headers[SESSION_HEADER] = f"{visitor.id_hash}"
    return {**scope, "headers": headers.raw, VISITOR: visitor}


_RAW_HEADER: Final = SESSION_HEADER.encode()


def _limited(receive: Receive, most_bytes: int, headers: Headers) -> Receive:
    declared = headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > most_bytes:
        raise TooLargeError
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most_bytes:
            raise TooLargeError
        return message

    return receive_limited


async def _ask_to_sign_in(scope: Scope, receive: Receive, send: _Answer, place: Place) -> None:
    if place.entry is not Entry.PAGE:
        await _refuse(scope, receive, send, Notice.SIGNED_OUT)
        return
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    target = "/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='/')}"
    await RedirectResponse(target, status_code=303)(scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: _Answer, what: Notice) -> None:
    """Say no in words to a person, in a status code to everything else."""
    if scope["type"] == "http":
        await notice(Request(scope), what)(scope, receive, send)
    elif "websocket.http.response" in scope.get("extensions", {}):
        await Response(status_code=what.socket_status).__call__(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008})


async def _fail(scope: Scope, receive: Receive, send: _Answer, error: Exception) -> None:
    """Answer with a number that stands in the log beside the place, never with the message."""
    error_id = secrets.token_hex(4)
    log.error("error %s: %s at %s", error_id, type(error).__name__, where(error))
    if send.has_begun:
        return
    if scope["type"] == "http":
        await notice(Request(scope), Notice.BROKEN, error_id)(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1011})
