"""The typed tree of a filter expression.

Trees are built by the functions of this module, which keep them in one normal form: nothing
nested that need not be, no double negation. Two expressions that mean the same parts in the same
order are therefore equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from console.domain.errors import RuleError
from console.i18n import Text

Op = Literal["is", "=", ">", ">=", "<", "<="]


class FilterError(RuleError):
    """An expression that cannot be read; `position` counts characters, `nearest` are repairs."""

    def __init__(
        self, text: Text, position: int | None = None, nearest: tuple[str, ...] = ()
    ) -> None:
        super().__init__(text)
        self.position = position
        self.nearest = nearest


@dataclass(frozen=True, slots=True)
class Days:
    """A span of local days, both ends included; an empty end is open.

    An end is `2026-11-01`, `today`, `yesterday` or `7d` (the day seven days ago).
    """

    first: str
    last: str


Value = str | int | Days


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition: all that the person may see."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One field compared with one or several values; `is` has none and asks for presence."""

    field: str
    op: Op
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """A text to be found in messages, contact names and phones.

    A phrase is found as whole words in a row; otherwise one word is found inside longer ones.
    """

    text: str
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """Everything in sight that `part` does not match."""

    part: Tree


@dataclass(frozen=True, slots=True)
class AllOf:
    """What every part matches."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """What at least one part matches."""

    parts: tuple[Tree, ...]


Tree = Everything | Condition | Words | Not | AllOf | AnyOf


def all_of(parts: Iterable[Tree]) -> Tree:
    """The trees joined by "and"; without parts it is everything."""
    flat = tuple(_flat_and(parts))
    if len(flat) == 1:
        return flat[0]
    return AllOf(flat) if flat else Everything()


def any_of(parts: Iterable[Tree]) -> Tree:
    """The trees joined by "or"; needs at least one part."""
    flat = tuple(_flat_or(parts))
    if not flat:
        message = "an alternative needs at least one part"
        raise ValueError(message)
    if Everything() in flat:
        return Everything()
    return flat[0] if len(flat) == 1 else AnyOf(flat)


def negate(part: Tree) -> Tree:
    """What `part` leaves out."""
    if isinstance(part, Everything):
        message = "nothing is outside everything"
        raise ValueError(message)  # noqa: TRY004 - a wrong value, the type is right
    return part.part if isinstance(part, Not) else Not(part)


def leaves(tree: Tree) -> Iterator[Condition | Words]:
    """The conditions of a tree from left to right."""
    match tree:
        case Condition() | Words():
            yield tree
        case Not(part):
            yield from leaves(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Everything():
            return
        case _:
            assert_never(tree)


def _flat_and(parts: Iterable[Tree]) -> Iterator[Tree]:
    for part in parts:
        if isinstance(part, AllOf):
            yield from part.parts
        elif not isinstance(part, Everything):
            yield part


def _flat_or(parts: Iterable[Tree]) -> Iterator[Tree]:
    for part in parts:
        if isinstance(part, AnyOf):
            yield from part.parts
        else:
            yield part
