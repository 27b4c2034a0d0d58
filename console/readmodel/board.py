"""The queue as the live board shows it: how much of it there is, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from console.domain.ids import Instant
from console.readmodel.tree import Condition, Tree

QUEUE: Final[Tree] = Condition("status", "=", ("pending",))
_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
EDGES: Final = (15 * _MINUTE, _HOUR, 4 * _HOUR, _DAY, 3 * _DAY)
"""Seconds at which one band of waiting ends, itself included, and the next begins."""
BANDS: Final = len(EDGES) + 1
_WHOLE, _BAND, _ASSIGNEE, _TEAM, _INSTANCE = 15, 7, 11, 13, 14  # bits of `grouping`, see board.sql


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in one part of the queue; `oldest_at` is None when nobody waits."""

    open_n: int = 0
    waiting_n: int = 0
    oldest_at: Instant | None = None
    unread_n: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """The queue of one person's scope: the whole, its bands of waiting, and its owners by id.

    The key None is nobody, or no team.
    """

    whole: Part = field(default_factory=Part)
    bands: tuple[int, ...] = (0,) * BANDS
    by_assignee: Mapping[int | None, Part] = field(default_factory=dict)
    by_team: Mapping[int | None, Part] = field(default_factory=dict)
    by_instance: Mapping[int | None, Part] = field(default_factory=dict)


def board_of(rows: Iterable[Any]) -> Board:
    """The board from the rows of board.sql."""
    parts: dict[int, dict[int | None, Part]] = {}
    keys = {_WHOLE: None, _BAND: 1, _ASSIGNEE: 2, _TEAM: 3, _INSTANCE: 4}
    for row in rows:
        place = keys[row[0]]
        key = None if place is None else row[place]
        parts.setdefault(row[0], {})[key] = Part(*row[5:])
    bands = parts.get(_BAND, {})
    return Board(
        parts.get(_WHOLE, {}).get(None, Part()),
        tuple(bands.get(n, Part()).waiting_n for n in range(BANDS)),
        parts.get(_ASSIGNEE, {}),
        parts.get(_TEAM, {}),
        parts.get(_INSTANCE, {}),
    )
