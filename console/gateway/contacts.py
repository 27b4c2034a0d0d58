"""Questions of the inbox about contacts, each at its own address, without a run of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.gate.door import VISITOR
from console.gate.runtime import House, Runtime
from console.gate.visitors import Visitor, VisitorBook
from console.screens import contact_cards, new_contact
from console.screens.asked import an_id, text
from console.screens.contact_more import more
from console.screens.directory import directory
from console.screens.inbox import seen_by
from console.store import people
from console.store.work import Connection

_NO_STORE: Final = {"cache-control": "no-store"}
_LONGEST: Final = 100
Asked = Mapping[str, str]
Answer = Any


class Contacts:
    """Answers for the person whose session asks, with the rights that they have now."""

    def __init__(self, house: House, book: VisitorBook) -> None:
        self._house = house
        self._book = book

    async def answer(self, request: Request) -> Response:
        """`GET /contact` and below: 400 with the reason for what is refused, 404 for nothing."""
        question = _QUESTIONS.get(request.path_params.get("question", ""))
        visitor: Visitor = request.scope[VISITOR]
        self._book.note_activity(visitor)
        asked = dict(request.query_params)
        read = partial(_read, self._house.runtime, visitor.agent_id, question, asked)
        status, answer = await self._book.in_thread(read)
        return JSONResponse(answer, status, _NO_STORE)


def _read(
    runtime: Runtime, agent_id: int, question: Question | None, asked: Asked
) -> tuple[int, Answer]:
    """The answer and its status; what one may not see is answered like what does not exist."""
    with runtime.store.read() as connection:
        who = people.acting(connection, agent_id)
        if who is None or question is None:
            return 404, {"error": "nothing here"}
        try:
            answer = question(runtime, connection, who, asked)
        except RuleError as problem:
            return 400, {"error": problem.text.in_(who.language)}
    return (404, {"error": "nothing here"}) if answer is None else (200, answer)


def _more(runtime: Runtime, connection: Connection, who: Acting, asked: Asked) -> Answer:
    seen = seen_by(connection, who, an_id(asked.get("conversation")))
    if seen is None:
        return None
    return more(connection, directory(connection, runtime.model), who, seen.conversation)


def _found(_: Runtime, connection: Connection, who: Acting, asked: Asked) -> Answer:
    wanted, without = text(asked, "wanted", _LONGEST), an_id(asked.get("without"))
    return {"cards": contact_cards.found(connection, who, wanted, without)}


def _preview(_: Runtime, connection: Connection, who: Acting, asked: Asked) -> Answer:
    kept, gone = an_id(asked.get("kept")), an_id(asked.get("gone"))
    return contact_cards.preview(connection, who, kept, gone)


def _number(_: Runtime, connection: Connection, who: Acting, asked: Asked) -> Answer:
    contact_cards.check_contacts(who)
    return new_contact.checked(
        connection, who, text(asked, "text", _LONGEST), text(asked, "country", 2)
    )


def _countries(_: Runtime, __: Connection, who: Acting, ___: Asked) -> Answer:
    return {"countries": new_contact.countries(who.language)}


Question = Callable[[Runtime, Connection, Acting, Asked], Answer]
_QUESTIONS: Final[Mapping[str, Question]] = {
    "": _more,
    "found": _found,
    "preview": _preview,
    "number": _number,
    "countries": _countries,
}
