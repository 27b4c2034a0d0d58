"""Taking a run back: each row gets its old values by a fact of its own.

Rows that anybody touched since are left alone. Messages that still wait in the outbox are
withdrawn; those on their way cannot be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import CHANGED, ContactCommand, Fact, Facts, Outcome
from console.actions.block import Block, Unblock
from console.actions.bulk import BulkCommand
from console.actions.carry import Work, carry_out
from console.actions.note import Note
from console.actions.reply import Reply
from console.domain.agent import Acting, Right
from console.domain.bulk import BulkRow, BulkRun
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store import withdraw
from console.store.rows import load_conversations

TOUCHED: Final = Text(
    "Alguém mexeu nesta conversa depois; ficou como está.",
    "Somebody touched this conversation since; it was left as it is.",
    "Alguien tocó esta conversación después; quedó como está.",
)
ON_ITS_WAY: Final = Text(
    "A mensagem já saiu da fila de envio; não dá para retirá-la.",
    "The message has left the outbox; it cannot be withdrawn.",
    "El mensaje ya salió de la cola de envío; no se puede retirar.",
)
WRITING: Final = (Reply, Note)
"""What is taken back by withdrawing words, as long as no channel has them."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Give conversations the values they had; `was` and `sent` are by conversation."""

    kind: ClassVar = "take_back"
    title: ClassVar = Text("Desfazer", "Undo", "Deshacer")
    right: ClassVar = Right.BULK
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ("label_ids",)

    run_id: int
    was: Mapping[int, str | None]
    sent: frozenset[int]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when a message of the run is on its way."""
        del actor, at
        if state.id in self.sent:
            raise RuleError(ON_ITS_WAY)
        return (Fact(EventKind.UNDONE, to_id=self.run_id, restored=self.was[state.id]),)


def take_back(
    work: Work, original: BulkRun, command: BulkCommand, rows: Sequence[BulkRow]
) -> Outcome:
    """Take these rows of a run back."""
    if isinstance(command, ContactCommand):
        return _opposite(work, original, command, rows)
    ids = [row.conversation_id for row in rows]
    has_words = isinstance(command, WRITING)
    messages = withdraw.messages_of_run(work.connection, original.id, ids) if has_words else []
    wish = TakeBack(
        original.id,
        {row.conversation_id: row.was for row in rows},
        frozenset(m.conversation_id for m in messages if not m.is_held),
    )
    carry_out(work, wish, ids, {row.conversation_id: row.version for row in rows})
    done = frozenset(work.done)
    held = [m.id for m in messages if m.conversation_id in done]
    withdraw.withdraw(work.connection, held, work.at)
    return _told(work.outcome())


def _told(outcome: Outcome) -> Outcome:
    """A row that moved on was not refused by a rule: it is left to whoever moved it."""
    refused = {i: TOUCHED if t == CHANGED else t for i, t in outcome.refused.items()}
    return Outcome(outcome.done, refused)


def _opposite(
    work: Work, original: BulkRun, command: ContactCommand, rows: Sequence[BulkRow]
) -> Outcome:
    """What a run did to contacts is taken back where it was the last to do so.

    What an earlier chunk took back is taken back for its later rows too.
    """
    states = load_conversations(work.connection, [row.conversation_id for row in rows])
    contacts = sorted({state.contact_id for state in states})
    last = withdraw.last_blocking_runs(work.connection, contacts)
    ours = [i for i in contacts if last.get(i) == original.id]
    carry_out(work, Unblock() if isinstance(command, Block) else Block(), ours, {})
    done = {i for i in contacts if last.get(i) == work.bulk_id}.union(work.done)
    return Outcome(
        tuple(s.id for s in states if s.contact_id in done),
        {s.id: work.refused.get(s.contact_id, TOUCHED) for s in states if s.contact_id not in done},
    )
