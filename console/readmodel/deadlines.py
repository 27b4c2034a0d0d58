"""When open customer turns are due: what `domain.sla.deadline` says, for many rows at once.

Rows that share owner and target are answered by two searches in the laid-out openings of their
hours. The instants are kept in the wide row, so that a filter compares them with the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa

from console.domain.ids import SECOND
from console.domain.sla import Rules, effective, near_s
from console.readmodel.clock import NONE, Instants, filled, grouped, nullable, reached
from console.store.rules import rules_of

READ: Final = ("instance_id", "team_id", "waiting_since_at", "first_response_at")
TABLES: Final = frozenset({"business_hours", "sla_policy"})
COLUMNS: Final = ("sla_warn_at", "sla_due_at")

# In the order of store.rules.
_HOURS: Final = "select owner_kind, id, week, zone, holidays, closed_on from business_hours"
_POLICIES: Final = """
select owner_kind, id, first_response_s, next_reply_s, resolution_s, is_business
from sla_policy
"""


def read_rules(cursor: duckdb.DuckDBPyConnection) -> Rules:
    """Hours and targets as the read model holds them."""
    return rules_of(cursor.execute(_HOURS).fetchall(), cursor.execute(_POLICIES).fetchall())


def with_deadlines(rules: Rules, rows: pa.Table) -> pa.Table:
    """The rows with both instants behind their other columns; null where nothing is due."""
    near, last = _answers(rules, rows)
    for name, instants in zip(COLUMNS, (near, last), strict=True):
        rows = rows.append_column(name, nullable(instants, instants != NONE))
    return rows


def _answers(rules: Rules, rows: pa.Table) -> tuple[Instants, Instants]:
    near = np.full(rows.num_rows, NONE, np.int64)
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
    waiting = np.flatnonzero(filled(rows.column("waiting_since_at")) != NONE)
    instance = filled(rows.column("instance_id"))[waiting]
    team = filled(rows.column("team_id"))[waiting]
    is_first = filled(rows.column("first_response_at"))[waiting] == NONE
    for group in grouped([is_first, team, instance]):
        at = group[0]
        team_id = None if team[at] == NONE else int(team[at])
        yield waiting[group], _Owner(int(instance[at]), team_id, bool(is_first[at]))


def _deadlines(
    rules: Rules, waiting: pa.ChunkedArray, group: Instants, owner: _Owner
) -> tuple[Instants, Instants] | None:
    policy = effective(rules.policies, owner.instance_id, owner.team_id)
    target_s = policy.turn_s(is_first=owner.is_first) if policy else None
    if policy is None or target_s is None:
        return None
    hours = effective(rules.hours, owner.instance_id, owner.team_id)
    since = filled(waiting)[group]
    near, last = (reached(policy, hours, since, s * SECOND) for s in (near_s(target_s), target_s))
    return None if near is None or last is None else (near, last)
