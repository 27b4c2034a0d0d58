"""An export that comes round: what is taken, when, where it goes, and how it last went."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from console.domain.ids import HOUR, MINUTE, Instant
from console.domain.recurrence import Every, Recurrence
from console.domain.text import fold
from console.i18n import Text

LEASE: Final = 10 * MINUTE  # how long a process may take to hand a file over
MOST_KEPT: Final = 1_000
RETRIES: Final = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR)
_SLUG: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG: Final = 60


class Span(StrEnum):
    """Which days of its filter an export takes, seen from the day on which it is due."""

    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_WEEK = "last_week"
    LAST_MONTH = "last_month"

    def days(self, on: date) -> tuple[date, date] | None:
        """The first and the last day, None for no bound; a week begins on Monday."""
        return _DAYS[self](on)


def _last_week(on: date) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday() + 7)
    return monday, monday + timedelta(days=6)


def _last_month(on: date) -> tuple[date, date]:
    last = on.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _yesterday(on: date) -> tuple[date, date]:
    return (on - timedelta(days=1),) * 2


_DAYS: Final[dict[Span, Callable[[date], tuple[date, date] | None]]] = {
    Span.ALL: lambda _: None,
    Span.TODAY: lambda on: (on, on),
    Span.YESTERDAY: _yesterday,
    Span.LAST_WEEK: _last_week,
    Span.LAST_MONTH: _last_month,
}


class Target(StrEnum):
    """Where the files go."""

    FOLDER = "folder"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wishes: everything of a schedule that a person chooses.

    `span_field` is the field of the filter expression that the span bounds. `folder` is relative to
    the folder of the settings, where the newest `keep_n` files stay, 0 for all. A letter carries
    the file, or a link to it. `reason` says what a customer's data is taken away for. `columns` are
    those that were chosen, none for all.
    """

    name: str
    grain: str
    format: str
    every: Every
    minute: int
    zone: str
    filter: str = ""
    weekdays: tuple[int, ...] = ()
    day: int = 1
    span: Span = Span.ALL
    span_field: str = "last_activity"
    target: Target = Target.FOLDER
    folder: str = ""
    keep_n: int = 0
    recipients: tuple[str, ...] = ()
    is_attached: bool = True
    reason: str = ""
    columns: tuple[str, ...] = ()

    @property
    def recurrence(self) -> Recurrence:
        """When it comes round."""
        return Recurrence(self.every, self.minute, self.weekdays, self.day)

    @property
    def clock_zone(self) -> ZoneInfo:
        """The zone of its clock."""
        return ZoneInfo(self.zone)

    @property
    def slug(self) -> str:
        """The name as files carry it."""
        return _SLUG.sub("-", fold(self.name)).strip("-")[:_LONGEST_SLUG].rstrip("-")


class ScheduleStatus(StrEnum):
    """Whether it comes round."""

    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan with its owner, whose rights it has, and where it stands.

    While a run is going on, `due_at` is the time it was due and `job_id` its export, None while the
    next try is waited for. `reached` are the addresses that have their letter already.
    """

    id: int
    owner_id: int
    plan: Plan
    status: ScheduleStatus = ScheduleStatus.ACTIVE
    paused_for: Text | None = None
    next_at: Instant | None = None
    job_id: int | None = None
    due_at: Instant | None = None
    tries_n: int = 0
    retry_at: Instant | None = None
    lease_until_at: Instant | None = None
    reached: tuple[str, ...] = ()
    last_at: Instant | None = None
    last_place: str | None = None
    last_rows_n: int = 0
    last_bytes_n: int = 0
    last_problem: Text | None = None
    version: int = 1
    created_at: Instant = 0

    @property
    def is_active(self) -> bool:
        """Whether it comes round by itself."""
        return self.status is ScheduleStatus.ACTIVE

    @property
    def is_going_on(self) -> bool:
        """Whether a run of it is not over."""
        return self.due_at is not None

    def due(self, now: Instant) -> Instant | None:
        """The time whose run is to begin now, None for none.

        Of times that were missed it is the last: they are made up for once.
        """
        if self.job_id is not None:
            return None
        if self.due_at is not None:
            return self.due_at if (self.retry_at or 0) <= now else None
        if not self.is_active or self.next_at is None or self.next_at > now:
            return None
        return max(self.next_at, self.plan.recurrence.last_until(now, self.plan.clock_zone))


def retry_after(tries_n: int) -> Instant | None:
    """How long to wait after so many tries that failed, None when it is given up."""
    return RETRIES[tries_n - 1] if tries_n <= len(RETRIES) else None
