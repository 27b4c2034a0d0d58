"""The views a person may open: the five originals, the detectors, and the saved ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from console.domain.agent import Acting
from console.domain.audience import may_change
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.domain.view import View
from console.i18n import Text
from console.readmodel import ask, expression
from console.readmodel.compose import has_clock
from console.readmodel.model import ReadModel
from console.readmodel.rows import Sort
from console.screens.choice import MORE, TABS
from console.store.views import views_of
from console.store.work import Store


@dataclass(frozen=True, slots=True)
class Detector:
    """Something that ought not to be: what it is called, why it matters, how it is found."""

    key: str
    name: Text
    why: Text
    filter: str
    sort: Sort = "newest"


DETECTORS: Final = (
    Detector(
        "unanswered",
        Text("Resolvidas sem resposta", "Resolved unanswered", "Resueltas sin respuesta"),
        Text(
            "Resolvidas sem que uma pessoa tenha respondido ao cliente.",
            "Resolved without any reply of a person to the customer.",
            "Resueltas sin que una persona haya respondido al cliente.",
        ),
        "status:resolved received>0 -first_response",
    ),
    Detector(
        "left_waiting",
        Text(
            "Resolvidas com o cliente esperando",
            "Resolved while waiting",
            "Resueltas con el cliente esperando",
        ),
        Text(
            "A última palavra foi do cliente, e alguém resolveu assim mesmo.",
            "The customer had the last word, and somebody resolved all the same.",
            "La última palabra fue del cliente y alguien resolvió igual.",
        ),
        "status:resolved last_from:contact",
    ),
    Detector(
        "reopened",
        Text("Reabertas em 24 h", "Reopened within 24 h", "Reabiertas en 24 h"),
        Text(
            "Voltaram em até 24 horas depois de resolvidas: não estavam resolvidas.",
            "Came back within 24 hours of being resolved: they were not.",
            "Volvieron dentro de las 24 horas de resueltas: no lo estaban.",
        ),
        "reopened_within<=1d",
    ),
    Detector(
        "silent",
        Text("Atendente em silêncio", "Silent agent", "Agente en silencio"),
        Text(
            "Têm responsável, e o cliente espera há mais de uma hora.",
            "Have an assignee, and the customer has waited for more than an hour.",
            "Tienen responsable y el cliente espera hace más de una hora.",
        ),
        "pending -unassigned waiting>1h",
        "waiting",
    ),
    Detector(
        "unowned",
        Text("Esperando sem responsável", "Waiting, unassigned", "Esperando sin responsable"),
        Text(
            "Ninguém pegou, e o cliente espera há mais de 15 minutos.",
            "Nobody took them, and the customer has waited for more than 15 minutes.",
            "Nadie las tomó y el cliente espera hace más de 15 minutos.",
        ),
        "pending unassigned waiting>15m",
        "waiting",
    ),
    Detector(
        "forgotten",
        Text("Paradas há 7 dias", "Idle for 7 days", "Quietas hace 7 días"),
        Text(
            "Pendentes em que nada acontece há uma semana.",
            "Pending ones in which nothing has happened for a week.",
            "Pendientes en las que no pasa nada hace una semana.",
        ),
        "pending idle>7d",
        "oldest",
    ),
)
ORIGINALS: Final = tuple(
    (tab.key, tab.label, expression.to_text(tab.tree)) for tab in (*TABS, *MORE)
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One view in the list; `n` is None when its expression cannot be read any more."""

    key: str
    name: str
    filter: str
    sort: Sort
    n: int | None
    why: str = ""
    view: View | None = None
    may_change: bool = False


@dataclass(slots=True)
class Counted:
    """The counts of one person that hold as long as nothing changes: no clock is in them."""

    of: tuple[Acting, int] | None = None
    by_filter: dict[str, int] = field(default_factory=dict)

    def begin(self, who: Acting, state: int) -> None:
        """Forget what was counted for somebody else, or before a change."""
        if self.of != (who, state):
            self.of, self.by_filter = (who, state), {}


def build(
    store: Store, model: ReadModel, who: Acting, now: Instant, counted: Counted | None = None
) -> list[Shown]:
    """All of them with their counts: originals first, then saved ones, then detectors.

    What stands in `counted` is not counted again.
    """
    language = who.language
    with store.read() as connection:
        saved = views_of(connection, who)
    found = [
        *(Shown(key, name.in_(language), text, "newest", None) for key, name, text in ORIGINALS),
        *(_saved(view, who) for view in saved),
        *(
            Shown(d.key, d.name.in_(language), d.filter, d.sort, None, d.why.in_(language))
            for d in DETECTORS
        ),
    ]
    known = counted or Counted()
    known.begin(who, model.state)
    return [replace(one, n=_count(model, who, one.filter, now, known.by_filter)) for one in found]


def is_same(one: str, other: str) -> bool:
    """Whether two expressions are one filter, in whatever words and language they are written."""
    try:
        return one == other or expression.parse(one) == expression.parse(other)
    except RuleError:
        return False


def beside(found: Sequence[Shown], view: View, *, is_back: bool) -> int | None:
    """The position with which a saved view goes one place back or forth; None at the end."""
    saved = [one.view for one in found if one.view]
    place = saved.index(view) + (-1 if is_back else 1)
    if not 0 <= place < len(saved):
        return None
    return saved[place].position + (0 if is_back else 1)


def _saved(view: View, who: Acting) -> Shown:
    sort: Sort = view.sort if view.sort in ask.SORTS else "newest"
    key = f"view-{view.id}"
    return Shown(key, view.name, view.filter, sort, None, "", view, may_change(view, who))


def _count(
    model: ReadModel, who: Acting, text: str, now: Instant, known: dict[str, int]
) -> int | None:
    if text in known:
        return known[text]
    try:
        tree = expression.parse(text)
        n = ask.count(model, tree, who, now)
    except RuleError:
        return None
    if not has_clock(tree):
        known[text] = n
    return n
