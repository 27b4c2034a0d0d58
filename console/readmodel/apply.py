"""Bringing changed rows into the read model: deleted and inserted again in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa

from console.readmodel import deadlines, duck, facts, index, refresh, tally
from console.readmodel.fetch import all_rows, rows_of, types_of
from console.readmodel.sources import CONVERSATION, DIRECTORY_SOURCES, MESSAGE, fact

_DIRECTORY: Final = {source.table: source for source in DIRECTORY_SOURCES}
_IDS: Final = "changed_id"
_CHANGED: Final = f"conversation where id in (from {_IDS})"
# Counted before they go: `delete … returning` takes twenty times as long (DuckDB 2.0).
_PREPARED: Final = {
    "drop_groups": (
        f"insert into conversation_group with counted as (from {_CHANGED})"  # noqa: S608 - our own
        f" select * replace (-n as n) from ({fact('group')})"
    ),
    "mark_changed": f"insert into stale select id from {_IDS}",  # noqa: S608 - our own names
    "mark_spoken": (
        f"insert into stale select conversation_id from {MESSAGE.staged}"  # noqa: S608 - our own
    ),
    "drop_conversations": f"delete from {_CHANGED}",  # noqa: S608 - our own names
    "add_groups": (
        f"insert into conversation_group with counted as (from {CONVERSATION.staged})"
        f" {fact('group')}"
    ),
    "add_conversations": f"insert into conversation by name {fact('wide')}",
    **index.PREPARED,
}
_COMPACTING: Final = (
    (
        "create or replace temp table compacted as select instance_id, team_id, assignee_id,"
        " status, is_unread, sum(n)::bigint as n from conversation_group group by all"
        " having sum(n) <> 0"
    ),
    "delete from conversation_group",
    "insert into conversation_group by name from compacted",
    "drop table compacted",
)
_MOST_GROUPS: Final = 20_000
_PART: Final = 2_500  # conversations that are read, and then written, at a time


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

    Conversations are read part by part while the parts before are written; `ids` may hold some
    that are no longer there.
    """

    ids: Sequence[int]
    conversations: Iterator[pa.Table]
    messages: pa.Table
    directory: dict[str, pa.Table]


def changed_by(ids: Mapping[str, Iterable[int]]) -> Changed:
    """The changes of a feed batch, each row once."""
    return Changed(
        frozenset(ids.get("conversation", ())),
        frozenset(ids.get("contact", ())),
        frozenset(ids.get("message", ())),
        frozenset(ids.keys() & _DIRECTORY.keys()),
    )


def read_batch(store_connection: Any, changed: Changed, ids: Sequence[int]) -> Batch:
    """Read again every row that the changes touch; `ids` are the conversations among them."""
    directory = {
        name: all_rows(store_connection, source)
        for name, source in _DIRECTORY.items()
        if name in changed.tables
    }
    parts = (ids[i : i + _PART] for i in range(0, len(ids), _PART))
    return Batch(
        ids,
        (rows_of(store_connection, CONVERSATION, part) for part in parts),
        rows_of(store_connection, MESSAGE, sorted(changed.messages)),
        directory,
    )


class Staged:
    """Rows under a name that stays while they change, so that plans over it can be kept."""

    def __init__(self, empty: pa.Table) -> None:
        self._empty = empty
        self._rows = empty

    def __arrow_c_schema__(self) -> object:
        return self._empty.schema.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._rows.__arrow_c_stream__(requested_schema)

    @contextmanager
    def holding(self, rows: pa.Table) -> Iterator[None]:
        """Be these rows for the body."""
        self._rows = rows
        try:
            yield
        finally:
            self._rows = self._empty


