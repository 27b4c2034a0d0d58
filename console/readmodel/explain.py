"""What changed between two periods: the change of a figure in parts of groups that add up to it.

A mean or a share changes because rows moved between groups (mix) and because groups changed in
themselves (rate). With the weights and values of both periods halfway, both parts add up to the
change and nothing is left over: docs/decisions/0017-how-a-change-is-explained.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import fsum
from typing import Any, Final

from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.i18n import Text
from console.readmodel.counted import NOT_BY, Counted
from console.readmodel.figures import key_of
from console.readmodel.measure import PartKey, Question
from console.readmodel.metrics import Form, Metric
from console.readmodel.model import ReadModel
from console.readmodel.period import Period
from console.readmodel.summed import SUMMED

BY: Final = ("agent", "team", "instance", "hour", "weekday", "label")
"""What a change is explained by, in the order that people see."""
_MEANS: Final = {Form.DURATION, Form.SHARE}
_EXTREMES: Final = {Form.OLDEST, Form.LATEST}  # one row's value


@dataclass(frozen=True, slots=True)
class Side:
    """A group in one period: its rows, and the sum of their values (seconds, or how many are so).

    A row that belongs to several groups counts in each for its part, so that both may be broken.
    """

    n: float = 0.0
    total: float = 0.0

    @property
    def value(self) -> float | None:
        """The mean of the rows; None without any."""
        return self.total / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Effect:
    """What one group adds to the change; of a count everything is `rate`."""

    key: PartKey
    before: Side
    now: Side
    mix: float
    rate: float

    @property
    def change(self) -> float:
        """Both parts together."""
        return self.mix + self.rate


@dataclass(frozen=True, slots=True)
class Explanation:
    """A change by groups, those that add most to it first; None where a period has no value."""

    question: Question
    against: Question
    by: str
    before: float | None
    now: float | None
    effects: tuple[Effect, ...]

    @property
    def is_mean(self) -> bool:
        """Whether there is a mix beside the rate: of a mean or a share, not of a count."""
        return self.question.metric.form in _MEANS

    @property
    def change(self) -> float | None:
        """How much more or less it is now; None when one of the periods has no value."""
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def mix(self) -> float:
        """What is due to other weights of the groups."""
        return fsum(one.mix for one in self.effects)

    @property
    def rate(self) -> float:
        """What is due to other values within the groups."""
        return fsum(one.rate for one in self.effects)


def is_explained(metric: Metric) -> bool:
    """Whether a change of this metric has parts: the oldest wait is one wait."""
    return metric.form not in _EXTREMES


def dimensions_of(question: Question) -> tuple[str, ...]:
    """By what a change can be explained: none that is narrowed to one value already."""
    narrowed = {key for key, _ in question.parts}
    return tuple(key for key in BY if key in question.dimensions() and key not in narrowed)


def before_of(question: Question, now: Instant) -> Question:
    """The same question of the period before, cut where this one stands now, as cards compare."""
    period = question.period
    if not question.metric.is_state:
        return replace(question, period=period.as_far_before(now))
    length, last = period.to_at - period.from_at, min(period.to_at - 1, now)
    earlier = Period(period.from_at - length, last + 1 - length, period.zone)
    return replace(question, period=earlier)


def explain(
    model: ReadModel, question: Question, against: Question, by: str, who: Acting, now: Instant
) -> Explanation:
    """The change from `against` to `question` by one dimension; raises RuleError, FilterError."""
    if not is_explained(question.metric):
        raise RuleError(_ONE_ROW)
    if by not in dimensions_of(question):
        raise RuleError(NOT_BY)
    sides = [_sides(model, one, by, who, now) for one in (against, question)]
    is_mean = question.metric.form in _MEANS
    before, after = (_value(one, is_mean=is_mean) for one in sides)
    effects = effects_of(*sides, is_mean=is_mean)
    return Explanation(question, against, by, before, after, effects)


def effects_of(
    before: Mapping[PartKey, Side], now: Mapping[PartKey, Side], *, is_mean: bool
) -> tuple[Effect, ...]:
    """What each group adds to the change, the greatest first; none while a mean has no rows."""
    n0, n1 = (fsum(side.n for side in sides.values()) for sides in (before, now))
    if is_mean and not (n0 and n1):
        return ()
    totals = (fsum(side.total for side in sides.values()) for sides in (before, now))
    middle = sum(total / n for total, n in zip(totals, (n0, n1), strict=True)) / 2 if is_mean else 0
    found = []
    for key in before.keys() | now.keys():
        old, new = before.get(key, Side()), now.get(key, Side())
        mix, rate = _parts(old, new, (n0, n1), middle) if is_mean else (0.0, new.n - old.n)
        found.append(Effect(key, old, new, mix, rate))
    return tuple(sorted(found, key=lambda one: (-abs(one.change), _place(one.key))))


def _parts(old: Side, new: Side, n: tuple[float, float], middle: float) -> tuple[float, float]:
    """Mix and rate of one group; one that a period lacks has the other's value: it is all mix."""
    r0 = old.value if old.value is not None else new.value
    r1 = new.value if new.value is not None else old.value
    w0, w1 = old.n / n[0], new.n / n[1]
    if r0 is None or r1 is None:
        return 0.0, 0.0
    return (w1 - w0) * ((r0 + r1) / 2 - middle), (r1 - r0) * (w0 + w1) / 2


