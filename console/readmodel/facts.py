"""Facts: what metrics count, made of whole conversations, by `facts/*.sql`.

The facts of a conversation are a function of its messages and events in one snapshot of the
store. A full load makes them slice by slice; afterwards those of changed conversations, which
wait in the table `stale`, are made again, and what differs is exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa

from console.domain.sla import Rules
from console.readmodel.clock import Due, Span, with_clock
from console.readmodel.fetch import rows_of
from console.readmodel.sources import THREAD_EVENT, THREAD_MESSAGE, fact

PART: Final = 2_000  # conversations whose facts are made again at a time
_SLICE: Final = 1_500_000  # messages whose facts a full load makes at a time


@dataclass(frozen=True, slots=True)
class Fact:
    """A table of facts: the column that tells its rows apart, and what the business clock adds."""

    table: str
    key: str
    spans: tuple[Span, ...] = ()
    dues: tuple[Due, ...] = ()


FACTS: Final = (
    Fact("message", "id"),
    Fact("event", "id"),
    Fact(
        "episode",
        "opened_id",
        (
            Span("queue_open_us", "opened_at", "served_at"),
            Span("answer_open_us", "asked_at", "replied_at"),
            Span("handle_open_us", "replied_at", "resolved_at"),
            Span("resolution_open_us", "opened_at", "resolved_at"),
        ),
        (
            Due("answer_due_at", "asked_at", "first_response_s"),
            Due("resolution_due_at", "opened_at", "resolution_s"),
        ),
    ),
    Fact(
        "turn",
        "started_id",
        (Span("reply_open_us", "started_at", "replied_at"),),
        (Due("reply_due_at", "started_at", "next_reply_s"),),
    ),
    Fact("holding", "from_id"),
    Fact("wait", "from_id"),
    Fact("unread", "from_id"),
)
# What the episodes of one conversation add up to.
_KEPT: Final = {
    "episode": (
        "select *, sum(resolved_at - opened_at) over whole::bigint as total_us,"
        " sum(resolution_open_us) over whole as total_open_us"
        " from made window whole as (partition by conversation_id)"
    )
}
_THREAD: Final = (
    "create or replace temp table thread as"
    " select id, contact_id, instance_id, team_id from conversation"
)
_STAGED: Final = (THREAD_MESSAGE, THREAD_EVENT)


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty tables of all facts, with the columns that their statements give."""
    _run(connection, f"{_THREAD} limit 0")
    for source in _STAGED:
        columns = ", ".join(f"{name} {type_}" for name, type_ in source.columns.items())
        _run(connection, f"create or replace temp table {source.table} ({columns})")
    for one, made in _derived(connection, Rules()):
        _with(connection, made, f"create table {one.table} as {_kept(one)} limit 0")
    _run(connection, "create table stale (conversation_id bigint)")


def load(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Make all facts of `loaded_message` and `loaded_event`, slice by slice."""
    for first, last in _slices(connection):
        _run(connection, f"{_THREAD} where id between {first} and {last}")
        for source in _STAGED:
            columns = ", ".join(source.columns)
            _run(
                connection,
                f"create or replace temp table {source.table} as select {columns}"
                f" from {source.table.replace('thread', 'loaded')}"
                f" where conversation_id between {first} and {last}",
            )
        for one, made in _derived(connection, rules):
            _with(connection, made, f"insert into {one.table} {_kept(one)} order by {one.key}")


def refresh(reading: Any, cursor: duckdb.DuckDBPyConnection, rules: Rules) -> bool:
    """Make the facts of some stale conversations again; whether others still wait.

    To be called inside a transaction of the read model, with one snapshot of the store.
    """
    ids = [row[0] for row in cursor.execute(_STALE).fetchall()]
    if not ids:
        return False
    waiting = pa.table({"id": pa.array(ids, pa.int64())})
    cursor.register("waiting", waiting)
    _run(cursor, f"{_THREAD} where id in (from waiting)")
    for source in _STAGED:
        cursor.register("read", rows_of(reading, source, ids))
        _run(cursor, f"create or replace temp table {source.table} as from read")
        cursor.unregister("read")
    for one, made in _derived(cursor, rules):
        _exchange(cursor, one, made)
    _run(cursor, "delete from stale where conversation_id in (from waiting)")
    cursor.unregister("waiting")
    return len(ids) == PART


def stale_n(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many conversations have changed since their facts were made."""
    found = cursor.execute("select count(distinct conversation_id) from stale").fetchall()
    return int(found[0][0])


def _derived(
    connection: duckdb.DuckDBPyConnection, rules: Rules
) -> Iterator[tuple[Fact, pa.Table]]:
    """The facts of `thread`, `thread_message` and `thread_event`, table by table."""
    for one in FACTS:
        rows = connection.sql(fact(one.table)).to_arrow_table()
        made = with_clock(rules, rows, one.spans, one.dues)
        yield one, made
        if one.table in {"message", "event"}:
            connection.register(f"fact_{one.table}", made)
        if one.table == "event":
            _run(connection, f"create or replace temp table step as {fact('step')}")
    connection.unregister("fact_message")
    connection.unregister("fact_event")


def _exchange(cursor: duckdb.DuckDBPyConnection, one: Fact, made: pa.Table) -> None:
    """Take out the rows that are no longer so, and put in those that are new."""
    _run(
        cursor,
        f"create or replace temp table before as from {one.table}"
        " where conversation_id in (from waiting)",
    )
    _with(cursor, made, f"create or replace temp table after as {_kept(one)}")
    gone = f"select {one.key} from (from before except all from after)"
    surplus = [row[0] for row in cursor.execute(gone).fetchall()]
    if surplus:
        cursor.execute(
            f"delete from {one.table} where {one.key} in (select unnest($keys::bigint[]))",
            {"keys": surplus},
        ).fetchall()
    _run(cursor, f"insert into {one.table} (from after except all from before)")


def _slices(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """First and last conversation of each slice, in the order in which they began."""
    slices = connection.execute(
        "select min(id), max(id) from ("
        f"select id, sum(message_n) over (order by id) // {_SLICE} as slice from conversation"
        ") group by slice order by slice"
    ).fetchall()
    return [(int(first), int(last)) for first, last in slices]


def _kept(one: Fact) -> str:
    return _KEPT.get(one.table, "from made")


def _with(connection: duckdb.DuckDBPyConnection, made: pa.Table, statement: str) -> None:
    connection.register("made", made)
    _run(connection, statement)
    connection.unregister("made")


def _run(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    connection.execute(statement).fetchall()


_STALE: Final = f"select distinct conversation_id from stale order by all limit {PART}"
