"""Snooze: a conversation rests until an instant, or until the customer writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import DAY, Instant
from console.i18n import Text

LONGEST: Final = 366 * DAY
IN_THE_PAST = Text(
    "Esse momento já passou. Escolha uma data e hora no futuro.",
    "That moment has passed. Choose a date and time in the future.",
    "Ese momento ya pasó. Elige una fecha y hora en el futuro.",
)
TOO_FAR = Text(
    "Uma conversa pode ser adiada por até um ano. Escolha uma data mais próxima.",
    "A conversation can be snoozed for a year at most. Choose a nearer date.",
    "Una conversación puede posponerse hasta un año. Elige una fecha más cercana.",
)
RESOLVED = Text(
    "Uma conversa resolvida não se adia. Reabra antes.",
    "A resolved conversation cannot be snoozed. Reopen it first.",
    "Una conversación resuelta no se pospone. Reábrela antes.",
)
SAME_INSTANT = Text(
    "A conversa já estava adiada até esse momento.",
    "The conversation was snoozed until then already.",
    "La conversación ya estaba pospuesta hasta ese momento.",
)
NOT_SNOOZED = Text(
    "Esta conversa não estava adiada.",
    "This conversation was not snoozed.",
    "Esta conversación no estaba pospuesta.",
)


@dataclass(frozen=True, slots=True)
class Snooze:
    """Let conversations rest until an instant; they stay pending."""

    kind: ClassVar = "snooze"
    title: ClassVar = Text("Adiar", "Snooze", "Posponer")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("status", "snoozed_until_at")

    until_at: Instant

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused for the past, for what is resolved, and when it is so already."""
        del actor
        if self.until_at <= at:
            raise RuleError(IN_THE_PAST)
        if self.until_at > at + LONGEST:
            raise RuleError(TOO_FAR)
        if state.is_resolved:
            raise RuleError(RESOLVED)
        if state.snoozed_until_at == self.until_at:
            raise RuleError(SAME_INSTANT)
        return (Fact(EventKind.SNOOZED, state.snoozed_until_at, self.until_at),)


@dataclass(frozen=True, slots=True)
class Unsnooze:
    """Bring snoozed conversations back now."""

    kind: ClassVar = "unsnooze"
    title: ClassVar = Text("Trazer de volta", "Bring back", "Traer de vuelta")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("snoozed_until_at",)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Refused when it is not snoozed."""
        del actor, at
        if state.snoozed_until_at is None:
            raise RuleError(NOT_SNOOZED)
        return (Fact(EventKind.UNSNOOZED, from_id=state.snoozed_until_at),)
