"""Following the change feed: one step brings the read model to a later moment of the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from console.readmodel import deadlines
from console.readmodel.apply import Changed, Writer, changed_by, read_batch
from console.store.feed import read_feed
from console.store.work import Store, epoch

_STEP: Final = 50_000


class FeedLostError(Exception):
    """The file cannot follow the store any more: everything has to be loaded again."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step changed; `has_more` when the feed goes on right behind it."""

    ids: frozenset[int] = frozenset()
    names_changed: bool = False
    has_more: bool = False


def follow(store: Store, writer: Writer, limit: int = _STEP) -> Step:
    """Apply the next changes of the feed; raises FeedLostError."""
    with store.read() as reading:
        if epoch(reading) != writer.state["epoch"]:
            raise FeedLostError
        feed = read_feed(reading, writer.state["cursor"], limit)
        if feed.is_lost:
            raise FeedLostError
        if not feed.ids:
            return Step()
        changed = changed_by(feed.ids)
        ids = _apply(writer, reading, changed, {"cursor": feed.cursor})
    has_more = feed.change_n >= limit
    return Step(frozenset(ids), bool(changed.tables), has_more)


def apply_now(
    store: Store, writer: Writer, ids: Iterable[int], contact_ids: Iterable[int] = ()
) -> frozenset[int]:
    """Read these rows again at once; the feed repeats them later, harmlessly."""
    changed = Changed(frozenset(ids), frozenset(contact_ids))
    with store.read() as reading:
        return frozenset(_apply(writer, reading, changed, {}))


def count_again(store: Store, writer: Writer) -> bool:
    """Make the facts of some changed conversations again; whether others still wait."""
    with store.read() as reading:
        return writer.refresh(reading)


def _apply(writer: Writer, reading: Any, changed: Changed, state: dict[str, str]) -> list[int]:
    """The ids of the conversations that were read again."""
    of_contacts = _of_contacts(writer, changed.contacts)
    of_rules = _waiting(writer) if changed.tables & deadlines.TABLES else []
    ids = sorted(changed.conversations.union(of_contacts, of_rules))
    writer.apply(read_batch(reading, changed, ids), state)
    return ids


def _waiting(writer: Writer) -> list[int]:
    """Every conversation with an open customer turn: other hours, other deadlines."""
    rows = writer.cursor.execute(
        "select id from conversation where waiting_since_at is not null"
    ).fetchall()
    return [row[0] for row in rows]


def _of_contacts(writer: Writer, contact_ids: frozenset[int]) -> list[int]:
    if not contact_ids:
        return []
    rows = writer.cursor.execute(
        "select id from conversation where contact_id in (select unnest($ids::bigint[]))",
        {"ids": sorted(contact_ids)},
    ).fetchall()
    return [row[0] for row in rows]
