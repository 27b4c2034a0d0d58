"""Files for people who are signed in: results of bulk runs, and rows of typed statements."""

from __future__ import annotations

import asyncio
import json
import secrets
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.bulk import BulkRun
from console.domain.errors import RuleError
from console.domain.ids import now
from console.exports import formats
from console.exports.limits import LONGEST_REASON, UNTOLD
from console.exports.make import UNKNOWN
from console.exports.results import results_csv
from console.exports.typed import Typed
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.asked import an_id
from console.screens.runs import RESULTS
from console.screens.taken import make_typed
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
        """`POST /analyse/rows?format=…` of `{"sql": …, "reason": …}`: all rows as an export.

        The answer has the link to the file; 409 asks what the rows are for, 400 has the sentence.
        Giving up the request ends it.
        """
        visitor: Visitor = request.scope[VISITOR]
        token = request.headers.get("x-csrf", "")
        if not secrets.compare_digest(token.encode(), visitor.csrf.encode()):
            return JSONResponse({"error": NOT_ALLOWED.en}, 403, _NO_STORE)
        typed = _wish(await request.body(), request.query_params.get("format", "csv"))
        if typed is None:
            return JSONResponse({"error": UNKNOWN.en}, 400, _NO_STORE)
        self._book.note_activity(visitor)
        ask = partial(_typed, self._house.runtime, visitor.agent_id, typed)
        work = asyncio.ensure_future(self._book.in_thread(ask))
        try:
            while not (await asyncio.wait({work}, timeout=_LOOK_EVERY_S))[0]:
                if await request.is_disconnected():
                    typed.stop.set()
        finally:
            if not work.done():
                typed.stop.set()
        return work.result()


def _wish(body: bytes, form_key: str) -> Typed | None:
    """What is wanted, None for what has another shape (anybody can send)."""
    try:
        told = json.loads(body)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    statement, reason = told.get("sql"), told.get("reason", "")
    form = formats.BY_KEY.get(form_key)
    if form is None or not isinstance(statement, str) or not isinstance(reason, str):
        return None
    return Typed(statement, form, reason[:LONGEST_REASON])


def _typed(
    runtime: Runtime,
    agent_id: int,
    typed: Typed,
) -> Response:
    """The link to the file, or why there is none in the person's language."""
    store, model, settings = runtime.store, runtime.model, runtime.settings
    with store.read() as connection:
        who = people.acting(connection, agent_id)
    if who is None:
        return JSONResponse({"error": NOT_ALLOWED.en}, 400, _NO_STORE)
    try:
        line = make_typed(store, model, settings, who, typed, now())
    except RuleError as refused:
        is_untold = refused.text == UNTOLD.with_(n=settings.export_reason_rows)
        told = {"error": refused.text.in_(who.language)}
        return JSONResponse(told, 409 if is_untold else 400, _NO_STORE)
    return JSONResponse({"file": line.file}, 200, _NO_STORE)


def _read(runtime: Runtime, agent_id: int, run_id: int) -> tuple[BulkRun, Acting] | None:
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or not who.may(Right.BULK):
            return None
        run = bulk.visible_run(connection, run_id, who)
    return (run, who) if run else None
