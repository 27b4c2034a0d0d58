"""Fila no tempo: the queue at any past instant, over a period, and instant by instant again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR, MINUTE, SECOND, Instant
from console.i18n import Text
from console.readmodel.measure import PartKey, Question
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.past import Held
from console.readmodel.period import Period, local_of, midnight
from console.screens.figures.asked import Asked
from console.screens.figures.why import Why, build
from console.store.work import Store

STATES: Final = ("backlog", "unassigned", "unread", "waiting")
OLDEST: Final = "oldest_wait"
AGES: Final = "age_bands"
FLOW: Final = ("opened", "resolved")
_PARTS: Final = {"agent": (*STATES, AGES), "age": (AGES,)}
# Steps of the replay by how many days there are, so that no period has more than 420 or so.
_STEPS: Final = ((1, 10 * MINUTE), (3, 30 * MINUTE), (7, HOUR), (31, 3 * HOUR), (62, 6 * HOUR))
_MOST_DAYS: Final = 420
_WEEK: Final = 7
_LONGEST: Final = 40  # signs of an instant in an address
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reel:
    """The queue at each of some instants; `waits` has the ages of the waits too."""

    instants: tuple[Instant, ...]
    backlog: Held
    unread: Held
    waits: Held

    def of(self, key: str) -> tuple[int, ...]:
        """The course of one of `STATES`."""
        match key:
            case "backlog":
                return self.backlog.totals
            case "unassigned":
                return self.backlog.of(None)
            case "unread":
                return self.unread.totals
            case _:
                return self.waits.totals

    @property
    def agents(self) -> tuple[int | None, ...]:
        """Whoever had something at one of the instants: those with most of all, nobody first."""
        held = self.backlog.by_agent.items()
        most = {agent: sum(line) for agent, line in held if any(line)}
        return tuple(sorted(most, key=lambda agent: (agent is not None, -most[agent], agent or 0)))


@dataclass(frozen=True, slots=True)
class Then:
    """The queue at one instant, and where it stands in the replay."""

    at: Instant
    place: int
    is_inside: bool
    reel: Reel


def steps(asked: Asked) -> tuple[Instant, ...]:
    """The instants of the replay: from the beginning of the period to its end, or to now."""
    first, last = asked.period.from_at, end(asked)
    rising = [at for at in _grid(asked.period) if first <= at < last]
    return (*rising, last)


def step_s(asked: Asked) -> int:
    """How many seconds lie between two instants of the replay, about."""
    return _step(_days_n(asked.period)) // SECOND


def end(asked: Asked) -> Instant:
    """The last instant that is known of the period: its end, or now."""
    return max(asked.period.from_at, min(asked.period.to_at - 1, asked.at))


def reel(asked: Asked, instants: Sequence[Instant]) -> Reel:
    """The queue at these instants, which rise; each state is asked once for all of them."""
    found = [
        asked.held(asked.question(METRICS_BY_KEY[key]), tuple(instants))
        for key in ("backlog", "unread", AGES)
    ]
    return Reel(tuple(instants), *found)


def then(asked: Asked, written: str, known: Sequence[Instant]) -> Then:
    """The queue at the instant of the address, at the end without one; raises RuleError."""
    at = read(written, asked) if written else end(asked)
    place = max(bisect_right(known, at) - 1, 0)
    is_inside = asked.period.from_at <= at <= end(asked)
    return Then(at, place, is_inside, reel(asked, (at,)))


def at_instant(asked: Asked, question: Question, at: Instant) -> Question:
    """The question of a state at an instant."""
    return replace(
        question, period=Period(min(asked.period.from_at, at), at + 1, question.period.zone)
    )


def asked_for(asked: Asked, at: Instant, key: str, part: tuple[str, PartKey] | None) -> Question:
    """The question behind one figure of the replay; raises RuleError for what it does not show."""
    if key not in (*STATES, OLDEST, AGES) or (part and key not in _PARTS.get(part[0], ())):
        raise RuleError(_NOT_SHOWN)
    question = at_instant(asked, asked.question(METRICS_BY_KEY[key]), at)
    return asked.part(question, *part) if part else question


def longest(store: Store, asked: Asked, at: Instant) -> Why:
    """Who had waited longest at an instant; raises RuleError."""
    question = at_instant(asked, asked.question(METRICS_BY_KEY[OLDEST]), at)
    return build(store, asked, question, 1)


def read(written: str, asked: Asked) -> Instant:
    """The instant of `2026-11-22T15:30` by the page's clock; raises RuleError when it is to come.

    Where a clock shows an hour twice the first one is meant, unless the offset stands behind it.
    """
    try:
        local = datetime.fromisoformat(written[:_LONGEST])
    except ValueError:
        raise RuleError(_NO_INSTANT) from None
    local = local if local.tzinfo else local.replace(tzinfo=asked.period.zone)
    try:
        at = (local - _EPOCH) // timedelta(microseconds=1)
    except OverflowError:
        raise RuleError(_NO_INSTANT) from None
    if not 0 <= at <= asked.at:
        raise RuleError(_TO_COME)
    return at


def in_address(at: Instant, asked: Asked) -> str:
    """What `read` reads: to the minute, with the offset where the clock alone would not do.

    Empty for the end of the replay, which moves on with the clock.
    """
    if at == end(asked):
        return ""
    return written(at, asked.period.zone)


def written(at: Instant, zone: ZoneInfo) -> str:
    """An instant to the minute as addresses and fields for instants write it."""
    local = local_of(at, zone)
    is_second = local.fold == 1
    return (local if is_second else local.replace(tzinfo=None)).isoformat(timespec="minutes")


def _grid(period: Period) -> Sequence[Instant]:
    n = _days_n(period)
    step = _step(n)
    if step < DAY:
        return range(period.from_at, period.to_at, step)
    first, _ = period.days
    return [midnight(first + timedelta(days=day), period.zone) for day in range(0, n, step // DAY)]


def _step(days_n: int) -> int:
    usual = DAY if days_n <= _MOST_DAYS else _WEEK * DAY
    return next((step for most, step in _STEPS if days_n <= most), usual)


def _days_n(period: Period) -> int:
    first, last = period.days
    return (last - first).days + 1


_NO_INSTANT: Final = Text(
    "Este instante não se entende. Escreva como 2026-11-22T15:30.",
    "This instant cannot be read. Write it like 2026-11-22T15:30.",
    "Este instante no se entiende. Escríbelo como 2026-11-22T15:30.",
)
_TO_COME: Final = Text(
    "Este instante ainda não chegou, ou é de antes de 1970. Escolha um que já passou.",
    "This instant is still to come, or lies before 1970. Choose one that has passed.",
    "Este instante aún no llega, o es anterior a 1970. Elige uno que ya pasó.",
)
_NOT_SHOWN: Final = Text(
    "Esta página não mostra esse número. Clique em um dos que ela mostra.",
    "This page does not show that figure. Click one of those it shows.",
    "Esta página no muestra ese número. Haz clic en uno de los que muestra.",
)
