"""What is asked of a metric and what comes back: plain values, no SQL.

Durations are seconds; a null is None. Every figure carries the metric with its version, and the
watermark of the read model it was counted from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from console.i18n import Text
from console.readmodel.metrics import Form, Metric
from console.readmodel.period import Period
from console.readmodel.tree import Everything, Tree

Clock = Literal["calendar", "business"]
PartKey = int | str | None
WAITING_SINCE: Final = "since_at"  # the value of states that have an age
EVERYTHING: Final = Everything()
QUANTILES: Final = (0.5, 0.75, 0.9, 0.95)
# Upper edges of the bars of a histogram, in seconds; the last bar has none.
EDGES: Final = (
    10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 259_200,
)  # fmt: skip
# Upper edges of the ages of waits, in seconds.
AGES: Final = (900, 3_600, 14_400, 86_400, 259_200)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a metric can be broken down by; `key` is what links and commands call it."""

    key: str
    name: Text
    is_time: bool = False


DIMENSIONS: Final = (
    Dimension("agent", Text("Atendente", "Agent", "Agente")),
    Dimension("team", Text("Equipe", "Team", "Equipo")),
    Dimension("instance", Text("Instância", "Instance", "Instancia")),
    Dimension("label", Text("Etiqueta", "Label", "Etiqueta")),
    Dimension("contact", Text("Contato", "Contact", "Contacto")),
    Dimension("hour", Text("Hora do dia", "Hour of day", "Hora del día"), is_time=True),
    Dimension("weekday", Text("Dia da semana", "Weekday", "Día de la semana"), is_time=True),
    Dimension("day", Text("Dia", "Day", "Día"), is_time=True),
    Dimension("week", Text("Semana", "Week", "Semana"), is_time=True),
    Dimension("month", Text("Mês", "Month", "Mes"), is_time=True),
    Dimension("age", Text("Faixa de espera", "Age", "Franja de espera")),
)
DIMENSIONS_BY_KEY: Final = {one.key: one for one in DIMENSIONS}


@dataclass(frozen=True, slots=True)
class Question:
    """A metric over a period; `parts` narrows it to one value of some dimensions.

    `without` leaves out some of their values: what remains are the others. A state is asked at the
    last instant of the period, or now if that is earlier. `credit` is the key of a credit rule,
    empty for the metric's first. `lasting` narrows durations to those of at least so many seconds
    and fewer than so many, None for no end.
    """

    metric: Metric
    period: Period
    tree: Tree = EVERYTHING
    credit: str = ""
    clock: Clock = "calendar"
    parts: tuple[tuple[str, PartKey], ...] = ()
    lasting: tuple[int, int | None] | None = None
    without: tuple[tuple[str, PartKey], ...] = ()

    def dimensions(self) -> tuple[str, ...]:
        """The keys of what this metric can be broken down by."""
        return dimensions_of(self.metric)


def dimensions_of(metric: Metric) -> tuple[str, ...]:
    """The keys of what a metric can be broken down by.

    A state has no rows in time, so that its course is asked otherwise.
    """
    return tuple(one.key for one in DIMENSIONS if _divides(one, metric))


def _divides(dimension: Dimension, metric: Metric) -> bool:
    if dimension.is_time:
        return not metric.is_state
    match dimension.key:
        case "agent":
            return bool(metric.credits)
        case "age":
            return metric.value == WAITING_SINCE
        case _:
            return True


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is what stands first: the count, the share, or the mean in seconds.

    `n` is how many rows made it; `censored_n` how many have no end yet, or are left out because
    nothing is decided.
    """

    stamp: str
    form: Form
    value: float | None
    n: int
    censored_n: int = 0
    median: float | None = None
    p75: float | None = None
    p90: float | None = None
    p95: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The figure of one value, or of one value of each of several dimensions."""

    keys: tuple[PartKey, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure, its course in time, and the figure of the period before; without quantiles."""

    figure: Figure
    before: Figure
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """How many durations lie below an edge in seconds and not below the one before."""

    below: int | None
    n: int


@dataclass(frozen=True, slots=True)
class Spread:
    """A duration from several sides: as a whole, over its lengths, and by each of the sides."""

    figure: Figure
    bars: Sequence[Bar]
    parts: Mapping[tuple[str, ...], list[Part]]


@dataclass(frozen=True, slots=True)
class Reason:
    """One row behind a figure, with the two facts that made its value."""

    conversation_id: int
    value: float | bool | None
    agent_id: int | None
    start_at: int | None
    end_at: int | None
    start_id: int | None
    end_id: int | None
