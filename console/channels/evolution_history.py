"""What an Evolution server has kept, asked for in pages: it sorts the newest first.

The server (2.3.6) heeds a time only with both ends, and a person only by the one JID it has kept,
so that persons are told apart here. A message that slips between two pages because others of its
second moved it comes with the next asking, which overlaps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from console.channels.base import Action, ChannelError, Outbound, Rejected
from console.channels.evolution_answers import answered
from console.channels.evolution_http import Server
from console.channels.evolution_read import read_records
from console.channels.evolution_shapes import Json, mapping, number, told_at
from console.channels.evolution_write import is_sent_as
from console.channels.inbound import Inbound, MessageIn, PeerId, ReactionIn
from console.channels.own_errors import own_error
from console.domain.ids import DAY, SECOND, Instant
from console.domain.phone import canonical_phone

_PAGE: Final = 50  # records; each may hold a thumbnail as an object of bytes
_PAGES: Final = 1000
_MOST: Final = 32_000_000  # bytes of a page


def came_in(server: Server, instance: str, since: Instant, at: Instant) -> list[Inbound]:
    """The facts of all messages since then, the oldest first; raises ChannelError."""
    pages = [read_records(reversed(page), instance, at) for page in _recent(server, {}, since, at)]
    return [fact for page in reversed(pages) for fact in page]


def find(server: Server, out: Outbound, since: Instant) -> str | None:
    """The id of the newest message of ours since then that may be this one; or ChannelError."""
    for page in _recent(server, {"key": {"fromMe": True}}, since, since + DAY):
        for fact in read_records(page, "", since):
            if isinstance(fact, MessageIn | ReactionIn) and fact.from_me and _is_same(fact, out):
                return fact.id
    return None


def _is_same(fact: MessageIn | ReactionIn, out: Outbound) -> bool:
    if not _is_one(fact.peer, out.to):
        return False
    if isinstance(fact, ReactionIn):
        return fact.target == out.reply_to and fact.emoji == (out.emoji or None)
    return out.emoji is None and is_sent_as(out, fact)


def _is_one(one: PeerId, other: PeerId) -> bool:
    """Whether two sets of identifiers name one chat."""
    if one.group or other.group:
        return one.group == other.group
    if one.phone and other.phone:
        return canonical_phone(one.phone) == canonical_phone(other.phone)
    return bool(one.lid) and one.lid == other.lid


def _recent(server: Server, where: Json, since: Instant, until: Instant) -> Iterator[list[Any]]:
    """Pages of records, without those that are older than asked for."""
    first = since // SECOND * SECOND
    times = {"gte": _iso(first), "lte": _iso(until)}
    for page in _pages(server, {**where, "messageTimestamp": times}):
        recent = [one for one in page if _said_at(one, until) >= first]
        yield recent
        if page and not recent:
            return


def _said_at(record: Any, otherwise: Instant) -> Instant:
    return told_at(mapping(record).get("messageTimestamp"), otherwise)


def _iso(at: Instant) -> str:
    return datetime.fromtimestamp(at // SECOND, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _pages(server: Server, where: Json) -> Iterator[list[Any]]:
    for page in range(1, _PAGES + 1):
        told = {"where": where, "page": page, "offset": _PAGE}
        answer = answered(server.post("chat/findMessages", told, most=_MOST))
        if isinstance(answer, Rejected):
            raise ChannelError(answer)
        found = mapping(mapping(answer.json).get("messages")) or mapping(answer.json)
        records = found.get("records")
        if not isinstance(records, list):
            raise ChannelError(_unclear("no records"))
        yield records
        if page >= (number(found.get("pages")) or 0):
            return
    raise ChannelError(_unclear("endless"))


def _unclear(details: str) -> Rejected:
    return Rejected(own_error("refused", details), Action.RETRY)
