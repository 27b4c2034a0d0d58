"""Proof that a read model that followed the feed equals one loaded anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb

from console.readmodel import duck
from console.readmodel.facts import FACTS
from console.readmodel.sources import DIRECTORY_SOURCES

_EXAMPLES: Final = 5
_WHOLE: Final = [s.table for s in DIRECTORY_SOURCES] + [one.table for one in FACTS]
_ASKED: Final = {
    "conversation": "select * from conversation",
    "conversation_group": (
        "select instance_id, team_id, assignee_id, status, is_unread, sum(n)::bigint as n"
        " from conversation_group group by all having sum(n) <> 0"
    ),
    "tally": (
        "select * from (select series, happened_at, sum(n)::bigint as n, sum(total)::hugeint as"
        " total, sum(censored_n)::bigint as censored_n from tally group by all)"
        " where n <> 0 or total <> 0 or censored_n <> 0"
    ),
    # A word's messages as one number: ten million messages need not travel.
    "posting": (
        "select token, count(*) as n, bit_xor(hash(message_id, conversation_id)) as mark from ("
        "select v.token, p.message_id, p.conversation_id"
        " from posting as p join vocabulary as v on v.token_id = p.token_id"
        " union select token, message_id, conversation_id from posting_delta"
        ") group by token"
    ),
    **{name: f"select * from {name}" for name in _WHOLE},  # noqa: S608 - our tables
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of one table that the followed model lacks, and rows it has too much, with examples."""

    table: str
    missing_n: int
    surplus_n: int
    examples: tuple[str, ...]


def differences(
    followed: duckdb.DuckDBPyConnection, fresh: duckdb.DuckDBPyConnection
) -> list[Difference]:
    """Compare two models of the same moment, table by table; empty when they are equal."""
    with duck.open_free(":memory:", memory="2GB", threads=2) as scratch:
        found = [_difference(scratch, name, followed, fresh) for name in _ASKED]
    return [d for d in found if d.missing_n or d.surplus_n]


def _difference(
    scratch: duckdb.DuckDBPyConnection,
    name: str,
    followed: duckdb.DuckDBPyConnection,
    fresh: duckdb.DuckDBPyConnection,
) -> Difference:
    for side, connection in (("followed", followed), ("fresh", fresh)):
        with connection.cursor() as cursor:
            scratch.register("rows", cursor.sql(_ASKED[name]).to_arrow_table())
            made = f"create or replace table {side} as select * from rows"  # noqa: S608 - ours
            scratch.execute(made).fetchall()
            scratch.unregister("rows")
    missing = scratch.execute("from fresh except all from followed").fetchall()
    surplus = scratch.execute("from followed except all from fresh").fetchall()
    examples = [f"- {row}" for row in missing[:_EXAMPLES]] + [
        f"+ {row}" for row in surplus[:_EXAMPLES]
    ]
    return Difference(name, len(missing), len(surplus), tuple(examples))
