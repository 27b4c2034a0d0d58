"""One conversation, one message, or people to forward to, without a run of the whole page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.domain import ids
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens.about_message import about
from console.screens.asked import an_id, an_id_or_none
from console.screens.choice import Choice
from console.screens.directory import directory
from console.screens.forwarding import LONGEST_SEARCH, recipients
from console.screens.inbox import opened
from console.store import people
from console.store.work import Connection

_NO_STORE: Final = {"cache-control": "no-store"}
_ABSENT: Final = {"error": "not found"}
Json = dict[str, Any]


class Threads:
    """Answers what the inbox's own build would say; 404 for absent and not yours."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book

    async def thread(self, request: Request) -> Response:
        """`GET /thread?conversation=…`: its end, or where `message` is, and its contact."""
        try:
            wanted = an_id(request.query_params.get("conversation"))
            focus = an_id_or_none(request.query_params.get("message"))
        except RuleError as problem:
            return _nonsense(problem)
        choice = Choice(conversation=wanted, focus=focus)
        return await self._answer(request, partial(_thread, self._house.runtime, choice))

    async def message(self, request: Request) -> Response:
        """`GET /message?id=…`: whose it is, its beginning, and its way to the customer."""
        try:
            wanted = an_id(request.query_params.get("id"))
        except RuleError as problem:
            return _nonsense(problem)
        return await self._answer(request, partial(_message, self._house.runtime, wanted))

    async def recipients(self, request: Request) -> Response:
        """`GET /recipients?search=…`: to whom somebody who may write can forward a message."""
        wanted = request.query_params.get("search", "")[:LONGEST_SEARCH]
        return await self._answer(request, partial(_recipients, self._house.runtime, wanted))

    async def _answer(
        self, request: Request, read: Callable[[Connection, Acting], Json | None]
    ) -> Response:
        visitor: Visitor = request.scope[VISITOR]
        self._book.note_activity(visitor)
        found = await self._book.in_thread(
            partial(_read, self._house.runtime, visitor.agent_id, read)
        )
        return JSONResponse(found or _ABSENT, 404 if found is None else 200, _NO_STORE)


def _nonsense(problem: RuleError) -> Response:
    return JSONResponse({"error": problem.text.en}, 400, _NO_STORE)


def _read(
    runtime: Runtime, agent_id: int, read: Callable[[Connection, Acting], Json | None]
) -> Json | None:
    """What one person is answered from one snapshot; None when their account has ended."""
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        return read(connection, who) if who else None


def _thread(runtime: Runtime, choice: Choice, connection: Connection, who: Acting) -> Json | None:
    """The thread and the contact, None when there is nothing for this person to see."""
    answer = opened(connection, directory(connection, runtime.model), who, choice)
    return answer if answer["contact"] else None


def _message(runtime: Runtime, wanted: int, connection: Connection, who: Acting) -> Json | None:
    return about(connection, wanted, directory(connection, runtime.model), who)


def _recipients(runtime: Runtime, wanted: str, connection: Connection, who: Acting) -> Json | None:
    if not who.may(Right.ANSWER):
        return None
    return {"rows": recipients(connection, runtime.model, who, wanted, ids.now())}
