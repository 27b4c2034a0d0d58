"""Exports that come round: written by commands and by the process that hands their files over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from console.domain.ids import Instant
from console.domain.recurrence import Every
from console.domain.schedule import LEASE, Plan, Schedule, ScheduleStatus, Span, Target
from console.i18n import LANGUAGES, Text
from console.store.export_tables import export_schedule as _TABLE  # noqa: N812 - a constant here

_PLANNED: Final = tuple(field.name for field in fields(Plan))
_LISTS: Final = ("weekdays", "recipients", "reached", "columns")
_TEXTS: Final = ("paused_for", "last_problem")
_KEPT: Final = _TABLE.c.status != ScheduleStatus.REMOVED


def add(connection: Connection, schedule: Schedule) -> None:
    """Write a new schedule."""
    own = {f.name: getattr(schedule, f.name) for f in fields(Schedule) if f.name != "plan"}
    connection.execute(insert(_TABLE).values(**_written({**planned(schedule.plan), **own})))


def planned(plan: Plan) -> dict[str, Any]:
    """The columns of a plan."""
    return {name: getattr(plan, name) for name in _PLANNED}


def change(connection: Connection, schedule_id: int, **values: Any) -> None:
    """Set some columns."""
    wanted = update(_TABLE).where(_TABLE.c.id == schedule_id)
    connection.execute(wanted.values(**_written(values)))


def find(connection: Connection, schedule_id: int, *, lock: bool = False) -> Schedule | None:
    """One schedule that was not removed, whosever it is."""
    wanted = select(_TABLE).where(_TABLE.c.id == schedule_id, _KEPT)
    row = connection.execute(wanted.with_for_update() if lock else wanted).mappings().first()
    return _schedule(row) if row else None


def listed(connection: Connection, owner_id: int | None = None) -> list[Schedule]:
    """Those of a person, or of everybody, by name."""
    wanted = select(_TABLE).where(_KEPT).order_by(func.lower(_TABLE.c.name), _TABLE.c.id)
    if owner_id is not None:
        wanted = wanted.where(_TABLE.c.owner_id == owner_id)
    return [_schedule(row) for row in connection.execute(wanted).mappings()]


def moving(connection: Connection, now: Instant) -> list[Schedule]:
    """Those that are due, and those whose run is not over; next to nothing when there are none."""
    is_due = and_(_TABLE.c.status == ScheduleStatus.ACTIVE, _TABLE.c.next_at <= now)
    wanted = select(_TABLE).where(_KEPT, or_(is_due, _TABLE.c.due_at.is_not(None)))
    return [_schedule(row) for row in connection.execute(wanted.order_by(_TABLE.c.id)).mappings()]


def lease(connection: Connection, schedule: Schedule, now: Instant) -> bool:
    """Take it upon oneself to hand a file over; False while another process does."""
    free = or_(_TABLE.c.lease_until_at.is_(None), _TABLE.c.lease_until_at <= now)
    waits = or_(_TABLE.c.retry_at.is_(None), _TABLE.c.retry_at <= now)
    wanted = _TABLE.c.id == schedule.id, _TABLE.c.job_id == schedule.job_id, free, waits
    taken = update(_TABLE).where(*wanted).values(lease_until_at=now + LEASE)
    return connection.execute(taken).rowcount == 1


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(values)
    for name in made.keys() & set(_LISTS):
        made[name] = json.dumps(made[name], ensure_ascii=False)
    for name in made.keys() & set(_TEXTS):
        made[name] = _text_written(made[name])
    return made


def _text_written(text: Text | None) -> str | None:
    if text is None:
        return None
    return json.dumps([text.in_(language) for language in LANGUAGES], ensure_ascii=False)


def _schedule(row: Mapping[Any, Any]) -> Schedule:
    values = dict(row)
    for name in _LISTS:
        values[name] = tuple(json.loads(values[name]))
    for name in _TEXTS:
        values[name] = Text(*json.loads(values[name])) if values[name] else None
    chosen = {name: values.pop(name) for name in _PLANNED}
    chosen |= {
        "every": Every(chosen["every"]),
        "span": Span(chosen["span"]),
        "target": Target(chosen["target"]),
        "is_attached": bool(chosen["is_attached"]),
    }
    values["status"] = ScheduleStatus(values["status"])
    return Schedule(plan=Plan(**chosen), **values)
