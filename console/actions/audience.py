"""What every kept thing asks of the audience it is for."""

from __future__ import annotations

from typing import TypeVar

from console.actions.assign import NO_SUCH_TEAM
from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting
from console.domain.audience import Audience, Shared, may_change, may_see, may_share
from console.domain.errors import RuleError
from console.i18n import Text
from console.store import people
from console.store.work import Connection

Kept = TypeVar("Kept", bound=Shared)

NO_TEAM = Text(
    "Escolha a equipe para quem isto é.",
    "Choose the team that this is for.",
    "Elige el equipo para el que es esto.",
)


def checked_team(
    connection: Connection, actor: Acting, audience: Audience, team_id: int | None
) -> int | None:
    """The team that will find it, None for the other audiences; raises RuleError."""
    wanted = team_id if audience is Audience.TEAM else None
    if audience is Audience.TEAM and wanted is None:
        raise RuleError(NO_TEAM)
    if not may_share(audience, wanted, actor):
        raise RuleError(NOT_ALLOWED)
    if wanted is not None and wanted not in {t.id for t in people.teams(connection)}:
        raise RuleError(NO_SUCH_TEAM)
    return wanted


def changeable(kept: Kept | None, actor: Acting, absent: Text) -> Kept:
    """What the person may change; what they may not even see is told to be absent."""
    if kept is None or not may_see(kept, actor):
        raise RuleError(absent)
    if not may_change(kept, actor):
        raise RuleError(NOT_ALLOWED)
    return kept
