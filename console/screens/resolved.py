"""Quem resolveu o quê: a line for each agent, team, instance or label, under each credit rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from console.readmodel.measure import Figure, Part, PartKey, Question
from console.readmodel.metrics import METRICS_BY_KEY, Credit, Form
from console.screens.figures.asked import Asked
from console.screens.figures.cards import Card, Value, begun
from console.store import people
from console.store.work import Store

MAIN: Final = "resolved"
ROWS: Final = (
    (MAIN, "resolved_conversations", "resolved_contacts", "silent_close"),
    ("handle_time", "resolution_time", "reopen_share_24h"),
)
COLUMNS: Final = tuple(key for row in ROWS for key in row)
OF_WHOM: Final = ("agent", "team", "instance", "label")
MOST: Final = 5
"""Lines that have a colour of their own; the others are one."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one key has, by metric; the key None is nobody, machines, no team or no label."""

    key: PartKey
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Stripe:
    """One colour of the course: resolved by one key, or by the others when `is_others`."""

    key: PartKey
    question: Question
    values: tuple[Value, ...]
    is_others: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands by one rule; `moved` says how many places above the first rule's.

    The place is None for those who are no person or have none, and equal ones share a place.
    """

    question: Question
    n: int
    place: int | None = None
    moved: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One agent under each rule, in the order of `rules`; the key None is nobody in person."""

    key: PartKey
    places: tuple[Place, ...]


def questions(asked: Asked) -> tuple[Question, ...]:
    """What the columns ask, in their order."""
    return tuple(asked.question(METRICS_BY_KEY[key]) for key in COLUMNS)


def shown(figure: Figure | None) -> Value:
    """What a cell shows: the median of a duration, the value of anything else."""
    if figure is None:
        return None
    return figure.median if figure.form is Form.DURATION else figure.value


def total(asked: Asked, question: Question) -> Card:
    """What all lines come to, beside the period before; raises RuleError."""
    before = None
    if asked.is_compared:
        earlier = replace(question, period=asked.period.as_far_before(asked.at))
        before = _as_shown(asked.figure(earlier))
    return Card(question, _as_shown(asked.figure(question)), before)


def _as_shown(figure: Figure) -> Figure:
    return replace(figure, value=shown(figure))


def lines(asked: Asked, by: str) -> tuple[Line, ...]:
    """A line for each key, those who resolved most first, nobody last; raises RuleError."""
    found: dict[PartKey, dict[str, Figure]] = {}
    for question in questions(asked):
        for part in asked.parts(question, by):
            found.setdefault(part.keys[0], {})[question.metric.key] = part.figure
    made = [Line(key, figures) for key, figures in found.items()]
    return tuple(sorted(made, key=_most_first))


def _most_first(line: Line) -> tuple[bool, float, int]:
    main = line.figures.get(MAIN)
    return line.key is None, -(main.n if main else 0), int(line.key or 0)


def stripes(asked: Asked, by: str) -> tuple[Stripe, ...]:
    """The course of those who resolved most, and of all others together; raises RuleError."""
    question = asked.question(METRICS_BY_KEY[MAIN])
    keys = [line.key for line in lines(asked, by) if MAIN in line.figures]
    first, rest = keys[:MOST], keys[MOST:]
    if len(rest) == 1:  # one more has a name, too
        first, rest = keys, []
    parts = asked.parts(question, by, asked.by, has_quantiles=False)
    found = [
        Stripe(key, asked.part(question, by, key), _values(asked, parts, {key})) for key in first
    ]
    if rest and by != "label":  # the same row may have several labels: others would say nothing
        values = _values(asked, parts, set(rest))
        found.append(Stripe(None, asked.others(question, by, first), values, is_others=True))
    return tuple(found)


def _values(asked: Asked, parts: Sequence[Part], keys: set[PartKey]) -> tuple[Value, ...]:
    """The sums of some keys in each bucket that has begun."""
    sums: dict[PartKey, float] = {}
    for part in parts:
        key, bucket = part.keys
        if key in keys:
            sums[bucket] = sums.get(bucket, 0) + part.figure.n
    return tuple(sums.get(one.key, 0.0) for one in begun(asked))


def rules(asked: Asked) -> tuple[Credit, ...]:
    """The credit rules, the chosen one first."""
    metric = METRICS_BY_KEY[MAIN]
    chosen = metric.credit(asked.question(metric).credit)
    return (chosen, *(rule for rule in metric.credits if rule is not chosen))


def standings(asked: Asked) -> tuple[Standing, ...]:
    """Who stands where under each rule, by the places of the first one; raises RuleError."""
    metric = METRICS_BY_KEY[MAIN]
    asking = [replace(asked.question(metric), credit=rule.key) for rule in rules(asked)]
    counts = [_counts(asked, question) for question in asking]
    orders = [_places(count) for count in counts]
    keys = {key for count in counts for key in count}

    def standing(key: PartKey) -> Standing:
        first = orders[0].get(key)
        found = []
        for question, count, order in zip(asking, counts, orders, strict=True):
            place = order.get(key)
            moved = first - place if first is not None and place is not None else None
            narrowed = asked.part(question, "agent", key)
            found.append(Place(narrowed, count.get(key, 0), place, moved))
        return Standing(key, tuple(found))

    return tuple(sorted(map(standing, keys), key=_in_order))


def _counts(asked: Asked, question: Question) -> dict[PartKey, int]:
    return {part.keys[0]: part.figure.n for part in asked.parts(question, "agent")}


def _places(counts: Mapping[PartKey, int]) -> dict[PartKey, int]:
    """The place of each person: one more than there are people with a greater number."""
    people_n = sorted((n for key, n in counts.items() if key is not None), reverse=True)
    return {key: people_n.index(n) + 1 for key, n in counts.items() if key is not None}


def _in_order(one: Standing) -> tuple[bool, bool, int, int, int]:
    """By the first rule's places; who has none there by the second's; nobody last."""
    first, *others = (place.place for place in one.places)
    later = min((place for place in others if place is not None), default=0)
    return one.key is None, first is None, first or later, later, int(one.key or 0)


def away(store: Store) -> frozenset[int]:
    """The agents who are no longer active."""
    with store.read() as connection:
        return frozenset(one.id for one in people.agents(connection) if not one.is_active)
