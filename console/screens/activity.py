"""Última atividade: how long customers wait, when they write, and who was last active."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from console.domain.ids import SECOND, Instant
from console.domain.text import fold
from console.readmodel import ask
from console.readmodel.board import BANDS
from console.readmodel.measure import Figure, PartKey, Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.rows import Row
from console.readmodel.tree import Everything
from console.screens.figures.asked import Asked
from console.screens.figures.cards import Value
from console.store import people
from console.store.work import Store

CARDS: Final = ("waiting", "oldest_wait", "contact_activity", "agent_activity")
OLDEST: Final = 10
MOST: Final = 20
RECENT: Final = "recent"
SILENT: Final = "silent"
_LAST: Final = "last_agent_activity"
COUNTS: Final = ("sent", "resolved", "active_hours")


@dataclass(frozen=True, slots=True)
class Wait:
    """A customer who waits; `seconds` is how long, `agent` empty when nobody has it."""

    conversation_id: int
    contact_id: int
    contact: str
    instance: str
    agent: str
    seconds: float
    since_at: Instant


@dataclass(frozen=True, slots=True)
class Worker:
    """An agent with the latest act of the period, None without one, and what they did in it."""

    id: int
    name: str
    last_at: Instant | None
    counts: Mapping[str, float]

    def hourly(self, key: str) -> Value:
        """How many there were for each hour with an act in it; None without such an hour."""
        hours = self.counts["active_hours"]
        return self.counts[key] / hours if hours else None


@dataclass(frozen=True, slots=True)
class Customer:
    """A contact with the latest message or reaction of the period, and how many there were."""

    id: int
    conversation_id: int
    name: str
    instance: str
    agent: str
    last_at: Instant
    messages_n: int


def question(asked: Asked, key: str) -> Question:
    """The question of one metric of the page."""
    return asked.question(METRICS_BY_KEY[key])


def instant(asked: Asked) -> Instant:
    """The instant at which waits are asked: now, or the end of a period that is over."""
    return min(asked.period.to_at - 1, asked.at)


def bands(asked: Asked) -> tuple[int, ...]:
    """How many customers wait in each band of age; raises RuleError."""
    found = {
        part.keys[0]: part.figure.n for part in asked.parts(question(asked, "age_bands"), "age")
    }
    return tuple(found.get(n, 0) for n in range(BANDS))


def waits(asked: Asked) -> tuple[Wait, ...]:
    """The oldest waits; those who left the person's scope meanwhile are left out."""
    found = asked.reasons(question(asked, "oldest_wait"), OLDEST, 0)
    rows = _rows(asked, (one.conversation_id for one in found))
    at, agents = instant(asked), asked.model.directory.agents
    made = []
    for one in found:
        row, seconds = rows.get(one.conversation_id), float(one.value or 0)
        if row is not None:
            holder = agents.get(one.agent_id or 0)
            since_at = at - round(seconds * SECOND)
            name = holder.name if holder else ""
            who = row.contact_id, row.contact_name
            made.append(Wait(row.id, *who, row.instance_name, name, seconds, since_at))
    return tuple(made)


def field(asked: Asked) -> tuple[tuple[int, ...], ...]:
    """Messages and reactions of contacts by weekday and hour; raises RuleError."""
    activity = question(asked, "contact_activity")
    parts = asked.parts(activity, "weekday", "hour", has_quantiles=False)
    found = {part.keys: part.figure.n for part in parts}
    return tuple(tuple(found.get((day, hour), 0) for hour in range(24)) for day in range(7))


def workers(store: Store, asked: Asked) -> tuple[Worker, ...]:
    """Active agents of the person's scope, and whoever else did something; the latest first.

    Raises RuleError.
    """
    last = _by_agent(asked, _LAST)
    counts = {key: _by_agent(asked, key) for key in COUNTS}
    names = _colleagues(store, asked)
    for key in {*last, *(key for found in counts.values() for key in found)} - {None}:
        entry = asked.model.directory.agents.get(int(key or 0))
        names.setdefault(int(key or 0), entry.name if entry else "")
    made = [_worker(asked, key, name, last, counts) for key, name in names.items()]
    return tuple(sorted(made, key=lambda one: (-(one.last_at or 0), fold(one.name), one.id)))


def _worker(
    asked: Asked,
    key: int,
    name: str,
    last: Mapping[PartKey, Figure],
    counts: Mapping[str, Mapping[PartKey, Figure]],
) -> Worker:
    latest = last.get(key)
    done = {
        metric: found[key].value or 0.0 if key in found else 0.0 for metric, found in counts.items()
    }
    return Worker(key, name, _ago(asked, latest.value) if latest else None, done)


def _by_agent(asked: Asked, key: str) -> dict[PartKey, Figure]:
    found = asked.parts(question(asked, key), "agent", has_quantiles=False)
    return {part.keys[0]: part.figure for part in found}


def _colleagues(store: Store, asked: Asked) -> dict[int, str]:
    """The active agents whose conversations this person may see."""
    near = asked.who.colleague_ids | {asked.who.agent_id}
    is_near = asked.who.scope.kind == "all"
    with store.read() as connection:
        everybody = people.agents(connection, only_active=True)
    return {one.id: one.name for one in everybody if is_near or one.id in near}


def customers(asked: Asked, order: str) -> tuple[Customer, ...]:
    """The contacts heard last, or those silent for longest; raises RuleError."""
    last = question(asked, "last_contact_activity")
    found = asked.ranked(last, "contact", MOST, is_least_first=order != SILENT)
    rows = _rows(asked, (one.conversation_id for one in found))
    made = []
    for one in found:
        row, figure = rows.get(one.conversation_id), one.part.figure
        if row is not None:
            at = _ago(asked, figure.value)
            who = row.contact_id, row.id, row.contact_name, row.instance_name
            made.append(Customer(*who, row.assignee_name or "", at, figure.n))
    return tuple(made)


def _ago(asked: Asked, seconds: float | None) -> Instant:
    return asked.at - round((seconds or 0) * SECOND)


def _rows(asked: Asked, ids: Iterable[int]) -> dict[int, Row]:
    """Conversations with the names that this person may read."""
    found = ask.rows(asked.model, Everything(), asked.who, set(ids), asked.at)
    return {row.id: row for row in found}
