"""What is known of outgoing messages: told facts, and the state that lists and threads show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from console.domain.delivery import visible
from console.domain.ids import Instant
from console.domain.message import Delivery
from console.store import tables
from console.store.bulk_write import id_set
from console.store.effects import Target, touch

_INSTANT: Final = {
    "accepted_at": (Delivery.ACCEPTED,),
    "sent_at": (Delivery.SENT,),
    "delivered_at": (Delivery.DELIVERED, Delivery.READ, Delivery.PLAYED),
    "read_at": (Delivery.READ, Delivery.PLAYED),
}
"""Columns of a message, and the facts of which the first one told gives their instant."""
_DECIDED: Final = {"considered": Delivery.SENT, "left": Delivery.UNKNOWN}
"""What people have made of an unknown message in the outbox, as it is shown."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One state of a message, as a provider told it; why, when it failed."""

    status: str
    at: Instant
    code: int | None = None
    title: str = ""
    details: str = ""


def add_fact(connection: Connection, message_id: int, fact: Fact) -> bool:
    """Keep a fact; whether it is new, or tells an earlier instant of a known state."""
    table = tables.delivery_fact
    own = (table.c.message_id == message_id, table.c.status == fact.status)
    known = connection.execute(select(table.c.at).where(*own)).first()
    values = {"code": fact.code, "title": fact.title, "details": fact.details, "at": fact.at}
    if known is None:
        wanted = insert(table).values(message_id=message_id, status=fact.status, **values)
        connection.execute(wanted)
        return True
    if known.at <= fact.at:
        return False
    connection.execute(update(table).where(*own).values(**values))
    return True


def facts_of(connection: Connection, message_id: int) -> dict[str, Fact]:
    """All that is told of a message, by state."""
    table = tables.delivery_fact
    wanted = select(table.c.status, table.c.at, table.c.code, table.c.title, table.c.details)
    rows = connection.execute(wanted.where(table.c.message_id == message_id))
    return {row.status: Fact(*row) for row in rows}


def show(connection: Connection, target: Target, now: Instant) -> Delivery:
    """Bring message, list and outbox to what is told of the message now; gives its state."""
    told = facts_of(connection, target.message_id)
    outbox = tables.outbox
    own = select(outbox.c.state).where(outbox.c.message_id == target.message_id)
    kept = connection.scalar(own) or Delivery.SENT
    state = visible(told, _DECIDED.get(kept, kept))
    touch(connection, target, now, delivery=state, **_columns(told))
    show_delivery(connection, [target.message_id], state)
    if told:
        _settle(connection, target.message_id, state)
    return state


def _columns(told: dict[str, Fact]) -> dict[str, Any]:
    failed = told.get(Delivery.FAILED)
    found = {
        column: [told[status].at for status in states if status in told]
        for column, states in _INSTANT.items()
    }
    values: dict[str, Any] = {column: min(at) for column, at in found.items() if at}
    if failed:
        words = {"code": failed.code, "title": failed.title, "details": failed.details}
        values["failure"] = json.dumps(words)
    return values


def _settle(connection: Connection, message_id: int, state: Delivery) -> None:
    """What a provider has told of is no longer the outbox's to send."""
    table = tables.outbox
    ended = Delivery.FAILED if state is Delivery.FAILED else Delivery.ACCEPTED
    own = update(table).where(table.c.message_id == message_id)
    connection.execute(own.values(state=ended, next_at=None))


def show_delivery(connection: Connection, message_ids: Sequence[int], delivery: str) -> None:
    """Let the lists show it of conversations in which one of these messages is the last."""
    message, conversation = tables.message, tables.conversation
    among = id_set(connection, message_ids)
    spoken = select(message.c.conversation_id).where(message.c.id.in_(among))
    connection.execute(
        update(conversation)
        .where(conversation.c.id.in_(spoken), conversation.c.last_message_id.in_(among))
        .values(last_delivery=delivery)
    )
