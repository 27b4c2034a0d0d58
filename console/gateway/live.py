"""Live changes for open inboxes: one stream of server-sent events per open window.

The read model says which conversations changed; each reader gets the rows of their own filter
and scope, the new bubbles and lines, and the counts at most once a second.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from console.domain import ids
from console.domain.ids import MINUTE, Instant
from console.domain.message import Message
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.gateway.news_json import Reader, changes, counts, likeness
from console.readmodel import expression
from console.readmodel.tree import FilterError
from console.screens.directory import Directory, directory
from console.screens.stopped import stopped_json
from console.store import people
from console.store.news import News, news

log = logging.getLogger(__name__)

MOST_STREAMS: Final = 10  # of one person
MOST_IDS: Final = 200  # more at once, and the browser asks Python instead
HEARTBEAT_S: Final = 15.0
COUNTS_EVERY_S: Final = 1.0
_GATHER_S: Final = 0.02
_LONGEST_GATHER_S: Final = 1.0
_MOST_KEPT: Final = 64
_REPLAY_S: Final = 10.0  # a window listens a moment after Python drew it
_MEMORY: Final = MINUTE
_KIND: Final = "stream"


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that arrived together, read once for all readers; too many of them are not read."""

    n: int
    at_s: float
    conversation_ids: frozenset[int]
    news: News | None
    known: Directory

    @property
    def is_too_much(self) -> bool:
        """Whether browsers had better ask for everything."""
        return self.news is None


@dataclass(eq=False, slots=True)
class Listener:
    """One open window."""

    reader: Reader
    visitor: Visitor
    batches: asyncio.Queue[Batch] = field(default_factory=lambda: asyncio.Queue(100))
    counted_at_s: float = 0.0
    owes_counts: bool = False
    told_counts: Mapping[str, Any] | None = None


