"""What became of each row of a bulk run, as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from console.domain.agent import Acting
from console.domain.bulk import BulkRun
from console.exports.comma import lines
from console.i18n import Text
from console.store import bulk
from console.store.bulk import Result
from console.store.work import Store

_PART: Final = 10_000
_HEAD: Final = (
    Text("conversa", "conversation", "conversacion"),
    Text("resultado", "result", "resultado"),
    Text("motivo", "reason", "motivo"),
)


def results_csv(store: Store, run: BulkRun, who: Acting) -> Iterator[str]:
    """The file in parts; the rows that the person may see, in their order."""
    language = who.language
    head = [text.in_(language) for text in _HEAD]
    written = lines(head, (_cells(one, language) for one in _results(store, run, who)))
    return iter(lambda: "".join(islice(written, _PART)), "")


def _results(store: Store, run: BulkRun, who: Acting) -> Iterator[Result]:
    done = 0
    while True:
        with store.read() as connection:
            found = bulk.results(connection, run, who, limit=_PART, offset=done)
        yield from found
        done += len(found)
        if len(found) < _PART:
            return


def _cells(one: Result, language: str) -> tuple[str, str, str]:
    reason = one.reason.in_(language) if one.reason else ""
    return str(one.conversation_id), one.result.value, reason
