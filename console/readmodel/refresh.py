"""Facts of conversations that have changed: made again, and what differs is exchanged."""

from __future__ import annotations

from typing import Any, Final

import duckdb
import pyarrow as pa

from console.domain.sla import Rules
from console.readmodel import tally
from console.readmodel.facts import STAGED, THREAD, Fact, derived, kept, run, with_made
from console.readmodel.fetch import rows_of

PART: Final = 2_000  # conversations whose facts are made again at a time
_STALE: Final = f"select distinct conversation_id from stale order by all limit {PART}"


def refresh(reading: Any, cursor: duckdb.DuckDBPyConnection, rules: Rules) -> bool:
    """Make the facts of some stale conversations again; whether others still wait.

    To be called inside a transaction of the read model, with one snapshot of the store.
    """
    ids = [row[0] for row in cursor.execute(_STALE).fetchall()]
    if not ids:
        return False
    waiting = pa.table({"id": pa.array(ids, pa.int64())})
    cursor.register("waiting", waiting)
    run(cursor, f"{THREAD} where id in (from waiting)")
    for source in STAGED:
        cursor.register("read", rows_of(reading, source, ids))
        run(cursor, f"create or replace temp table {source.table} as from read")
        cursor.unregister("read")
    for one, made in derived(cursor, rules):
        _exchange(cursor, one, made)
    run(cursor, "delete from stale where conversation_id in (from waiting)")
    cursor.unregister("waiting")
    return len(ids) == PART


def _exchange(cursor: duckdb.DuckDBPyConnection, one: Fact, made: pa.Table) -> None:
    """Take out the rows that are no longer so, and put in those that are new."""
    run(
        cursor,
        f"create or replace temp table before as from {one.table}"
        " where conversation_id in (from waiting)",
    )
    with_made(cursor, made, f"create or replace temp table after as {kept(one)}")
    run(cursor, "create or replace temp table gone as (from before except all from after)")
    run(cursor, "create or replace temp table come as (from after except all from before)")
    surplus = [row[0] for row in cursor.execute(f"select {one.key} from gone").fetchall()]
    if surplus:
        cursor.execute(
            f"delete from {one.table} where {one.key} in (select unnest($keys::bigint[]))",
            {"keys": surplus},
        ).fetchall()
    run(cursor, f"insert into {one.table} from come")
    tally.shift(cursor, one.table)
