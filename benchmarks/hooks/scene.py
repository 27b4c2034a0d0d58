"""What stands before the flood: a linked instance, people who can sign in, their conversations."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sqlalchemy import func, select

from benchmarks.browser.guest import let_in
from benchmarks.ground import act
from benchmarks.hooks.post import Plan
from console.actions import Assign, LinkInstance, Reopen
from console.config import Settings
from console.store import accounts, tables
from console.store.vault import open_vault
from console.store.work import Store, open_store

EACH: Final = 2  # conversations that a person goes to and fro between
_NUMBER: Final = "100000000000077"
_AIMED: Final = 8  # every so many messages go to a conversation of those people
_AGAIN: Final = 50  # every so many posts tell an earlier message again


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of the linked instance and whose it is."""

    id: int
    phone: str
    name: str
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in the inbox; `talks` are the conversations assigned to them."""

    mail: str
    password: str
    talks: Sequence[Talk]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything prepared in one store."""

    route: str
    secret: str
    people: Sequence[Person]
    others: Sequence[Talk]

    def plan(self, origin: str, webhooks: int, rate: float) -> Plan:
        """Who writes when: in turn everybody, and every eighth time one whose words are watched."""
        aimed = [talk for person in self.people for talk in person.talks]
        everybody = [*aimed, *self.others]
        return Plan(
            f"{origin}/wh/cloud/{self.route}",
            _NUMBER,
            self.secret,
            rate,
            [(talk.phone, talk.name) for talk in everybody],
            list(_turns(webhooks, len(aimed), len(self.others))),
        )


def set_up(home: Path, settings: Settings, browsers: int) -> Scene:
    """Link the instance with the most conversations, and give each person two of its own."""
    store = open_store(f"sqlite:///{home / 'central.db'}")
    try:
        route, secret, instance_id = _linked(store, replace(settings, home=home))
        talks = _talks(store, instance_id)
        people = [
            _person(home, store, n, talks[n * EACH : (n + 1) * EACH]) for n in range(browsers)
        ]
        return Scene(route, secret, people, talks[browsers * EACH :])
    finally:
        store.close()


def aimed_at(n: int, aimed_n: int) -> int | None:
    """Which of the watched conversations a message goes to, if to any."""
    return (n // _AIMED) % aimed_n if n % _AIMED == 0 else None


def _turns(webhooks: int, aimed_n: int, others_n: int) -> Iterator[tuple[int, int]]:
    for n in range(webhooks):
        if n % _AGAIN == _AGAIN - 1:
            yield n - _AGAIN // 2, _whose(n - _AGAIN // 2, aimed_n, others_n)
        else:
            yield n, _whose(n, aimed_n, others_n)


def _whose(n: int, aimed_n: int, others_n: int) -> int:
    aim = aimed_at(n, aimed_n)
    return aimed_n + n % others_n if aim is None else aim


def _linked(store: Store, settings: Settings) -> tuple[str, str, int]:
    talk = tables.conversation
    biggest = select(talk.c.instance_id).group_by(talk.c.instance_id).order_by(func.count().desc())
    with store.read() as connection:
        instance_id = connection.execute(biggest).scalars().first() or 0
    vault, secret = open_vault(store, settings), secrets.token_hex(16)
    sealed = vault.seal(secret)
    wish = LinkInstance(
        instance_id, "cloud", _NUMBER, "", "200000000000001", sealed, (sealed,), sealed
    )
    act(store, wish, [])
    with store.read() as connection:
        found = accounts.link(connection, instance_id)
    assert found is not None  # noqa: S101 - it was linked
    return found.route, secret, instance_id


def _talks(store: Store, instance_id: int) -> list[Talk]:
    """The newest conversation of each phone: there the words of its owner go."""
    talk, person, address = tables.conversation, tables.contact, tables.address
    wanted = (
        select(talk.c.id, address.c.value, person.c.name, talk.c.status == "resolved")
        .join(person, person.c.id == talk.c.contact_id)
        .join(address, address.c.contact_id == person.c.id)
        .where(talk.c.instance_id == instance_id, address.c.kind == "phone")
        .where(address.c.retired_at.is_(None))
        .order_by(talk.c.id.desc())
    )
    with store.read() as connection:
        rows = [Talk(*row) for row in connection.execute(wanted)]
    newest = {talk.phone: talk for talk in reversed(rows)}
    return sorted(newest.values(), key=lambda talk: -talk.id)


def _person(home: Path, store: Store, n: int, talks: Sequence[Talk]) -> Person:
    mail = f"bench-{n}@central.invalid"
    password = let_in(home, mail)
    with store.read() as connection:
        agent = tables.agent
        agent_id = connection.scalar(select(agent.c.id).where(agent.c.email == mail))
    act(store, Reopen(), [talk.id for talk in talks if talk.is_resolved])
    act(store, Assign(agent_id), [talk.id for talk in talks])
    return Person(mail, password, talks)
