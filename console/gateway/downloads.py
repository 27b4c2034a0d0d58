"""Files for people who are signed in: made while they are sent, never kept."""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from console.domain.agent import Acting, Right
from console.domain.bulk import BulkRun
from console.domain.errors import RuleError
from console.exports.results import results_csv
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.asked import an_id
from console.screens.runs import RESULTS
from console.store import bulk, people

_NO_STORE: Final = {"cache-control": "no-store"}


class Downloads:
    """Results of bulk runs as files."""

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


def _read(runtime: Runtime, agent_id: int, run_id: int) -> tuple[BulkRun, Acting] | None:
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or not who.may(Right.BULK):
            return None
        run = bulk.visible_run(connection, run_id, who)
    return (run, who) if run else None
