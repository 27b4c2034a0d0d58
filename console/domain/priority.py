"""How urgent a conversation is, as people say it and as facts carry it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from console.i18n import Text


class Priority(StrEnum):
    """The most urgent first; a conversation without one is as usual."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PRIORITY_NAMES: Final = {
    Priority.URGENT: Text("Urgente", "Urgent", "Urgente"),
    Priority.HIGH: Text("Alta", "High", "Alta"),
    Priority.MEDIUM: Text("Média", "Medium", "Media"),
    Priority.LOW: Text("Baixa", "Low", "Baja"),
}
RANKS: Final = {priority: rank for rank, priority in enumerate(reversed(Priority), 1)}
"""What a fact carries in `from` and `to`: 4 is urgent, 1 is low."""
_OF_RANK: Final = {rank: priority for priority, rank in RANKS.items()}


def rank_of(priority: str | None) -> int | None:
    """The number of a priority, None for none."""
    return None if priority is None else RANKS[Priority(priority)]


def priority_of(rank: int | None) -> Priority | None:
    """The priority of a number, None for none."""
    return None if rank is None else _OF_RANK[rank]
