"""The server of the simulator: uvicorn on the loopback, in a thread or alone."""

from __future__ import annotations

import asyncio
import socket
import threading
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from console.channels.simulator.cutting import Wires, protocol_of

HOST: Final = "127.0.0.1"
_LEAVES_WITHIN_S: Final = 1
_STARTS_WITHIN_S: Final = 10


class Server:
    """One listening server; `port` is known at once, because the socket is bound here."""

    def __init__(self, app: ASGIApp, wires: Wires, is_over: asyncio.Event, port: int = 0) -> None:
        self._socket = socket.create_server((HOST, port))
        # asyncio only does it for sockets it makes itself; without it an answer takes 40 ms.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.port: int = self._socket.getsockname()[1]
        self._is_over = is_over
        self._server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=protocol_of(wires),
                lifespan="off",
                log_config=None,
                timeout_graceful_shutdown=_LEAVES_WITHIN_S,
            )
        )
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="simulator", daemon=True)
        self._thread.start()

    def run(self) -> None:
        """Answer until `stop`, or until a signal when this is the main thread."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Let calls that hang go, and end."""
        self._is_over.set()
        self._server.should_exit = True
        if self._thread:
            self._thread.join()
        self._socket.close()
