"""Files for people who are signed in: made while they are sent, never kept."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from console import actions
from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.bulk import BulkRun
from console.domain.errors import RuleError
from console.domain.ids import HOUR, id_floor, new_id, now
from console.exports import formats
from console.exports.formats import Format
from console.exports.make import UNKNOWN
from console.exports.results import results_csv
from console.exports.typed import NAME, typed_csv, typed_file
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.asked import an_id
from console.screens.runs import RESULTS
from console.store import bulk, people

_LOOK_EVERY_S: Final = 0.5
_NO_STORE: Final = {"cache-control": "no-store"}


class Downloads:
    """Results of bulk runs and of typed statements as files."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book

    async def results(self, request: Request) -> Response:
        """`GET /runs/results?run=…` as CSV; 404 for a run that is absent or not yours."""
        visitor: Visitor = request.scope[VISITOR]
        try:
            wanted = an_id(request.query_params.get("run"))
        except RuleError as problem:
            return JSONResponse({"error": problem.text.en}, 400, _NO_STORE)
        self._book.note_activity(visitor)
        read = partial(_read, self._house.runtime, visitor.agent_id, wanted)
        found = await self._book.in_thread(read)
        if found is None:
            return JSONResponse({"error": "no such run"}, 404, _NO_STORE)
        run, who = found
        name = f'attachment; filename="{RESULTS}-{run.id}.csv"'
        return StreamingResponse(
            results_csv(self._house.runtime.store, run, who),
            media_type="text/csv; charset=utf-8",
            headers={**_NO_STORE, "content-disposition": name},
        )

    async def rows(self, request: Request) -> Response:
        """`POST /analyse/rows?format=…` of a statement: all rows, 400 with the sentence.

        CSV comes while it is made; other files are made first, until the browser gives up.
        """
        visitor: Visitor = request.scope[VISITOR]
        token = request.headers.get("x-csrf", "")
        if not secrets.compare_digest(token.encode(), visitor.csrf.encode()):
            return JSONResponse({"error": NOT_ALLOWED.en}, 403, _NO_STORE)
        form = formats.BY_KEY.get(request.query_params.get("format", "csv"))
        if form is None:
            return JSONResponse({"error": UNKNOWN.en}, 400, _NO_STORE)
        statement = (await request.body()).decode("utf-8", "replace")
        self._book.note_activity(visitor)
        stop = threading.Event()
        ask = partial(_typed, self._house.runtime, visitor.agent_id, statement, form, stop)
        work = asyncio.ensure_future(self._book.in_thread(ask))
        try:
            while not (await asyncio.wait({work}, timeout=_LOOK_EVERY_S))[0]:
                if await request.is_disconnected():
                    stop.set()
        finally:
            if not work.done():
                stop.set()
        answer = work.result()
        if isinstance(answer, str):
            return JSONResponse({"error": answer}, 400, _NO_STORE)
        return _file_of(answer, form)


def _file_of(answer: Iterator[str] | Path, form: Format) -> Response:
    name = f"{NAME}.{form.extension}"
    if isinstance(answer, Path):
        gone = BackgroundTask(answer.unlink, missing_ok=True)
        return FileResponse(answer, 200, _NO_STORE, form.media_type, filename=name, background=gone)
    headers = {**_NO_STORE, "content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(answer, media_type=form.media_type, headers=headers)


def _typed(
    runtime: Runtime, agent_id: int, statement: str, form: Format, stop: threading.Event
) -> Iterator[str] | Path | str:
    """The file, or why there is none in the person's language; what was asked is written down."""
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
    if who is None:
        return NOT_ALLOWED.en
    most_rows = runtime.settings.most_rows.get(who.role.value)
    try:
        wish = actions.AskSql.of(statement)
        actions.run(runtime.store, wish, actor=who, at=now(), key=f"rows:{new_id()}")
        if form.key == "csv" and most_rows is None:
            return typed_csv(runtime.model, who, statement)
        path = _place(runtime, form)
        try:
            typed_file(runtime.model, who, statement, form, path, most_rows=most_rows, stop=stop)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    except RuleError as refused:
        return refused.text.in_(who.language)
    return path


def _place(runtime: Runtime, form: Format) -> Path:
    """Where a file waits until it is sent; what a dead process left there goes."""
    folder = runtime.settings.home / "typed"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in folder.iterdir():
        if file.stem.isdecimal() and int(file.stem) < id_floor(now() - HOUR):
            file.unlink(missing_ok=True)
    return folder / f"{new_id()}.{form.extension}"


def _read(runtime: Runtime, agent_id: int, run_id: int) -> tuple[BulkRun, Acting] | None:
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or not who.may(Right.BULK):
            return None
        run = bulk.visible_run(connection, run_id, who)
    return (run, who) if run else None
