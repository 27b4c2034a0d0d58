"""Who acts: agents, their roles, and what a role may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from console.domain.scope import Scope
from console.i18n import Text


class Role(StrEnum):
    """What a person is to the service centre."""

    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    TEAM_LEAD = "team_lead"
    AGENT = "agent"
    ANALYST = "analyst"


ROLE_NAMES: Final = {
    Role.ADMIN: Text("Administração", "Admin", "Administración"),
    Role.SUPERVISOR: Text("Supervisão", "Supervisor", "Supervisión"),
    Role.TEAM_LEAD: Text("Liderança de equipe", "Team lead", "Líder de equipo"),
    Role.AGENT: Text("Atendente", "Agent", "Agente"),
    Role.ANALYST: Text("Análise", "Analyst", "Análisis"),
}


class Right(StrEnum):
    """What a command or a page asks of the acting person."""

    READ = "read"
    ANSWER = "answer"  # change conversations in one's scope
    CONTACTS = "contacts"  # create and edit contacts
    MERGE = "merge"  # say which contacts are the same person
    ANALYSE = "analyse"  # ask in SQL within one's scope; analysts see pseudonyms
    BULK = "bulk"  # change everything a filter matches, and see the ledger
    EXPORT = "export"  # take rows of one's scope away as files
    FIGURES = "figures"  # what was counted, of one's part of the conversations
    ORIGINALS = "originals"  # read what was edited or deleted afterwards
    LABELS = "labels"  # make and rename labels
    SETTINGS = "settings"  # people, teams, instances


_WORKING: Final = frozenset({Right.READ, Right.ANSWER, Right.CONTACTS})
_ANALYSING: Final = frozenset({Right.ANALYSE, Right.EXPORT, Right.FIGURES})
_OVERSEEING: Final = frozenset({Right.BULK, Right.ORIGINALS, Right.MERGE})
RIGHTS: Final = {
    Role.ADMIN: frozenset(Right),
    Role.SUPERVISOR: _WORKING | _ANALYSING | _OVERSEEING | {Right.LABELS},
    Role.TEAM_LEAD: _WORKING | _ANALYSING | _OVERSEEING,
    Role.AGENT: _WORKING,
    Role.ANALYST: _ANALYSING | {Right.READ},
}


@dataclass(frozen=True, slots=True)
class Acting:
    """The person or machine on whose behalf a command runs, read from the store every time."""

    agent_id: int
    name: str
    role: Role
    team_ids: frozenset[int] = frozenset()
    colleague_ids: frozenset[int] = frozenset()
    language: str = "pt"
    kind: str = field(default="agent")  # agent, contact, bot or system, as in events

    def may(self, right: Right) -> bool:
        """Whether the role carries this right."""
        return right in RIGHTS[self.role]

    @property
    def is_masked(self) -> bool:
        """Analysts see pseudonyms, never names, numbers or words of a customer."""
        return self.role is Role.ANALYST

    @property
    def scope(self) -> Scope:
        """Which conversations this person may see."""
        kind = {Role.TEAM_LEAD: "teams", Role.AGENT: "own"}.get(self.role, "all")
        return Scope(kind, self.agent_id, self.team_ids, self.colleague_ids)


def system() -> Acting:
    """An automation of Central itself; sees everything."""
    return Acting(0, "system", Role.ADMIN, kind="system")


def a_contact() -> Acting:
    """Whoever wrote through a channel; `run` puts the conversation's contact into the events."""
    return Acting(0, "contact", Role.ADMIN, kind="contact")


def a_bot() -> Acting:
    """An automated answerer; never stops a human clock."""
    return Acting(0, "bot", Role.ADMIN, kind="bot")


def a_phone() -> Acting:
    """Somebody of ours who wrote on the phone itself: a person, and nobody knows which."""
    return Acting(0, "", Role.ADMIN)
