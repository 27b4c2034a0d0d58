"""The questions every list and count asks; each carries the acting person's scope.

Only this module and `compose`, which turns filter trees into SQL, put statements together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import Template
from typing import Final

import pyarrow as pa

from console.domain.agent import Acting
from console.domain.ids import SECOND, Instant
from console.readmodel.board import EDGES, QUEUE, Board, board_of
from console.readmodel.compose import Query, Told
from console.readmodel.model import ReadModel
from console.readmodel.rows import (
    ROW_COLUMNS,
    SORTS,
    Counts,
    Key,
    Load,
    Order,
    Page,
    Row,
    Sort,
    row_of,
)
from console.readmodel.sources import fact
from console.readmodel.tree import Tree

__all__ = [
    "PAGE",
    "SORTS",
    "Counts",
    "Key",
    "Load",
    "Page",
    "ReadModel",
    "Row",
    "Sort",
    "board",
    "check",
    "count",
    "counts",
    "frozen",
    "ids",
    "loads",
    "open_by_assignee",
    "page",
    "rows",
    "sql_text",
    "table",
]

PAGE: Final = 50


def page(
    model: ReadModel,
    tree: Tree,
    who: Acting,
    *,
    now: Instant,
    sort: Sort = "newest",
    after: Key | None = None,
    skip: int = 0,
    limit: int = PAGE,
) -> Page:
    """The next rows of a list after a key, or behind `skip` rows for a numbered page.

    Raises FilterError, SlowQueryError.
    """
    order = SORTS[sort]
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        where = query.where(tree)
        if after is not None:
            where += f" and {query.after(order, after)}"
        found = query.run(_page_sql(order, where, query.bind(limit + 1), query.bind(skip)))
    rows = [row_of(values[: -len(order.keys)], model.directory, who) for values in found[:limit]]
    last = tuple(found[limit - 1][-len(order.keys) :]) if len(found) > limit else None
    return Page(rows, last)


def rows(model: ReadModel, tree: Tree, who: Acting, ids: Iterable[int], now: Instant) -> list[Row]:
    """Those of `ids` that match and that the person may see."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        wanted = f"id in (select unnest({query.bind(list(ids))}::bigint[]))"
        where = query.where(tree)
        found = query.run(
            f"select {ROW_COLUMNS} from conversation where {wanted} and {where} order by id"
        )
    return [row_of(values, model.directory, who) for values in found]


def count(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> int:
    """How many conversations match."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        found = query.run(f"select count(*) from conversation where {query.where(tree)}")
    return int(found[0][0])


def ids(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> list[int]:
    """Every matching id, newest activity first: what a bulk action is run on."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        found = query.run(
            f"select id from conversation where {query.where(tree)}"
            " order by last_activity_at desc, id desc"
        )
    return [values[0] for values in found]


def frozen(
    model: ReadModel, tree: Tree, who: Acting, now: Instant, columns: Sequence[str]
) -> pa.Table:
    """These columns of every matching conversation, newest activity first: what a bulk run takes.

    The columns are names of our own, never what a person typed.
    """
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        return query.arrow(
            f"select {', '.join(columns)} from conversation where {query.where(tree)}"
            " order by last_activity_at desc, id desc"
        )


