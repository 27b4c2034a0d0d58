"""The search index: a vocabulary of folded words and postings (word, message, conversation).

Postings lie in runs, each sorted by word, so that a question reads few blocks of each. New
messages wait in a delta until they are enough for a run of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import duckdb
import pyarrow as pa

from console.readmodel.sources import MESSAGE, THREAD_MESSAGE, fact

MOST_WAITING: Final = 400_000  # rows of the delta before they become a run
_RUN_MESSAGES: Final = 1_000_000  # bounds the memory of a load, whatever the store holds

_FACTS: Final = ", ".join(THREAD_MESSAGE.columns)
_KEPT: Final = f"insert into loaded_message select {_FACTS} from {MESSAGE.staged}"  # noqa: S608
# Put the words of the messages in `store_message` into the delta, instead of older ones.
PREPARED: Final = {
    "drop_words": "delete from posting_delta where message_id in (select id from store_message)",
    "add_words": f"insert into posting_delta by name {fact('word')}",
}
_RUN: Final = (
    (
        "create temp table piece_word as select piece, unnest(tokens(piece)) as token"
        " from (select distinct piece from piece_row)"
    ),
    (
        "insert into vocabulary select w.token,"
        " row_number() over () + (select coalesce(max(token_id), 0) from vocabulary)"
        " from (select distinct token from piece_word) as w"
        " anti join vocabulary as v on v.token = w.token"
    ),
    (
        "create temp table piece_token as select w.piece, v.token_id"
        " from piece_word as w join vocabulary as v on v.token = w.token"
    ),
    (
        "insert into posting select p.token_id, r.message_id, r.conversation_id"
        " from piece_row as r join piece_token as p on p.piece = r.piece"
        " order by p.token_id, r.message_id"
    ),
    "drop table piece_row",
    "drop table piece_word",
    "drop table piece_token",
)


def index_messages(connection: duckdb.DuckDBPyConnection, batches: Iterable[Any]) -> None:
    """Index Arrow batches of messages, one run of postings for every million.

    What facts are made of is left in `loaded_message`: the words need not be read twice.
    """
    columns = ", ".join(f"{name} {type_}" for name, type_ in THREAD_MESSAGE.columns.items())
    _do(connection, f"create temp table loaded_message ({columns})")
    waiting: list[Any] = []
    for batch in batches:
        waiting.append(batch)
        if sum(b.num_rows for b in waiting) >= _RUN_MESSAGES:
            _index_run(connection, waiting)
            waiting = []
    if waiting:
        _index_run(connection, waiting)


def merge_words(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make a run of the delta when enough has come together."""
    (waiting_n,) = cursor.execute("select count(*) from posting_delta").fetchall()[0]
    if waiting_n > MOST_WAITING:
        pieces = "select token as piece, message_id, conversation_id from posting_delta"
        _do(cursor, f"create temp table piece_row as {pieces}", *_RUN, "delete from posting_delta")


def _index_run(connection: duckdb.DuckDBPyConnection, batches: list[Any]) -> None:
    connection.register(MESSAGE.staged, pa.Table.from_batches(batches))
    _do(connection, f"create temp table piece_row as {fact('piece')}")
    _do(connection, _KEPT)
    connection.unregister(MESSAGE.staged)
    _do(connection, *_RUN)


def _do(connection: duckdb.DuckDBPyConnection, *statements: str) -> None:
    for statement in statements:
        connection.execute(statement).fetchall()
