"""Visão geral: how much came in and was finished, what waits, and how fast it went."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

GROUPS: Final = (
    (
        Text("Movimento", "Volume", "Movimiento"),
        ("opened", "resolved", "received", "sent"),
    ),
    (
        Text("Tempos", "Times", "Tiempos"),
        ("queue_time", "first_response", "reply_time", "handle_time"),
    ),
    (
        Text("Fila e qualidade", "Queue and quality", "Cola y calidad"),
        ("backlog", "waiting", "reopen_share_24h", "sla_first_response"),
    ),
)
FLOW: Final = ("opened", "resolved")
BY_HOUR: Final = "opened"
