"""The canned replies of a person: for the composer that offers them, and as a file."""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.domain.agent import Right
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.canned import as_file, canned_json
from console.store import people
from console.store.canned import canned_of

_NO_STORE: Final = {"cache-control": "no-store"}
_AS_FILE: Final = {**_NO_STORE, "content-disposition": 'attachment; filename="canned.csv"'}


class Canned:
    """Answers with the texts and the words that are filled in them."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book

    async def answer(self, request: Request) -> Response:
        """`GET /canned`: what whoever asks may use; with `?format=csv`, to take away."""
        visitor: Visitor = request.scope[VISITOR]
        is_file = request.query_params.get("format") == "csv"
        read = partial(_read, self._house.runtime, visitor.agent_id, is_file=is_file)
        return await self._book.in_thread(read)


def _read(runtime: Runtime, agent_id: int, *, is_file: bool) -> Response:
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or not who.may(Right.ANSWER):
            return JSONResponse({"error": "nothing of the kind"}, 404, _NO_STORE)
        if is_file:
            return Response(as_file(canned_of(connection, who)), 200, _AS_FILE, "text/csv")
        return JSONResponse(canned_json(connection, who), 200, _NO_STORE)
