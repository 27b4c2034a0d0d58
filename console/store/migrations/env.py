"""Alembic's way in: the connection is handed over by `console.store.schema`."""

from __future__ import annotations

from alembic import context

from console.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
context.run_migrations()
