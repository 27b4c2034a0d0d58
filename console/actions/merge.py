"""Merge: say that two contacts are one person, take it back, or say that they are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import CONTACT_NOT_FOUND, Recorded
from console.domain.agent import Acting, Right
from console.domain.contact import Contact
from console.domain.errors import RuleError
from console.domain.events import Event, EventKind
from console.domain.ids import Instant, new_id
from console.i18n import Text
from console.store import merges
from console.store.contacts import has_hidden_conversations, visible_contacts
from console.store.merges import Merge
from console.store.rows import load_contacts
from console.store.work import Connection

SAME = Text(
    "Escolha dois contatos diferentes.",
    "Choose two different contacts.",
    "Elige dos contactos distintos.",
)
IS_GROUP = Text(
    "Um grupo não é uma pessoa: ele não pode ser unido a um contato.",
    "A group is not a person: it cannot be merged with a contact.",
    "Un grupo no es una persona: no se puede unir a un contacto.",
)
BEYOND = Text(
    "Há conversas destes contatos que você não vê. Peça a uma pessoa da supervisão.",
    "There are conversations of these contacts that you may not see. Ask a supervisor.",
    "Hay conversaciones de estos contactos que no ves. Pídelo a una persona de supervisión.",
)
ALREADY_PARTED = Text(
    "Estes contatos já foram separados.",
    "These contacts were separated already.",
    "Estos contactos ya fueron separados.",
)
LATER_FIRST = Text(
    "Este contato foi unido a outro depois. Separe primeiro a união mais recente.",
    "This contact was merged into another one later. Separate the latest merge first.",
    "Este contacto se unió a otro después. Separa primero la unión más reciente.",
)


@dataclass(frozen=True, slots=True)
class MergeContacts:
    """Say that two contacts are one person: `kept_id` has everything of `gone_id` from now on."""

    kind: ClassVar = "merge_contacts"
    title: ClassVar = Text("Unir contatos", "Merge contacts", "Unir contactos")
    right: ClassVar = Right.MERGE

    kept_id: int
    gone_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for groups, and for conversations that the person may not see."""
        pair = (self.kept_id, self.gone_id)
        merges.lock(connection, pair)
        check_merge(connection, actor, *pair)
        made = merges.join(connection, *pair, at, merges.BY_HAND)
        told = _event(EventKind.CONTACTS_MERGED, actor, at, pair, made)
        return Recorded(told.kind, "contact", self.kept_id, (told,), made)


@dataclass(frozen=True, slots=True)
class PartContacts:
    """Reverse a merge, also one that a provider brought about."""

    kind: ClassVar = "part_contacts"
    title: ClassVar = Text("Separar contatos", "Separate contacts", "Separar contactos")
    right: ClassVar = Right.MERGE

    merge_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused when it was reversed already, and while a later merge holds."""
        merge = merges.find_merge(connection, self.merge_id, lock=True)
        if merge is None:
            raise RuleError(ALREADY_PARTED)
        if merge.kept_id in merges.gone_among(connection, [merge.kept_id]):
            raise RuleError(LATER_FIRST)
        _check_seen(connection, actor, [merge.kept_id])
        merges.part(connection, merge, at)
        return Recorded(
            EventKind.CONTACTS_PARTED, "contact", merge.kept_id, _parted(merge, actor, at)
        )


@dataclass(frozen=True, slots=True)
class KeepApart:
    """Say that two contacts, alike as they are, are not one person: nobody is asked again."""

    kind: ClassVar = "keep_apart"
    title: ClassVar = Text("Não é a mesma pessoa", "Not the same person", "No es la misma persona")
    right: ClassVar = Right.MERGE

    contact_id: int
    other_id: int

    def record(self, connection: Connection, actor: Acting, at: Instant) -> Recorded:
        """Refused for contacts that the person may not see."""
        if self.contact_id == self.other_id:
            raise RuleError(SAME)
        _check_seen(connection, actor, [self.contact_id, self.other_id])
        kind = EventKind.CONTACTS_KEPT_APART
        told = _event(kind, actor, at, (self.contact_id, self.other_id))
        return Recorded(kind, "contact", self.contact_id, (told,))


def check_merge(connection: Connection, actor: Acting, kept_id: int, gone_id: int) -> None:
    """Raises RuleError when these two may not be made one by this person."""
    if kept_id == gone_id:
        raise RuleError(SAME)
    _check_seen(connection, actor, [kept_id, gone_id])
    if any(map(is_group, load_contacts(connection, [kept_id, gone_id]))):
        raise RuleError(IS_GROUP)


def is_group(contact: Contact) -> bool:
    """Whether several people write under this contact."""
    return any(address.kind == "group" for address in contact.addresses)


def _check_seen(connection: Connection, actor: Acting, ids: Sequence[int]) -> None:
    known = {contact.id for contact in load_contacts(connection, ids)}
    if set(ids) - (known & visible_contacts(connection, ids, actor.scope)):
        raise RuleError(CONTACT_NOT_FOUND)
    if has_hidden_conversations(connection, ids, actor.scope):
        raise RuleError(BEYOND)


def _parted(merge: Merge, actor: Acting, at: Instant) -> tuple[Event, ...]:
    """Each of the two has its own fact: their conversations are told apart again."""
    kind, kept, gone = EventKind.CONTACTS_PARTED, merge.kept_id, merge.gone_id
    return tuple(_event(kind, actor, at, pair, merge.id) for pair in ((kept, gone), (gone, kept)))


def _event(
    kind: EventKind,
    actor: Acting,
    at: Instant,
    pair: tuple[int, int],
    merge_id: int | None = None,
) -> Event:
    """A fact of the first of the two contacts."""
    return Event(
        id=new_id(),
        kind=kind,
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.agent_id or None,
        contact_id=pair[0],
        from_id=pair[1],
        to_id=merge_id,
    )
