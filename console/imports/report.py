"""What an import did, or would do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from console.i18n import Text

MOST_LISTED: Final = 1_000  # refused lines named one by one; all are counted


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that did not go in, and why."""

    line: int
    reason: Text


@dataclass(slots=True)
class Report:
    """Counts of an import, filled while it runs.

    `read` counts lines that were not empty: each is a new conversation, a known one (which may
    have got new messages), or refused.
    """

    is_dry_run: bool
    read: int = 0
    new: int = 0
    known: int = 0
    refused_n: int = 0
    messages_new: int = 0
    messages_known: int = 0
    contacts_new: int = 0
    agents_new: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, line: int, reason: Text) -> None:
        """Count a refused line, and list it while there is room."""
        self.refused_n += 1
        if len(self.refused) < MOST_LISTED:
            self.refused.append(Refusal(line, reason))

    @property
    def summary(self) -> Text:
        """One sentence for people."""
        return _SUMMARY[self.is_dry_run].with_(
            read=self.read,
            new=self.new,
            known=self.known,
            refused=self.refused_n,
            messages=self.messages_new,
        )


_SUMMARY: Final = {
    False: Text(
        "{read} linhas lidas: {new} conversas novas, {known} já conhecidas, {refused} recusadas;"
        " {messages} mensagens novas.",
        "{read} lines read: {new} new conversations, {known} known, {refused} refused;"
        " {messages} new messages.",
        "{read} líneas leídas: {new} conversaciones nuevas, {known} ya conocidas, {refused}"
        " rechazadas; {messages} mensajes nuevos.",
    ),
    True: Text(
        "Ensaio, nada foi gravado. {read} linhas lidas: {new} conversas seriam novas, {known} já"
        " conhecidas, {refused} recusadas; {messages} mensagens seriam novas.",
        "Dry run, nothing was written. {read} lines read: {new} conversations would be new,"
        " {known} known, {refused} refused; {messages} messages would be new.",
        "Ensayo, no se grabó nada. {read} líneas leídas: {new} conversaciones serían nuevas,"
        " {known} ya conocidas, {refused} rechazadas; {messages} mensajes serían nuevos.",
    ),
}
