"""The people, teams, instances and labels that a screen names, read in one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.agent import Role
from console.readmodel.model import ReadModel
from console.store import people
from console.store.people import Agent, Instance, Label, Team
from console.store.work import Connection


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything small that rows and facts refer to by id or key.

    `agents` are those at work. `agent_names` has former ones too, thousands after an import, and
    so comes from the read model, which holds them ready.
    """

    agents: tuple[Agent, ...] = ()
    teams: tuple[Team, ...] = ()
    instances: tuple[Instance, ...] = ()
    labels: tuple[Label, ...] = ()
    agent_names: Mapping[int, str] = field(default_factory=dict)

    @property
    def team_names(self) -> Mapping[int, str]:
        """The name of every team."""
        return {team.id: team.name for team in self.teams}

    @property
    def label_names(self) -> Mapping[int, str]:
        """The name of every label."""
        return {label.id: label.name for label in self.labels}

    @property
    def assignable(self) -> tuple[Agent, ...]:
        """Those who may be given a conversation: at work, and more than a reader."""
        return tuple(a for a in self.agents if a.role is not Role.ANALYST)


def directory(connection: Connection, model: ReadModel) -> Directory:
    """Read all four lists."""
    agents = tuple(people.agents(connection, only_active=True))
    former = {entry.id: entry.name for entry in model.directory.agents.values()}
    return Directory(
        agents,
        tuple(people.teams(connection)),
        tuple(people.instances(connection)),
        tuple(people.labels(connection)),
        former | {agent.id: agent.name for agent in agents},
    )
