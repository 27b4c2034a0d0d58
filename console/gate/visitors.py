"""Who is signed in on this process: looked up in the store, watched while a line is open."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final, TypeVar

import anyio
from anyio import to_thread

from console import auth
from console.domain import ids
from console.domain.ids import MINUTE, SECOND, Instant
from console.gate.runtime import House
from console.store import sessions

T = TypeVar("T")

log = logging.getLogger(__name__)

CHECK_EVERY_S: Final = 0.5
"""How long an answer of the store is believed; a revoked session is noticed within a second."""
_FLUSH_EVERY: Final = MINUTE
_FORGET_AFTER: Final = 2 * MINUTE


@dataclass(eq=False, slots=True)
class Visitor:
    """One signed-in session as this process knows it; `gone` is set when it is over."""

    id_hash: str
    agent_id: int
    csrf: str
    checked_at: Instant
    active_at: Instant
    flushed_at: Instant
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    open_n: Counter[str] = field(default_factory=Counter)  # open lines by kind


class VisitorBook:
    """The sessions this process has seen lately; the store stays the truth."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._by_hash: dict[str, Visitor] = {}
        self._streams: dict[str, str] = {}  # Streamlit's session id → ours (safety T1)
        self._threads = anyio.CapacityLimiter(4)

    async def in_thread(self, call: Callable[[], T]) -> T:
        """Run a call to the store without holding up the loop."""
        return await to_thread.run_sync(call, limiter=self._threads)

    async def find(self, token: str | None) -> Visitor | None:
        """The visitor of a cookie, None when nobody is signed in with it."""
        if not token:
            return None
        id_hash = auth.hash_token(token)
        known = self._by_hash.get(id_hash)
        if known and known.checked_at > ids.now() - int(CHECK_EVERY_S * SECOND):
            return known
        await self._check([id_hash])
        return self._by_hash.get(id_hash)

    def note_activity(self, visitor: Visitor) -> None:
        """A person did something; written to the store once a minute."""
        visitor.active_at = ids.now()

    async def sign_out(self, visitor: Visitor) -> None:
        """End a session everywhere: other processes notice within a second."""
        runtime = self._house.runtime
        await self.in_thread(
            lambda: runtime.store.write(lambda conn: sessions.kill(conn, visitor.id_hash))
        )
        self._drop(visitor.id_hash)

    def lines_of(self, agent_id: int, kind: str) -> int:
        """How many lines of this kind a person has open, over all of their sessions."""
        mine = (v for v in self._by_hash.values() if v.agent_id == agent_id)
        return sum(v.open_n[kind] for v in mine)

    def claim_stream(self, stream_id: str, visitor: Visitor) -> None:
        """Remember whose Streamlit session this is."""
        self._streams[stream_id] = visitor.id_hash

    def may_use_stream(self, stream_id: str, visitor: Visitor) -> bool:
        """Whether a Streamlit session id is the visitor's own; an unknown one is nobody's."""
        return self._streams.get(stream_id) == visitor.id_hash

    async def watch(self) -> None:
        """Look after the open lines until cancelled."""
        while True:
            await asyncio.sleep(CHECK_EVERY_S)
            try:
                self._forget_idle()
                await self._check(list(self._by_hash))
                await self._flush()
            except Exception as error:  # noqa: BLE001 - the store may be away for a while
                log.warning("sessions could not be checked: %s", type(error).__name__)

    async def _check(self, id_hashes: list[str]) -> None:
        if not id_hashes:
            return
        runtime, at = self._house.runtime, ids.now()
        alive = await self.in_thread(
            partial(auth.alive_sessions, runtime.store, runtime.settings, id_hashes, at)
        )
        for id_hash in id_hashes:
            row = alive.get(id_hash)
            if row is None:
                self._drop(id_hash)
            elif known := self._by_hash.get(id_hash):
                known.checked_at = at
            else:
                self._by_hash[id_hash] = Visitor(
                    id_hash, row.agent_id, row.csrf, at, row.seen_at, row.seen_at
                )

    async def _flush(self) -> None:
        stale = [v for v in self._by_hash.values() if v.active_at > v.flushed_at + _FLUSH_EVERY]
        if not stale:
            return
        store, hashes, at = self._house.runtime.store, [v.id_hash for v in stale], ids.now()
        await self.in_thread(lambda: store.write(lambda conn: sessions.touch(conn, hashes, at)))
        for visitor in stale:
            visitor.flushed_at = at

    def _forget_idle(self) -> None:
        before = ids.now() - _FORGET_AFTER
        for visitor in list(self._by_hash.values()):
            is_written = visitor.active_at <= visitor.flushed_at + _FLUSH_EVERY
            if not visitor.open_n.total() and visitor.checked_at < before and is_written:
                del self._by_hash[visitor.id_hash]

    def _drop(self, id_hash: str) -> None:
        visitor = self._by_hash.pop(id_hash, None)
        if visitor:
            visitor.gone.set()
            mine = [stream for stream, owner in self._streams.items() if owner == id_hash]
            for stream in mine:
                del self._streams[stream]
