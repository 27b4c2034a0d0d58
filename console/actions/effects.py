"""Effects: what a channel tells of a message that is already written down, or will be.

Their order does not matter, and neither does how often they are told: the newest reaction of each
author holds, the newest edit, and the delivery state is a function of the set of what was told.
An effect whose message is not here yet is parked and applied when that comes (`settle`).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import ClassVar, Final, Protocol

from console.domain.ids import DAY, Instant
from console.domain.message import Delivery
from console.domain.text import clean
from console.i18n import Text
from console.store import deliveries, effects
from console.store.effects import Target
from console.store.work import Connection

PARKED_FOR: Final = DAY


class Effect(Protocol):
    """One thing told of a message."""

    kind: ClassVar[str]
    title: ClassVar[Text]

    def apply(self, connection: Connection, target: Target, now: Instant) -> None:
        """Make it true of the message; telling it again changes nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Told:
    """A provider's word on a message of ours; `code` and `details` say why it failed."""

    kind: ClassVar = "told"
    title: ClassVar = Text("Registrar entrega", "Record a delivery", "Registrar entrega")

    status: str
    at: Instant
    code: int | None = None
    words: str = ""
    details: str = ""

    def apply(self, connection: Connection, target: Target, now: Instant) -> None:
        """The first instant of each state is kept; reading is an activity of the contact."""
        told = deliveries.Fact(self.status, self.at, self.code, self.words, self.details)
        if not deliveries.add_fact(connection, target.message_id, told):
            return
        deliveries.show(connection, target, now)
        if self.status in {Delivery.READ, Delivery.PLAYED}:
            effects.contact_was_active(connection, target.conversation_id, self.at, now)


@dataclass(frozen=True, slots=True)
class Reacted:
    """An emoji on a message, none when it was taken away."""

    kind: ClassVar = "reacted"
    title: ClassVar = Text("Registrar reação", "Record a reaction", "Registrar reacción")

    author: str
    emoji: str
    at: Instant
    is_ours: bool = False

    def apply(self, connection: Connection, target: Target, now: Instant) -> None:
        """The newest of each author holds."""
        emoji = clean(self.emoji).text
        given = effects.Reaction(self.author, emoji, self.is_ours, self.at)
        if not effects.react(connection, target.message_id, given):
            return
        effects.touch(connection, target, now)
        if not self.is_ours:
            effects.contact_was_active(connection, target.conversation_id, self.at, now)


@dataclass(frozen=True, slots=True)
class Edited:
    """Other words; the first ones are kept."""

    kind: ClassVar = "edited"
    title: ClassVar = Text("Registrar edição", "Record an edit", "Registrar edición")

    text: str
    at: Instant

    def apply(self, connection: Connection, target: Target, now: Instant) -> None:
        """The newest edit holds."""
        effects.edit(connection, target, clean(self.text).text, self.at, now)


@dataclass(frozen=True, slots=True)
class Revoked:
    """Deleted for everyone on WhatsApp; here the words stay for the team."""

    kind: ClassVar = "revoked"
    title: ClassVar = Text("Registrar exclusão", "Record a deletion", "Registrar eliminación")

    at: Instant

    def apply(self, connection: Connection, target: Target, now: Instant) -> None:
        """The first deletion holds."""
        effects.revoke(connection, target, self.at, now)


EFFECTS: Final = (Told, Reacted, Edited, Revoked)
_BY_KIND: Final = {effect.kind: effect for effect in EFFECTS}


def tell(
    connection: Connection, instance_id: int, provider_id: str, effect: Effect, now: Instant
) -> bool:
    """Apply an effect to the message with this provider id, or park it; whether it was applied."""
    target = effects.target_of(connection, instance_id, provider_id)
    if target is None:
        until = now + PARKED_FOR
        effects.park(connection, instance_id, provider_id, to_json(effect), now, until)
        return False
    effect.apply(connection, target, now)
    return True


def settle(connection: Connection, instance_id: int, provider_id: str, now: Instant) -> int:
    """Apply what was parked for a message that has just come; how many effects that were."""
    waiting = effects.take_parked(connection, instance_id, provider_id)
    target = effects.target_of(connection, instance_id, provider_id) if waiting else None
    if target is None:
        return 0
    for text in waiting:
        from_json(text).apply(connection, target, now)
    return len(waiting)


def to_json(effect: Effect) -> str:
    """An effect as it is parked."""
    return json.dumps({"kind": effect.kind, **asdict(effect)})  # type: ignore[call-overload]


def from_json(text: str) -> Effect:
    """A parked effect."""
    values = json.loads(text)
    made: Effect = _BY_KIND[values.pop("kind")](**values)
    return made
