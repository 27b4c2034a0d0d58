"""The HTTP side of the provider: routes, bearer, error bodies, and faults of the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from console.channels.simulator.answers import AsciiJSON
from console.channels.simulator.cutting import Cut, Wires, hang
from console.channels.simulator.faults import NONE, Answer, Fault, Faults
from console.channels.simulator.graph import Refused, body_of
from console.channels.simulator.provider import Provider
from console.domain.ids import Instant

_VERSION: Final = "/{version:str}"
_HOSTS: Final = ["127.0.0.1", "localhost"]  # no other name reaches it, whatever it resolves to
_BARE: Final = "<html><body>Sorry, something went wrong.</body></html>"
_MOST_BODY: Final = 128 << 20

Work = Callable[[], Response]


@dataclass
class Front:
    """What the routes share."""

    provider: Provider
    faults: Faults
    clock: Callable[[], Instant]
    wires: Wires = field(default_factory=dict)
    is_over: asyncio.Event = field(default_factory=asyncio.Event)
    calls: int = 0

    async def messages(self, request: Request) -> Response:
        """Send a message, or mark one as read."""
        raw = await request.body()
        call, to = _meant(raw)
        number = partial(self.provider.number, request.path_params["id"], "post")

        def work(fault: Fault) -> Response:
            return _json(self.provider.messages(number(), raw, fault, self.clock()))

        return await self._answered(request, self.faults.take(call, to), work)

    async def upload(self, request: Request) -> Response:
        """Keep a file."""
        async with request.form(max_part_size=_MOST_BODY) as form:
            file = form.get("file")
            content = b"" if file is None or isinstance(file, str) else await file.read()
            name = getattr(file, "filename", None) or "file"
            mime = str(form.get("type") or getattr(file, "content_type", None) or "")
        number = partial(self.provider.number, request.path_params["id"], "post")

        def work(_: Fault) -> Response:
            return _json(self.provider.upload(number(), mime, name, content, self.clock()))

        return await self._answered(request, self.faults.take("upload"), work)

    async def node(self, request: Request) -> Response:
        """GET of one id: a number or a file."""
        id = request.path_params["id"]
        is_number = id in self.provider.world.numbers
        origin = str(request.base_url).rstrip("/")

        def work(_: Fault) -> Response:
            if is_number:
                return _json(self.provider.health(self.provider.number(id, "get")))
            return _json(self.provider.media(id, origin, self.clock()))

        fault = self.faults.take("number" if is_number else "media")
        return await self._answered(request, fault, work)

    async def download(self, request: Request) -> Response:
        """The bytes of a file, by an address that is valid for five minutes."""
        token = request.query_params.get("hash", "")

        def work(_: Fault) -> Response:
            file = self.provider.download(token, self.clock())
            if file is None:
                return Response("Not found", 404)
            return Response(file.content, media_type=file.mime)

        return await self._answered(request, self.faults.take("download"), work)

    async def templates(self, request: Request) -> Response:
        """A page of the account's templates."""
        id, query = request.path_params["id"], request.query_params

        def work(_: Fault) -> Response:
            page = self.provider.templates(id, query.get("after", ""), query.get("limit", ""))
            following = page["paging"].pop("next", None)
            if following:
                page["paging"]["next"] = f"{request.url.replace(query='')}{following}"
            return _json(page)

        return await self._answered(request, self.faults.take("templates"), work)

    async def _answered(
        self, request: Request, fault: Fault, work: Callable[[Fault], Response]
    ) -> Response:
        """The answer to a call, once its bearer is right, as its fault has it."""
        self.calls += 1
        trace = f"{request.url.path}:{self.calls}"
        wrong = self._wrong_bearer(request)
        done = partial(_said, trace, partial(work, fault) if wrong is None else _raises(wrong))
        act = _ANSWERS[NONE.answer if wrong else fault.answer]
        return await act(self, request, fault, done)

    def _wrong_bearer(self, request: Request) -> Refused | None:
        given = request.headers.get("authorization", "")
        if not given.startswith("Bearer "):
            return Refused(104, "An access token is required to request this resource.")
        known = {f"Bearer {number.token}" for number in self.provider.world.numbers.values()}
        return None if given in known else Refused(190, "Cannot parse access token.")


