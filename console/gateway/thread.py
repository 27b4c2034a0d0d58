"""One conversation for the browser that opens it, without a run of the whole page."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.domain.errors import RuleError
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.asked import an_id
from console.screens.choice import Choice
from console.screens.directory import directory
from console.screens.inbox import opened
from console.store import people

_NO_STORE = {"cache-control": "no-store"}


class Threads:
    """Answers what the inbox's own build would say of one conversation."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book

    async def thread(self, request: Request) -> Response:
        """`GET /thread?conversation=…`: its end and its contact, 404 for absent and not yours."""
        visitor: Visitor = request.scope[VISITOR]
        try:
            wanted = an_id(request.query_params.get("conversation"))
        except RuleError as problem:
            return JSONResponse({"error": problem.text.en}, 400, _NO_STORE)
        self._book.note_activity(visitor)
        read = partial(_read, self._house.runtime, visitor.agent_id, wanted)
        answer = await self._book.in_thread(read)
        is_found = answer is not None
        return JSONResponse(
            answer or {"error": "no such conversation"}, 200 if is_found else 404, _NO_STORE
        )


def _read(runtime: Runtime, agent_id: int, wanted: int) -> dict[str, Any] | None:
    """The thread and the contact, None when there is nothing for this person to see."""
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None:
            return None
        known = directory(connection, runtime.model)
        answer = opened(connection, known, who, Choice(conversation=wanted))
    return answer if answer["contact"] else None
