"""Files for people who are signed in: made while they are sent, never kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from console import actions
from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.bulk import BulkRun
from console.domain.errors import RuleError
from console.domain.ids import new_id, now
from console.exports.results import results_csv
from console.exports.typed import typed_csv
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.asked import an_id
from console.screens.runs import RESULTS
from console.store import bulk, people

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
        """`POST /analyse/rows` of a statement: all rows as CSV, 400 with the sentence."""
        visitor: Visitor = request.scope[VISITOR]
        token = request.headers.get("x-csrf", "")
        if not secrets.compare_digest(token.encode(), visitor.csrf.encode()):
            return JSONResponse({"error": NOT_ALLOWED.en}, 403, _NO_STORE)
        statement = (await request.body()).decode("utf-8", "replace")
        self._book.note_activity(visitor)
        ask = partial(_typed, self._house.runtime, visitor.agent_id, statement)
        answer = await self._book.in_thread(ask)
        if isinstance(answer, str):
            return JSONResponse({"error": answer}, 400, _NO_STORE)
        return StreamingResponse(
            answer,
            media_type="text/csv; charset=utf-8",
            headers={**_NO_STORE, "content-disposition": 'attachment; filename="analise.csv"'},
        )


def _typed(runtime: Runtime, agent_id: int, statement: str) -> Iterator[str] | str:
    """The file, or why there is none in the person's language; what was asked is written down."""
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
    if who is None:
        return NOT_ALLOWED.en
    try:
        wish = actions.AskSql.of(statement)
        actions.run(runtime.store, wish, actor=who, at=now(), key=f"rows:{new_id()}")
        return typed_csv(runtime.model, who, statement)
    except RuleError as refused:
        return refused.text.in_(who.language)


def _read(runtime: Runtime, agent_id: int, run_id: int) -> tuple[BulkRun, Acting] | None:
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or not who.may(Right.BULK):
            return None
        run = bulk.visible_run(connection, run_id, who)
    return (run, who) if run else None
