"""The addresses that providers post to: authentic bodies are made durable, then answered.

Nothing is read here beyond what it takes to know who posted it. Content never causes an error:
whatever is authentic is kept and answered with 200.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Mapping
from typing import Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from console.domain import ids
from console.gate.runtime import House
from console.gateway.linked import Linked, Links
from console.gateway.mailbox import FullError, Mailbox
from console.store.raw import Body

KEPT_HEADERS: Final = ("content-type", "user-agent", "x-hub-signature-256")
_MOST_BYTES: Final = {"cloud": 3_145_728, "evolution": 26_214_400}
log: Final = logging.getLogger(__name__)


class Webhooks:
    """`/wh/<channel>/<route>`: the handshake (GET) and what a provider has to tell (POST)."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._mailbox: Mailbox | None = None
        self._asked: dict[str, asyncio.Future[Linked | None]] = {}

    async def answer(self, request: Request) -> Response:
        """404 for an unknown address, 401 for what is not authentic, 503 when it cannot be kept."""
        linked = await self._linked(request)
        if linked is None:
            return _said(404)
        if request.method == "POST":
            return await self._take(request, linked)
        challenge = linked.channel.handshake(request.query_params)
        return _said(403) if challenge is None else PlainTextResponse(challenge)

    async def _linked(self, request: Request) -> Linked | None:
        links = self._house.runtime.links
        if links is None:
            return None
        route = request.path_params["route"]
        found = links.known_route(route) or await self._looked_up(links, route)
        return found if found and found.channel.name == request.path_params["channel"] else None

    async def _looked_up(self, links: Links, route: str) -> Linked | None:
        """Ask the store once for all requests of an address that wait for the answer."""
        asked = self._asked.get(route)
        if asked is None:
            asked = asyncio.ensure_future(to_thread.run_sync(links.by_route, route))
            self._asked[route] = asked
            asked.add_done_callback(lambda _: self._asked.pop(route, None))
        return await asyncio.shield(asked)

    async def _take(self, request: Request, linked: Linked) -> Response:
        body = await _body(request, _MOST_BYTES[linked.channel.name])
        if body is None:
            return _said(413)
        now = ids.now()
        headers = dict(request.headers)
        if not linked.channel.verify(headers, body, now):
            log.warning("webhook of instance %s: not authentic", linked.instance_id)
            return _said(401)
        return await self._keep(linked, headers, body, now)

    async def _keep(
        self, linked: Linked, headers: Mapping[str, str], body: bytes, now: int
    ) -> Response:
        kept = body_of(linked, headers, body, now)
        try:
            await self._box().keep(kept)
        except Exception as error:  # noqa: BLE001 - the store may be away: the provider comes again
            if not isinstance(error, FullError):
                name = type(error).__name__
                log.warning("webhook of instance %s not kept: %s", linked.instance_id, name)
            return Response("later", 503, {"retry-after": "5"})
        return _said(200)

    def _box(self) -> Mailbox:
        if self._mailbox is None:
            runtime = self._house.runtime
            self._mailbox = Mailbox(runtime.store, runtime.arrived)
        return self._mailbox


def body_of(linked: Linked, headers: Mapping[str, str], body: bytes, now: int) -> Body:
    """A body as it is kept: without secrets, and under the digest of what came in."""
    kept = json.dumps({name: headers[name] for name in KEPT_HEADERS if name in headers})
    digest = hashlib.sha256(body).hexdigest()
    return Body(linked.instance_id, digest, kept, linked.channel.redact(body), now)


async def _body(request: Request, most: int) -> bytes | None:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


def _said(status: int) -> Response:
    words = {200: "ok", 401: "not authentic", 403: "refused", 404: "not found", 413: "too large"}
    return PlainTextResponse(words[status], status)
