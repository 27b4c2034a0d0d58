"""Opening DuckDB files: the tables of the read model and the settings they are locked with."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb

from console.readmodel.sources import DIRECTORY_SOURCES, fact

# Raised whenever a fact, a token or a table changes: files of another layout are loaded again.
LAYOUT: Final = "11"

_TABLES: Final[dict[str, dict[str, str]]] = {
    "read_state": {"key": "varchar", "value": "varchar"},
    "vocabulary": {"token": "varchar using compression uncompressed", "token_id": "integer"},
    "posting": {"token_id": "integer", "message_id": "bigint", "conversation_id": "bigint"},
    "posting_delta": {"token": "varchar", "message_id": "bigint", "conversation_id": "bigint"},
    "conversation_group": {
        "instance_id": "bigint",
        "team_id": "bigint",
        "assignee_id": "bigint",
        "status": "varchar",
        "is_unread": "boolean",
        "n": "bigint",
    },
}
# What every search reads whole is read in half the time when it is not compressed.
_LAID_OUT: Final = {"contact_folded": " using compression uncompressed"}
_MACROS: Final = (
    "create or replace macro folded(t) as strip_accents(lower(t))",
    (
        r"create or replace macro tokens(t) as list_distinct("
        r"regexp_extract_all(folded(t), '[\p{L}\p{N}\p{M}]+|\p{So}'))"
    ),
    (
        r"create or replace macro token_row(t) as "
        r"regexp_extract_all(folded(t), '[\p{L}\p{N}\p{M}]+|\p{So}')"
    ),
)
# Pages read the sort keys first and wide rows only of their results (`ask`); DuckDB would do the
# same once more, inside the first of these.
_LISTS: Final[dict[str, Any]] = {"late_materialization_max_rows": 0}
_LOCKED: Final[dict[str, Any]] = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
}


def open_locked(
    path: Path, *, memory: str, threads: int, zone: str = "UTC"
) -> duckdb.DuckDBPyConnection:
    """Open a file so that no statement can reach another file, the network or the settings.

    In `zone` the days and hours of typed statements begin; our own count in UTC microseconds.
    """
    config = {**_LOCKED, **_LISTS, "memory_limit": memory, "threads": threads}
    connection = duckdb.connect(str(path), config=config)
    connection.execute("set global timezone = $zone", {"zone": zone}).fetchall()
    connection.execute("set lock_configuration = true").fetchall()
    return connection


def open_free(path: Path | str, *, memory: str, threads: int) -> duckdb.DuckDBPyConnection:
    """Open a file for building it, with our own statements only."""
    config: dict[str, Any] = {"memory_limit": memory, "threads": threads}
    return duckdb.connect(str(path), config={**config, "python_enable_replacements": "false"})


def make_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The words in which facts and search fold and cut a text."""
    for statement in _MACROS:
        connection.execute(statement).fetchall()


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Every table but the fact itself, which is made from its own SQL."""
    directory: dict[str, dict[str, str]] = {s.table: {**s.columns} for s in DIRECTORY_SOURCES}
    for name, types in (_TABLES | directory).items():
        columns = ", ".join(f"{column} {type_}" for column, type_ in types.items())
        connection.execute(f"create table {name} ({columns})").fetchall()


def make_conversations(connection: duckdb.DuckDBPyConnection) -> None:
    """The wide rows of `store_conversation`, newest first, so that pages read few blocks."""
    described = connection.execute(f"describe {fact('wide')}").fetchall()
    columns = ", ".join(f"{name} {type_}{_LAID_OUT.get(name, '')}" for name, type_, *_ in described)
    for statement in (
        f"create table conversation ({columns})",
        f"insert into conversation {fact('wide')} order by last_activity_at desc, id desc",
        f"insert into conversation_group with counted as (from conversation) {fact('group')}",
    ):
        connection.execute(statement).fetchall()


def first_state(connection: duckdb.DuckDBPyConnection, state: dict[str, str]) -> None:
    """Mark a file as complete."""
    connection.executemany("insert into read_state values (?, ?)", list(state.items())).fetchall()


def read_state(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Epoch, feed cursor and layout of a file."""
    return dict(connection.execute("select key, value from read_state").fetchall())


def write_state(connection: duckdb.DuckDBPyConnection, state: dict[str, str]) -> None:
    """Replace some entries; inside a transaction they are kept or lost with the rest of it."""
    for key, value in state.items():
        connection.execute(
            "update read_state set value = $value where key = $key", {"key": key, "value": value}
        ).fetchall()
