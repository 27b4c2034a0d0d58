"""Figures on cards: the value, what has changed, and its small course in time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal

from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.i18n import LANGUAGES, Text
from console.readmodel.measure import Figure, Part, PartKey, Question
from console.readmodel.metrics import METRICS_BY_KEY, Form, Metric
from console.readmodel.period import Bucket, buckets
from console.screens.figures.asked import Asked

Unit = Literal["number", "seconds", "share"]
Tone = Literal["good", "bad", "neutral"]
Value = float | None
Groups = Sequence[tuple[Text, Sequence[str]]]

UNITS: Final[dict[Form, Unit]] = {
    Form.COUNT: "number",
    Form.DISTINCT: "number",
    Form.DURATION: "seconds",
    Form.SHARE: "share",
    Form.STATE: "number",
    Form.OLDEST: "seconds",
    Form.LATEST: "seconds",
}
# What is better when there is more of it, and what is worse; of the others it depends.
BETTER: Final = frozenset(
    "resolved resolved_conversations resolved_contacts sla_first_response sla_reply"
    " sla_resolution".split()
)
WORSE: Final = frozenset(
    "queue_time first_response reply_time handle_time resolution_time open_time delivery_time"
    " reopened reopen_share_24h reopen_share_7d silent_close unanswered_close"
    " delivery_failed_share backlog unassigned unread waiting oldest_wait".split()
)


_COUNTS: Final = frozenset({Form.COUNT, Form.DISTINCT})


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure has more or less than before; `relative` is None when there was nothing."""

    absolute: float
    relative: float | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class Card:
    """A figure, the one before (None when nothing is compared), and its course in time.

    `small` is the course in which no count is half: it ends where the bucket that runs begins.
    """

    question: Question
    figure: Figure
    before: Figure | None = None
    course: tuple[Value, ...] = ()
    small: tuple[Value, ...] = ()

    @property
    def metric(self) -> Metric:
        """What is counted."""
        return self.question.metric

    @property
    def unit(self) -> Unit:
        """What the values are."""
        return UNITS[self.metric.form]

    @property
    def change(self) -> Change | None:
        """What has changed; None without a comparison or without both values."""
        if self.before is None or self.before.value is None or self.figure.value is None:
            return None
        return change(self.metric, self.before.value, self.figure.value)


def foresee(asked: Asked, groups: Groups) -> None:
    """Read at once what several groups of cards show; raises nothing: a card tells it by itself."""
    keys = dict.fromkeys(key for _, group in groups for key in group)
    with suppress(RuleError):
        asked.foresee_trends([asked.question(METRICS_BY_KEY[key]) for key in keys])


def cards(asked: Asked, keys: Sequence[str]) -> Iterator[Card]:
    """A card for each metric, one after the other, so that the first is seen early.

    When one of them is refused (RuleError), the next can still be asked for: no generator can.
    """

    def one(key: str) -> Card:
        return card(asked, asked.question(METRICS_BY_KEY[key]))

    return map(one, keys)


def card(asked: Asked, question: Question) -> Card:
    """The card of a question; raises RuleError."""
    found = asked.trend(question)
    before = found.before if asked.is_compared else None
    values = course(asked, question.metric, found.parts)
    over_n = sum(one.to_at <= asked.at for one in begun(asked))
    is_count = question.metric.form in _COUNTS
    return Card(question, found.figure, before, values, values[:over_n] if is_count else values)


def course(asked: Asked, metric: Metric, parts: Sequence[Part]) -> tuple[Value, ...]:
    """A value for each bucket that has begun; nothing counted is 0, no duration is a gap."""
    known: dict[PartKey, Value] = {part.keys[0]: part.figure.value for part in parts}
    empty = 0.0 if metric.form in _COUNTS else None
    return tuple(known.get(one.key, empty) for one in begun(asked))


def begun(asked: Asked) -> tuple[Bucket, ...]:
    """The buckets of the period that have begun."""
    found: list[Bucket] = []
    until: Instant = asked.period.from_at
    for one in buckets(asked.period, asked.by):
        if until > asked.at:
            break
        found.append(one)
        until = one.to_at
    return tuple(found)


def titled(metric: Metric) -> Text:
    """The name of a metric with its Brazilian short name before it: `TME · Tempo de espera`."""
    short = f"{metric.short} · " if metric.short else ""
    return Text(*(f"{short}{metric.name.in_(language)}" for language in LANGUAGES))


def within(asked: Asked, question: Question, bucket: PartKey) -> Question:
    """The question of one bucket of its course; that of a state is asked at the bucket's end."""
    if not question.metric.is_state:
        return replace(question, parts=(*question.parts, (asked.by, bucket)))
    (until,) = (one.to_at for one in begun(asked) if one.key == bucket)
    return replace(question, period=replace(question.period, to_at=until))


def change(metric: Metric, before: float, now: float) -> Change:
    """What has changed from one value to another, and whether that is good."""
    difference = now - before
    relative = difference / before if before else None
    return Change(difference, relative, _tone(metric, difference))


def _tone(metric: Metric, difference: float) -> Tone:
    if not difference or metric.key not in BETTER | WORSE:
        return "neutral"
    return "good" if (difference > 0) == (metric.key in BETTER) else "bad"


ROWS: Final = {
    "episode": Text("{n} atendimentos", "{n} episodes", "{n} atenciones"),
    "turn": Text("{n} vezes do cliente", "{n} customer turns", "{n} turnos del cliente"),
    "message": Text("{n} mensagens", "{n} messages", "{n} mensajes"),
    "event": Text("{n} ações", "{n} acts", "{n} acciones"),
    "act": Text("{n} ações", "{n} acts", "{n} acciones"),
    "holding": Text("{n} conversas", "{n} conversations", "{n} conversaciones"),
    "wait": Text("{n} conversas", "{n} conversations", "{n} conversaciones"),
    "unread": Text("{n} conversas", "{n} conversations", "{n} conversaciones"),
}
ONE_ROW: Final = {
    "episode": Text("1 atendimento", "1 episode", "1 atención"),
    "turn": Text("1 vez do cliente", "1 customer turn", "1 turno del cliente"),
    "message": Text("1 mensagem", "1 message", "1 mensaje"),
    "event": Text("1 ação", "1 act", "1 acción"),
    "act": Text("1 ação", "1 act", "1 acción"),
    "holding": Text("1 conversa", "1 conversation", "1 conversación"),
    "wait": Text("1 conversa", "1 conversation", "1 conversación"),
    "unread": Text("1 conversa", "1 conversation", "1 conversación"),
}
CENSORED: Final = Text(
    "à parte, {n} sem término", "apart from them {n} without an end", "aparte, {n} sin término"
)
UNDECIDED: Final = Text("à parte, {n} de fora", "apart from them {n} left out", "aparte, {n} fuera")
PARTS: Final = (
    ("start", Text("Começa", "Starts", "Empieza")),
    ("end", Text("Termina", "Ends", "Termina")),
    ("credit", Text("Conta para", "Counts for", "Cuenta para")),
    ("cohort", Text("Entra no período por", "Falls into the period by", "Entra en el período por")),
    ("null", Text("Vazio", "Empty", "Vacío")),
)
