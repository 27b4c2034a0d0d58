"""Everything behind a filter as batches that pass by once: what files are made of.

Nothing here stops after two seconds, and nothing grows with the number of rows: facts come
slice by slice of conversations, each sorted by itself. The same question is answered in the same
order as long as nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import duckdb
import pyarrow as pa

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.readmodel.compose import Query
from console.readmodel.model import ReadModel
from console.readmodel.naming import named
from console.readmodel.sources import fact
from console.readmodel.tree import Tree

BATCH: Final = 16_384
SORTED: Final = 200_000  # conversations; more stay as they are kept, or a sort would hold them all
_SLICE: Final = 250_000  # messages


def conversations(
    model: ReadModel, columns: Sequence[str], tree: Tree, who: Acting, now: Instant
) -> Iterator[pa.RecordBatch]:
    """The matching conversations, newest activity first.

    More than `SORTED` come in the order in which they are kept, which is that of the last load,
    unless a join would lose it. Columns are names of our own; raises FilterError at the first.
    """
    with model.cursor(is_limited=False) as cursor:
        query = Query(model, cursor, who, now)
        matching = f"from conversation where {query.where(tree)}"
        ((n,),) = query.run(f"select count(*) {matching}")
        found = (
            f"with matching as ({matching})"
            f" select {', '.join(columns)} from ({fact('export_conversation')}) as wanted"
        )
        if n <= SORTED or not query.keeps_order(found):
            found += " order by last_activity_at desc, id desc"
        yield from map(named(cursor, columns), query.batches(found, BATCH))


def facts(
    model: ReadModel,
    name: str,
    columns: Sequence[str],
    order: str,
    tree: Tree,
    who: Acting,
    now: Instant,
) -> Iterator[pa.RecordBatch]:
    """The rows of `facts/<name>.sql` of the matching conversations, these by the time they began.

    Columns and order within a conversation are names of our own; raises FilterError at the first.
    """
    with model.cursor(is_limited=False) as cursor:
        query = Query(model, cursor, who, now)
        query.run(
            "create or replace temp table chosen as"
            " select id, contact_id, contact_name, message_n"
            f" from conversation where {query.where(tree)}"
        )
        put = named(cursor, columns)
        for first, last in _slices(cursor):
            found = Query(model, cursor, who, now).batches(
                f"with matching as (from chosen where id between {first} and {last})"
                f" select {', '.join(columns)} from ({fact(name)}) as wanted"
                f" order by conversation_id, {order}",
                BATCH,
            )
            yield from map(put, found)


def facts_n(model: ReadModel, table: str, tree: Tree, who: Acting, now: Instant) -> int:
    """How many facts of a table the matching conversations have; raises SlowQueryError."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        matching = f"select id from conversation where {query.where(tree)}"
        ((n,),) = query.run(f"select count(*) from {table} where conversation_id in ({matching})")
    return int(n)


def _slices(cursor: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """First and last conversation of each slice."""
    found = cursor.execute(
        "select min(id), max(id) from ("
        f"select id, sum(message_n + 1) over (order by id) // {_SLICE} as slice from chosen"
        ") group by slice order by slice"
    ).fetchall()
    return [(int(first), int(last)) for first, last in found]
