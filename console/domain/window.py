"""The 24 hours after a customer's last message in which WhatsApp takes a free text."""

from __future__ import annotations

from typing import Final

from console.domain.ids import HOUR, Instant

WINDOW: Final = 24 * HOUR  # Cloud API, customer service window


def is_open(inbound_at: Instant | None, at: Instant) -> bool:
    """Whether a text may be sent at `at`; never to a customer who has not written."""
    return inbound_at is not None and at - inbound_at < WINDOW
