"""Supervision: everything a filter matches as numbered pages, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from console.actions.base import NOT_ALLOWED
from console.domain.agent import Acting, Right, Role
from console.domain.errors import RuleError
from console.domain.ids import MINUTE, Instant
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.readmodel.rows import SORTS, Load, Row, Sort
from console.readmodel.tree import Everything, Tree
from console.screens.paging import page_within, pages_of
from console.store import people, sessions
from console.store.people import Agent, Label, Team
from console.store.work import Store

PAGE: Final = 50
SORT: Final[Sort] = "waiting"
ONLINE: Final = 5 * MINUTE  # since the last click


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asks to see; `page` counts from 1."""

    filter: str = "pending"
    sort: Sort = SORT
    page: int = 1


@dataclass(frozen=True, slots=True)
class Supervision:
    """One page of a filter; `problem` says why there is none."""

    tree: Tree = field(default_factory=Everything)
    rows: tuple[Row, ...] = ()
    total: int = 0
    page: int = 1
    problem: RuleError | None = None
    team_names: Mapping[int, str] = field(default_factory=dict)
    label_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return pages_of(self.total, PAGE)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the arguments of a bulk command are chosen from, and what each agent has to do."""

    agents: tuple[Agent, ...] = ()
    teams: tuple[Team, ...] = ()
    labels: tuple[Label, ...] = ()
    loads: Mapping[int, Load] = field(default_factory=dict)
    online: frozenset[int] = frozenset()

    def members(self, team_id: int) -> tuple[int, ...]:
        """The agents of a team."""
        return tuple(agent.id for agent in self.agents if team_id in agent.team_ids)


def build(model: ReadModel, who: Acting, wanted: Wanted, now: Instant) -> Supervision:
    """The page that is asked for, or the last one there is; raises RuleError without the right."""
    check(who)
    try:
        tree = expression.parse(wanted.filter)
        total = ask.count(model, tree, who, now)
        page = page_within(wanted.page, total, PAGE)
        sort: Sort = wanted.sort if wanted.sort in SORTS else SORT
        skip = (page - 1) * PAGE
        rows = ask.page(model, tree, who, now=now, sort=sort, skip=skip, limit=PAGE).rows
    except RuleError as error:
        return Supervision(problem=error)
    names = model.directory
    teams = {team.id: team.name for team in names.teams.values()}
    labels = {label.key: label.name for label in names.labels.values()}
    return Supervision(tree, tuple(rows), total, page, None, teams, labels)


def choices(store: Store, model: ReadModel, who: Acting, now: Instant) -> Choices:
    """Who and what conversations may be given to."""
    check(who)
    with store.read() as connection:
        agents = people.agents(connection, only_active=True)
        teams, labels = people.teams(connection), people.labels(connection)
        online = sessions.seen_since(connection, now - ONLINE)
    able = tuple(a for a in agents if a.role is not Role.ANALYST)
    return Choices(able, tuple(teams), tuple(labels), ask.loads(model), online)


def check(who: Acting) -> None:
    """Raise RuleError for a person who may not act in bulk."""
    if not who.may(Right.BULK):
        raise RuleError(NOT_ALLOWED)