def counts(
    model: ReadModel, who: Acting, instance_ids: Sequence[int] | None, now: Instant
) -> Counts:
    """The five counts over the chosen instances (None: all), and each instance's own."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        chosen = "true"
        if instance_ids is not None:
            chosen = f"list_contains({query.bind(list(instance_ids))}::bigint[], instance_id)"
        me = query.bind(who.agent_id)
        found = query.run(_COUNTS.substitute(chosen=chosen, me=me, scope=who.scope.condition()))
    mine, pending, unread, everything, unassigned = (
        sum(int(values[i]) for values in found) for i in range(1, 6)
    )
    by_instance = {values[0]: int(values[6]) for values in found if values[6]}
    return Counts(mine, pending, unread, everything, unassigned, by_instance)


def open_by_assignee(model: ReadModel) -> dict[int, int]:
    """How many pending conversations each agent has, whoever asks: the load beside a name."""
    with model.cursor() as cursor:
        found = cursor.execute(_LOAD).fetchall()
    return {agent_id: int(n) for agent_id, n in found if n}


def loads(model: ReadModel) -> dict[int, Load]:
    """What each agent has on the desk, whoever asks."""
    with model.cursor() as cursor:
        found = cursor.execute(_LOADS).fetchall()
    return {agent_id: Load(int(n), int(waiting), oldest) for agent_id, n, waiting, oldest in found}


def board(model: ReadModel, who: Acting, now: Instant) -> Board:
    """The queue now: how much waits and for how long, by agent, team and instance."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        waited = f"{query.bind(now)} - waiting_since_at"
        bands = " ".join(
            f"when {waited} <= {query.bind(edge * SECOND)} then {n}" for n, edge in enumerate(EDGES)
        )
        band = f"if(waiting_since_at is null, null, case {bands} else {len(EDGES)} end)"
        columns = f"assignee_id, team_id, instance_id, unread_n, waiting_since_at, {band} as band"
        queue = f"select {columns} from conversation where {query.where(QUEUE)}"
        return board_of(query.run(f"with queue as ({queue}) {fact('board')}"))


def table(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> pa.Table:
    """Every matching conversation with names and instants, newest activity first."""
    hidden = "exclude (contact_name, contact_phone, contact_email, last_preview)"
    columns = f"* {hidden}" if who.is_masked else "*"
    with model.cursor(is_limited=False) as cursor:
        query = Query(model, cursor, who, now)
        matching = f"select id from conversation where {query.where(tree)}"
        return query.arrow(
            f"select {columns} from ({fact('table')}) where id in ({matching})"
            " order by last_activity_at desc, id desc"
        )


def check(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> None:
    """Raise FilterError when an expression names something that does not exist."""
    with model.cursor() as cursor:
        Query(model, cursor, who, now).where(tree)


def sql_text(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> str:
    """The condition as SQL for people to read, its values as comments; raises FilterError.

    What a search found stays out of it: it may lie outside the person's scope.
    """
    with model.cursor() as cursor:
        query = Told(model, cursor, who, now)
        lines = ["select id", "from conversation", f"where {query.where(tree)}"]
    return "\n".join([*lines, *query.values()])


_LOAD: Final = """
select assignee_id, sum(n)
from conversation_group
where status = 'pending' and assignee_id is not null
group by assignee_id
"""

_LOADS: Final = """
select assignee_id, count(*), count(waiting_since_at), min(waiting_since_at)
from conversation
where status = 'pending' and assignee_id is not null
group by assignee_id
"""

_COUNTS: Final = Template("""
select
  instance_id,
  coalesce(sum(n) filter ($chosen and assignee_id = $me), 0),
  coalesce(sum(n) filter ($chosen and status = 'pending'), 0),
  coalesce(sum(n) filter ($chosen and is_unread), 0),
  coalesce(sum(n) filter ($chosen), 0),
  coalesce(sum(n) filter ($chosen and assignee_id is null), 0),
  sum(n)
from conversation_group
where $scope
group by instance_id
order by instance_id
""")


def _page_sql(order: Order, where: str, limit: str, skip: str) -> str:
    """Choose the rows by few columns first, then read the wide ones of these rows only."""
    sorting = ", ".join(f"{key} {order.direction}" for key in order.keys)
    chosen = (
        f"select rowid from conversation where {where} order by {sorting}"
        f" limit {limit} offset {skip}"
    )
    keys = ", ".join(order.keys)
    return (
        f"select {ROW_COLUMNS}, {keys} from conversation"
        f" where rowid in ({chosen}) order by {sorting}"
    )
