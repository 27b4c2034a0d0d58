"""Replay: recorded bodies go the way of webhooks once more, and each line says what became of it.

Whoever replays vouches for the bodies: signatures are not asked for, because a recording may hold
a body as an object, and then its bytes are not the ones that were signed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from console.channels import open_channel
from console.channels.base import Account
from console.domain import ids
from console.gateway.inbound import Inbound
from console.gateway.linked import Linked, Links
from console.gateway.translate import Result
from console.gateway.webhooks import body_of
from console.i18n import Text
from console.store import raw
from console.store.work import Store

NOT_JSON: Final = Text(
    "A linha não é um objeto JSON com “body”.",
    "The line is no JSON object with a “body”.",
    "La línea no es un objeto JSON con “body”.",
)
NEW, KNOWN, FAILED, REFUSED = "new", "known", "failed", "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one line: `results` counts its facts by what was done about them."""

    number: int
    became: str
    results: Mapping[str, int] = field(default_factory=dict)
    problem: Text | None = None

    @property
    def document(self) -> dict[str, object]:
        """The line as programs read it."""
        counts = {result.value: self.results.get(result.value, 0) for result in Result}
        facts = {"facts": sum(counts.values()), **counts}
        problem = self.problem.en if self.problem else None
        return {"line": self.number, "became": self.became, **facts, "problem": problem}


class Replay:
    """Replays lines for one instance; an instance that is not linked reads them by their shape."""

    def __init__(self, store: Store, links: Links, instance_id: int) -> None:
        self._store, self._instance_id = store, instance_id
        self._linked = links.by_id(instance_id)
        self._inbound = Inbound(store, links)
        self._shapes: dict[str, Linked] = {}

    def lines(self, lines: Iterable[str]) -> Iterator[Line]:
        """Replay each line that is not blank; gives what became of it."""
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield self._line(number, line)

    def _line(self, number: int, line: str) -> Line:
        read = _recorded(line)
        if read is None:
            return Line(number, REFUSED, problem=NOT_JSON)
        headers, body = read
        now = ids.now()
        linked = self._linked or self._shape(body)
        kept = body_of(linked, headers, body, now)
        claimed = self._store.write(lambda connection: raw.keep_claimed(connection, kept))
        if claimed is None:
            return Line(number, KNOWN)
        results, problem = self._inbound.work(linked, claimed)
        counts = Counter(result.value for result in results)
        words = Text(problem, problem, problem) if problem else None
        return Line(number, FAILED if problem else NEW, counts, words)

    def _shape(self, body: bytes) -> Linked:
        """How to read a body of an instance that is linked to nothing."""
        name = "evolution" if _is_evolution(body) else "cloud"
        if name not in self._shapes:
            channel = open_channel(name, Account("", "https://localhost"))
            self._shapes[name] = Linked(self._instance_id, "", channel)
        return self._shapes[name]


def _recorded(line: str) -> tuple[dict[str, str], bytes] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or "body" not in entry:
        return None
    given = entry.get("headers")
    headers = given if isinstance(given, dict) else {}
    named = {str(name).lower(): str(value) for name, value in headers.items()}
    return named, _bytes(entry["body"])


def _bytes(body: Any) -> bytes:
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def _is_evolution(body: bytes) -> bool:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "event" in found and "object" not in found
