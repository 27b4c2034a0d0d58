"""The inbox: everything its component draws, from what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, Final
from urllib.parse import urlencode

from console.domain.agent import Acting, Right
from console.domain.attachment import WHATSAPP
from console.domain.errors import RuleError
from console.domain.events import Event
from console.domain.ids import Instant
from console.domain.message import Message
from console.readmodel import ask
from console.readmodel.model import ReadModel
from console.readmodel.rows import Counts
from console.readmodel.tree import Tree
from console.screens.bubbles import ATTACHMENT
from console.screens.canned import CANNED
from console.screens.choice import MOST_ROWS, Choice, filter_text, tree_of
from console.screens.contact_more import MORE
from console.screens.contact_panel import Seen, contact_json
from console.screens.directory import Directory, directory
from console.screens.emojis import EMOJIS
from console.screens.filters_bar import counted, filters_json
from console.screens.lines import line_of
from console.screens.rows import label_json, row_json
from console.screens.stopped import stopped_json
from console.screens.thread_items import Item, ThreadNames, item_of
from console.screens.windows import window_json
from console.store import thread as threads
from console.store.beside import beside
from console.store.rows import load_contacts, load_conversations
from console.store.work import Connection, Store

THREAD: Final = "/thread"
"""Where the browser asks for one conversation,"""
MESSAGE: Final = "/message"
"""for one message,"""
RECIPIENTS: Final = "/recipients"
"""and for people to whom a message may be forwarded."""
_LANGUAGE_TAGS: Final = {"pt": "pt-BR", "en": "en-US", "es": "es-419"}


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a thread on the screen."""

    messages: tuple[Message, ...]
    older: bool = False
    newer: bool = False
    focus: int | None = None


def build(
    store: Store, model: ReadModel, who: Acting, choice: Choice, now: Instant, zone: str
) -> dict[str, Any]:
    """The component's data; the page adds the words and what was acknowledged."""
    with store.read() as connection:
        known = directory(connection, model)
        seen = seen_by(connection, who, choice.conversation)
        shown = _shown(connection, seen, known, who, choice)
        stopped = stopped_json(connection, who, now)
    counts = ask.counts(model, who, instance_ids(known, choice), now)
    rows, problem = _rows(model, who, choice, now, known, counts)
    return {
        "lang": _LANGUAGE_TAGS.get(who.language, "pt-BR"),
        "me": _me(who),
        "zone": zone,
        "now": now // 1000,
        "filters": filters_json(choice, counts, known, who, problem),
        "list": rows,
        **shown,
        **_people(model, known, seen),
        "stopped": stopped,
        "live": live_address(choice),
        "open": THREAD,
        "more": MORE,
        "about": MESSAGE,
        "recipients": RECIPIENTS,
        "canned": CANNED,
        "emojis": EMOJIS,
        "files": ATTACHMENT,
        "limits": {kind: bound._asdict() for kind, bound in WHATSAPP.items()},
    }


def opened(connection: Connection, known: Directory, who: Acting, choice: Choice) -> dict[str, Any]:
    """The thread and the contact alone, for a browser that has the rest."""
    return _shown(connection, seen_by(connection, who, choice.conversation), known, who, choice)


def _shown(
    connection: Connection, seen: Seen | None, known: Directory, who: Acting, choice: Choice
) -> dict[str, Any]:
    return {
        "thread": _thread(connection, seen, known, who, choice),
        "contact": contact_json(seen, known, who) if seen else None,
    }


def seen_by(connection: Connection, who: Acting, conversation_id: int | None) -> Seen | None:
    """The conversation when it exists and the person may see it, else None for both."""
    found = load_conversations(connection, [conversation_id or 0], with_labels=True)
    if not found or not who.scope.covers(found[0].assignee_id, found[0].team_id):
        return None
    (contact,) = load_contacts(connection, [found[0].contact_id])
    return Seen(found[0], contact)


def instance_ids(known: Directory, choice: Choice) -> list[int] | None:
    """The chosen instances by id; None when the choice is every one."""
    if not choice.instances:
        return None
    return [i.id for i in known.instances if i.key in choice.instances]


def live_address(choice: Choice) -> str:
    """Where the browser hears of changes to this very list."""
    asked = {"filter": filter_text(choice), "instances": ",".join(choice.instances)}
    return f"/live?{urlencode(asked)}"


def _me(who: Acting) -> dict[str, Any]:
    return {
        "id": str(who.agent_id),
        "name": who.name,
        "role": who.role.value,
        "can_write": who.may(Right.ANSWER),
        "can_contact": who.may(Right.CONTACTS),
    }


