"""One message by itself: what a link to it shows, and what is known of its way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from console.domain.agent import Acting
from console.domain.events import Event
from console.domain.ids import Instant
from console.domain.message import Delivery, Direction, Message
from console.domain.text import preview
from console.screens import bubbles
from console.screens.directory import Directory
from console.screens.inbox import seen_by
from console.screens.thread_items import ThreadNames, item_of, milliseconds
from console.store.deliveries import Fact, facts_of
from console.store.originals import seen_message
from console.store.thread import decision_on
from console.store.work import Connection

Json = dict[str, Any]

_COLUMNS: Final = {
    Delivery.ACCEPTED: "accepted_at",
    Delivery.SENT: "sent_at",
    Delivery.DELIVERED: "delivered_at",
    Delivery.READ: "read_at",
}
_STEPS: Final = (*_COLUMNS, Delivery.PLAYED, Delivery.FAILED)


def about(connection: Connection, message_id: int, known: Directory, who: Acting) -> Json | None:
    """All that a person may know of one message; None for absent and not yours."""
    message = seen_message(connection, message_id, who.scope)
    seen = seen_by(connection, who, message.conversation_id) if message else None
    if message is None or seen is None:
        return None
    names = ThreadNames(seen.contact.id, seen.contact.name, known.agent_names, known.team_names)
    item = item_of(message, names, who)
    same = {name: item[name] for name in ("id", "direction", "kind", "author", "at", "delivery")}
    told = facts_of(connection, message_id)
    return {
        **same,
        "conversation": str(message.conversation_id),
        "name": seen.name(who),
        "text": preview(item["text"]),
        "steps": _steps(message, told),
        "decided": _decided(decision_on(connection, message), known),
        "failure": None if who.is_masked else _failure(message, who),
        "resend_of": None if message.resend_of_id is None else str(message.resend_of_id),
        "forwarded": message.is_forwarded,
    }


def _steps(message: Message, told: Mapping[str, Fact]) -> list[Json]:
    """When each state was reached, as far as anybody told; the first is our own."""
    if message.direction != Direction.OUT:
        return []
    reached: dict[str, Instant | None] = {
        state: getattr(message, column) for state, column in _COLUMNS.items()
    }
    reached.update({state: fact.at for state, fact in told.items()})
    steps = [(state, reached.get(state)) for state in _STEPS]
    first = {"state": Delivery.QUEUED, "at": milliseconds(message.created_at)}
    return [first, *({"state": s, "at": milliseconds(at)} for s, at in steps if at is not None)]


def _failure(message: Message, who: Acting) -> Json | None:
    """Why it failed in words, with what the provider said; None when it did not."""
    if not message.failure:
        return None
    given = json.loads(message.failure)
    said = [given.get("title"), given.get("details")]
    return {
        "text": bubbles.reason(message, who),
        "code": given.get("code"),
        "said": " · ".join(part for part in said if part),
    }


def _decided(event: Event | None, known: Directory) -> Json | None:
    """Who took it as sent, and when."""
    if event is None:
        return None
    by = known.agent_names.get(event.actor_id or 0, "")
    return {"by": by, "at": milliseconds(event.at)}
