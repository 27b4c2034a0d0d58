"""Opening the store, reading one snapshot, and writing one whole unit or nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import Connection as Connection  # noqa: PLC0414 - the layers above name it
from sqlalchemy import Engine, create_engine, event, insert, make_url, select
from sqlalchemy.exc import DBAPIError, OperationalError

from console.domain.errors import StoreError
from console.store import tables
from console.store.turns import Turns

T = TypeVar("T")

_TRIES: Final = 5
_BUSY_MS: Final = 5_000
# The WAL-reset race loses commits in 3.7.0-3.51.2; fixed in 3.51.3, 3.50.7 and 3.44.6
# (sqlite.org release notes).
_SAFE_BRANCHES: Final = {(3, 44): 6, (3, 50): 7, (3, 51): 3}
# Serialization failure, deadlock, and the server going away: the whole unit is tried again.
_RETRIED_SQLSTATES: Final = {"40001", "40P01", "57P01", "57P02", "57P03", "08006", "08003"}


_READS: Final[Mapping[str, Mapping[str, Any]]] = {
    "sqlite": {"central_reads": True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


@dataclass(frozen=True, slots=True)
class Store:
    """The conversation store behind one address."""

    engine: Engine
    url: str
    turns: Turns | None = None  # SQLite: one writer at a time

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self.engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot; nothing read through it can be written."""
        with self.engine.connect().execution_options(**_READS[self.dialect]) as connection:
            yield connection
            connection.rollback()

    def write(self, unit: Callable[[Connection], T]) -> T:
        """Run `unit` in one transaction; a busy store or a serialization failure repeats it."""
        for attempt in range(1, _TRIES + 1):
            try:
                with self._turn(), self.engine.begin() as connection:
                    return unit(connection)
            except DBAPIError as error:
                if attempt == _TRIES or not _is_passing(error):
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError("unreachable")

    def _turn(self) -> AbstractContextManager[None]:
        return self.turns.taken() if self.turns else nullcontext()

    @property
    def is_wanted(self) -> bool:
        """Whether another writer of this process waits for the one at work."""
        return self.turns is not None and self.turns.is_wanted

    def epoch(self) -> str:
        """The store's identity; it changes after a restore, and read models load again."""
        with self.read() as connection:
            return epoch(connection)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def secret(connection: Connection) -> bytes:
    """What links and pseudonyms of this store are made with; nobody is shown it."""
    return _meta(connection, "secret").encode()


def epoch(connection: Connection) -> str:
    """The store's identity inside a snapshot."""
    return _meta(connection, "epoch")


def _meta(connection: Connection, key: str) -> str:
    value: str | None = connection.scalar(
        select(tables.meta.c.value).where(tables.meta.c.key == key)
    )
    if value is None:
        raise StoreError("The store is empty: run `central init`.")
    return value


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Keep one fact about the store itself."""
    connection.execute(tables.meta.delete().where(tables.meta.c.key == key))
    connection.execute(insert(tables.meta).values(key=key, value=value))


def open_store(url: str) -> Store:
    """Open `sqlite:////folder/file.db` or `postgresql://…`; makes the folder, not the tables."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return Store(_sqlite_engine(url, parsed.database), url, Turns())
    return Store(_postgresql_engine(parsed.set(drivername="postgresql+psycopg")), url)


def sqlite_is_safe(version: tuple[int, ...]) -> bool:
    """Whether WAL may be used with this SQLite library."""
    fixed = _SAFE_BRANCHES.get((version[0], version[1]))
    if fixed is not None:
        return version[2] >= fixed
    return version >= (3, 52, 0)


def _sqlite_engine(url: str, database: str | None) -> Engine:
    if not sqlite_is_safe(sqlite.sqlite_version_info):
        raise StoreError(
            f"SQLite {sqlite.sqlite_version} can lose commits in WAL mode; "
            "install pysqlite3 0.6.1 or newer."
        )
    if database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    # Connections beyond the pool are opened and thrown away, which takes longer than most reads.
    engine = create_engine(
        url,
        module=sqlite,
        pool_size=16,
        max_overflow=48,
        connect_args={"timeout": _BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN is deferred: ours is not
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={_BUSY_MS}",
        "cache_size=-65536",
        "temp_store=MEMORY",
    ):
        connection.execute(f"pragma {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("central_reads")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _postgresql_engine(url: Any) -> Engine:
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        connect_args={"options": "-c idle_in_transaction_session_timeout=60000 -c timezone=UTC"},
    )


def _is_passing(error: DBAPIError) -> bool:
    if isinstance(error, OperationalError) and "locked" in str(error.orig):
        return True
    return getattr(error.orig, "sqlstate", None) in _RETRIED_SQLSTATES
