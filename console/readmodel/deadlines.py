"""When open customer turns are due: what `domain.sla.deadline` says, for many rows at once.

Rows that share owner and target are answered by two searches in the laid-out openings of their
hours. The instants are kept in the wide row, so that a filter compares them with the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from console.domain.hours import BusinessHours, due, openings, year_of
from console.domain.ids import SECOND
from console.domain.sla import Rules, SlaPolicy, effective, near_s
from console.store.rules import rules_of

READ: Final = ("instance_id", "team_id", "waiting_since_at", "first_response_at")
TABLES: Final = frozenset({"business_hours", "sla_policy"})
COLUMNS: Final = ("sla_warn_at", "sla_due_at")

Instants = np.ndarray[Any, np.dtype[np.int64]]
_NOT_DUE: Final = -1
# In the order of store.rules.
_HOURS: Final = "select owner_kind, id, week, zone, holidays, closed_on from business_hours"
_POLICIES: Final = """
select owner_kind, id, first_response_s, next_reply_s, resolution_s, is_business
from sla_policy
"""


class _Layout(NamedTuple):
    """The openings of several years behind one another."""

    starts: Instants
    ends: Instants
    before: Instants

    def reaching(self, since: Instants, duration: int) -> Instants:
        """For each instant the first one with so much open time in between."""
        at = np.searchsorted(self.starts, since, side="right") - 1
        inside = np.minimum(since, self.ends[at]) - self.starts[at]
        wanted = np.where(at < 0, 0, self.before[at] + inside) + duration
        found = np.searchsorted(self.before, wanted, side="left") - 1
        reached: Instants = self.starts[found] + wanted - self.before[found]
        return reached


def read_rules(cursor: duckdb.DuckDBPyConnection) -> Rules:
    """Hours and targets as the read model holds them."""
    return rules_of(cursor.execute(_HOURS).fetchall(), cursor.execute(_POLICIES).fetchall())


def with_deadlines(rules: Rules, rows: pa.Table) -> pa.Table:
    """The rows with both instants behind their other columns; null where nothing is due."""
    near, last = _answers(rules, rows)
    for name, instants in zip(COLUMNS, (near, last), strict=True):
        rows = rows.append_column(name, pa.array(instants, mask=instants == _NOT_DUE))
    return rows


def _answers(rules: Rules, rows: pa.Table) -> tuple[Instants, Instants]:
    near = np.full(rows.num_rows, _NOT_DUE, np.int64)
    last = near.copy()
    if rules.policies:
        for group, owner in _groups(rows):
            answer = _deadlines(rules, rows.column("waiting_since_at"), group, owner)
            if answer is not None:
                near[group], last[group] = answer
    return near, last


class _Owner(NamedTuple):
    """What the rows of a group have in common."""

    instance_id: int
    team_id: int | None
    is_first: bool


def _groups(rows: pa.Table) -> Iterator[tuple[Instants, _Owner]]:
    """Positions of the rows with an open turn, by what decides their target."""
    waiting = np.flatnonzero(_filled(rows.column("waiting_since_at")) != _NOT_DUE)
    instance = _filled(rows.column("instance_id"))[waiting]
    team = _filled(rows.column("team_id"))[waiting]
    is_first = _filled(rows.column("first_response_at"))[waiting] == _NOT_DUE
    order = np.lexsort((is_first, team, instance))
    sorted_keys = np.stack([instance[order], team[order], is_first[order]])
    edges = np.flatnonzero((sorted_keys[:, 1:] != sorted_keys[:, :-1]).any(axis=0)) + 1
    for group in np.split(order, edges):
        if len(group):
            at = group[0]
            team_id = None if team[at] == _NOT_DUE else int(team[at])
            yield waiting[group], _Owner(int(instance[at]), team_id, bool(is_first[at]))


def _filled(column: pa.ChunkedArray) -> Instants:
    filled: Instants = column.fill_null(_NOT_DUE).to_numpy()
    return filled


def _deadlines(
    rules: Rules, waiting: pa.ChunkedArray, group: Instants, owner: _Owner
) -> tuple[Instants, Instants] | None:
    policy = effective(rules.policies, owner.instance_id, owner.team_id)
    target_s = policy.turn_s(is_first=owner.is_first) if policy else None
    if policy is None or target_s is None:
        return None
    hours = effective(rules.hours, owner.instance_id, owner.team_id)
    since = _filled(waiting)[group]
    near, last = (_reached(policy, hours, since, s * SECOND) for s in (near_s(target_s), target_s))
    return None if near is None or last is None else (near, last)


def _reached(
    policy: SlaPolicy, hours: BusinessHours | None, since: Instants, duration: int
) -> Instants | None:
    if not policy.is_business:
        return since + duration
    furthest = due(hours, int(since.max()), duration)
    if hours is None or furthest is None:
        return None
    layout = _layout(hours, year_of(int(since.min())), year_of(furthest))
    return layout.reaching(since, duration)


@lru_cache(maxsize=256)
def _layout(hours: BusinessHours, first: int, last: int) -> _Layout:
    years = [openings(hours, year) for year in range(first, last + 1)]
    starts = np.array([at for year in years for at in year.starts], np.int64)
    ends = np.array([at for year in years for at in year.ends], np.int64)
    before = np.concatenate(([0], np.cumsum(ends - starts)))[: len(starts)]
    return _Layout(starts, ends, before)
