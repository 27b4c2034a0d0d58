"""The phone: a page on which a person plays the customers, and the calls it makes.

It has no sign-in: the loopback is its wall. Every call that changes something carries a header
that other sites' pages cannot send.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from heapq import nlargest
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, Protocol

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.channels.simulator.answers import AsciiJSON
from console.channels.simulator.faults import NONE, Faults
from console.channels.simulator.files import MIMES, check_upload
from console.channels.simulator.graph import Refused
from console.channels.simulator.people import Customer, Number
from console.channels.simulator.phone_words import WORDS, faults_in
from console.channels.simulator.samples import SAMPLES
from console.channels.simulator.views import bubble_view, talk_line
from console.channels.simulator.wire import Item
from console.channels.simulator.world import ARRIVED, Talk, World
from console.domain.ids import Instant
from console.i18n import language_of

_FOLDER: Final = Path(__file__).parent / "assets"
_KINDS: Final = {".css": "text/css", ".js": "text/javascript"}
_ASKED_BY_US: Final = "x-simulator"
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)
_HEADERS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_SHOWN_INLINE: Final = frozenset(
    m for k in ("image", "audio", "video", "sticker") for m in MIMES[k]
)
_WHY: Final = {100: "why_type", 131053: "why_size", 131009: "why_phone"}
_MOST_TALKS: Final = 200
_MOST_BUBBLES: Final = 200
_LOOKS: Final = 50  # times five a second: a call waits ten seconds for news
_LOOK_EVERY_S: Final = 0.2
_BRAZIL: Final = re.compile(r"[1-9]{2}\d{8,9}")
_PHONE: Final = re.compile(r"\d{8,15}")

Write = Callable[..., str]


class Playable(Protocol):
    """What the phone needs of the simulator."""

    world: World
    faults: Faults

    def customer_writes(self, who: Customer | str, text: str = "", **more: Any) -> str:
        """A customer writes."""
        ...

    def phone_sends(self, who: Customer | str, text: str = "", **more: Any) -> str:
        """The shop writes on its own phone."""
        ...

    def tells_status(self, id: str, status: str) -> None:
        """Something becomes of a message of the shop."""
        ...

    def know(self, who: Customer | str, wrote_at: Instant | None, number: str | None) -> None:
        """A customer is there."""
        ...


class Phone:
    """The page and its calls, on one simulator."""

    def __init__(self, sim: Playable, clock: Callable[[], Instant], is_over: asyncio.Event) -> None:
        self._sim, self._clock, self._is_over = sim, clock, is_over

    def routes(self) -> list[BaseRoute]:
        """Everything below /phone."""
        changes = {
            "write": self._write,
            "customers": self._make_customer,
            "seen": self._seen,
            "played": self._played,
            "fault": self._order_fault,
        }
        return [
            Route("/", _to_phone),
            Route("/phone", self._page),
            Route("/phone/assets/{name}", self._asset),
            Route("/phone/files/{id}", self._file),
            Route("/phone/words", self._words),
            Route("/phone/state", self._state),
            *(
                Route(f"/phone/{name}", partial(_changed, act), methods=["POST"])
                for name, act in changes.items()
            ),
        ]

    # -- what is read -----------------------------------------------------------------------

    async def _page(self, _: Request) -> Response:
        return FileResponse(_FOLDER / "phone.html", media_type="text/html", headers=_HEADERS)

    async def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        file = _FOLDER / name
        if file.suffix not in _KINDS or file.parent != _FOLDER or not file.is_file():
            return Response(status_code=404)
        return FileResponse(file, media_type=_KINDS[file.suffix], headers=_HEADERS)

    async def _file(self, request: Request) -> Response:
        """A file of a message; only what browsers merely show is shown."""
        file = self._sim.world.files.known(request.path_params["id"])
        if file is None:
            return Response(status_code=404)
        bare = file.mime.split(";", maxsplit=1)[0]
        headers = _HEADERS | {"content-security-policy": "sandbox; default-src 'none'"}
        if bare not in _SHOWN_INLINE:
            headers["content-disposition"] = "attachment"
            bare = "application/octet-stream"
        return _part_of(request, file.content, bare, headers)

    async def _words(self, request: Request) -> Response:
        """Everything the page says, in the language of the browser."""
        language = _language(request)
        return AsciiJSON(
            {
                "language": language,
                "words": {key: text.in_(language) for key, text in WORDS.items()},
                "samples": [
                    {"key": key, "kind": s.kind, "text": s.words.in_(language)}
                    for key, s in SAMPLES.items()
                ],
                "faults": faults_in(language),
                "numbers": [_number_view(n) for n in self._sim.world.numbers.values()],
            },
            headers=_HEADERS,
        )

    async def _state(self, request: Request) -> Response:
        """The talks and one of them; waits for news when the caller has the newest."""
        since = request.query_params.get("since", "")
        for _ in range(_LOOKS):
            if str(self._sim.world.changes) != since or self._is_over.is_set():
                break
            await asyncio.sleep(_LOOK_EVERY_S)
        asked = request.query_params
        seen = self._seen_now(asked.get("talk", ""), asked.get("find", ""))
        return AsciiJSON(seen, headers=_HEADERS)

    def _seen_now(self, key: str, sought: str) -> Item:
        world, at = self._sim.world, self._clock()
        with world.lock:
            found = [talk for talk in world.talks.values() if _is_sought(talk, sought)]
            newest = nlargest(_MOST_TALKS, found, key=attrgetter("newest_at"))
            talk = world.talks.get(key)
            return {
                "changes": world.changes,
                "talks": [talk_line(world, one, at) for one in newest],
                "talk": self._talk_view(talk, at) if talk else None,
            }

    def _talk_view(self, talk: Talk, at: Instant) -> Item:
        world = self._sim.world
        shown = [bubble for bubble in talk.bubbles if bubble.kind != "reaction"][-_MOST_BUBBLES:]
        return talk_line(world, talk, at) | {
            "fault": self._sim.faults.ordered(talk.customer.key).key,
            "is_typing": at < talk.typing_until,
            "bubbles": [bubble_view(world, bubble) for bubble in shown],
        }

    # -- what is done -----------------------------------------------------------------------

    async def _write(self, form: FormData) -> Item:
        """One message of the customer, or of the shop's own phone."""
        talk = self._talk(form)
        write: Write = self._sim.customer_writes
        if _given(form, "by") == "shop":
            write = self._sim.phone_sends
        kind, more = _given(form, "kind") or "text", {"number": talk.number_id}
        more |= {k: v for k in ("target", "reply_to", "sample") if (v := _given(form, k))}
        if given := _given(form, "data"):
            more["data"] = given
        file = form.get("file")
        if isinstance(file, UploadFile):
            kind, attached = await _attached(file)
            more |= attached
        return {"id": write(talk.customer, _given(form, "text"), kind=kind, **more)}

    async def _make_customer(self, form: FormData) -> Item:
        world = self._sim.world
        with world.lock:
            number = world.number(_given(form, "number") or None)
            name = _given(form, "name").strip()
            who = self._made_up(name, _given(form, "phone"), is_hidden=bool(form.get("hidden")))
            self._sim.know(who, None, number.id)
            world.changes += 1
            return {"key": world.talk(number, who).key}

    def _made_up(self, name: str, written: str, *, is_hidden: bool) -> Customer:
        world = self._sim.world
        drawn = hashlib.sha256(f"{world.new_id()}:{name}".encode()).hexdigest()
        digits = f"{int(drawn, 16) % 10**7:07}"
        if is_hidden:
            username = re.sub(r"\W+", ".", name.casefold()).strip(".") or "cliente"
            return Customer(None, name or username, f"BR.{int(drawn, 16) % 10**16:016}", username)
        phone = re.sub(r"\D", "", written) or f"551198{digits}"
        if _BRAZIL.fullmatch(phone) and "+" not in written:
            phone = f"55{phone}"
        if not _PHONE.fullmatch(phone):
            raise Refused(131009, "Between 8 and 15 digits make a phone.")
        return Customer(phone, name)

    async def _seen(self, form: FormData) -> Item:
        """The customer has the talk before their eyes: what came is read."""
        talk = self._talk(form)
        with self._sim.world.lock:
            new = [bubble for bubble in talk.bubbles if bubble.is_unread]
            for bubble in new:
                bubble.is_seen = True
            told = [bubble.id for bubble in new if bubble.status != "read"]
            self._sim.world.changes += bool(new)
        for id in told:
            self._sim.tells_status(id, "read")
        return {"read": len(told)}

    async def _played(self, form: FormData) -> Item:
        """The customer has listened to a message of the shop."""
        found = self._sim.world.bubble(_given(form, "id"))
        if found and found[1].status in ARRIVED:
            self._sim.tells_status(found[1].id, "played")
        return {}

    async def _order_fault(self, form: FormData) -> Item:
        """What goes wrong with the shop's next send to this customer."""
        customer, key = self._talk(form).customer, _given(form, "fault")
        self._sim.faults.cancel(customer.key)
        if key != NONE.key:
            self._sim.faults.next(key, to=customer.key)
        self._sim.world.changes += 1
        return {"fault": key}

    def _talk(self, form: FormData) -> Talk:
        return self._sim.world.talks[_given(form, "talk")]


