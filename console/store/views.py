"""Saved views as they are, with every version that has been."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from console.domain.agent import Acting
from console.domain.audience import Audience, may_see
from console.domain.ids import Instant
from console.domain.view import View
from console.store import tables

_VIEW: Final = tables.saved_view
_VERSION: Final = tables.saved_view_version
_FIELDS: Final = tuple(View.__dataclass_fields__)


def views_of(connection: Connection, who: Acting) -> list[View]:
    """The views that a person finds, in their order."""
    wanted = select(_VIEW).where(_VIEW.c.is_active).order_by(_VIEW.c.position, _VIEW.c.id)
    found = [_view(row) for row in connection.execute(wanted).mappings()]
    return [view for view in found if may_see(view, who)]


def find_view(connection: Connection, view_id: int) -> View | None:
    """One view, None for what does not exist any more."""
    wanted = select(_VIEW).where(_VIEW.c.id == view_id, _VIEW.c.is_active).with_for_update()
    row = connection.execute(wanted).mappings().first()
    return _view(row) if row else None


def save_view(connection: Connection, view: View, agent_id: int | None, at: Instant) -> None:
    """Write a view down, new or changed, and keep this version."""
    values = asdict(view)
    is_new = view.version == 1
    if is_new:
        connection.execute(insert(_VIEW).values(**values, created_at=at))
    else:
        connection.execute(update(_VIEW).where(_VIEW.c.id == view.id).values(**values))
    _keep(connection, view, agent_id, at, json.dumps(values, ensure_ascii=False))


def remove_view(connection: Connection, view: View, agent_id: int | None, at: Instant) -> None:
    """Take a view out of every list; its versions stay."""
    changed = {"is_active": False, "version": view.version}
    connection.execute(update(_VIEW).where(_VIEW.c.id == view.id).values(**changed))
    _keep(connection, view, agent_id, at, "null")


def make_room(connection: Connection, position: int, view_id: int) -> None:
    """Move the other views from this place on by one, so that the order among them stays."""
    behind = (_VIEW.c.position >= position) & (_VIEW.c.id != view_id)
    connection.execute(update(_VIEW).where(behind).values(position=_VIEW.c.position + 1))


def last_position(connection: Connection) -> int:
    """The place of the last view in the lists."""
    return connection.scalar(select(func.max(_VIEW.c.position))) or 0


def versions(connection: Connection, view_id: int) -> list[tuple[int, int | None, Instant, Any]]:
    """Every version of a view, latest first: number, who, when, and what it was (None: removed)."""
    wanted = (
        select(_VERSION.c.version, _VERSION.c.agent_id, _VERSION.c.at, _VERSION.c.kept)
        .where(_VERSION.c.view_id == view_id)
        .order_by(_VERSION.c.version.desc())
    )
    rows = connection.execute(wanted)
    return [(version, agent, at, json.loads(kept)) for version, agent, at, kept in rows]


def _keep(connection: Connection, view: View, agent_id: int | None, at: Instant, kept: str) -> None:
    row = {"view_id": view.id, "version": view.version, "agent_id": agent_id, "at": at}
    connection.execute(insert(_VERSION).values(**row, kept=kept))


def _view(row: RowMapping) -> View:
    values = {name: row[name] for name in _FIELDS}
    return View(**{**values, "audience": Audience(values["audience"])})
