"""Saved views: a filter with a name, an order and a colour, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, get_args

from console.domain.agent import Acting, Right
from console.i18n import Text

Sort = Literal["newest", "oldest", "waiting", "unread", "priority", "due"]
SORT_KEYS: Final[tuple[Sort, ...]] = get_args(Sort)


class Audience(StrEnum):
    """Who finds a view in their list."""

    PRIVATE = "private"
    TEAM = "team"
    EVERYBODY = "everybody"


AUDIENCE_NAMES = {
    Audience.PRIVATE: Text("Só eu", "Only me", "Solo yo"),
    Audience.TEAM: Text("Uma equipe", "One team", "Un equipo"),
    Audience.EVERYBODY: Text("Todo mundo", "Everybody", "Todo el mundo"),
}


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


def may_see(view: View, who: Acting) -> bool:
    """Whether a person finds the view; what it lists is still only theirs to see."""
    if view.owner_id == who.agent_id or view.audience is Audience.EVERYBODY:
        return True
    return view.audience is Audience.TEAM and (
        view.team_id in who.team_ids or who.may(Right.LABELS)
    )


def may_change(view: View, who: Acting) -> bool:
    """Whether a person may change or remove the view: one's own, or a shared one by supervisors."""
    is_shared = view.audience is not Audience.PRIVATE
    return view.owner_id == who.agent_id or (is_shared and who.may(Right.LABELS))


def may_share(audience: Audience, team_id: int | None, who: Acting) -> bool:
    """Whether a person may save a view for these others."""
    if audience is Audience.PRIVATE or who.may(Right.LABELS):
        return True
    return audience is Audience.TEAM and team_id in who.team_ids and who.may(Right.BULK)