async def _changed(act: Callable[[FormData], Awaitable[Item]], request: Request) -> Response:
    """A call that changes something, from our own page only; refusals say why."""
    if request.headers.get(_ASKED_BY_US) != "1":
        return Response(status_code=403)
    try:
        async with request.form() as form:
            return AsciiJSON(await act(form), headers=_HEADERS)
    except Refused as refused:
        return _problem(request, _WHY[refused.error.code])
    except (KeyError, ValueError):
        return _problem(request, "why_unknown")


def _problem(request: Request, word: str) -> Response:
    why = WORDS[word].in_(_language(request))
    return AsciiJSON({"why": why}, 400, headers=_HEADERS)


def _language(request: Request) -> str:
    return language_of(request.headers.get("accept-language", "").split(",")[0])


async def _to_phone(_: Request) -> Response:
    return RedirectResponse("/phone", 303)


async def _attached(file: UploadFile) -> tuple[str, dict[str, Any]]:
    """The kind of message a file of the person's makes, and what it consists of."""
    content = await file.read()
    mime = file.content_type or "application/octet-stream"
    kind = check_upload(mime, len(content))
    return kind, {"content": content, "mime": mime, "filename": file.filename}


def _part_of(request: Request, content: bytes, mime: str, headers: Mapping[str, str]) -> Response:
    """The bytes, or the span of them that a player asks for."""
    asked = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    begin = int(asked[1]) if asked else 0
    if asked is None or begin >= len(content):
        return Response(content, media_type=mime, headers={**headers, "accept-ranges": "bytes"})
    end = min(int(asked[2] or len(content)), len(content) - 1)
    span = {"content-range": f"bytes {begin}-{end}/{len(content)}"}
    return Response(content[begin : end + 1], 206, {**headers, **span}, mime)


def _is_sought(talk: Talk, sought: str) -> bool:
    names = (talk.customer.name, talk.customer.phone, talk.customer.username)
    return sought.strip().casefold() in " ".join(filter(None, names)).casefold()


def _given(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _number_view(number: Number) -> Item:
    return {"id": number.id, "name": number.name, "phone": number.phone}
