"""Saved views: a filter with a name, an order and a colour, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from console.domain.audience import Audience

Sort = Literal["newest", "oldest", "waiting", "unread", "priority", "due"]
SORT_KEYS: Final[tuple[Sort, ...]] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class View:
    """One saved view; `version` rises with each change, and each one is kept."""

    id: int
    owner_id: int
    audience: Audience
    team_id: int | None
    name: str
    filter: str
    sort: str
    colour: str
    position: int = 0
    version: int = 1