def _people(model: ReadModel, known: Directory, seen: Seen | None) -> dict[str, Any]:
    load = ask.open_by_assignee(model)
    names = {a.id: a.name for a in known.assignable}
    holder = seen.conversation.assignee_id if seen else None
    if holder is not None and holder not in names:  # somebody who left still has it
        names[holder] = known.agent_names.get(holder, "")
    return {
        "agents": [{"id": str(i), "name": n, "open_n": load.get(i, 0)} for i, n in names.items()],
        "teams": [{"id": str(t.id), "name": t.name} for t in known.teams],
        "labels": [label_json(label) for label in known.labels],
        "instances": [{"id": str(i.id), "name": i.name} for i in known.instances if i.is_active],
    }


def _rows(
    model: ReadModel,
    who: Acting,
    choice: Choice,
    now: Instant,
    known: Directory,
    counts: Counts,
) -> tuple[dict[str, Any], RuleError | None]:
    try:
        tree = tree_of(choice)
        page = ask.page(model, tree, who, now=now, sort=choice.sort, limit=choice.limit)
        is_narrowed = choice.expression or choice.search
        total = ask.count(model, tree, who, now) if is_narrowed else counted(counts, choice.tab)
    except RuleError as problem:
        return {"token": "", "rows": [], "total": 0, "more": False}, problem
    labels = {label.key: label for label in known.labels}
    return {
        "token": _token(tree, choice, who),
        "rows": [row_json(row, labels) for row in page.rows],
        "total": total,
        "more": page.next is not None and choice.limit < MOST_ROWS,
    }, None


def _token(tree: Tree, choice: Choice, who: Acting) -> str:
    """The name of this list: while it stays, the browser keeps its place in it."""
    told = f"{who.agent_id} {choice.sort} {tree!r}"
    return blake2s(told.encode(), digest_size=8).hexdigest()


def _thread(
    connection: Connection, seen: Seen | None, known: Directory, who: Acting, choice: Choice
) -> dict[str, Any] | None:
    if choice.conversation is None:
        return None
    if seen is None:
        return missing_thread(choice.conversation)
    window = _window(connection, choice)
    state = seen.conversation
    return {
        "id": str(state.id),
        "name": seen.name(who),
        "version": state.version,
        "status": state.status,
        "items": _items(connection, seen, window, known, who),
        "older": window.older,
        "newer": window.newer,
        "focus": None if window.focus is None else str(window.focus),
        "lost": None if choice.focus == window.focus else str(choice.focus),
        "window": window_json(connection, state, known) if who.may(Right.ANSWER) else None,
        "missing": False,
    }


def missing_thread(conversation_id: int) -> dict[str, Any]:
    """One answer for a conversation that does not exist and for one that is not yours."""
    return {
        "id": str(conversation_id),
        "name": "",
        "version": 0,
        "status": "",
        "items": [],
        "older": False,
        "newer": False,
        "focus": None,
        "lost": None,
        "window": None,
        "missing": True,
    }


def _window(connection: Connection, choice: Choice) -> Window:
    wanted = choice.conversation or 0
    if choice.focus is not None:
        around = _around(connection, wanted, choice, choice.focus)
        if around is not None:
            return around
    found = threads.messages(connection, wanted, limit=choice.older_n + 1)
    return Window(tuple(found[-choice.older_n :]), older=len(found) > choice.older_n)


def _around(connection: Connection, wanted: int, choice: Choice, focus: int) -> Window | None:
    before = threads.messages(connection, wanted, before=focus + 1, limit=choice.older_n + 1)
    if not before or before[-1].id != focus:
        return None
    after = threads.messages(connection, wanted, after=focus, limit=choice.newer_n + 1)
    return Window(
        (*before[-choice.older_n :], *after[: choice.newer_n]),
        older=len(before) > choice.older_n,
        newer=len(after) > choice.newer_n,
        focus=focus,
    )


def _items(
    connection: Connection, seen: Seen, window: Window, known: Directory, who: Acting
) -> list[Item]:
    first, last = window.messages[:1], window.messages[-1:]
    facts = threads.events(
        connection,
        seen.conversation.id,
        seen.contact.id,
        after=first[0].id - 1 if window.older else 0,
        until=last[0].id if window.newer else None,
    )
    names = ThreadNames(
        seen.contact.id, seen.contact.name, known.agent_names, known.team_names, known.label_names
    )
    others = beside(connection, window.messages)
    drawn = [(m.id, item_of(m, names, who, others)) for m in window.messages]
    return _in_order(drawn, facts, names, who)


def _in_order(
    drawn: list[tuple[int, Item]], facts: Iterable[Event], names: ThreadNames, who: Acting
) -> list[Item]:
    """Ids of messages and of facts share one order."""
    for fact in facts:
        line = line_of(fact, names, who)
        if line is not None:
            drawn.append((fact.id, line))
    return [item for _, item in sorted(drawn, key=lambda pair: pair[0])]
