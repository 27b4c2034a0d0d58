"""The server: Streamlit, our own routes and the gate in one ASGI application."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, Final

import anyio
import streamlit as st
import uvicorn
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from console.collector import collect_rarely
from console.config import Settings
from console.domain.errors import ConfigError, StoreError
from console.gate import quiet
from console.gate.door import Gate
from console.gate.health import Health
from console.gate.page import asset
from console.gate.runtime import HOUSE, Runtime
from console.gate.sign_in import HOME, Doorstep
from console.gate.socket import Frames
from console.gate.visitors import VisitorBook
from console.gateway.attachments import Attachments
from console.gateway.canned import Canned
from console.gateway.contacts import Contacts
from console.gateway.downloads import Downloads
from console.gateway.emojis import emojis
from console.gateway.exporter import Exporter, Exports
from console.gateway.links import Links
from console.gateway.live import Live
from console.gateway.notify import PATH as NOTIFICATIONS
from console.gateway.notify import Notifications
from console.gateway.post import Post
from console.gateway.thread import Threads
from console.gateway.webhooks import Webhooks
from console.gateway.worker import Worker
from console.readmodel.model import ReadModel
from console.screens.canned import CANNED
from console.screens.contact_more import MORE
from console.screens.emojis import EMOJIS
from console.screens.inbox import MESSAGE, RECIPIENTS, THREAD
from console.store.schema import check_revision
from console.store.vault import open_vault
from console.store.work import open_store
from console.ui import options, wire
from console.ui.context import report_error

log = logging.getLogger(__name__)

FRAME: Final = Path(__file__).parent / "ui" / "frame.py"
_LEAVE_WITHIN_S: Final = 8

BOOK: Final = VisitorBook(HOUSE)
_HEALTH: Final = Health(HOUSE, BOOK)
_LIVE: Final = Live(HOUSE, BOOK)
_THREADS: Final = Threads(HOUSE, BOOK)
_CONTACTS: Final = Contacts(HOUSE, BOOK)
_CANNED: Final = Canned(HOUSE, BOOK)
_DOWNLOADS: Final = Downloads(HOUSE, BOOK)
_ATTACHMENTS: Final = Attachments(HOUSE, BOOK)
_EXPORTS: Final = Exports(HOUSE, BOOK)
_WEBHOOKS: Final = Webhooks(HOUSE)
_NOTIFICATIONS: Final = Notifications(HOUSE)
_DOORSTEP: Final = Doorstep(HOUSE, BOOK, anyio.CapacityLimiter(2))


async def home(request: Request) -> Response:
    """The root has no page of its own."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{HOME}{query}", status_code=303)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    """Open what the process needs, look after it, and give it back."""
    runtime = await to_thread.run_sync(_open)
    worker = Worker(runtime.store)
    exporter = Exporter(runtime)
    links = Links(runtime.store, open_vault(runtime.store, runtime.settings))
    post = Post(runtime.store, runtime.settings.home, links, runtime.model.wake)
    wake = partial(_wake, worker, exporter, post)
    HOUSE.move_in(replace(runtime, wake=wake, arrived=post.arrived, links=links))
    runtime.model.start()
    exporter.start()
    if HOUSE.has_worker:
        worker.start()
        post.start()
    _LIVE.listen(asyncio.get_running_loop())
    _hear_signals(asyncio.get_running_loop())
    watches = [asyncio.create_task(w) for w in (BOOK.watch(), _HEALTH.watch(), _LIVE.watch())]
    # Objects of the start live for ever: out of the collector's sight they cost no rerun time.
    gc.collect()
    gc.freeze()
    collect_rarely()
    try:
        yield {}
    finally:
        _HEALTH.is_leaving = True
        for watch in watches:
            watch.cancel()
        HOUSE.move_out()
        await to_thread.run_sync(worker.stop)
        await to_thread.run_sync(exporter.stop)
        await to_thread.run_sync(post.stop)
        links.close()
        await to_thread.run_sync(runtime.model.close)
        runtime.store.close()
        gc.unfreeze()  # or DuckDB counts what is frozen as leaked, on stderr, when Python ends


