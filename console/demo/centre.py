"""The invented service centre: instances, teams, labels and people, with ids from the seed."""

from __future__ import annotations

import random as chance
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from console.demo.words import Words
from console.domain.agent import Role
from console.domain.ids import Instant, id_floor
from console.store import tables
from console.store.bulk_write import insert_rows
from console.store.feed import write_feed
from console.store.work import Connection

DOMAIN: Final = "casaipe.example"
MAILBOXES: Final[Mapping[Role, str]] = {
    Role.ADMIN: "admin",
    Role.SUPERVISOR: "supervisao",
    Role.TEAM_LEAD: "lideranca",
    Role.AGENT: "atendente",
    Role.ANALYST: "analise",
}  # of the first person of each role, who can sign in to the demo
_LEADERS: Final = (Role.ADMIN, Role.SUPERVISOR, Role.SUPERVISOR, Role.ANALYST)


@dataclass(frozen=True, slots=True)
class Person:
    """An invented agent; `team` is a position in the centre's teams, None for those above."""

    id: int
    name: str
    email: str
    role: Role
    team: int | None


@dataclass(frozen=True, slots=True)
class Centre:
    """Ids of the centre's records, in the order of the words."""

    instance_ids: tuple[int, ...]
    team_ids: tuple[int, ...]
    label_ids: tuple[int, ...]
    people: tuple[Person, ...]

    def who(self, role: Role) -> list[int]:
        """Positions of the people of a role."""
        return [number for number, person in enumerate(self.people) if person.role is role]

    def members(self) -> list[list[int]]:
        """Positions of the people who answer, by team."""
        answering = {Role.AGENT, Role.TEAM_LEAD}
        return [
            [i for i, p in enumerate(self.people) if p.team == team and p.role in answering]
            for team in range(len(self.team_ids))
        ]


def plan_centre(words: Words, agents: int, begin: Instant, seed: int) -> Centre:
    """Decide who works here; the same seed gives the same people with the same ids."""
    ids = iter(range(id_floor(begin), id_floor(begin) + 4_096))
    shop = words.shop
    return Centre(
        instance_ids=tuple(next(ids) for _ in shop["instances"]),
        team_ids=tuple(next(ids) for _ in shop["teams"]),
        label_ids=tuple(next(ids) for _ in shop["labels"]),
        people=tuple(_people(words, agents, ids, seed)),
    )


def _people(words: Words, agents: int, ids: Iterator[int], seed: int) -> Iterator[Person]:
    random = chance.Random(seed)
    used: set[str] = set()
    mailboxes = dict(MAILBOXES)
    teams = range(len(words.shop["teams"]))
    roles: list[tuple[Role, int | None]] = [(role, None) for role in _LEADERS]
    roles += [(Role.TEAM_LEAD, team) for team in teams]
    roles += [(Role.AGENT, number % len(teams)) for number in range(agents)]
    for role, team in roles:
        name = _unused(words, random, used)
        mailbox = mailboxes.pop(role, None) or _ascii(name)
        yield Person(next(ids), name, f"{mailbox}@{DOMAIN}", role, team)


def _unused(words: Words, random: chance.Random, used: set[str]) -> str:
    while True:
        name = f"{random.choice(words.first_names)} {random.choice(words.surnames)}"
        if name not in used:
            used.add(name)
            return name


def _ascii(name: str) -> str:
    plain = unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
    return plain.lower().replace(" ", ".")


def write_centre(connection: Connection, words: Words, centre: Centre, at: Instant) -> None:
    """Write the centre's records into a store that does not have them."""
    made = {"created_at": at}
    shop = words.shop
    instances = [
        {k: e[k] for k in ("key", "name", "phone")} | {"channel": "simulator", "is_active": True}
        for e in shop["instances"]
    ]
    _write(connection, "instance", centre.instance_ids, instances, made)
    _write(connection, "team", centre.team_ids, shop["teams"], made)
    _write(connection, "label", centre.label_ids, shop["labels"], made)
    people = [{"email": p.email, "name": p.name, "role": p.role} for p in centre.people]
    _write(connection, "agent", [p.id for p in centre.people], people, made)
    links = [
        {"agent_id": person.id, "team_id": centre.team_ids[person.team]}
        for person in centre.people
        if person.team is not None
    ]
    insert_rows(connection, tables.agent_team, links)


def _write(
    connection: Connection,
    entity: str,
    ids: Sequence[int],
    entries: Sequence[Mapping[str, Any]],
    made: Mapping[str, Any],
) -> None:
    rows = [{"id": i, **entry, **made} for i, entry in zip(ids, entries, strict=True)]
    insert_rows(connection, tables.metadata.tables[entity], rows)
    write_feed(connection, entity, list(ids), made["created_at"])
