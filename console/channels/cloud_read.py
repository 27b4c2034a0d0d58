"""A body of the WhatsApp Cloud API becomes facts: bytes in, facts out, in the order of the body.

Each change gives one fact per message, echo, status, call and error, and one `Unhandled` when it
has none of them. Retries of the provider repeat bodies, and their order is not kept: the facts
are made so that neither matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from console.channels import cloud_items
from console.channels.cloud_items import Change
from console.channels.cloud_peers import Known
from console.channels.inbound import Inbound, Unhandled
from console.channels.json_in import NotJsonError, fields, listed, part, read_json, word
from console.domain.ids import Instant

_READ_FIELDS: Final = frozenset({"messages", "smb_message_echoes"})
_READERS: Final[Mapping[str, Callable[[Change, Any], Inbound]]] = {
    "messages": cloud_items.message,
    "message_echoes": cloud_items.echo,
    "statuses": cloud_items.status,
    "errors": cloud_items.error,
}
_LISTS: Final = (*_READERS, "calls", "groups", "user_preferences")


def read_cloud(body: bytes, received_at: Instant) -> list[Inbound]:
    """The facts of a body; never raises."""
    try:
        given = read_json(body)
    except NotJsonError:
        return [Unhandled(instance="", at=received_at, what="not JSON")]
    found = [fact for entry in listed(given, "entry") for fact in _entry(entry, received_at)]
    return found or [Unhandled(instance="", at=received_at, what="no entry")]


def _entry(entry: Any, received_at: Instant) -> Iterator[Inbound]:
    at = cloud_items.clock(entry, "time", received_at)
    changes = listed(entry, "changes")
    if not changes:
        yield Unhandled(instance="", at=at, what="no changes")
    for change in changes:
        yield from _change(change, at)


def _change(given: Any, at: Instant) -> list[Inbound]:
    value = fields(given).get("value")
    field = word(given, "field") or "no field"
    change = _shared(value, at)
    found = [_reader(field, name)(change, item) for name in _LISTS for item in listed(value, name)]
    return found or [cloud_items.unhandled(change, field, {})]


def _shared(value: Any, at: Instant) -> Change:
    metadata = part(value, "metadata")
    return Change(
        instance=word(metadata, "phone_number_id") or "",
        ours=word(metadata, "display_phone_number"),
        known=Known(value),
        errors=listed(value, "errors"),
        at=at,
    )


def _reader(field: str, name: str) -> Callable[[Change, Any], Inbound]:
    """Lists of fields that are not about messages are counted and shown, and no more."""
    read = _READERS.get(name) if field in _READ_FIELDS else None
    return read or (lambda change, item: cloud_items.unhandled(change, field, item))
