"""Ask in SQL: what is read is written down, without its words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Recorded
from console.domain.agent import Acting, Right
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store.work import Connection

_DIGEST_BYTES = 7  # of an id that fits into 63 bits


@dataclass(frozen=True, slots=True)
class AskSql:
    """Note that somebody ran a statement: its digest, never its words, which may name customers."""

    kind: ClassVar = "ask_sql"
    title: ClassVar = Text("Consultar em SQL", "Ask in SQL", "Consultar en SQL")
    right: ClassVar = Right.ANALYSE

    digest: int

    @classmethod
    def of(cls, statement: str) -> AskSql:
        """The wish to run this statement; equal statements have equal digests."""
        digest = hashlib.sha256(statement.encode("utf-8", "replace")).digest()
        return cls(int.from_bytes(digest[:_DIGEST_BYTES], "big"))

    def record(self, _connection: Connection, _actor: Acting, _at: Instant) -> Recorded:
        """Never refused to somebody who has the right."""
        return Recorded(EventKind.QUERIED, "query", self.digest)
