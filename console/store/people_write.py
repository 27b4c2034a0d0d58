"""Writing agents, teams, instances and labels; only commands call this."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from sqlalchemy import Connection, delete, func, insert, select, update

from console.domain.agent import Role
from console.domain.ids import Instant, new_id
from console.store import tables

Keyed = Literal["team", "instance", "label"]


def save_agent(
    connection: Connection,
    agent_id: int | None,
    values: Mapping[str, Any],
    teams: Sequence[int],
    at: Instant,
) -> int:
    """Insert or update a person and their teams; gives the id. Deactivating ends sign-ins."""
    saved = agent_id or new_id()
    if agent_id is None:
        connection.execute(insert(tables.agent).values(id=saved, created_at=at, **values))
    else:
        update_agent(connection, saved, values)
    link = tables.agent_team
    connection.execute(delete(link).where(link.c.agent_id == saved))
    if teams:
        rows = [{"agent_id": saved, "team_id": team} for team in teams]
        connection.execute(insert(link), rows)
    if not values["is_active"]:
        end_sign_ins(connection, saved)
    return saved


def update_agent(connection: Connection, agent_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of one person."""
    table = tables.agent
    changed = {**values, "version": table.c.version + 1}
    connection.execute(update(table).where(table.c.id == agent_id).values(**changed))


def set_password(connection: Connection, agent_id: int, password_hash: str) -> None:
    """Set a password hash and end every sign-in of the person."""
    update_agent(connection, agent_id, {"password_hash": password_hash})
    end_sign_ins(connection, agent_id)


def end_sign_ins(connection: Connection, agent_id: int) -> None:
    """Sign a person out everywhere."""
    table = tables.auth_session
    connection.execute(delete(table).where(table.c.agent_id == agent_id))


def has_admin(connection: Connection) -> bool:
    """Whether somebody can still administer."""
    table = tables.agent
    wanted = select(func.count()).where(table.c.role == Role.ADMIN, table.c.is_active)
    return bool(connection.scalar(wanted))


def save_keyed(
    connection: Connection,
    entity: Keyed,
    row_id: int | None,
    key: str,
    name: str,
    at: Instant,
    more: Mapping[str, Any] | None = None,
) -> int | None:
    """Insert (with `key`) or update a team, instance or label; None when the key is taken."""
    table = tables.metadata.tables[entity]
    values = {"name": name, **(more or {})}
    if row_id is not None:
        connection.execute(update(table).where(table.c.id == row_id).values(**values))
        return row_id
    if connection.scalar(select(table.c.id).where(table.c.key == key)) is not None:
        return None
    made = new_id()
    connection.execute(insert(table).values(id=made, key=key, created_at=at, **values))
    return made


def update_instance(connection: Connection, instance_id: int, values: Mapping[str, Any]) -> bool:
    """Set columns of one instance; whether there is such a one."""
    table = tables.instance
    changed = connection.execute(update(table).where(table.c.id == instance_id).values(**values))
    return bool(changed.rowcount)
