"""What one reader is told of changes: rows, bubbles, lines and counts, as JSON."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from console.domain.agent import Acting
from console.domain.events import Event
from console.domain.ids import Instant
from console.readmodel import ask
from console.readmodel.filters import ME
from console.readmodel.model import ReadModel
from console.readmodel.rows import Row
from console.readmodel.tree import Condition, Everything, FilterError, Tree, leaves
from console.screens.directory import Directory
from console.screens.lines import line_of
from console.screens.rows import row_json
from console.screens.thread_items import ThreadNames, item_of
from console.store.news import News


@dataclass(frozen=True, slots=True)
class Reader:
    """Who listens to which list."""

    agent_id: int
    tree: Tree
    instances: tuple[str, ...]


def likeness(reader: Reader, who: Acting) -> Hashable:
    """What two readers have in common when every change is told to both in the same words."""
    scope = who.scope if who.scope.kind != "all" else "all"
    named = [leaf.values for leaf in leaves(reader.tree) if isinstance(leaf, Condition)]
    me = reader.agent_id if any(ME in values for values in named) else None
    return scope, who.is_masked, who.language, reader.tree, me


def changes(
    model: ReadModel,
    reader: Reader,
    who: Acting,
    changed: frozenset[int],
    fresh: Iterable[News],
    known: Directory,
    now: Instant,
) -> dict[str, Any]:
    """The changed rows of the reader's list, those that left it, and what was written."""
    wanted = sorted(changed)
    rows = _rows(model, reader.tree, who, wanted, now)
    is_all = who.scope.kind == "all"
    visible = changed if is_all else {r.id for r in ask.rows(model, Everything(), who, wanted, now)}
    labels = {label.key: label for label in known.labels}
    parts = list(fresh)
    return {
        "rows": [row_json(row, labels) for row in rows],
        "gone": [str(i) for i in sorted(changed - {row.id for row in rows})],
        "messages": [m for part in parts for m in _messages(part, visible, known, who)],
        "lines": [line for part in parts for line in _lines(part, visible, known, who)],
    }


def counts(
    model: ReadModel, reader: Reader, who: Acting, known: Directory, now: Instant
) -> dict[str, Any]:
    """The figures of the five filters and of each instance."""
    chosen = [i.id for i in known.instances if i.key in reader.instances]
    found = ask.counts(model, who, chosen if reader.instances else None, now)
    return {
        "mine": found.mine,
        "pending": found.pending,
        "unread": found.unread,
        "all": found.all,
        "unassigned": found.unassigned,
        "instances": {i.key: found.by_instance.get(i.id, 0) for i in known.instances},
    }


def _rows(model: ReadModel, tree: Tree, who: Acting, wanted: list[int], now: Instant) -> list[Row]:
    try:
        return list(ask.rows(model, tree, who, wanted, now))
    except FilterError:  # the filter names somebody or something that exists no more
        return []


def _messages(
    part: News, visible: AbstractSet[int], known: Directory, who: Acting
) -> Iterator[dict[str, Any]]:
    for message in part.messages:
        if message.conversation_id in visible:
            names = _names(part, message.conversation_id, known)
            yield {
                "conversation": str(message.conversation_id),
                "item": item_of(message, names, who, part.beside),
            }


def _lines(
    part: News, visible: AbstractSet[int], known: Directory, who: Acting
) -> Iterator[dict[str, Any]]:
    for event in part.events:
        for conversation_id in _conversations(part, event):
            line = line_of(event, _names(part, conversation_id, known), who)
            if line and conversation_id in visible:
                yield {"conversation": str(conversation_id), "item": line}


def _conversations(part: News, event: Event) -> list[int]:
    """Where a fact is told: its conversation, or those of its contact that changed."""
    if event.conversation_id is not None:
        return [event.conversation_id]
    return [i for i, whose in part.whose.items() if whose.contact_id == event.contact_id]


def _names(part: News, conversation_id: int, known: Directory) -> ThreadNames:
    whose = part.whose[conversation_id]
    return ThreadNames(
        whose.contact_id, whose.contact, known.agent_names, known.team_names, known.label_names
    )
