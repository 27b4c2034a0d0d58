"""Bodies on their way into the store: those that arrive together are written together.

A provider is answered after the commit, never before it. One commit takes the disk's time
whether it holds one body or a hundred: gathering them is what keeps answers quick under load.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from anyio import to_thread

from console.store import raw
from console.store.raw import Body
from console.store.work import Store

MOST_WAITING: Final = 2_000
_MOST_TOGETHER: Final = 200


class FullError(Exception):
    """More bodies wait than are kept in memory: the provider has to come again."""


class Mailbox:
    """Takes bodies on the event loop, and writes them in a thread."""

    def __init__(self, store: Store, arrived: Callable[[], None]) -> None:
        self._store = store
        self._arrived = arrived
        self._waiting: list[tuple[Body, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, body: Body) -> None:
        """Return when the body is durable; raises FullError, or what the store raises."""
        if len(self._waiting) >= MOST_WAITING:
            raise FullError
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((body, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:_MOST_TOGETHER], self._waiting[_MOST_TOGETHER:]
                await self._write(some)
        finally:
            self._writing = None

    async def _write(self, some: list[tuple[Body, asyncio.Future[None]]]) -> None:
        bodies = [body for body, _ in some]
        try:
            await to_thread.run_sync(self._store.write, lambda c: raw.keep(c, bodies))
        except Exception as error:  # noqa: BLE001 - everybody who waits is told
            for _, done in some:
                _settle(done, error)
            return
        for _, done in some:
            _settle(done, None)
        self._arrived()


def _settle(done: asyncio.Future[None], error: Exception | None) -> None:
    with contextlib.suppress(asyncio.InvalidStateError):  # the connection is gone
        if error:
            done.set_exception(error)
        else:
            done.set_result(None)