class Live:
    """The hub between the read model's wake-ups and the open windows."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book
        self._listeners: set[Listener] = set()
        self._changed: set[int] = set()
        self._is_anything = False
        self._arrived = asyncio.Event()
        self._recent: deque[Batch] = deque()
        self._told: dict[tuple[int, str | None, Instant | None], Instant] = {}
        self._batch_n = 0
        self._cost_s = 0.0  # of telling one reader, lately
        self._shared: dict[Hashable, dict[str, Any]] = {}
        self._over = asyncio.Event()

    def listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Have the read model's thread wake this loop."""

        def wake(changed: frozenset[int]) -> None:
            loop.call_soon_threadsafe(self.note, changed)

        self._house.runtime.model.listen(wake)

    def leave(self) -> None:
        """End every stream; the browsers come back by themselves. Called on the loop."""
        self._over.set()

    def note(self, changed: frozenset[int]) -> None:
        """Conversations that changed, none meaning anything; called on the loop."""
        self._changed.update(changed)
        self._is_anything = self._is_anything or not changed
        self._arrived.set()

    async def watch(self) -> None:
        """Gather, read and hand out changes until cancelled."""
        while True:
            await self._arrived.wait()
            # With many readers or slow answers the pushing must leave time for everything else.
            busy_s = self._cost_s * len(self._listeners)
            await asyncio.sleep(min(_LONGEST_GATHER_S, max(_GATHER_S, busy_s)))
            self._arrived.clear()
            try:
                self._hand_out(await self._read())
            except Exception as error:  # noqa: BLE001 - a failed reading must not end the hub
                log.warning("changes could not be read: %s", type(error).__name__)

    async def stream(self, request: Request) -> Response:
        """`GET /live?filter=…&instances=…`: the events of one window."""
        visitor: Visitor = request.scope[VISITOR]
        if self._book.lines_of(visitor.agent_id, _KIND) >= MOST_STREAMS:
            return PlainTextResponse("too many windows", 429)
        try:
            tree = expression.parse(request.query_params.get("filter", ""))
        except FilterError as problem:
            return PlainTextResponse(problem.text.en, 400)
        asked = request.query_params.get("instances", "")
        reader = Reader(visitor.agent_id, tree, tuple(filter(None, asked.split(","))))
        is_back = "last-event-id" in request.headers
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        events = self._events(Listener(reader, visitor), is_back=is_back)
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def _events(self, listener: Listener, *, is_back: bool) -> AsyncIterator[str]:
        visitor = listener.visitor
        visitor.open_n[_KIND] += 1
        self._listeners.add(listener)
        self._replay(listener)
        gone = asyncio.ensure_future(self._end_of(visitor))
        try:
            yield "retry: 2000\nid: 0\n: listening\n\n"
            if is_back:
                yield _event("refresh", {})
            while not gone.done():
                for part in await self._next(listener, gone):
                    yield part
            if visitor.gone.is_set():
                yield _event("signed-out", {})
        finally:
            gone.cancel()
            self._listeners.discard(listener)
            visitor.open_n[_KIND] -= 1

    async def _end_of(self, visitor: Visitor) -> None:
        """Wait for the end of the session or of the process."""
        ends = [asyncio.ensure_future(e.wait()) for e in (visitor.gone, self._over)]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()

    async def _next(self, listener: Listener, gone: asyncio.Future[None]) -> list[str]:
        """The next events: changes, owed counts, or a sign of life after a quiet time."""
        now_s = asyncio.get_running_loop().time()
        wait_s = HEARTBEAT_S
        if listener.owes_counts:
            wait_s = max(0.0, listener.counted_at_s + self._counts_every_s - now_s)
        first = await _first(listener.batches, gone, wait_s)
        if gone.done():
            return []
        if first or listener.owes_counts:
            rest = _waiting(listener.batches)
            return await self._tell(listener, [first, *rest] if first else rest)
        return [": still here\n\n"]

    async def _tell(self, listener: Listener, batches: list[Batch]) -> list[str]:
        if any(batch.is_too_much for batch in batches):
            return [_event("refresh", {})]
        now_s = asyncio.get_running_loop().time()
        is_time = now_s >= listener.counted_at_s + self._counts_every_s
        listener.owes_counts = not is_time
        payload = await self._book.in_thread(
            partial(self._payload, listener.reader, batches, is_time)
        )
        if payload is None:
            return [_event("signed-out", {})]
        if is_time:
            listener.counted_at_s = now_s
            if payload["counts"] == listener.told_counts:
                del payload["counts"]
            else:
                listener.told_counts = payload["counts"]
        return [_event("changed", payload)] if any(payload.values()) else []

    @property
    def _counts_every_s(self) -> float:
        """Counts cost the most: all readers together get a quarter of one core for them."""
        return max(COUNTS_EVERY_S, 4 * self._cost_s * len(self._listeners))

    def _payload(
        self, reader: Reader, batches: list[Batch], with_counts: bool
    ) -> dict[str, Any] | None:
        """What one reader is told; None when the account has ended. Runs in a thread."""
        began_s, runtime, now = time.monotonic(), self._house.runtime, ids.now()
        with runtime.store.read() as conn:
            who = people.acting(conn, reader.agent_id)
            known = batches[-1].known if batches else directory(conn, runtime.model)
            stopped = stopped_json(conn, who, now) if who and with_counts else []
        if who is None:
            return None
        key = (likeness(reader, who), tuple(batch.n for batch in batches))
        payload = dict(self._shared.get(key) or {})
        if not payload:
            changed = frozenset[int]().union(*(batch.conversation_ids for batch in batches))
            fresh = [batch.news for batch in batches if batch.news]
            payload = changes(runtime.model, reader, who, changed, fresh, known, now)
            self._keep(key, payload)
        if with_counts:
            found = counts(runtime.model, reader, who, known, now)
            payload = payload | {"counts": found | {"stopped": stopped}}
        self._cost_s += 0.1 * (time.monotonic() - began_s - self._cost_s)
        return payload

    def _keep(self, key: Hashable, payload: dict[str, Any]) -> None:
        """Readers who see the same list share the answer; a few batches are kept."""
        if len(self._shared) >= _MOST_KEPT:
            self._shared = {}
        self._shared[key] = payload

    async def _read(self) -> Batch:
        """What has gathered, read in one snapshot; or only the word that it is too much."""
        changed, self._changed = frozenset(self._changed), set()
        is_too_much, self._is_anything = self._is_anything or len(changed) > MOST_IDS, False
        self._batch_n += 1
        n, at_s = self._batch_n, asyncio.get_running_loop().time()
        if is_too_much:
            return Batch(n, at_s, frozenset(), None, Directory())
        batch = await self._book.in_thread(
            partial(_read_news, self._house.runtime, changed, n, at_s)
        )
        return batch if batch.news is None else self._without_told(batch, batch.news)

    def _without_told(self, batch: Batch, fresh: News) -> Batch:
        """The batch without what earlier batches said of messages and facts."""
        now = ids.now()
        self._told = {key: at for key, at in self._told.items() if at > now - 2 * _MEMORY}
        messages = [m for m in fresh.messages if _mark(m) not in self._told]
        events = [e for e in fresh.events if (e.id, None, None) not in self._told]
        self._told.update(dict.fromkeys(map(_mark, messages), now))
        self._told.update(dict.fromkeys(((e.id, None, None) for e in events), now))
        return replace(batch, news=replace(fresh, messages=messages, events=events))

    def _hand_out(self, batch: Batch) -> None:
        self._recent.append(batch)
        while self._recent and self._recent[0].at_s < batch.at_s - _REPLAY_S:
            self._recent.popleft()
        for listener in self._listeners:
            _put(listener, batch)

    def _replay(self, listener: Listener) -> None:
        since_s = asyncio.get_running_loop().time() - _REPLAY_S
        for batch in self._recent:
            if batch.at_s >= since_s:
                _put(listener, batch)


def _read_news(runtime: Runtime, changed: frozenset[int], n: int, at_s: float) -> Batch:
    with runtime.store.read() as conn:
        found = news(conn, sorted(changed), ids.now() - _MEMORY)
        return Batch(n, at_s, changed, found, directory(conn, runtime.model))


def _mark(message: Message) -> tuple[int, str | None, Instant | None]:
    """A message as it is now; once it has changed it is told again."""
    return message.id, message.delivery, message.changed_at


def _put(listener: Listener, batch: Batch) -> None:
    if listener.batches.full():  # a reader this slow is told to ask for everything
        _waiting(listener.batches)
        batch = replace(batch, conversation_ids=frozenset(), news=None)
    listener.batches.put_nowait(batch)


async def _first(
    batches: asyncio.Queue[Batch], gone: asyncio.Future[None], wait_s: float
) -> Batch | None:
    """The next batch, or None when time is up or the session is over."""
    getting = asyncio.ensure_future(batches.get())
    both: set[asyncio.Future[Any]] = {getting, gone}
    try:
        await asyncio.wait(both, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
        return getting.result() if getting.done() else None
    finally:
        getting.cancel()


def _waiting(batches: asyncio.Queue[Batch]) -> list[Batch]:
    return [batches.get_nowait() for _ in range(batches.qsize())]


def _event(name: str, data: Mapping[str, Any]) -> str:
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {body}\n\n"
