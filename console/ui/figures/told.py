"""What changed, in one sentence for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from console.readmodel.explain import Effect, Explanation
from console.readmodel.measure import PartKey
from console.readmodel.metrics import Form
from console.readmodel.model import ReadModel
from console.screens.figures import change
from console.screens.figures.cards import UNITS
from console.ui.figures.values import difference, part_name, said
from console.ui.words import change as words

_NAMED: Final = 3  # groups of a count that are told by name


def sentence(found: Explanation, model: ReadModel, language: str) -> str:
    """Such as `O TMPR subiu 3 min 20 s, de 5 min para 8 min 20 s: +2 min …`."""
    metric = found.question.metric
    unit = UNITS[metric.form]
    if found.change is None:
        return words.NO_VALUE.in_(language)
    titled, named = (words.SHORT, metric.short) if metric.short else (words.QUOTED, "")
    subject = titled.with_(name=named or metric.name).in_(language)
    before, now = (said(value, unit, language) for value in (found.before, found.now))
    size = difference(abs(found.change), unit, language)
    parts = _reasons(found, model, language)
    if before == now or not parts:
        return words.SAME.with_(subject=subject, now=now).in_(language)
    verb = words.ROSE if found.change > 0 else words.FELL
    told = joined(parts, language)
    return verb.with_(subject=subject, size=size, before=before, now=now, parts=told).in_(language)


def group_name(model: ReadModel, by: str, key: PartKey, language: str) -> str:
    """What a group is called; somebody else's word where it names a thing."""
    if key == change.REST:
        return words.REST.in_(language)
    return part_name(model, by, key, language)


def signed(value: float, found: Explanation, language: str) -> str:
    """A part of a change with its sign, such as `+2 min 05 s`."""
    sign = "−" if value < 0 else "+"
    return f"{sign}{difference(abs(value), UNITS[found.question.metric.form], language)}"


def joined(told: Sequence[str], language: str) -> str:
    """Several things in one line: `a, b e c`."""
    if len(told) == 1:
        return told[0]
    return words.AND.with_(first=", ".join(told[:-1]), last=told[-1]).in_(language)


def _reasons(found: Explanation, model: ReadModel, language: str) -> list[str]:
    if not found.is_mean:
        return _counted(found, model, language)
    nothing = signed(0, found, language)
    told = [
        (abs(value), tell(found, model, language))
        for value, tell in ((found.mix, _mix), (found.rate, _rate))
        if signed(abs(value), found, language) != nothing
    ]
    return [text for _, text in sorted(told, reverse=True)]


def _mix(found: Explanation, _: ReadModel, language: str) -> str:
    size = signed(found.mix, found, language)
    return words.BY_MIX.with_(size=size, what=words.WHAT[found.by]).in_(language)


def _rate(found: Explanation, model: ReadModel, language: str) -> str:
    size = signed(found.rate, found, language)
    if found.question.metric.form is Form.DURATION:
        reason = words.LONGER if found.rate > 0 else words.QUICKER
    else:
        reason = words.MORE_OFTEN if found.rate > 0 else words.LESS_OFTEN
    return reason.with_(size=size, at=_at(found, change.foremost(found), model, language)).in_(
        language
    )


def _counted(found: Explanation, model: ReadModel, language: str) -> list[str]:
    told = []
    for effect in change.shown(found, _NAMED):
        size = signed(effect.change, found, language)
        if effect.key == change.REST:
            told.append(words.OTHERS.with_(size=size).in_(language))
        else:
            at = _at(found, (effect,), model, language)
            told.append(words.ONE.with_(size=size, at=at).in_(language))
    return told


def _at(found: Explanation, effects: Sequence[Effect], model: ReadModel, language: str) -> str:
    named = [group_name(model, found.by, one.key, language) for one in effects]
    return words.AT[found.by].with_(names=joined(named, language)).in_(language)
