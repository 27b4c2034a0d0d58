"""The first parts of a figure by their value, where there are too many to ask for all."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.readmodel.counted import Counted
from console.readmodel.figures import figure_of, key_of
from console.readmodel.measure import Part, Question
from console.readmodel.model import ReadModel
from console.readmodel.summed import SUMMED


@dataclass(frozen=True, slots=True)
class Ranked:
    """A part, and the conversation of its newest row."""

    part: Part
    conversation_id: int


def ranked(
    model: ReadModel,
    question: Question,
    by: str,
    who: Acting,
    now: Instant,
    *,
    limit: int,
    is_least_first: bool = False,
) -> list[Ranked]:
    """The parts of the greatest value, or of the least one, without quantiles.

    Raises FilterError, RuleError, SlowQueryError.
    """
    order = "asc" if is_least_first else "desc"
    with model.cursor() as cursor:
        asked = Counted(model, cursor, who, now, question)
        counted = asked.counted(by)
        found = asked.run(
            "select * from ("
            f"select {asked.key(by)} as key, arg_max(conversation_id, happened_at) as talk,"
            f" {SUMMED[question.metric.form]} from ({counted}) group by 1)"
            f" order by total {order}, key limit {asked.bind(limit)}"
        )
    return [
        Ranked(Part((key_of(by, key),), figure_of(question.metric, sums)), int(talk))
        for key, talk, *sums in found
    ]
