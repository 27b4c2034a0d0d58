"""Fetch a file again: somebody wants one that its provider had not given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Recorded
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store.attachments import ask_again, find_file
from console.store.work import Connection

NOT_FAILED: Final = Text(
    "Este arquivo não está à espera de outra tentativa.",
    "This file does not wait for another try.",
    "Este archivo no espera otro intento.",
)


@dataclass(frozen=True, slots=True)
class FetchFile:
    """Ask the provider once more for the file of a message."""

    kind: ClassVar = "fetch_file"
    title: ClassVar = Text("Buscar arquivo de novo", "Fetch file again", "Buscar archivo de nuevo")
    right: ClassVar = Right.ANSWER

    file_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for a file out of one's scope, and for one that has not failed."""
        file = find_file(connection, self.file_id, actor.scope)
        if file is None or not ask_again(connection, file, at):
            raise RuleError(NOT_FAILED)
        return Recorded(EventKind.FILE_ASKED, "media", file.id)
