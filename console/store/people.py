"""Agents, teams, instances and labels as they are now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from console.domain.agent import Acting, Role
from console.store import tables


@dataclass(frozen=True, slots=True)
class Agent:
    """A person of the centre; without a password they cannot sign in."""

    id: int
    email: str
    name: str
    role: Role
    language: str
    theme: str
    settings: Mapping[str, Any]
    is_active: bool
    can_sign_in: bool
    team_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Team:
    """A group of agents that shares conversations."""

    id: int
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Instance:
    """One connected WhatsApp number."""

    id: int
    key: str
    name: str
    channel: str
    phone: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class Label:
    """A word people put on conversations; `colour` is `#rrggbb`."""

    id: int
    key: str
    name: str
    colour: str


def acting(connection: Connection, agent_id: int) -> Acting | None:
    """Who acts, with today's role and teams; None when unknown or deactivated."""
    table = tables.agent
    row = connection.execute(
        select(table.c.id, table.c.name, table.c.role, table.c.language).where(
            table.c.id == agent_id, table.c.is_active
        )
    ).first()
    if row is None:
        return None
    teams = team_ids(connection, agent_id)
    role = Role(row.role)
    colleagues = _members(connection, teams) if role is Role.TEAM_LEAD else frozenset[int]()
    return Acting(row.id, row.name, role, teams, colleagues, row.language)


def team_ids(connection: Connection, agent_id: int) -> frozenset[int]:
    """The teams of one agent."""
    table = tables.agent_team
    return frozenset(
        connection.scalars(select(table.c.team_id).where(table.c.agent_id == agent_id))
    )


def _members(connection: Connection, teams: frozenset[int]) -> frozenset[int]:
    table = tables.agent_team
    wanted = select(table.c.agent_id).where(table.c.team_id.in_(sorted(teams)))
    return frozenset(connection.scalars(wanted))


def agents(connection: Connection, *, only_active: bool = False) -> list[Agent]:
    """Everybody, by name."""
    table = tables.agent
    wanted = select(table).order_by(func.lower(table.c.name), table.c.id)
    if only_active:
        wanted = wanted.where(table.c.is_active)
    teams: dict[int, list[int]] = {}
    link = tables.agent_team
    for agent_id, team_id in connection.execute(select(link.c.agent_id, link.c.team_id)):
        teams.setdefault(agent_id, []).append(team_id)
    rows = connection.execute(wanted).mappings()
    return [_agent(row, tuple(sorted(teams.get(row["id"], ())))) for row in rows]


def agent(connection: Connection, agent_id: int) -> Agent | None:
    """One person, or None."""
    table = tables.agent
    row = connection.execute(select(table).where(table.c.id == agent_id)).mappings().first()
    return _agent(row, tuple(sorted(team_ids(connection, agent_id)))) if row else None


def agent_by_email(connection: Connection, email: str) -> Agent | None:
    """The person with this address, whatever its case."""
    table = tables.agent
    found = connection.scalar(select(table.c.id).where(table.c.email == email.strip().lower()))
    return agent(connection, found) if found else None


def _agent(row: Mapping[Any, Any], teams: tuple[int, ...]) -> Agent:
    return Agent(
        id=row["id"],
        email=row["email"],
        name=row["name"],
        role=Role(row["role"]),
        language=row["language"],
        theme=row["theme"],
        settings=json.loads(row["settings"]),
        is_active=bool(row["is_active"]),
        can_sign_in=row["password_hash"] is not None,
        team_ids=teams,
    )


def password_hash(connection: Connection, email: str) -> tuple[int, str] | None:
    """Id and password hash of an active person, or None."""
    table = tables.agent
    row = connection.execute(
        select(table.c.id, table.c.password_hash).where(
            table.c.email == email.strip().lower(),
            table.c.is_active,
            table.c.password_hash.is_not(None),
        )
    ).first()
    return (row.id, row.password_hash) if row else None


def teams(connection: Connection) -> list[Team]:
    """Every team, by name."""
    table = tables.team
    rows = connection.execute(select(table.c.id, table.c.key, table.c.name).order_by(table.c.name))
    return [Team(*row) for row in rows]


def instances(connection: Connection, *, only_active: bool = False) -> list[Instance]:
    """Every instance, by name."""
    t = tables.instance
    wanted = select(t.c.id, t.c.key, t.c.name, t.c.channel, t.c.phone, t.c.is_active)
    if only_active:
        wanted = wanted.where(t.c.is_active)
    rows = connection.execute(wanted.order_by(t.c.name))
    return [Instance(*row) for row in rows]


def instance_by_key(connection: Connection, key: str) -> Instance | None:
    """The instance with this key, or None."""
    return next((i for i in instances(connection) if i.key == key), None)


def labels(connection: Connection) -> list[Label]:
    """Every label, by name."""
    t = tables.label
    rows = connection.execute(select(t.c.id, t.c.key, t.c.name, t.c.colour).order_by(t.c.name))
    return [Label(*row) for row in rows]
