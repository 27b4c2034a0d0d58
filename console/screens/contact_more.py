"""What the panel of a contact shows below its facts: asked for when a conversation has opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from console.domain.agent import Acting, Right
from console.domain.attachment import Attachment
from console.domain.contact import Contact
from console.domain.conversation import Conversation
from console.domain.likeness import CLUE_NAMES, Clue, Person, clue_between
from console.domain.message import Message
from console.screens.bubbles import form_of, is_readable
from console.screens.contact_cards import card
from console.screens.directory import Directory
from console.screens.thread_items import milliseconds
from console.store import likeness, merges
from console.store.attachments import files_of_contact
from console.store.contacts import conversations_of, visible_contacts
from console.store.merges import Merge
from console.store.rows import load_contacts, load_conversations
from console.store.work import Connection

Json = dict[str, Any]

MORE: Final = "/contact"
"""Where the browser asks for it; other questions about contacts have addresses below."""
MOST_EARLIER: Final = 50
MOST_PICTURES: Final = 12
MOST_DOCUMENTS: Final = 20
_LOOKED_AT: Final = 200  # the latest files of the contact


def more(connection: Connection, known: Directory, who: Acting, state: Conversation) -> Json:
    """Everything below the facts, for a conversation that the person may see."""
    (contact,) = load_contacts(connection, [state.contact_id])
    may_merge = who.may(Right.MERGE)
    return {
        "contact": str(contact.id),
        "earlier": _earlier(connection, known, who, state),
        **_files(connection, who, contact.id),
        "can_merge": may_merge,
        "merges": _merges(connection, known, contact.id) if may_merge else [],
        "same": _same(connection, who, contact) if may_merge else None,
    }


def _earlier(
    connection: Connection, known: Directory, who: Acting, state: Conversation
) -> list[Json]:
    ids = conversations_of(connection, [state.contact_id], who.scope, limit=MOST_EARLIER + 1)
    states = {s.id: s for s in load_conversations(connection, [i for i in ids if i != state.id])}
    return [_talk(states[i], known) for i in ids if i in states]


def _talk(state: Conversation, known: Directory) -> Json:
    instance = next((i.name for i in known.instances if i.id == state.instance_id), "")
    return {
        "id": str(state.id),
        "instance": instance,
        "status": state.status,
        "at": milliseconds(state.last_activity_at),
        "messages": state.message_n,
        "agent": known.agent_names.get(state.resolved_by_id or state.assignee_id or 0, ""),
    }


def _files(connection: Connection, who: Acting, contact_id: int) -> Json:
    """The latest pictures and documents; an analyst sees none."""
    if who.is_masked:
        return {"pictures": [], "documents": []}
    rows = files_of_contact(connection, contact_id, who.scope, limit=_LOOKED_AT)
    found = [_file(file, message) for file, message in rows if is_readable(message, who)]
    pictures = [file for file in found if file["form"] == "picture"]
    documents = [file for file in found if file["form"] == "file"]
    return {"pictures": pictures[:MOST_PICTURES], "documents": documents[:MOST_DOCUMENTS]}


def _file(file: Attachment, message: Message) -> Json:
    return {
        "id": str(file.id),
        "message": str(message.id),
        "conversation": str(message.conversation_id),
        "form": form_of(file, message.kind),
        "name": file.filename,
        "size": file.size_n,
        "text": message.text,
        "at": milliseconds(message.at),
    }


def _merges(connection: Connection, known: Directory, contact_id: int) -> list[Json]:
    found = merges.merges_into(connection, contact_id)
    names = {c.id: c.name for c in load_contacts(connection, [merge.gone_id for merge in found])}
    makers = merges.made_by(connection, contact_id)
    return [
        _merge(merge, names[merge.gone_id], known.agent_names.get(makers.get(merge.id, 0)))
        for merge in found
    ]


def _merge(merge: Merge, name: str, by: str | None) -> Json:
    return {"id": str(merge.id), "name": name, "at": milliseconds(merge.at), "by": by}


def _same(connection: Connection, who: Acting, contact: Contact) -> Json | None:
    """The contact most like this one, of whom nobody has said yet that it is somebody else."""
    one = likeness.person(connection, contact.id)
    alike = [] if one is None else _alike(one, likeness.alike(connection, one))
    ids = [other.id for _, other in alike]
    seen = visible_contacts(connection, ids, who.scope)
    unasked = seen - likeness.answered(connection, contact.id, seen)
    chosen = next(((clue, other.id) for clue, other in alike if other.id in unasked), None)
    if chosen is None:
        return None
    (found,) = load_contacts(connection, [chosen[1]])
    return {**card(connection, who, found), "clue": CLUE_NAMES[chosen[0]].in_(who.language)}


def _alike(one: Person, others: Sequence[Person]) -> list[tuple[Clue, Person]]:
    """Those with a clue, the strongest first; among equals as they came."""
    found = [(clue_between(one, other), other) for other in others]
    order = list(Clue)
    named = [(clue, other) for clue, other in found if clue is not None]
    return sorted(named, key=lambda pair: order.index(pair[0]))
