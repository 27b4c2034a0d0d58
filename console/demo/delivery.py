"""What the channel said of generated messages, drawn from the instants they were sent at."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from console.domain.message import Delivery

_SCATTER: Final = 7_919  # a prime: neighbours in time draw far apart
_LOTS: Final = 1_500
_FAILED_BELOW: Final = 10
_OFFLINE_FROM: Final = 1_400


def delivered(at: list[int]) -> dict[str, list[Any]]:
    """What the channel said of sent messages: taken within a second, most of them read.

    One in a hundred and fifty failed; the rest arrived within seconds, some after an hour offline.
    """
    sent = np.array(at, np.int64)
    drawn = (sent // 1_000 * _SCATTER) % _LOTS
    accepted = sent + (200 + drawn % 600) * 1_000
    arrived = accepted + np.where(drawn < _OFFLINE_FROM, 900 + drawn * 4, 3_600_000) * 1_000
    failed = drawn < _FAILED_BELOW
    return {
        "delivery": _state(failed),
        "accepted_at": accepted.tolist(),
        "delivered_at": [None if f else a for f, a in zip(failed, arrived.tolist(), strict=True)],
    }


def last_delivered(at: list[int | None], is_out: list[bool]) -> list[str | None]:
    """The same of the last message of each conversation, which may be the customer's."""
    sent = np.array([i or 0 for i in at], np.int64)
    told = _state((sent // 1_000 * _SCATTER) % _LOTS < _FAILED_BELOW)
    return [state if out else None for state, out in zip(told, is_out, strict=True)]


def _state(failed: Any) -> list[str]:
    return np.where(failed, Delivery.FAILED.value, Delivery.READ.value).tolist()  # type: ignore[no-any-return]
