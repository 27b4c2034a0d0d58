"""Facts: what metrics count, made of whole conversations, by `facts/*.sql`.

The facts of a conversation are a function of its messages and events in one snapshot of the
store. A full load makes them slice by slice; afterwards those of changed conversations, which
wait in the table `stale`, are made again, and what differs is exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import duckdb
import pyarrow as pa

from console.domain.sla import Rules
from console.readmodel.clock import Due, Span, with_clock
from console.readmodel.sources import THREAD_EVENT, THREAD_MESSAGE, fact

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
THREAD: Final = (
    "create or replace temp table thread as"
    " select id, contact_id, instance_id, team_id from conversation"
)
_STEPPED: Final = ("message", "event")  # what steps are made of
STAGED: Final = (THREAD_MESSAGE, THREAD_EVENT)


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty tables of all facts, with the columns that their statements give."""
    run(connection, f"{THREAD} limit 0")
    for source in STAGED:
        columns = ", ".join(f"{name} {type_}" for name, type_ in source.columns.items())
        run(connection, f"create or replace temp table {source.table} ({columns})")
    for one in FACTS:
        clock = [span.name for span in one.spans] + [due.name for due in one.dues]
        added = "".join(f", null::bigint as {name}" for name in clock)
        run(connection, f"create temp view made as select *{added} from ({fact(one.table)})")
        run(connection, f"create table {one.table} as {kept(one)} limit 0")
        run(connection, "drop view made")
        if one.table in _STEPPED:
            run(connection, f"create temp table fact_{one.table} as from {one.table}")
        if one.table == "event":
            run(connection, f"create temp table step as {fact('step')}")
    for name in ("step", *(f"fact_{table}" for table in _STEPPED)):
        run(connection, f"drop table {name}")
    run(connection, "create table stale (conversation_id bigint)")


def load(connection: duckdb.DuckDBPyConnection, rules: Rules) -> None:
    """Make all facts of `loaded_message` and `loaded_event`, slice by slice."""
    for first, last in _slices(connection):
        run(connection, f"{THREAD} where id between {first} and {last}")
        for source in STAGED:
            columns = ", ".join(source.columns)
            run(
                connection,
                f"create or replace temp table {source.table} as select {columns}"
                f" from {source.table.replace('thread', 'loaded')}"
                f" where conversation_id between {first} and {last}",
            )
        for one, made in derived(connection, rules):
            with_made(connection, made, f"insert into {one.table} {kept(one)} order by {one.key}")


def stale_n(cursor: duckdb.DuckDBPyConnection) -> int:
    """How many conversations have changed since their facts were made."""
    found = cursor.execute("select count(distinct conversation_id) from stale").fetchall()
    return int(found[0][0])


def derived(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[tuple[Fact, pa.Table]]:
    """The facts of `thread`, `thread_message` and `thread_event`, table by table."""
    for one in FACTS:
        rows = connection.sql(fact(one.table)).to_arrow_table()
        made = with_clock(rules, rows, one.spans, one.dues)
        yield one, made
        if one.table in _STEPPED:
            connection.register(f"fact_{one.table}", made)
        if one.table == "event":
            run(connection, f"create or replace temp table step as {fact('step')}")
    for table in _STEPPED:
        connection.unregister(f"fact_{table}")


def _slices(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, int]]:
    """First and last conversation of each slice, in the order in which they began."""
    slices = connection.execute(
        "select min(id), max(id) from ("
        f"select id, sum(message_n) over (order by id) // {_SLICE} as slice from conversation"
        ") group by slice order by slice"
    ).fetchall()
    return [(int(first), int(last)) for first, last in slices]


def kept(one: Fact) -> str:
    """The statement that gives a fact's columns from the rows of `made`."""
    return _KEPT.get(one.table, "from made")


def with_made(connection: duckdb.DuckDBPyConnection, made: pa.Table, statement: str) -> None:
    """Run a statement over rows under the name `made`."""
    connection.register("made", made)
    run(connection, statement)
    connection.unregister("made")


def run(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Run a statement to its end."""
    connection.execute(statement).fetchall()
