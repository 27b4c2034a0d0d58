"""Making and upgrading the tables: an older store is upgraded, a newer one is refused."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from alembic import command as alembic_command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select

from console.domain.errors import StoreError
from console.store.work import Store, set_meta

_FOLDER: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 6_274_011  # PostgreSQL advisory lock: one migration at a time


def migrate(store: Store) -> None:
    """Bring the tables to this version in one transaction; make them when there are none."""
    store.write(_migrate)


def revision(store: Store) -> str | None:
    """The schema's revision, or None before `central init`."""
    with store.read() as connection:
        return _revision(connection)


def newest_revision() -> str | None:
    """The revision this version of Central works with."""
    return ScriptDirectory.from_config(_config(None)).get_current_head()


def check_revision(store: Store) -> None:
    """Refuse a store that is empty, older or newer than this version; says the way out."""
    found = revision(store)
    if found is None:
        raise StoreError("The store is empty: run `central init`.")
    if found != newest_revision():
        raise StoreError(_way_out(found))


def _way_out(found: str) -> str:
    if found in _known():
        return f"The store is of revision {found}: run `central migrate`."
    return f"The store is of the newer revision {found}: install the newer Central."


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    found = _revision(connection)
    if found is not None and found not in _known():
        raise StoreError(_way_out(found))
    alembic_command.upgrade(_config(connection), "head")
    if found is None:
        set_meta(connection, "epoch", secrets.token_hex(16))


def _known() -> set[str]:
    return {s.revision for s in ScriptDirectory.from_config(_config(None)).walk_revisions()}


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config