def _place(key: PartKey) -> tuple[bool, str | int]:
    return (key is None, "" if key is None else key)


def _value(sides: Mapping[PartKey, Side], *, is_mean: bool) -> float | None:
    n = fsum(side.n for side in sides.values())
    if not is_mean:
        return n
    return fsum(side.total for side in sides.values()) / n if n else None


def _sides(
    model: ReadModel, question: Question, by: str, who: Acting, now: Instant
) -> dict[PartKey, Side]:
    """The groups of one period.

    Rows are added up apart by how many groups share each of them, so that the sums are whole
    numbers and the same whatever their order.
    """
    form = question.metric.form
    summed = SUMMED[Form.COUNT if form is Form.DISTINCT else form]
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        counted = asked.counted(by)
        shared = _shared(counted, asked.key(by), by, form)
        found = asked.run(
            f"select key, sharers, {summed} from ({shared}) group by all order by all"
        )
    sides: dict[PartKey, Side] = {}
    for value, sharers, n, total, *_ in found:
        if n:
            key = key_of(by, value)
            more = Side(n / sharers, _seconds(total, form) / sharers)
            sides[key] = _added(sides.get(key, Side()), more)
    return sides


def _shared(counted: str, key: str, by: str, form: Form) -> str:
    """The rows with their group, and by how many groups each of them is shared.

    A conversation with two labels belongs to both; what counts once, however many rows it has,
    belongs to the groups of them all.
    """
    if form is Form.DISTINCT:
        sharers = "count(*) over (partition by value)"
        return f"select {key} as key, {sharers} as sharers, value from ({counted})"
    if by != "label":
        return f"select {key} as key, 1 as sharers, value from ({counted})"
    return (
        "select r.label_id as key, greatest(len(c.label_ids), 1) as sharers, r.value"
        f" from ({counted}) as r join conversation as c on c.id = r.conversation_id"
    )


def _added(one: Side, other: Side) -> Side:
    return Side(one.n + other.n, one.total + other.total)


def _seconds(total: Any, form: Form) -> float:
    return float(total or 0) / SECOND if form is Form.DURATION else float(total)


_ONE_ROW: Final = Text(
    "Esta métrica mostra um só caso, o mais antigo ou o mais recente: não há partes.",
    "This metric shows one case, the oldest or the latest: there are no parts.",
    "Esta métrica muestra un solo caso, el más antiguo o el más reciente: no hay partes.",
)
