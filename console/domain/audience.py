"""Who finds what people keep under a name: saved views, canned replies."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Protocol

from console.domain.agent import Acting, Right
from console.i18n import Text


class Audience(StrEnum):
    """Who finds a thing in their list."""

    PRIVATE = "private"
    TEAM = "team"
    EVERYBODY = "everybody"


AUDIENCE_NAMES: Final = {
    Audience.PRIVATE: Text("Só eu", "Only me", "Solo yo"),
    Audience.TEAM: Text("Uma equipe", "One team", "Un equipo"),
    Audience.EVERYBODY: Text("Todo mundo", "Everybody", "Todo el mundo"),
}


class Shared(Protocol):
    """What somebody keeps, for themselves or for others."""

    @property
    def owner_id(self) -> int:
        """Who made it."""

    @property
    def audience(self) -> Audience:
        """Who finds it."""

    @property
    def team_id(self) -> int | None:
        """The team that finds it, None for the other audiences."""


def may_see(kept: Shared, who: Acting) -> bool:
    """Whether a person finds it; what a view lists is still only theirs to see."""
    if kept.owner_id == who.agent_id or kept.audience is Audience.EVERYBODY:
        return True
    return kept.audience is Audience.TEAM and (
        kept.team_id in who.team_ids or who.may(Right.LABELS)
    )


def may_change(kept: Shared, who: Acting) -> bool:
    """Whether a person may change or remove it: one's own, or a shared one by supervisors."""
    is_shared = kept.audience is not Audience.PRIVATE
    return kept.owner_id == who.agent_id or (is_shared and who.may(Right.LABELS))


def may_share(audience: Audience, team_id: int | None, who: Acting) -> bool:
    """Whether a person may keep something for these others."""
    if audience is Audience.PRIVATE or who.may(Right.LABELS):
        return True
    return audience is Audience.TEAM and team_id in who.team_ids and who.may(Right.BULK)
