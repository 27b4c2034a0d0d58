"""What was promised to customers: targets, whose they are, and when an open turn is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple, TypeVar

from console.domain.conversation import Conversation
from console.domain.hours import Block, BusinessHours, Holidays, due
from console.domain.ids import SECOND, Instant

T = TypeVar("T")


class OwnerKind(StrEnum):
    """Whose hours or targets; the narrower one wins: the team's, the instance's, the centre's."""

    CENTRE = "centre"
    INSTANCE = "instance"
    TEAM = "team"


class Owner(NamedTuple):
    """Whose hours or targets; the centre has the id 0."""

    kind: str
    id: int = 0


CENTRE: Final = Owner(OwnerKind.CENTRE)


@dataclass(frozen=True, slots=True)
class Timetable:
    """Business hours as they were written down.

    `holidays` is `BR` for the national ones, `BR-SP` for those of a state too, None for none.
    """

    week: tuple[tuple[Block, ...], ...]
    zone: str
    holidays: str | None = None
    closed_on: tuple[date, ...] = ()

    def hours(self, holidays: Holidays | None) -> BusinessHours:
        """The hours to count with, given what the holidays are."""
        return BusinessHours(self.week, self.zone, frozenset(self.closed_on), holidays)


@dataclass(frozen=True, slots=True)
class SlaPolicy:
    """Targets in seconds, None for no promise; on the business clock or on the wall's."""

    first_response_s: int | None = None
    next_reply_s: int | None = None
    resolution_s: int | None = None
    is_business: bool = True

    def turn_s(self, *, is_first: bool) -> int | None:
        """The target of an open customer turn."""
        return self.first_response_s if is_first else self.next_reply_s


@dataclass(frozen=True, slots=True)
class Rules:
    """All hours and targets of the centre, by owner."""

    hours: Mapping[Owner, BusinessHours] = field(default_factory=dict)
    policies: Mapping[Owner, SlaPolicy] = field(default_factory=dict)


class Deadline(NamedTuple):
    """When an open turn is to be answered at the latest, and when that is near."""

    warn_at: Instant
    due_at: Instant


def effective(known: Mapping[Owner, T], instance_id: int, team_id: int | None) -> T | None:
    """What holds for conversations of an instance and a team: the narrowest that is there."""
    for owner in owners(instance_id, team_id):
        if owner in known:
            return known[owner]
    return None


def owners(instance_id: int, team_id: int | None) -> tuple[Owner, ...]:
    """Who may set hours and targets of a conversation, the narrowest first."""
    team = () if team_id is None else (Owner(OwnerKind.TEAM, team_id),)
    return (*team, Owner(OwnerKind.INSTANCE, instance_id), CENTRE)


def near_s(target_s: int) -> int:
    """After how many seconds of a target its end is near: three quarters."""
    return target_s * 3 // 4


def deadline(rules: Rules, state: Conversation) -> Deadline | None:
    """When the open customer turn is due; None when nobody waits, without target or hours."""
    policy = effective(rules.policies, state.instance_id, state.team_id)
    if policy is None or state.waiting_since_at is None:
        return None
    target_s = policy.turn_s(is_first=state.first_response_at is None)
    if target_s is None:
        return None
    hours = effective(rules.hours, state.instance_id, state.team_id)
    near, last = (
        _reached(policy, hours, state.waiting_since_at, seconds * SECOND)
        for seconds in (near_s(target_s), target_s)
    )
    return None if near is None or last is None else Deadline(near, last)


def _reached(
    policy: SlaPolicy, hours: BusinessHours | None, start: Instant, duration: int
) -> Instant | None:
    return due(hours, start, duration) if policy.is_business else start + duration
