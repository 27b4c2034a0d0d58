"""Hours and targets to rows and back; knows no database, so that a full load can read them too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from console.domain.hours import Block, BusinessHours
from console.domain.sla import Owner, Rules, SlaPolicy, Timetable
from console.store.holidays import BrazilianHolidays

HOURS_COLUMNS: Final = ("owner_kind", "owner_id", "week", "zone", "holidays", "closed_on")
POLICY_COLUMNS: Final = (
    "owner_kind",
    "owner_id",
    "first_response_s",
    "next_reply_s",
    "resolution_s",
    "is_business",
)


def timetable_of(row: Sequence[Any]) -> tuple[Owner, Timetable]:
    """Whose hours a row of `HOURS_COLUMNS` holds, and which."""
    kind, owner_id, week, zone, holidays, closed_on = row
    days = tuple(date.fromisoformat(day) for day in json.loads(closed_on))
    return Owner(kind, owner_id), Timetable(_week(week), zone, holidays, days)


def policy_of(row: Sequence[Any]) -> tuple[Owner, SlaPolicy]:
    """Whose targets a row of `POLICY_COLUMNS` holds, and which."""
    kind, owner_id, first, following, resolution, is_business = row
    policy = SlaPolicy(first, following, resolution, is_business=bool(is_business))
    return Owner(kind, owner_id), policy


def rules_of(hours: Iterable[Sequence[Any]], policies: Iterable[Sequence[Any]]) -> Rules:
    """Everything that decides when an answer is due."""
    tables = dict(map(timetable_of, hours))
    known = {owner: hours_of(table) for owner, table in tables.items()}
    return Rules(known, dict(map(policy_of, policies)))


def hours_of(timetable: Timetable) -> BusinessHours:
    """The hours to count with."""
    key = timetable.holidays
    return timetable.hours(BrazilianHolidays(key) if key else None)


def timetable_row(timetable: Timetable) -> dict[str, Any]:
    """The columns of hours but for their owner."""
    return {
        "week": json.dumps(timetable.week),
        "zone": timetable.zone,
        "holidays": timetable.holidays,
        "closed_on": json.dumps([day.isoformat() for day in timetable.closed_on]),
    }


def policy_row(policy: SlaPolicy) -> dict[str, Any]:
    """The columns of targets but for their owner."""
    return asdict(policy)


def _week(text: str) -> tuple[tuple[Block, ...], ...]:
    return tuple(tuple(Block(*block) for block in day) for day in json.loads(text))
