"""The threads that make exports and hand over the scheduled ones, and the way to their files."""

from __future__ import annotations

import logging
import time
from functools import partial
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from console.actions import FetchExport, run
from console.actions.export import GONE, USED
from console.domain import ids
from console.domain.agent import Acting, Role
from console.domain.errors import RuleError
from console.domain.export import ExportJob
from console.exports import formats
from console.exports.links import Target, opened
from console.exports.make import manifest_of
from console.exports.runner import Runner, folder_in, path_of
from console.exports.scheduler import Scheduler
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.gateway.beside import Beside
from console.screens.asked import an_id
from console.store import exports
from console.store.work import secret

_TIDY_EVERY_S: Final = 600.0
_NO_STORE: Final = {"cache-control": "no-store"}
_MANIFEST: Final = "manifest"
_log: Final = logging.getLogger(__name__)


class Exporter:
    """One thread that makes the files people asked for and removes old ones.

    Another begins those that come round and hands them over: mail servers may be slow.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._beside = Beside("exporter", self._next)
        self._runner = Runner(
            runtime.store,
            runtime.model,
            folder_of(runtime),
            ids.now,
            lambda: self._beside.is_over,
            runtime.settings,
        )
        self._scheduler = Scheduler(runtime.store, runtime.settings, folder_of(runtime), ids.now)
        self._scheduled = Beside("scheduler", self._round)
        self._tidied_at = 0.0

    def start(self) -> None:
        """Begin; exports that a dead process left behind are made anew."""
        self._beside.start()
        self._scheduled.start()

    def wake(self) -> None:
        """Look for work at once."""
        self._beside.wake()
        self._scheduled.wake()

    def stop(self) -> None:
        """End soon; what is in the making goes back into the queue."""
        self._scheduled.stop()
        self._beside.stop()

    def _round(self) -> bool:
        is_moved = self._scheduler.step()
        if is_moved:
            self._beside.wake()  # a file may be asked for
        return is_moved

    def _next(self) -> bool:
        if not self._tidied_at or time.monotonic() - self._tidied_at >= _TIDY_EVERY_S:
            self._tidied_at = time.monotonic()
            self._runner.tidy()
        return self._runner.step()


class Exports:
    """Finished files, for whoever asked for them."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book

    async def file(self, request: Request) -> Response:
        """`GET /export/<id>/file?token=…`, or `…/manifest`: 404 for others, 410 a second time."""
        visitor: Visitor = request.scope[VISITOR]
        part, token = request.path_params["part"], request.query_params.get("token", "")
        try:
            job_id = an_id(request.path_params["job"])
        except RuleError:
            return _refused(404)
        self._book.note_activity(visitor)
        target = Target(job_id, visitor.agent_id, part)
        found = await self._book.in_thread(partial(_fetch, self._house.runtime, target, token))
        if isinstance(found, int):
            return _refused(found)
        return _answer(folder_of(self._house.runtime), found, part)


def folder_of(runtime: Runtime) -> Path:
    """Where finished files wait."""
    return folder_in(runtime.settings.home)


def _fetch(runtime: Runtime, target: Target, token: str) -> ExportJob | int:
    """The job whose file may be taken now, or the status of the refusal."""
    with runtime.store.read() as connection:
        link = opened(token, target, secret(connection))
        job = exports.find_job(connection, target.job_id)
    if link is None or job is None:
        return 404
    nonce, until = link
    if ids.now() >= until or not path_of(folder_of(runtime), job).exists():
        return 410
    who = Acting(target.agent_id, "", Role.AGENT)  # `run` reads what the person is today
    wish = FetchExport(target.job_id, nonce)
    try:
        run(runtime.store, wish, actor=who, at=ids.now(), key=f"fetch:{ids.new_id()}")
    except RuleError as refusal:
        return 410 if refusal.text in (GONE, USED) else 404
    return job


def _answer(folder: Path, job: ExportJob, part: str) -> Response:
    form = formats.BY_KEY[job.format]
    path, name = path_of(folder, job), f"central-{job.grain}-{job.id}.{form.extension}"
    if part == _MANIFEST:
        path, name = manifest_of(path), manifest_of(Path(name)).name
    media_type = "application/json" if part == _MANIFEST else form.media_type
    return FileResponse(
        path,
        media_type=media_type,
        filename=name,
        headers=_NO_STORE,
    )


def _refused(status: int) -> Response:
    words = {404: "no such export", 410: "this link was used or has expired"}[status]
    return JSONResponse({"error": words}, status, _NO_STORE)
