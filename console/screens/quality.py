"""Qualidade: what came back, what was closed too early, what failed, and promises kept."""

from __future__ import annotations

from typing import Final

from console.i18n import Text
from console.readmodel.measure import dimensions_of
from console.readmodel.metrics import METRICS_BY_KEY, Metric

GROUPS: Final = (
    (
        Text(
            "Voltaram ou fecharam cedo", "Came back or closed early", "Volvieron o cerraron antes"
        ),
        ("reopen_share_24h", "reopen_share_7d", "silent_close", "unanswered_close"),
    ),
    (
        Text("Metas e entrega", "Targets and delivery", "Metas y entrega"),
        ("sla_first_response", "sla_reply", "sla_resolution", "delivery_failed_share"),
    ),
)
METRICS: Final = tuple(key for _, keys in GROUPS for key in keys)
OF_WHOM: Final = ("agent", "team", "instance", "label")


def metric_of(key: str) -> Metric:
    """The metric that was chosen, or the first one."""
    return METRICS_BY_KEY[key or METRICS[0]]


def breakdowns(metric: Metric) -> tuple[str, ...]:
    """By whom this one can be told apart."""
    return tuple(key for key in OF_WHOM if key in dimensions_of(metric))