def make_app(front: Front, more: list[BaseRoute]) -> Starlette:
    """The routes of the published API, and `more` of our own before them."""
    routes: list[BaseRoute] = [
        *more,
        Route("/whatsapp_business/attachments/", front.download, methods=["GET"]),
        Route(f"{_VERSION}/{{id}}/messages", front.messages, methods=["POST"]),
        Route(f"{_VERSION}/{{id}}/media", front.upload, methods=["POST"]),
        Route(f"{_VERSION}/{{id}}/message_templates", front.templates, methods=["GET"]),
        Route(f"{_VERSION}/{{id}}", front.node, methods=["GET"]),
    ]
    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=_HOSTS)
    return Starlette(
        routes=routes,
        middleware=[only_here],
        exception_handlers={ClientDisconnect: _gone},
    )


def _meant(raw: bytes) -> tuple[str, str]:
    """Which call a body is, and for whom, as far as it can be read: faults go by it."""
    try:
        given = json.loads(raw)
        call = "read" if "status" in given else "messages"
        return call, str(given.get("to") or given.get("recipient") or "").lstrip("+")
    except (ValueError, TypeError, AttributeError):
        return "messages", ""


def _json(value: object) -> Response:
    return AsciiJSON(value)


def _said(trace: str, work: Work) -> Response:
    try:
        return work()
    except Refused as refused:
        return AsciiJSON(body_of(refused, trace), refused.http)


def _raises(refused: Refused) -> Work:
    def work() -> Response:
        raise refused

    return work


async def _gone(_: Request, __: Exception) -> Response:
    """The caller left before its body was read; nobody sees this."""
    return Response(status_code=400)


# -- what happens to an answer --------------------------------------------------------------


async def _normal(_: Front, __: Request, ___: Fault, done: Work) -> Response:
    return await run_in_threadpool(done)


async def _refuse(front: Front, request: Request, fault: Fault, _: Work) -> Response:
    refused = Refused(fault.code, http=fault.http or None)
    return _said(f"{request.url.path}:{front.calls}", _raises(refused))


async def _bare(_: Front, __: Request, fault: Fault, ___: Work) -> Response:
    return Response(_BARE, fault.http, media_type="text/html")


async def _bare_after(front: Front, request: Request, fault: Fault, done: Work) -> Response:
    await run_in_threadpool(done)
    return await _bare(front, request, fault, done)


async def _hang(front: Front, request: Request, _: Fault, done: Work) -> Response:
    await run_in_threadpool(done)
    return await hang(request, front.is_over)


async def _hang_before(front: Front, request: Request, _: Fault, __: Work) -> Response:
    return await hang(request, front.is_over)


async def _slow(_: Front, __: Request, fault: Fault, done: Work) -> Response:
    answer = await run_in_threadpool(done)
    await asyncio.sleep(fault.seconds)
    return answer


async def _cut_before(front: Front, _: Request, __: Fault, ___: Work) -> Response:
    return Cut(front.wires)


async def _cut_after(front: Front, _: Request, __: Fault, done: Work) -> Response:
    await run_in_threadpool(done)
    return Cut(front.wires)


async def _half(front: Front, _: Request, __: Fault, done: Work) -> Response:
    return Cut(front.wires, await run_in_threadpool(done))


_Act = Callable[[Front, Request, Fault, Work], Awaitable[Response]]
_ANSWERS: Final[dict[Answer, _Act]] = {
    Answer.NORMAL: _normal,
    Answer.REFUSE: _refuse,
    Answer.BARE: _bare,
    Answer.BARE_AFTER: _bare_after,
    Answer.HANG: _hang,
    Answer.HANG_BEFORE: _hang_before,
    Answer.SLOW: _slow,
    Answer.CUT_BEFORE: _cut_before,
    Answer.CUT_AFTER: _cut_after,
    Answer.HALF: _half,
}
