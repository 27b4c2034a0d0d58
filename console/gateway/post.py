"""The post office of a process: what came in is worked through, what is to go out is sent."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Final

from console.gateway.beside import Beside
from console.gateway.inbound import Inbound
from console.gateway.links import Links
from console.gateway.media import MediaFetcher
from console.gateway.outbox import Outbox
from console.store.files import media_folder
from console.store.work import Store

_FETCHERS: Final = 2


class Post:
    """Threads beside the pages; several processes may run them on one store."""

    def __init__(
        self,
        store: Store,
        home: Path,
        links: Links,
        written: Callable[[], None] = lambda: None,  # called when something has come in
    ) -> None:
        owner = f"{platform.node()}:{os.getpid()}"
        folder = media_folder(home)
        inbound = Inbound(store, links, written)
        fetcher = MediaFetcher(store, folder, links.channel_of)
        self._outbox = Outbox(store, links, folder, owner)
        self._inbound = Beside("inbound", inbound.step)
        self._others = [
            self._inbound,
            Beside("catch-up", inbound.catch_up),
            *(Beside(f"files-{n}", fetcher.step) for n in range(_FETCHERS)),
        ]

    def start(self) -> None:
        """Begin; what a dead process left behind is carried on."""
        self._outbox.start()
        for thread in self._others:
            thread.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._outbox.wake()
        for thread in self._others:
            thread.wake()

    def arrived(self) -> None:
        """Work through what a provider has posted; nobody else has anything to do with it yet."""
        self._inbound.wake()

    def stop(self) -> None:
        """End after the calls at work."""
        for thread in self._others:
            thread.tell_over()
        self._outbox.stop()
        for thread in self._others:
            thread.stop()
