"""The live board: the queue now, whose it is, and the last hour beside the same hour before.

Every figure carries the filter of exactly the rows that it counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.agent import Acting, Role
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.domain.text import fold
from console.i18n import Text
from console.readmodel import ask, expression
from console.readmodel.board import BANDS, EDGES, QUEUE, Part
from console.readmodel.board import Board as Queue
from console.readmodel.filters import NONE, SPECIAL_WORDS, Names
from console.readmodel.model import ReadModel
from console.readmodel.names import Entry
from console.readmodel.tree import Condition, Tree, all_of
from console.screens.supervision import ONLINE, check
from console.store import people, sessions
from console.store.flow import Window, began_at, flows, last_hours
from console.store.people import Agent
from console.store.work import Connection, Store

STALE_S: Final = 60
"""Seconds without agreement with the store after which the board says so."""


class Tone(StrEnum):
    """How a figure looks: nothing to do, have an eye on it, too late."""

    PLAIN = "plain"
    CALM = "calm"
    WATCH = "watch"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; a wait is in seconds, None when nobody waits. Without `filter` it has no list.

    The list of a wait is that of the customers who wait, the longest wait first.
    """

    label: Text
    value: int | None
    filter: str = ""
    tone: Tone = Tone.PLAIN
    is_wait: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """What one agent, team or instance has; `is_online` only says something of an agent."""

    label: Text
    figures: tuple[Figure, ...]
    is_online: bool = False
    is_nobody: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one kind, those with most waiting customers first."""

    key: Names
    title: Text
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """The same hour of an earlier week; None when nothing was recorded yet."""

    ends: Instant
    n: int | None


@dataclass(frozen=True, slots=True)
class Hour:
    """How often something happened in the last hour, and in the same hour of earlier weeks."""

    label: Text
    n: int
    before: tuple[Before, ...]

    @property
    def mean(self) -> float | None:
        """The mean of the weeks that are known."""
        known = [one.n for one in self.before if one.n is not None]
        return sum(known) / len(known) if known else None


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board shows at one instant; `problem` says why there are no figures."""

    at: Instant
    cards: tuple[Figure, ...] = ()
    bands: tuple[Figure, ...] = ()
    groups: tuple[Group, ...] = ()
    hours: tuple[Hour, ...] = ()
    stale_s: int | None = None
    problem: Text | None = None

    @property
    def waiting_n(self) -> int:
        """How many customers wait."""
        return sum(band.value or 0 for band in self.bands)

    @property
    def figures(self) -> list[Figure]:
        """Every figure that opens a list."""
        of_lines = [f for group in self.groups for line in group.lines for f in line.figures]
        return [f for f in (*self.cards, *self.bands, *of_lines) if f.filter]


PROBLEM: Final = Text(
    "Não deu para contar a fila agora. Tentamos de novo em alguns segundos.",
    "The queue could not be counted just now. We try again in a few seconds.",
    "No se pudo contar la cola ahora. Lo intentamos de nuevo en unos segundos.",
)
NOBODY: Final = Text("Sem responsável", "Unassigned", "Sin responsable")
NO_TEAM: Final = Text("Sem equipe", "No team", "Sin equipo")
OPEN: Final = Text("Pendentes", "Pending", "Pendientes")
WAITING: Final = Text("Esperando", "Waiting", "Esperando")
OLDEST: Final = Text("Maior espera", "Longest wait", "Mayor espera")
BAND_NAMES: Final = (
    Text("até 15 min", "up to 15 min", "hasta 15 min"),
    Text("15 min a 1 h", "15 min to 1 h", "15 min a 1 h"),
    Text("1 a 4 h", "1 to 4 h", "1 a 4 h"),
    Text("4 a 24 h", "4 to 24 h", "4 a 24 h"),
    Text("1 a 3 dias", "1 to 3 days", "1 a 3 días"),
    Text("mais de 3 dias", "over 3 days", "más de 3 días"),
)
BAND_TONES: Final = (Tone.CALM, Tone.WATCH, Tone.WATCH, Tone.LATE, Tone.LATE, Tone.LATE)
_IS_WAITING: Final = Condition("waiting", "is")
_FREE_ROLES: Final = frozenset({Role.AGENT, Role.TEAM_LEAD})


def build(store: Store, model: ReadModel, who: Acting, now: Instant) -> Board:
    """The board of what the person may see; raises RuleError without the right."""
    check(who)
    stale_s = int(model.stale_s) if model.stale_s > STALE_S else None
    try:
        queue = ask.board(model, who, now)
    except RuleError:
        return Board(now, stale_s=stale_s, problem=PROBLEM)
    with store.read() as connection:
        online = sessions.seen_since(connection, now - ONLINE)
        present = [a for a in people.agents(connection, only_active=True) if a.id in online]
        hours = _hours(connection, who, last_hours(now, model.zone))
    bands = tuple(_band(n, queue.bands[n]) for n in range(BANDS))
    groups = _groups(model, queue, _free(present, who), online, now)
    return Board(now, _cards(queue, now), bands, groups, hours, stale_s)


