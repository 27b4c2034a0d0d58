"""Bringing changed rows into the read model: deleted and inserted again in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa

from console.readmodel import duck, index
from console.readmodel.sources import CONVERSATION, DIRECTORY_SOURCES, MESSAGE, Source, fact
from console.store.feed import Change
from console.store.mirror import selected, selected_by_ids

_ARROW: Final = {"bigint": pa.int64(), "varchar": pa.string(), "boolean": pa.bool_()}
_DIRECTORY: Final = {source.table: source for source in DIRECTORY_SOURCES}
_IDS: Final = "changed_id"
# Counted before they go: `delete … returning` takes twenty times as long (DuckDB 2.0).
_GROUPS: Final = f"""
insert into conversation_group
with gone as (
  select instance_id, team_id, assignee_id, status, unread_n > 0 as is_unread
  from conversation
  where id in (from {_IDS})
)
from ({fact("group")})"""  # noqa: S608 - our own names and facts
_REPLACING: Final = (
    _GROUPS,
    f"delete from conversation where id in (from {_IDS})",  # noqa: S608 - our own names
    f"insert into conversation by name {fact('wide')}",
)
_MOST_GROUPS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Changed:
    """Ids that were written, by what they belong to."""

    conversations: frozenset[int] = frozenset()
    contacts: frozenset[int] = frozenset()
    messages: frozenset[int] = frozenset()
    tables: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Batch:
    """The changed rows as they are in one snapshot of the store.

    `ids` may hold conversations that are no longer there.
    """

    ids: list[int]
    conversations: pa.Table
    messages: pa.Table
    directory: dict[str, pa.Table]


def changed_by(changes: Iterable[Change]) -> Changed:
    """The changes of a feed batch, each row once."""
    ids: defaultdict[str, set[int]] = defaultdict(set)
    for change in changes:
        ids[change.entity].add(change.entity_id)
    return Changed(
        frozenset(ids["conversation"]),
        frozenset(ids["contact"]),
        frozenset(ids["message"]),
        frozenset(ids.keys() & _DIRECTORY.keys()),
    )


def read_batch(store_connection: Any, changed: Changed, with_contacts: Iterable[int]) -> Batch:
    """Read again every row that the changes touch; `with_contacts` are conversations of theirs."""
    ids = sorted(changed.conversations | frozenset(with_contacts))
    directory = {
        name: _arrow(source, selected(store_connection, source.statement))
        for name, source in _DIRECTORY.items()
        if name in changed.tables
    }
    return Batch(
        ids,
        _rows(store_connection, CONVERSATION, ids),
        _rows(store_connection, MESSAGE, sorted(changed.messages)),
        directory,
    )


def apply(cursor: duckdb.DuckDBPyConnection, batch: Batch, state: dict[str, str]) -> None:
    """Make the read model agree with the batch and keep `state`, all or nothing."""
    cursor.begin()
    try:
        if batch.ids:
            _replace_conversations(cursor, batch)
        if batch.messages.num_rows:
            _add_messages(cursor, batch)
        for name, rows in batch.directory.items():
            _replace_directory(cursor, name, rows)
        duck.write_state(cursor, state)
        cursor.commit()
    except BaseException:
        cursor.rollback()
        raise


def _replace_conversations(cursor: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    with (
        _staged(cursor, CONVERSATION.staged, batch.conversations),
        _staged(cursor, _IDS, _table({"id": pa.int64()}, [(i,) for i in batch.ids])),
    ):
        for statement in _REPLACING:
            cursor.execute(statement).fetchall()
    if _count(cursor, "conversation_group") > _MOST_GROUPS:
        _compact_groups(cursor)


def _compact_groups(cursor: duckdb.DuckDBPyConnection) -> None:
    """Added and taken away counts of one group become one row again."""
    for statement in (
        (
            "create or replace temp table compacted as select instance_id, team_id, assignee_id,"
            " status, is_unread, sum(n)::bigint as n from conversation_group group by all"
            " having sum(n) <> 0"
        ),
        "delete from conversation_group",
        "insert into conversation_group by name from compacted",
        "drop table compacted",
    ):
        cursor.execute(statement).fetchall()


def _add_messages(cursor: duckdb.DuckDBPyConnection, batch: Batch) -> None:
    with _staged(cursor, MESSAGE.staged, batch.messages):
        index.add_words(cursor)
    index.merge_words(cursor)


def _replace_directory(cursor: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    with _staged(cursor, "arrived", rows):
        cursor.execute(f"delete from {name}").fetchall()  # noqa: S608 - of DIRECTORY_SOURCES
        cursor.execute(f"insert into {name} by name from arrived").fetchall()


@contextmanager
def _staged(cursor: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> Iterator[None]:
    cursor.register(name, rows)
    try:
        yield
    finally:
        cursor.unregister(name)


def _count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    rows = cursor.execute(f"select count(*) from {table}").fetchall()  # noqa: S608 - our tables
    return int(rows[0][0])


def _rows(connection: Any, source: Source, ids: Sequence[int]) -> pa.Table:
    return _arrow(source, selected_by_ids(connection, source.statement, source.key, ids))


def _arrow(source: Source, rows: Sequence[Any]) -> pa.Table:
    order = rows[0]._fields if rows else tuple(source.columns)
    return _table({name: _ARROW[source.columns[name]] for name in order}, rows)


def _table(types: dict[str, pa.DataType], rows: Sequence[Any]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(types)
    return pa.table(
        {
            name: pa.array(map(bool, values) if type_ == pa.bool_() else values, type_)
            for (name, type_), values in zip(types.items(), columns, strict=True)
        }
    )
