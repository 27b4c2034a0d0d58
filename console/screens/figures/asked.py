"""A question of a page of figures, understood: whoever asks, of which period, on which clock."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Final, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right
from console.domain.errors import RuleError
from console.domain.ids import SECOND, Instant
from console.i18n import Text
from console.readmodel import ask, explain, expression, figures, past, trends
from console.readmodel.explain import Explanation
from console.readmodel.measure import (
    Bar,
    Clock,
    Figure,
    Part,
    PartKey,
    Question,
    Reason,
    Trend,
)
from console.readmodel.metrics import METRICS, Form, Metric
from console.readmodel.model import ReadModel
from console.readmodel.past import Held
from console.readmodel.period import BucketOf, Period, bucket_of, days, local_of
from console.readmodel.ranked import Ranked, ranked
from console.readmodel.tree import Everything, Tree
from console.screens.figures.wanted import BEFORE, NOTHING, PRESETS_BY_KEY, Wanted, own_days

T = TypeVar("T")
_MOST_DAYS: Final = 3_660


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything a page asks goes through here, once per question and watermark."""

    model: ReadModel
    who: Acting
    at: Instant
    mark: str
    period: Period
    tree: Tree
    clock: Clock
    credit: str
    is_compared: bool

    @property
    def by(self) -> BucketOf:
        """What courses in time go by."""
        return bucket_of(self.period)

    def question(self, metric: Metric, *parts: tuple[str, PartKey]) -> Question:
        """This question of a metric; what the metric has no choice of is left at its usual."""
        credit = self.credit if self.credit in {one.key for one in metric.credits} else ""
        clock: Clock = self.clock if metric.business else "calendar"
        return Question(metric, self.period, self.tree, credit, clock, parts)

    def part(self, question: Question, dimension: str, key: PartKey) -> Question:
        """The question of one part of a question."""
        return replace(question, parts=(*question.parts, (dimension, key)))

    def others(self, question: Question, dimension: str, keys: Sequence[PartKey]) -> Question:
        """The question without some parts of it."""
        return replace(question, without=tuple((dimension, key) for key in keys))

    def lasting(self, question: Question, least: int, below: int | None) -> Question:
        """The question of the durations between two lengths in seconds."""
        return replace(question, lasting=(least, below))

    def figure(self, question: Question) -> Figure:
        """A figure with its quantiles; raises RuleError."""
        return self._once(
            ("figure", question), lambda: figures.figure(self.model, question, self.who, self.at)
        )

    def trend(self, question: Question) -> Trend:
        """A figure with its course and the one before; raises RuleError."""
        return self._once(
            ("trend", question),
            lambda: trends.trend(self.model, question, self.by, self.who, self.at),
        )

    def parts(self, question: Question, *by: str, has_quantiles: bool = True) -> Sequence[Part]:
        """The figure of each value of some dimensions; raises RuleError."""
        return self._once(
            ("parts", question, by, has_quantiles),
            lambda: figures.parts(
                self.model, question, by, self.who, self.at, has_quantiles=has_quantiles
            ),
        )

    def foresee(self, question: Question, *sides: tuple[str, ...]) -> None:
        """Read a duration once for its figure, its lengths and some breakdowns; raises RuleError.

        What is asked of them afterwards is known already.
        """
        found = self._once(
            ("spread", question, sides),
            lambda: figures.spread(self.model, question, sides, self.who, self.at),
        )
        self._once(("figure", question), lambda: found.figure)
        self._once(("histogram", question), lambda: found.bars)
        for by, parts in found.parts.items():
            self._once(("parts", question, by, True), partial(_given, parts))

    def foresee_trends(self, questions: Sequence[Question]) -> None:
        """Read what is added up ahead of several figures at once; raises RuleError.

        Their trends are known afterwards, those of the others are still to be asked.
        """
        found = self._once(
            ("trends", tuple(questions)),
            lambda: trends.added_up(self.model, questions, self.by, self.who, self.at),
        )
        for question, trend in found.items():
            self._once(("trend", question), partial(_given, trend))

    def ranked(
        self, question: Question, by: str, limit: int, *, is_least_first: bool = False
    ) -> Sequence[Ranked]:
        """The first parts by their value; raises RuleError."""
        return self._once(
            ("ranked", question, by, limit, is_least_first),
            lambda: ranked(
                self.model,
                question,
                by,
                self.who,
                self.at,
                limit=limit,
                is_least_first=is_least_first,
            ),
        )

    def histogram(self, question: Question) -> Sequence[Bar]:
        """How durations are spread; raises RuleError."""
        return self._once(
            ("histogram", question),
            lambda: figures.histogram(self.model, question, self.who, self.at),
        )

    def course(self, question: Question, instants: Sequence[Instant]) -> Sequence[int]:
        """How many stretches of a state hold at each instant; raises RuleError."""
        return self._once(
            ("course", question, tuple(instants)),
            lambda: figures.course(self.model, question, instants, self.who, self.at),
        )

    def held(self, question: Question, instants: tuple[Instant, ...]) -> Held:
        """How much of a state stood with whom at each instant; raises RuleError."""
        return self._once(
            ("held", question, instants),
            lambda: past.held(self.model, question, instants, self.who, self.at),
        )

    def explained(self, question: Question, by: str) -> Explanation:
        """What changed since the period before, by one dimension; raises RuleError."""
        against = explain.before_of(question, self.at)
        return self._once(
            ("explained", question, by),
            lambda: explain.explain(self.model, question, against, by, self.who, self.at),
        )

    def reasons(self, question: Question, limit: int, skip: int) -> Sequence[Reason]:
        """The rows behind a figure; raises RuleError."""
        return self._once(
            ("reasons", question, limit, skip),
            lambda: figures.reasons(
                self.model, question, self.who, self.at, limit=limit, skip=skip
            ),
        )

    def total(self, question: Question) -> int:
        """How many rows stand behind a figure, those left out included; raises RuleError."""
        if question.metric.form is Form.DISTINCT:
            question = replace(question, metric=replace(question.metric, form=Form.COUNT))
        found = self.figure(question)
        return found.n + found.censored_n

    def _once(self, key: Hashable, answer: Callable[[], T]) -> T:
        return self.model.memory.of(self.mark, (key, self.who, self.at), answer)