class Writer:
    """The one connection that changes a read model's file; for one thread at a time.

    Its statements are planned once (decision 10): planning them took longer than running them.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.cursor = connection.cursor()
        self.state = duck.read_state(self.cursor)
        self._rules = deadlines.read_rules(self.cursor)
        due = dict.fromkeys(deadlines.COLUMNS, pa.int64())
        self._conversations = self._stage(CONVERSATION.staged, types_of(CONVERSATION) | due)
        self._messages = self._stage(MESSAGE.staged, types_of(MESSAGE))
        self._ids = self._stage(_IDS, {"id": pa.int64()})
        for name, statement in _PREPARED.items():
            self._run(f"prepare {name} as {statement}")
        self._groups_n = self._count("conversation_group")
        self._tallied_n = self._count("tally")
        self.change_n = 0  # how often something was written; only ever rises

    def apply(self, batch: Batch, state: dict[str, str]) -> None:
        """Make the read model agree with the batch and keep `state`, all or nothing."""
        self.cursor.begin()
        try:
            for name, rows in batch.directory.items():
                self._replace_directory(name, rows)
            if batch.directory.keys() & deadlines.TABLES:
                self._rules = deadlines.read_rules(self.cursor)
                self._run("insert into stale select id from conversation")
            if batch.ids:
                self._replace_conversations(batch)
            if batch.messages.num_rows:
                self._add_messages(batch.messages)
            duck.write_state(self.cursor, state)
            self.cursor.commit()
        except BaseException:
            self.cursor.rollback()
            self._rules = deadlines.read_rules(self.cursor)
            raise
        self.state |= state
        self.change_n += 1

    def refresh(self, reading: Any) -> bool:
        """Make the facts of some changed conversations again; whether others still wait."""
        self.cursor.begin()
        try:
            is_stale = facts.stale_n(self.cursor) > 0
            has_more = refresh.refresh(reading, self.cursor, self._rules)
            self._tallied_n = tally.compact(self.cursor, self._tallied_n)
            self.cursor.commit()
        except BaseException:
            self.cursor.rollback()
            raise
        self.change_n += is_stale
        return has_more

    def close(self) -> None:
        """Let go of the file."""
        self.cursor.close()

    def _replace_conversations(self, batch: Batch) -> None:
        with ThreadPoolExecutor(max_workers=1) as beside:  # one writes what the other reads
            steps = [beside.submit(self._remove_conversations, batch.ids)]
            steps += [beside.submit(self._add_conversations, part) for part in batch.conversations]
        for step in steps:
            step.result()
        if self._groups_n > _MOST_GROUPS:
            self._compact_groups()

    def _remove_conversations(self, ids: Sequence[int]) -> None:
        with self._ids.holding(pa.table({"id": pa.array(ids, pa.int64())})):
            self._run("execute mark_changed")
            self._groups_n += self._run("execute drop_groups")
            self._run("execute drop_conversations")

    def _add_conversations(self, rows: pa.Table) -> None:
        with self._conversations.holding(deadlines.with_deadlines(self._rules, rows)):
            self._groups_n += self._run("execute add_groups")
            self._run("execute add_conversations")

    def _compact_groups(self) -> None:
        """Added and taken away counts of one group become one row again."""
        for statement in _COMPACTING:
            self._run(statement)
        self._groups_n = self._count("conversation_group")

    def _add_messages(self, rows: pa.Table) -> None:
        with self._messages.holding(rows):
            for name in ("mark_spoken", *index.PREPARED):
                self._run(f"execute {name}")
        index.merge_words(self.cursor)

    def _replace_directory(self, name: str, rows: pa.Table) -> None:
        self.cursor.register("arrived", rows)
        try:
            self._run(f"delete from {name}")  # noqa: S608 - of DIRECTORY_SOURCES
            self._run(f"insert into {name} by name from arrived")
        finally:
            self.cursor.unregister("arrived")

    def _stage(self, name: str, types: dict[str, pa.DataType]) -> Staged:
        staged = Staged(pa.schema(list(types.items())).empty_table())
        self.cursor.register(name, staged)
        return staged

    def _count(self, table: str) -> int:
        return self._run(f"select count(*) from {table}")  # noqa: S608 - our tables

    def _run(self, statement: str) -> int:
        """Run a statement to its end; the number it answers with, of rows it wrote or counted."""
        rows = self.cursor.execute(statement).fetchall()
        return int(rows[0][0]) if rows else 0
