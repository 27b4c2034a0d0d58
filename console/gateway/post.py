"""The post office of a process: what came in is worked through, what is to go out is sent."""

from __future__ import annotations

import os
import platform

from console.gate.runtime import Runtime
from console.gateway.beside import Beside
from console.gateway.inbound import Inbound
from console.gateway.links import Links
from console.gateway.outbox import Outbox


class Post:
    """Threads beside the pages; several processes may run them on one store."""

    def __init__(self, runtime: Runtime, links: Links) -> None:
        owner = f"{platform.node()}:{os.getpid()}"
        self._inbound = Beside("inbound", Inbound(runtime.store, links).step)
        self._outbox = Outbox(runtime.store, links, runtime.settings.home / "media", owner)

    def start(self) -> None:
        """Begin; what a dead process left behind is carried on."""
        self._inbound.start()
        self._outbox.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._inbound.wake()
        self._outbox.wake()

    def stop(self) -> None:
        """End after the calls at work."""
        self._inbound.tell_over()
        self._outbox.stop()
        self._inbound.stop()
