"""What the manifest of an exported figure says: its metrics with versions, and its question."""

from __future__ import annotations

from typing import Any

from console.readmodel import expression
from console.readmodel.measure import Question
from console.screens.figures.asked import Asked


def about(asked: Asked, *questions: Question) -> dict[str, Any]:
    """The question behind some figures, in words of the filter and of the registry of metrics."""
    first, last = (day.isoformat() for day in asked.period.days)
    parts = {by: str(key) for question in questions for by, key in question.parts}
    return {
        "metrics": list(dict.fromkeys(question.metric.stamp for question in questions)),
        "filter": expression.to_text(asked.tree),
        "period": f"{first}..{last}",
        "period_zone": asked.period.zone.key,
        "clock": asked.clock,
        "credit": asked.credit,
        "seen_by": f"{asked.who.role.value}, {asked.who.scope.kind}",
        "watermark": asked.mark,
        **({"parts": parts} if parts else {}),
    }
