"""Contacts: one numbered page of those a person may see, and the facts of one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.screens.contact_panel import phones
from console.screens.paging import pages_of
from console.store import people
from console.store.contacts import contact_page, conversations_of, visible_contacts
from console.store.people import Instance
from console.store.rows import load_contacts, load_conversations
from console.store.work import Connection, Store

PAGE: Final = 15
MOST: Final = 100_000  # contacts of one file


@dataclass(frozen=True, slots=True)
class Card:
    """One contact with the conversations that the person may see, latest first."""

    contact: Contact
    phones: tuple[Mapping[str, str], ...]
    conversations: tuple[Conversation, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactList:
    """One page of contacts; `total` counts all that match."""

    cards: tuple[Card, ...]
    total: int
    page: int
    instances: Mapping[int, Instance] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, PAGE)


def build(store: Store, who: Acting, wanted: str, page: int) -> ContactList:
    """The page of contacts whose name, e-mail or number contains `wanted`; raises RuleError."""
    _check(who)
    wanted = searched(wanted)
    with store.read() as connection:
        offset = (max(1, page) - 1) * PAGE
        ids, total = contact_page(connection, who.scope, wanted, limit=PAGE, offset=offset)
        if not ids and total:
            page = 1
            ids, total = contact_page(connection, who.scope, wanted, limit=PAGE, offset=0)
        instances = {i.id: i for i in people.instances(connection)}
        return ContactList(_cards(connection, who, ids), total, page, instances)


def every(store: Store, who: Acting, wanted: str) -> ContactList:
    """All of them, up to `MOST`, as one page; raises RuleError."""
    _check(who)
    with store.read() as connection:
        ids, total = contact_page(connection, who.scope, searched(wanted), limit=MOST, offset=0)
        return ContactList(_cards(connection, who, ids), total, 1)


def card(store: Store, who: Acting, contact_id: int) -> Card | None:
    """One contact; None when there is none that the person may see."""
    _check(who)
    with store.read() as connection:
        if contact_id not in visible_contacts(connection, [contact_id], who.scope):
            return None
        return next(iter(_cards(connection, who, [contact_id])), None)


def _check(who: Acting) -> None:
    if not who.may(Right.CONTACTS):
        raise RuleError(NOT_ALLOWED)


def searched(wanted: str) -> str:
    """What is looked for: of a number only its digits count, however it was written."""
    is_number = re.fullmatch(r"[\d\s()+.\-]*\d[\d\s()+.\-]*", wanted)
    return re.sub(r"\D", "", wanted) if is_number else wanted.strip()


def _cards(connection: Connection, who: Acting, ids: list[int]) -> tuple[Card, ...]:
    known = {contact.id: contact for contact in load_contacts(connection, ids)}
    talks: dict[int, list[Conversation]] = {}
    found = conversations_of(connection, ids, who.scope)
    states = {state.id: state for state in load_conversations(connection, found)}
    for conversation_id in found:
        state = states[conversation_id]
        talks.setdefault(state.contact_id, []).append(state)
    return tuple(_card(known[i], who, tuple(talks.get(i, ()))) for i in ids if i in known)


def _card(contact: Contact, who: Acting, talks: tuple[Conversation, ...]) -> Card:
    return Card(
        contact,
        tuple(phones(contact, who)),
        talks,
    )
