"""Settings: people, teams, hours, targets and more, each for those who may change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console import auth
from console.actions import SaveAgent, SetPassword
from console.domain.agent import Acting, Right
from console.domain.centre import CentreSettings
from console.domain.errors import RuleError
from console.domain.sla import Owner, SlaPolicy, Timetable
from console.i18n import Text
from console.screens.directory import Directory
from console.store import people, sla
from console.store.centre import centre_settings
from console.store.people import Agent
from console.store.work import Store

WRONG_PASSWORD = Text(
    "A senha atual não confere. Escreva-a de novo.",
    "That is not your current password. Write it again.",
    "La contraseña actual no coincide. Escríbela de nuevo.",
)
NOT_THE_SAME = Text(
    "As duas senhas novas são diferentes. Escreva a mesma duas vezes.",
    "The two new passwords differ. Write the same one twice.",
    "Las dos contraseñas nuevas son distintas. Escribe la misma dos veces.",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the page shows; lists that the person may not change are empty."""

    may_administer: bool
    may_label: bool
    may_answer: bool
    known: Directory
    centre: CentreSettings = field(default_factory=CentreSettings)
    hours: Mapping[Owner, Timetable] = field(default_factory=dict)
    policies: Mapping[Owner, SlaPolicy] = field(default_factory=dict)

    @property
    def team_names(self) -> Mapping[int, str]:
        """The name of every team."""
        return self.known.team_names


def build(store: Store, who: Acting) -> Settings:
    """The lists behind the tabs that the person's role opens."""
    may_administer, may_label = who.may(Right.SETTINGS), who.may(Right.LABELS)
    rights = may_administer, may_label, who.may(Right.ANSWER)
    if not (may_administer or may_label):
        return Settings(*rights, Directory())
    with store.read() as connection:
        known = Directory(labels=tuple(people.labels(connection)))
        if not may_administer:
            return Settings(*rights, known)
        known = replace(
            known,
            agents=tuple(people.agents(connection)),
            teams=tuple(people.teams(connection)),
            instances=tuple(people.instances(connection)),
        )
        hours, policies = sla.timetables(connection), sla.policies(connection)
        centre = centre_settings(connection)
    return Settings(*rights, known, centre, hours, policies)


def hashed(password: str) -> str:
    """What the store keeps of a password; raises RuleError when it is a weak one."""
    return auth.hash_password(password)


def own_password(store: Store, who: Acting, current: str, new: str, again: str) -> SetPassword:
    """The wish to change one's own password; raises RuleError."""
    if new != again:
        raise RuleError(NOT_THE_SAME)
    with store.read() as connection:
        person = people.agent(connection, who.agent_id)
        kept = people.password_hash(connection, person.email) if person else None
    if person is None or kept is None or not auth.verify_password(current, kept[1]):
        raise RuleError(WRONG_PASSWORD)
    return SetPassword(person.id, hashed(new))


def activation(agent: Agent, *, is_active: bool) -> SaveAgent:
    """The wish to let somebody in again, or to end their access."""
    return SaveAgent(agent.email, agent.name, agent.role, agent.team_ids, is_active, agent.id)
