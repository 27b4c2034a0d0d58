"""Tempos: one duration from every side, and what other products would say of the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from console.i18n import Text
from console.readmodel.measure import EDGES, Figure, Question, dimensions_of
from console.readmodel.metrics import METRICS_BY_KEY, Metric
from console.screens.figures.asked import Asked

METRICS: Final = (
    "queue_time",
    "first_response",
    "reply_time",
    "handle_time",
    "resolution_time",
    "open_time",
)
OF_WHOM: Final = ("agent", "team", "instance")


@dataclass(frozen=True, slots=True)
class Peer:
    """The same word as another product counts it, and why its figure is another."""

    question: Question
    figure: Figure
    reason: Text


_FROM_CREATION: Final = Text(
    "Conta desde a criação da conversa e uma só vez por conversa: reaberturas não entram.",
    "Counts from the creation of the conversation and once for it: reopenings are left out.",
    "Cuenta desde la creación de la conversación y una sola vez: las reaperturas no entran.",
)
_CLOSED_TOO: Final = Text(
    "Conta desde a criação da conversa: numa reaberta, soma também o tempo em que estava fechada.",
    "Counts from the creation of the conversation: in a reopened one the closed time counts too.",
    "Cuenta desde la creación: en una reabierta suma también el tiempo en que estaba cerrada.",
)
_LAST_ONLY: Final = Text(
    "Conta da criação da conversa até a última resolução, uma vez por conversa.",
    "Counts from the creation of the conversation to its last resolution, once for it.",
    "Cuenta desde la creación hasta la última resolución, una vez por conversación.",
)
_SHORT_ONLY: Final = Text(
    "Deixa fora as esperas de dez minutos ou mais: quanto pior a fila, melhor parece.",
    "Leaves out waits of ten minutes and more: the worse the queue, the better it looks.",
    "Deja fuera las esperas de diez minutos o más: cuanto peor la cola, mejor parece.",
)
_EACH_HAND: Final = Text(
    "Conta um ticket atendido a cada transferência: o mesmo atendimento aparece várias vezes.",
    "Counts one attended ticket per transfer: the same episode shows several times.",
    "Cuenta un ticket atendido por transferencia: la misma atención aparece varias veces.",
)
PEERS: Final[dict[str, tuple[tuple[str, Text], ...]]] = {
    "queue_time": (("livehelperchat_wait", _SHORT_ONLY),),
    "first_response": (
        ("chatwoot_first_response", _FROM_CREATION),
        ("zendesk_first_reply", _FROM_CREATION),
    ),
    "handle_time": (("blip_attended", _EACH_HAND),),
    "resolution_time": (
        ("chatwoot_resolution_time", _CLOSED_TOO),
        ("zendesk_full_resolution", _LAST_ONLY),
    ),
    "open_time": (("chatwoot_resolution_time", _CLOSED_TOO),),
}


def metric_of(key: str) -> Metric:
    """The metric that was chosen, or the first one."""
    return METRICS_BY_KEY[key or METRICS[0]]


def breakdowns(metric: Metric) -> tuple[str, ...]:
    """By whom this one can be told apart."""
    return tuple(key for key in OF_WHOM if key in dimensions_of(metric))


def bar_of(place: int) -> tuple[int, int | None]:
    """From how many seconds to fewer than how many the bars of a histogram reach."""
    return (0, *EDGES)[place], (*EDGES, None)[place]


def peers(asked: Asked, metric: Metric) -> Iterator[Peer]:
    """What other products call the same; raises RuleError."""
    for key, reason in PEERS.get(metric.key, ()):
        question = asked.question(METRICS_BY_KEY[key])
        yield Peer(question, asked.figure(question), reason)
