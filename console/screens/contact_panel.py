"""The right pane: whom the conversation is with, who has it, who resolved it last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from console.domain.agent import Acting
from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.readmodel.rows import pseudonym
from console.screens.directory import Directory
from console.screens.mask import masked_phone
from console.screens.phones import phone_forms
from console.screens.thread_items import milliseconds


@dataclass(frozen=True, slots=True)
class Seen:
    """One conversation with its contact, as far as the reader may see it."""

    conversation: Conversation
    contact: Contact

    def name(self, who: Acting) -> str:
        """The contact's name, or its pseudonym."""
        return pseudonym(self.contact.id, who.language) if who.is_masked else self.contact.name


def contact_json(seen: Seen, known: Directory, who: Acting) -> dict[str, Any]:
    """The facts of the panel (F07–F13)."""
    state, contact = seen.conversation, seen.contact
    instance = next((i.name for i in known.instances if i.id == state.instance_id), "")
    return {
        "id": str(contact.id),
        "name": seen.name(who),
        "email": None if who.is_masked else contact.email,
        "phones": phones(contact, who),
        "assignee_id": _id(state.assignee_id),
        "team_id": _id(state.team_id),
        "priority": state.priority,
        "snoozed_until": milliseconds(state.snoozed_until_at),
        "resolved": _resolved(state, known),
        "last_contact_at": milliseconds(state.contact_activity_at),
        "blocked": contact.is_blocked,
        "labels": [str(label.id) for label in known.labels if label.id in state.label_ids],
        "instance": instance,
        "opened_at": milliseconds(state.opened_at),
        "version": contact.version,
    }


def phones(contact: Contact, who: Acting) -> list[dict[str, str]]:
    """Every phone of a contact in both forms; an analyst sees country and area only."""
    forms = [phone_forms(a.value) for a in contact.addresses if a.kind == "phone"]
    hide = masked_phone if who.is_masked else str
    return [{"national": hide(f.national), "e164": hide(f.e164)} for f in forms]


def _resolved(state: Conversation, known: Directory) -> dict[str, Any] | None:
    if state.resolved_at is None and not state.reopened_n:
        return None
    return {
        "by": known.agent_names.get(state.resolved_by_id or 0),
        "at": milliseconds(state.resolved_at),
        "reopened_n": state.reopened_n,
    }


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)