def _cards(queue: Queue, now: Instant) -> tuple[Figure, ...]:
    whole, nobody = queue.whole, queue.by_assignee.get(None, Part())
    waiting = Text("Clientes esperando", "Customers waiting", "Clientes esperando")
    unread = Text("Pendentes não lidas", "Pending, unread", "Pendientes no leídas")
    return (
        Figure(waiting, whole.waiting_n, _text(_IS_WAITING), _calm_at_zero(whole.waiting_n)),
        _oldest(whole, (), now),
        Figure(NOBODY, nobody.open_n, _text(Condition("unassigned", "is"))),
        Figure(unread, whole.unread_n, _text(Condition("unread", "is"))),
        Figure(OPEN, whole.open_n, _text()),
    )


def _band(n: int, value: int) -> Figure:
    bounds = [Condition("waiting", ">", (EDGES[n - 1],))] if n else []
    bounds += [Condition("waiting", "<=", (EDGES[n],))] if n < len(EDGES) else []
    return Figure(BAND_NAMES[n], value, _text(*bounds), BAND_TONES[n])


def _oldest(part: Part, owner: tuple[Tree, ...], now: Instant) -> Figure:
    """The longest wait of a part of the queue, in the tone of its band."""
    if part.oldest_at is None:
        return Figure(OLDEST, None, _text(*owner, _IS_WAITING), Tone.CALM, is_wait=True)
    wait = now - part.oldest_at
    tone = BAND_TONES[sum(wait > edge * SECOND for edge in EDGES)]
    seconds = max(0, wait // SECOND)
    return Figure(OLDEST, seconds, _text(*owner, _IS_WAITING), tone, is_wait=True)


def _calm_at_zero(n: int) -> Tone:
    return Tone.PLAIN if n else Tone.CALM


def _text(*conditions: Tree) -> str:
    """The filter of the pending conversations with these conditions."""
    return expression.to_text(all_of((QUEUE, *conditions)))


def _free(present: Iterable[Agent], who: Acting) -> frozenset[int]:
    """Who is there to take something: agents whose conversations this person may see."""
    near = who.colleague_ids | {who.agent_id}
    is_near = who.scope.kind == "all"
    return frozenset(a.id for a in present if a.role in _FREE_ROLES and (is_near or a.id in near))


def _groups(
    model: ReadModel, queue: Queue, free: frozenset[int], online: frozenset[int], now: Instant
) -> tuple[Group, ...]:
    names = model.directory
    assigned: dict[int | None, Part] = {agent_id: Part() for agent_id in free}
    assigned |= queue.by_assignee
    by_agent = Text("Por atendente", "By agent", "Por agente")
    by_team = Text("Por equipe", "By team", "Por equipo")
    by_instance = Text("Por instância", "By instance", "Por instancia")
    return (
        Group("agent", by_agent, _lines("assignee", assigned, names.agents, now, online)),
        Group("team", by_team, _lines("team", queue.by_team, names.teams, now)),
        Group("instance", by_instance, _lines("instance", queue.by_instance, names.instances, now)),
    )


def _lines(
    field: str,
    parts: Mapping[int | None, Part],
    entries: Mapping[int, Entry],
    now: Instant,
    online: frozenset[int] = frozenset(),
) -> tuple[Line, ...]:
    """A line for each owner whose name is known; most waiting customers first."""
    words, found = _words(entries.values()), []
    for key, part in parts.items():
        if key is None:
            name, word = (NOBODY if field == "assignee" else NO_TEAM), NONE
        elif key in entries:
            name, word = _as_is(entries[key].name), words.get(key, "")
        else:
            continue  # made a moment ago: it has a name in the next round
        owner = (Condition(field, "=", (word,)),) if word else None
        line = Line(name, _figures(part, owner, now), key in online, key is None)
        found.append((-part.waiting_n, -part.open_n, fold(name.pt), key or 0, line))
    return tuple(line for *_, line in sorted(found, key=lambda one: one[:-1]))


def _figures(part: Part, owner: tuple[Tree, ...] | None, now: Instant) -> tuple[Figure, ...]:
    if owner is None:
        oldest = _oldest(part, (), now)
        wait = Figure(OLDEST, oldest.value, "", oldest.tone, is_wait=True)
        return (Figure(OPEN, part.open_n), Figure(WAITING, part.waiting_n), wait)
    return (
        Figure(OPEN, part.open_n, _text(*owner)),
        Figure(WAITING, part.waiting_n, _text(*owner, _IS_WAITING)),
        _oldest(part, owner, now),
    )


def _words(entries: Iterable[Entry]) -> dict[int, str]:
    """By which word a filter finds each entry and no other; those without one are left out."""
    known = list(entries)
    many = Counter(fold(entry.key).strip() for entry in known)
    return {
        entry.id: entry.key
        for entry in known
        if many[fold(entry.key).strip()] == 1 and fold(entry.key) not in SPECIAL_WORDS
    }


def _as_is(name: str) -> Text:
    return Text(name, name, name)


def _hours(connection: Connection, who: Acting, windows: list[Window]) -> tuple[Hour, ...]:
    counted = flows(connection, windows, who.scope)
    first = began_at(connection)
    known = [first is not None and first <= window.begins for window in windows]
    arrivals = Text("Chegaram", "Arrived", "Llegaron")
    resolves = Text("Resolvidas", "Resolved", "Resueltas")

    def hour(label: Text, values: list[int]) -> Hour:
        weeks = zip(windows[1:], values[1:], known[1:], strict=True)
        before = tuple(Before(w.ends, n if is_known else None) for w, n, is_known in weeks)
        return Hour(label, values[0], before)

    return (
        hour(arrivals, [flow.arrived for flow in counted]),
        hour(resolves, [flow.resolved for flow in counted]),
    )
