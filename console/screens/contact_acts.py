"""Wishes about contacts that the inbox sends: the command of each, and the ids it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from console import actions
from console.actions import Command
from console.actions.contacts import CreateContact
from console.screens import asked
from console.screens.asked import Action

Wished = tuple[Command, tuple[int, ...]]

LONGEST: Final = 200  # characters of a name or an e-mail
_LONGEST_WORD: Final = 40  # of a number or a reason
FOLLOWED: Final = (
    actions.CreateContact,
    actions.Open,
    actions.MergeContacts,
    actions.PartContacts,
    actions.KeepApart,
)
"""What changes rows that the wish does not name: the read model follows the feed at once."""


def new_contact_of(action: Action) -> CreateContact:
    """The contact that was typed; raises RuleError for what is no text."""
    name, email = asked.text(action, "name", LONGEST), asked.text(action, "email", LONGEST)
    return CreateContact(name, asked.text(action, "phone", _LONGEST_WORD), email)


def _block(action: Action) -> Wished:
    if not asked.yes_or_no(action, "on"):
        return actions.Unblock(), _contact_in(action)
    reason = asked.text(action, "reason", _LONGEST_WORD) if "reason" in action else ""
    return actions.Block(reason), _contact_in(action)


def _edit(action: Action) -> Wished:
    name, email = asked.text(action, "name", LONGEST), asked.text(action, "email", LONGEST)
    return actions.EditContact(name, email), _contact_in(action)


def _open(action: Action) -> Wished:
    instance_id = asked.an_id(action.get("instance"))
    return actions.Open(instance_id, asked.an_id(action.get("contact"))), ()


def _merge(action: Action) -> Wished:
    kept, gone = asked.an_id(action.get("kept")), asked.an_id(action.get("gone"))
    return actions.MergeContacts(kept, gone), ()


def _part(action: Action) -> Wished:
    return actions.PartContacts(asked.an_id(action.get("merge"))), ()


def _apart(action: Action) -> Wished:
    contact, other = asked.an_id(action.get("contact")), asked.an_id(action.get("other"))
    return actions.KeepApart(contact, other), ()


def _contact_in(action: Action) -> tuple[int, ...]:
    return (asked.an_id(action.get("contact")),)


CONTACT_WISHES: Final[Mapping[str, Callable[[Action], Wished]]] = {
    "block": _block,
    "contact": _edit,
    "open": _open,
    "merge": _merge,
    "part": _part,
    "apart": _apart,
}
