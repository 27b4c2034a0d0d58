"""The people, teams, instances and labels that a screen names, read in one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.agent import Role
from console.store import people
from console.store.people import Agent, Instance, Label, Team
from console.store.work import Connection


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything small that rows and facts refer to by id or key."""

    agents: tuple[Agent, ...] = ()
    teams: tuple[Team, ...] = ()
    instances: tuple[Instance, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def agent_names(self) -> Mapping[int, str]:
        """The name of every agent, of former ones too."""
        return {agent.id: agent.name for agent in self.agents}

    @property
    def team_names(self) -> Mapping[int, str]:
        """The name of every team."""
        return {team.id: team.name for team in self.teams}

    @property
    def assignable(self) -> tuple[Agent, ...]:
        """Those who may be given a conversation: active, and more than a reader."""
        return tuple(a for a in self.agents if a.is_active and a.role is not Role.ANALYST)


def directory(connection: Connection) -> Directory:
    """Read all four lists."""
    return Directory(
        tuple(people.agents(connection)),
        tuple(people.teams(connection)),
        tuple(people.instances(connection)),
        tuple(people.labels(connection)),
    )
