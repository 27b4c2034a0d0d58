"""What changed since the period before, as people ask for it: which figure, by which dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import fsum
from typing import Final

from console.domain.errors import RuleError
from console.i18n import Text
from console.readmodel import explain
from console.readmodel.explain import Effect, Explanation, Side
from console.readmodel.inquiry import metric as metric_of
from console.readmodel.measure import PartKey, Question
from console.screens.figures.asked import Asked

REST: Final = "rest"
"""The key of all groups that are not shown by themselves."""
MOST: Final = 8  # groups that are shown by themselves
_NAMED: Final = 2  # groups of a sentence
_METRIC, _BY, _OF = "change", "change_by", "change_of"
PARAMETERS: Final = (_METRIC, _BY, _OF)
_PART, _PAIR, _NULL = "~", ".", "none"


def is_explained(question: Question) -> bool:
    """Whether it can be said what changed in a figure, and an address can carry the question."""
    has_parts = all(key in (*explain.BY, "age") for key, _ in question.parts)
    is_whole = has_parts and question.lasting is None and explain.is_explained(question.metric)
    return is_whole and bool(explain.dimensions_of(question))


def to_address(question: Question, by: str) -> dict[str, str]:
    """The parameters of an explanation; what everybody starts with is left out."""
    parts = _PART.join(f"{key}{_PAIR}{_NULL if v is None else v}" for key, v in question.parts)
    usual = explain.dimensions_of(question)[0]
    given = {_METRIC: question.metric.key, _BY: "" if by == usual else by, _OF: parts}
    return {name: value for name, value in given.items() if value}


def from_address(asked: Asked, address: Mapping[str, str]) -> tuple[Question, str]:
    """The figure and the dimension of an address; raises RuleError."""
    question = asked.question(metric_of(address.get(_METRIC, "")))
    for pair in filter(None, address.get(_OF, "").split(_PART)):
        key, _, value = pair.partition(_PAIR)
        question = asked.part(question, key, _value(value))
    if not is_explained(question):
        raise RuleError(_NOT_EXPLAINED)
    known = explain.dimensions_of(question)
    return question, by_of(address.get(_BY, ""), known)


def by_of(wanted: str, known: tuple[str, ...]) -> str:
    """The dimension that was chosen, or the first one; raises RuleError for another."""
    if wanted and wanted not in known:
        raise RuleError(_NOT_EXPLAINED)
    return wanted or known[0]


def shown(found: Explanation, most: int = MOST) -> tuple[Effect, ...]:
    """The groups that add most to a change, and the others as one behind them."""
    first = [one for one in found.effects[:most] if one.change]
    rest = found.effects[len(first) :]
    if not any(one.change for one in rest):
        return tuple(first)
    return (*first, _together(rest))


def foremost(found: Explanation) -> tuple[Effect, ...]:
    """The groups whose own values moved most in the direction in which all of them moved."""
    same = [one for one in found.effects if one.rate * found.rate > 0]
    return tuple(sorted(same, key=lambda one: -abs(one.rate))[:_NAMED])


def question_of(found: Explanation, effect: Effect) -> Question:
    """The question of the rows of a group: of this period, or of the one before if all went."""
    question = found.question if effect.now.n else found.against
    return replace(question, parts=(*question.parts, (found.by, effect.key)))


def _together(effects: tuple[Effect, ...]) -> Effect:
    def side(sides: list[Side]) -> Side:
        return Side(fsum(one.n for one in sides), fsum(one.total for one in sides))

    return Effect(
        REST,
        side([one.before for one in effects]),
        side([one.now for one in effects]),
        fsum(one.mix for one in effects),
        fsum(one.rate for one in effects),
    )


def _value(written: str) -> PartKey:
    if written == _NULL:
        return None
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(2**63))):
        raise RuleError(_NOT_EXPLAINED)
    return min(int(written), 2**63 - 1)


_NOT_EXPLAINED: Final = Text(
    "Esta mudança não se explica assim. Abra “O que mudou?” de novo a partir do número.",
    "This change cannot be explained like that. Open “What changed?” from the figure again.",
    "Este cambio no se explica así. Abre “¿Qué cambió?” de nuevo desde el número.",
)
