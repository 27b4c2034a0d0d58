"""Filling an empty store with millions of rows, for generated traffic.

Lists of values instead of rows, no column that is null everywhere (binding a NULL costs the
driver as much as three integers), and indexes made afterwards. PostgreSQL takes everything in one
transaction. SQLite writes without a journal and without waiting for the disk: a load that is cut
short leaves an unusable file, so load into one that gets its name when it is complete.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Index,
    Table,
    case,
    func,
    insert,
    literal_column,
    select,
)

from console.domain.errors import StoreError
from console.domain.events import EventKind
from console.domain.message import Direction
from console.store import tables
from console.store.work import Store, set_meta

_LOADED: Final = (
    tables.contact,
    tables.address,
    tables.conversation,
    tables.conversation_label,
    tables.message,
    tables.event,
)
_LOADING: Final = ("foreign_keys=OFF", "cache_size=-262144", "locking_mode=EXCLUSIVE", "threads=2")
_EVENT_OF: Final = {
    Direction.IN: EventKind.RECEIVED,
    Direction.OUT: EventKind.REPLIED,
    Direction.NOTE: EventKind.NOTED,
}


class BulkLoad:
    """An open load; rows are given as one list of values per column."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(
        self,
        table: Table,
        columns: Mapping[str, Sequence[Any]],
        same: Mapping[str, str] | None = None,
    ) -> None:
        """Insert rows; `same` gives columns that hold one word of our own in all of them.

        A list given for two columns travels once.
        """
        words = same or {}
        if not next(iter(columns.values())):
            return
        if self._connection.dialect.name == "postgresql":
            self._copy(table, columns, words)
            return
        given = list({id(values): values for values in columns.values()}.values())
        place = {id(values): f"?{number}" for number, values in enumerate(given, 1)}
        values: dict[str, Any] = {
            name: literal_column(place[id(listed)]) for name, listed in columns.items()
        }
        values |= {name: literal_column(f"'{word}'") for name, word in words.items()}
        wanted = insert(table).inline().values(values)
        statement = str(wanted.compile(dialect=self._connection.dialect))
        self._connection.exec_driver_sql(statement, list(zip(*given, strict=True)))

    def _copy(
        self, table: Table, columns: Mapping[str, Sequence[Any]], words: Mapping[str, str]
    ) -> None:
        names = ", ".join((*columns, *words))
        constant = tuple(words.values())
        cursor: Any = self._connection.connection.cursor()
        with cursor.copy(f"copy {table.name} ({names}) from stdin") as copy:
            for row in zip(*columns.values(), strict=True):
                copy.write_row(row + constant)

    def commit(self) -> None:
        """End a batch: SQLite commits, PostgreSQL goes on in its one transaction."""
        if self._connection.dialect.name == "sqlite":
            self._connection.commit()

    def message_events(self) -> None:
        """Write the event of every message, with the message's id."""
        message, conversation = tables.message, tables.conversation
        kind = case(_EVENT_OF, value=message.c.direction)
        wanted = select(
            message.c.id,
            message.c.conversation_id,
            conversation.c.contact_id,
            message.c.instance_id,
            kind,
            message.c.author_kind,
            message.c.author_id,
            message.c.at,
            message.c.id,
        ).join(conversation, conversation.c.id == message.c.conversation_id)
        names = ("id", "conversation_id", "contact_id", "instance_id", "kind", "actor_kind")
        target = [*names, "actor_id", "at", "message_id"]
        self._connection.execute(insert(tables.event).from_select(target, wanted))


@contextmanager
def bulk_load(store: Store) -> Iterator[BulkLoad]:
    """Load an empty store; readers see a new epoch afterwards and read everything."""
    store.engine.dispose()  # SQLite's journal can only be changed by its only connection
    connection = store.engine.connect()
    try:
        if store.dialect == "sqlite":
            _pragmas(connection, "journal_mode=OFF", "synchronous=OFF", *_LOADING)
        refuse_filled(connection)
        indexes = [index for table in _LOADED for index in table.indexes]
        _each(indexes, lambda index: index.drop(connection))
        yield BulkLoad(connection)
        _each(indexes, lambda index: index.create(connection))
        set_meta(connection, "epoch", secrets.token_hex(16))
        connection.commit()
        if store.dialect == "sqlite":
            _pragmas(connection, "journal_mode=WAL")
    finally:
        connection.invalidate()  # the settings of the load end with the connection
        connection.close()


def _pragmas(connection: Connection, *pragmas: str) -> None:
    driver: Any = connection.connection.driver_connection
    for pragma in pragmas:
        driver.execute(f"pragma {pragma}").fetchall()


def refuse_filled(connection: Connection) -> None:
    """Raise StoreError when there are conversations already."""
    if connection.scalar(select(func.count()).select_from(tables.conversation)):
        raise StoreError("The store holds conversations already: generate into an empty one.")


def _each(indexes: Sequence[Index], act: Callable[[Index], None]) -> None:
    for index in indexes:
        act(index)
