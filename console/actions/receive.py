"""Receive: a customer's message arrives; a resolved conversation becomes pending again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts, Words
from console.actions.open import found_or_new
from console.actions.reopen import reopened
from console.domain.agent import Acting, Right
from console.domain.contact import Address
from console.domain.conversation import Conversation
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.domain.message import Delivery, Direction
from console.domain.text import clean
from console.i18n import Text
from console.store.identity import contact_of
from console.store.incoming import Incoming
from console.store.work import Connection


@dataclass(frozen=True, slots=True)
class Receive:
    """Write down what the channel brought; the contact is the actor of all that follows.

    `also` are further addresses that the same item gives the same person. `written_at` is the
    provider's clock, None for now; later than now counts as now. `author` is who wrote in a group.
    """

    kind: ClassVar = "receive"
    title: ClassVar = Text("Receber", "Receive", "Recibir")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = False
    reads: ClassVar[tuple[str, ...]] = ()

    instance_id: int
    address: Address
    name: str
    text: str
    provider_id: str | None = None
    message_kind: str = "text"
    also: tuple[Address, ...] = ()
    written_at: Instant | None = None
    author: str | None = None
    quoted: str | None = None
    is_forwarded: bool = False
    content: str | None = None
    file: Incoming | None = None

    def place(self, connection: Connection, actor: Acting, at: Instant) -> list[Conversation]:
        """The conversation of whoever uses the address; both are made when unknown."""
        del actor
        return [place_of(connection, self, at)]

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Opening or reopening comes before the message."""
        del actor
        written_at = written(self, at)
        words = words_of(self, Direction.IN, written_at)
        received = Fact(EventKind.RECEIVED, words=words, at=written_at)
        if state.is_new:
            return (Fact(EventKind.OPENED, to_id=state.contact_id, at=written_at), received)
        return (reopened(state), received) if state.is_resolved else (received,)


@dataclass(frozen=True, slots=True)
class Echo(Receive):
    """A message of ours that was written on the phone or in another program, not here."""

    kind: ClassVar = "echo"
    title: ClassVar = Text("Registrar envio", "Record a sending", "Registrar envío")

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """It answers the customer; a resolved conversation stays resolved."""
        del actor
        written_at = written(self, at)
        words = words_of(self, Direction.OUT, written_at)
        sent = Fact(EventKind.REPLIED, words=words, at=written_at)
        if state.is_new:
            return (Fact(EventKind.OPENED, to_id=state.contact_id, at=written_at), sent)
        return (sent,)


def written(wish: Receive, at: Instant) -> Instant:
    """When it was written: a provider's clock that is ahead of ours is not believed."""
    return at if wish.written_at is None else min(wish.written_at, at)


def place_of(connection: Connection, wish: Receive, at: Instant) -> Conversation:
    """The newest conversation with whoever has the addresses, locked, or a blank one."""
    name = clean(wish.name).text
    contact_id = contact_of(connection, (wish.address, *wish.also), name, at)
    return found_or_new(connection, wish.instance_id, contact_id)


def words_of(wish: Receive, direction: Direction, written_at: Instant) -> Words:
    """The message a wish tells of."""
    is_ours = direction is Direction.OUT
    return Words(
        direction,
        wish.text,
        wish.message_kind,
        wish.provider_id,
        wish.author or ("" if is_ours else wish.name),
        at=written_at,
        delivery=Delivery.SENT if is_ours else None,
        quoted=wish.quoted,
        is_forwarded=wish.is_forwarded,
        content=wish.content,
        file=wish.file,
    )
