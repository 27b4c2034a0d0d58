"""A contact in a few words: to recognise it among others, in dialogs and suggestions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from console.actions.base import NOT_ALLOWED
from console.actions.merge import check_merge
from console.domain.agent import Acting, Right
from console.domain.contact import Contact
from console.domain.errors import RuleError
from console.screens.contact_panel import phones
from console.screens.contacts import searched
from console.store import merges
from console.store.contacts import contact_page, conversations_of, visible_contacts
from console.store.rows import load_contacts
from console.store.work import Connection

Json = dict[str, Any]

MOST_FOUND: Final = 8


def card(connection: Connection, who: Acting, contact: Contact) -> Json:
    """Who it is, and how many conversations of it the person may see."""
    return {
        "id": str(contact.id),
        "name": contact.name,
        "email": contact.email,
        "phones": phones(contact, who),
        "blocked": contact.is_blocked,
        "conversations": len(conversations_of(connection, [contact.id], who.scope)),
    }


def cards(connection: Connection, who: Acting, ids: Sequence[int]) -> list[Json]:
    """The contacts among these that the person may see, in the order of the ids."""
    seen = visible_contacts(connection, ids, who.scope)
    known = {contact.id: contact for contact in load_contacts(connection, ids)}
    return [card(connection, who, known[i]) for i in ids if i in seen and i in known]


def check_contacts(who: Acting) -> None:
    """Raises RuleError for people who have nothing to do with contacts."""
    if not who.may(Right.CONTACTS):
        raise RuleError(NOT_ALLOWED)


def found(connection: Connection, who: Acting, wanted: str, without: int) -> list[Json]:
    """The first contacts whose name, e-mail or number has what was typed, but one."""
    check_contacts(who)
    most = MOST_FOUND + 1
    ids, _ = contact_page(connection, who.scope, searched(wanted), limit=most, offset=0)
    return cards(connection, who, [i for i in ids if i != without][:MOST_FOUND])


def preview(connection: Connection, who: Acting, kept_id: int, gone_id: int) -> Json:
    """What making one of two contacts would move; raises RuleError when it would be refused."""
    if not who.may(Right.MERGE):
        raise RuleError(NOT_ALLOWED)
    check_merge(connection, who, kept_id, gone_id)
    kept, gone = cards(connection, who, [kept_id, gone_id])
    moved = merges.counts_of(connection, gone_id)
    is_blocked = kept["blocked"] or gone["blocked"]
    return {"kept": kept, "gone": gone, "moved": moved, "blocked": is_blocked}
