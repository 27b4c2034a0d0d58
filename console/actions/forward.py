"""Forward: the words or the file of one message go to other people, a new message for each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final

from console.actions.base import MESSAGE_NOT_FOUND, Fact, Facts
from console.actions.copying import check_window, copied, read_original
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Direction
from console.i18n import Text
from console.store.originals import Original
from console.store.work import Connection

MOST_RECIPIENTS: Final = 20
NOT_FORWARDED: Final = Text(
    "Notas internas e registros não saem da equipe: só mensagens podem ser encaminhadas.",
    "Internal notes and records stay in the team: only messages can be forwarded.",
    "Las notas internas y los registros quedan en el equipo: solo se reenvían mensajes.",
)


@dataclass(frozen=True, slots=True)
class Forward:
    """Send what a message says, and its file, into other conversations.

    Neither reactions nor what it answered go along, nor the name of whoever wrote it.
    """

    kind: ClassVar = "forward"
    title: ClassVar = Text("Encaminhar", "Forward", "Reenviar a otros")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("inbound_at",)

    message_id: int
    found: Original | None = field(repr=False, default=None)  # read by `run`

    def read(self, connection: Connection, actor: Acting) -> Forward:
        """With the message; refused for one that the person may not see."""
        return replace(self, found=read_original(connection, self.message_id, actor))

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused for notes, closed windows of the recipient, and files that are not here."""
        del actor
        found = self.found
        if found is None:
            raise RuleError(MESSAGE_NOT_FOUND)
        if found.message.direction not in {Direction.IN, Direction.OUT}:
            raise RuleError(NOT_FORWARDED)
        check_window(found, state, at)
        words = replace(copied(found), is_forwarded=True, forwarded_from=self.message_id)
        return (Fact(EventKind.REPLIED, words=words),)
