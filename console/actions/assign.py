"""Assign: who has the conversation, an agent, a team or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.actions.base import Fact, Facts
from console.domain.agent import Acting, Right, Role
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import Instant
from console.i18n import Text
from console.store import people
from console.store.work import Connection

ALREADY_THERE = Text(
    "A conversa já estava atribuída assim.",
    "The conversation was assigned like this already.",
    "La conversación ya estaba asignada así.",
)
NO_SUCH_AGENT = Text(
    "Essa pessoa não atende mais. Escolha outra da lista.",
    "That person does not answer any more. Choose another.",
    "Esa persona ya no atiende. Elige otra de la lista.",
)
NO_SUCH_TEAM = Text(
    "Essa equipe não existe mais. Escolha outra da lista.",
    "That team does not exist any more. Choose another.",
    "Ese equipo ya no existe. Elige otro de la lista.",
)


@dataclass(frozen=True, slots=True)
class Assign:
    """Give conversations to an agent, or to nobody (None)."""

    kind: ClassVar = "assign"
    title: ClassVar = Text("Atribuir", "Assign", "Asignar")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("assignee_id",)

    agent_id: int | None

    def check(self, connection: Connection, actor: Acting) -> None:
        """The agent must be at work and able to answer."""
        del actor
        if self.agent_id is None:
            return
        found = people.acting(connection, self.agent_id)
        if found is None or found.role is Role.ANALYST:
            raise RuleError(NO_SUCH_AGENT)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Assigning to whoever has it is refused."""
        del actor, at
        if state.assignee_id == self.agent_id:
            raise RuleError(ALREADY_THERE)
        return (Fact(EventKind.ASSIGNED, state.assignee_id, self.agent_id),)


@dataclass(frozen=True, slots=True)
class AssignTeam:
    """Give conversations to a team, or to none (None); the agent stays."""

    kind: ClassVar = "assign_team"
    title: ClassVar = Text("Mudar equipe", "Change team", "Cambiar equipo")
    right: ClassVar = Right.ANSWER
    bulk: ClassVar = True
    reads: ClassVar[tuple[str, ...]] = ("team_id",)

    team_id: int | None

    def check(self, connection: Connection, actor: Acting) -> None:
        """The team must exist."""
        del actor
        known = {team.id for team in people.teams(connection)}
        if self.team_id is not None and self.team_id not in known:
            raise RuleError(NO_SUCH_TEAM)

    def decide(self, state: Conversation, actor: Acting, at: Instant) -> Facts:
        """Moving to the team that has it is refused."""
        del actor, at
        if state.team_id == self.team_id:
            raise RuleError(ALREADY_THERE)
        return (Fact(EventKind.TEAM_ASSIGNED, state.team_id, self.team_id),)
