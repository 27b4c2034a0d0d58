"""The visible state of an outgoing message: a pure function of the set of facts told of it.

Neither their order nor how often they are told matters. Rejections that the outbox tries again
are not facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from console.domain.message import Delivery

RANKS: Final = {
    Delivery.QUEUED: 0,
    Delivery.SENDING: 1,
    Delivery.ACCEPTED: 2,
    Delivery.SENT: 3,
    Delivery.DELIVERED: 4,
    Delivery.READ: 5,
    Delivery.PLAYED: 6,
}
_ARRIVED: Final = RANKS[Delivery.DELIVERED]
FACTS: Final = frozenset({*RANKS, Delivery.FAILED} - {Delivery.QUEUED, Delivery.SENDING})
"""What a provider may tell; the other states are the outbox's own."""


def visible(told: Iterable[str], own: str = Delivery.QUEUED) -> Delivery:
    """The state to show; `own` is the outbox's, which holds until a provider has told anything.

    Whatever arrived has arrived: a failure told beside it is kept, and not shown.
    """
    facts = {Delivery(status) for status in told}
    highest = max((RANKS[s] for s in facts if s in RANKS), default=-1)
    if Delivery.FAILED in facts and highest < _ARRIVED:
        return Delivery.FAILED
    if highest < 0:
        return Delivery(own)
    return next(state for state, rank in RANKS.items() if rank == highest)