def _wake(worker: Worker, exporter: Exporter, post: Post) -> None:
    worker.wake()
    exporter.wake()
    post.wake()


def _hear_signals(loop: asyncio.AbstractEventLoop) -> None:
    """Turn unready and end the streams first: a server waits for open answers before it stops."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_leave, loop, signal.getsignal(number)))


def _leave(
    loop: asyncio.AbstractEventLoop, before: object, number: int, frame: FrameType | None
) -> None:
    _HEALTH.is_leaving = True
    loop.call_soon_threadsafe(_LIVE.leave)
    if callable(before):
        before(number, frame)


def serve(settings: Settings, *, has_worker: bool = True) -> None:
    """Serve until a signal comes; the safe options hold whatever the surroundings say.

    Without a worker, another process sends, works through webhooks and carries bulk runs on.
    """
    HOUSE.configure(settings, has_worker=has_worker)
    _check_options(settings)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        ws="websockets-sansio",
        ws_max_size=options.SAFE["server.maxMessageSize"] * 1024 * 1024,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=_LEAVE_WITHIN_S,
        server_header=False,
        date_header=False,
        access_log=False,
        log_level="warning",
    )


def _open() -> Runtime:
    """Check and open in the order of safety section 10; a failure ends the process in words."""
    settings = HOUSE.settings
    try:
        _check_options(settings)
        settings.home.mkdir(parents=True, exist_ok=True)
        store = open_store(settings.store_url)
        check_revision(store)
        model = ReadModel.open(store, settings.home / "readmodel", settings)
        return Runtime(settings, store, model)
    except (ConfigError, StoreError) as error:
        print(f"central: {error}", file=sys.stderr)  # noqa: T201 - there is no log to read yet
        raise


def _check_options(settings: Settings) -> None:
    options.bind(settings)
    found = options.problems(settings)
    if found:
        raise ConfigError("Streamlit", "; ".join(found))


quiet.install()
options.apply()
app = st.App(
    FRAME,
    lifespan=lifespan,
    on_script_error=report_error,
    middleware=[Middleware(Gate, HOUSE, BOOK, Frames(wire.stream_id, wire.is_automatic))],
    routes=[
        Route("/", home),
        Route("/sign-in", _DOORSTEP.sign_in, methods=["GET", "POST"]),
        Route("/sign-out", _DOORSTEP.sign_out, methods=["GET", "POST"]),
        Route("/gate/{name}", asset),
        Route("/livez", _HEALTH.livez),
        Route("/readyz", _HEALTH.readyz),
        Route("/wh/{channel}/{route}", _WEBHOOKS.answer, methods=["GET", "POST"]),
        Route("/live", _LIVE.stream),
        Route(THREAD, _THREADS.thread),
        Route(MORE, _CONTACTS.answer),
        Route(f"{MORE}/{{question}}", _CONTACTS.answer),
        Route(MESSAGE, _THREADS.message),
        Route(RECIPIENTS, _THREADS.recipients),
        Route(CANNED, _CANNED.answer),
        Route(EMOJIS, emojis),
        Route("/runs/results", _DOWNLOADS.results),
        Route("/export/{job}/{part:str}", _EXPORTS.file),
        Route("/attachment", _ATTACHMENTS.upload, methods=["POST"]),
        Route("/attachment/{file}", _ATTACHMENTS.file),
        Route("/analyse/rows", _DOWNLOADS.rows, methods=["POST"]),
        Route(NOTIFICATIONS, _NOTIFICATIONS.send, methods=["POST"]),
        Route(f"{NOTIFICATIONS}/{{number}}", _NOTIFICATIONS.read),
    ],
)
