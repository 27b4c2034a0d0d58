"""A console without a database: a world per page, what was handled, and live batches to push."""

import asyncio
import time
from collections import defaultdict
from dataclasses import dataclass, field

from browser.components import sample

HANDLED: dict[str, list[dict]] = defaultdict(list)
LISTENERS: dict[str, list[asyncio.Queue]] = defaultdict(list)
PAGE = 100


@dataclass
class World:
    """One person's inbox, changed by the component's actions."""

    now: int
    rows: list[dict]
    threads: dict[str, list[dict]] = field(default_factory=dict)
    selected: str | None = None
    shown: int = PAGE
    depth: int = 40
    active: str | None = "all"
    instances: tuple[str, ...] = ()
    search: str = ""
    expression: str = ""
    problem: str | None = None
    sort: str = "newest"
    focus: str | None = None
    blocked: bool = False
    has_window: bool = False
    refused: list[dict] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    contact_labels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def make(n: int, *, is_naughty: bool) -> World:
    """A world of n conversations, the newest first."""
    now = int(time.time() * 1000)
    rows = [sample.row(at, now) for at in range(n)]
    if is_naughty:
        for at, text in enumerate(sample.NAUGHTY):
            rows[at] |= {"name": text, "preview": text}
    return World(now, rows)


def handle(world: World, action: dict) -> None:
    """Do what the browser asked for."""
    kind = action["kind"]
    simple = {"select": "id", "filter": "key", "sort": "key", "search": "text", "focus": "message"}
    target = {"select": "selected", "filter": "active"}.get(kind, kind)
    if kind in simple:
        setattr(world, target, action[simple[kind]])
    elif kind in HANDLERS:
        HANDLERS[kind](world, action)
    else:
        _change_rows(world, action)


def _close(world, _action):
    world.selected = None


def _more(world, _action):
    world.shown += PAGE


def _older(world, _action):
    world.depth += 40


def _expression(world, action):
    bad = "xyz" in action["text"]
    world.problem = "O campo “xyz” não existe. Você quis dizer “status”?" if bad else None
    if not bad:
        world.expression = action["text"]


def _instances(world, action):
    world.instances = tuple(action["keys"])


def _say(world, action):
    if "RECUSE" in action["text"]:
        reason = "A janela de 24 horas está fechada."
        world.refused.append({"key": action["key"], "text": reason})
        return
    items = thread_of(world, action["id"])
    number = max(int(item["id"]) for item in items) + 1
    is_note = action["kind"] == "note"
    more = {"delivery": None if is_note else "queued", "key": action["key"]}
    direction = "note" if is_note else "out"
    now = int(time.time() * 1000)
    items.append(sample.message(number, action["text"], now, direction, **more))
    find(world, action["id"]).update(preview=action["text"], direction=direction, at=now)


def _template(world, action):
    called = action["template"]
    (known,) = [one for one in sample.window()["templates"] if one["name"] == called["name"]]
    text = known["body"]["text"]
    for number, value in enumerate(called["body"], 1):
        text = text.replace(f"{{{{{number}}}}}", value)
    _say(world, {**action, "text": text})


def _contact(world, action):
    find(world, action["contact"])["name"] = action["name"]


def _block(world, action):
    world.blocked = action["on"]


def _label(world, action):
    for conversation in action["ids"]:
        labels = world.contact_labels[conversation]
        if action["on"] and action["label"] not in labels:
            labels.append(action["label"])
        elif not action["on"] and action["label"] in labels:
            labels.remove(action["label"])


def _file(world, action):
    items = thread_of(world, action["id"])
    now = int(time.time() * 1000)
    number = max(int(item["id"]) for item in items) + 1
    file = {"id": "1", "state": "here", "form": "picture", "name": "a", "size": 1, "problem": None}
    more = {"kind": "image", "delivery": "queued", "key": action["key"], "file": file}
    items.append(sample.message(number, action["text"], now, "out", **more))


HANDLERS = {
    "close": _close,
    "more": _more,
    "older": _older,
    "expression": _expression,
    "reply": _say,
    "note": _say,
    "template": _template,
    "instances": _instances,
    "contact": _contact,
    "block": _block,
    "label": _label,
    "refresh": lambda world, action: None,
    "file": _file,
    "fetch": lambda world, action: None,
    "newer": lambda world, action: None,
}


def _change_rows(world, action):
    changes = {
        "resolve": {"status": "resolved", "waiting_since": None},
        "reopen": {"status": "pending"},
        "read": {"unread": 0},
        "unread": {"unread": 1},
        "assign": {"assignee_id": action.get("agent"), "assignee": _name(action.get("agent"))},
        "team": {},
    }[action["kind"]]
    for conversation in action["ids"]:
        row = find(world, conversation)
        row.update(changes, version=row["version"] + 1)


def _name(agent):
    return next((a["name"] for a in sample.agents() if a["id"] == agent), None)


def find(world: World, conversation: str) -> dict:
    """The row of this conversation."""
    return next(row for row in world.rows if row["id"] == conversation)


def thread_of(world: World, conversation: str) -> list[dict]:
    """All items of this conversation."""
    if conversation not in world.threads:
        row = find(world, conversation)
        items = sample.thread_items(row, 120)
        if row["name"] in sample.NAUGHTY:
            base = int(items[-1]["id"]) + 1
            at = row["at"]
            items = [sample.message(base + i, t, at) for i, t in enumerate(sample.NAUGHTY)]
        world.threads[conversation] = items
    return world.threads[conversation]