def _given(found: T) -> T:
    return found


def understand(model: ReadModel, who: Acting, wanted: Wanted, now: Instant) -> Asked:
    """What is asked, of the instant up to which the data goes; raises RuleError in one sentence."""
    check(who)
    zone = zone_of(wanted.zone, model)
    mark = model.edition
    at = model.memory.instant(mark, now - int(model.stale_s * SECOND))
    tree = expression.parse(wanted.filter)
    if not isinstance(tree, Everything):
        ask.check(model, tree, who, at)
    return Asked(
        model,
        who,
        at,
        mark,
        _period(wanted.period, local_of(at, zone).date(), zone),
        tree,
        _clock(wanted.clock),
        _credit(wanted.credit),
        _is_compared(wanted.compare),
    )


def check(who: Acting) -> None:
    """Raise RuleError for a person who may not see figures."""
    if not who.may(Right.FIGURES):
        raise RuleError(NOT_ALLOWED)


def zone_of(name: str, model: ReadModel) -> ZoneInfo:
    """A time zone by its name, the account's for an empty one; raises RuleError."""
    if not name:
        return model.zone
    if name not in zones():
        raise RuleError(_NO_ZONE)
    return ZoneInfo(name)


@cache
def zones() -> tuple[str, ...]:
    """The time zones of places, by name."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def credits_of(metrics: Sequence[Metric]) -> dict[str, Text]:
    """The credit rules that some of these metrics let people choose between, by key."""
    chosen = (rule for metric in metrics if len(metric.credits) > 1 for rule in metric.credits)
    return {rule.key: rule.name for rule in chosen}


def _period(text: str, today: date, zone: ZoneInfo) -> Period:
    if text in PRESETS_BY_KEY:
        return days(*PRESETS_BY_KEY[text].days(today), zone)
    given = own_days(text)
    if given is None:
        raise RuleError(_NO_PERIOD)
    first, last = given
    if not 0 <= (last - first).days < _MOST_DAYS or first.year < _FIRST_YEAR:
        raise RuleError(_BAD_DAYS)
    return days(first, last, zone)


def _clock(text: str) -> Clock:
    match text:
        case "calendar" | "business":
            return text
        case _:
            raise RuleError(_NO_CLOCK)


def _credit(text: str) -> str:
    if text and text not in {rule.key for metric in METRICS for rule in metric.credits}:
        raise RuleError(_NO_CREDIT)
    return text


def _is_compared(text: str) -> bool:
    if text not in {BEFORE, NOTHING}:
        raise RuleError(_NO_COMPARISON)
    return text == BEFORE


_FIRST_YEAR: Final = 1971
_NO_PERIOD: Final = Text(
    "Este período não existe. Escolha um da lista, ou escreva como 2026-11-01..2026-11-07.",
    "There is no such period. Choose one of the list, or write it like 2026-11-01..2026-11-07.",
    "Este período no existe. Elige uno de la lista, o escríbelo como 2026-11-01..2026-11-07.",
)
_BAD_DAYS: Final = Text(
    "O primeiro dia vem depois do último, ou são mais de dez anos. Escolha os dias de novo.",
    "The first day comes after the last, or they are more than ten years. Choose the days again.",
    "El primer día viene después del último, o son más de diez años. Elige los días de nuevo.",
)
_NO_ZONE: Final = Text(
    "Este fuso horário não existe. Escolha um da lista, como America/Manaus.",
    "There is no such time zone. Choose one of the list, such as America/Manaus.",
    "Esta zona horaria no existe. Elige una de la lista, como America/Bogota.",
)
_NO_CLOCK: Final = Text(
    "Este relógio não existe. Escolha o corrido ou o de atendimento.",
    "There is no such clock. Choose the calendar's or that of business hours.",
    "Este reloj no existe. Elige el corrido o el de atención.",
)
_NO_CREDIT: Final = Text(
    "Este crédito não existe. Escolha um da lista.",
    "There is no such credit rule. Choose one of the list.",
    "Este crédito no existe. Elige uno de la lista.",
)
_NO_COMPARISON: Final = Text(
    "Esta comparação não existe. Escolha o período anterior, ou nenhuma.",
    "There is no such comparison. Choose the period before, or none.",
    "Esta comparación no existe. Elige el período anterior, o ninguna.",
)
