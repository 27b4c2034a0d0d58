"""Saved views with their versions, and when a conversation was reopened last."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0003"
down_revision: Final = "0002"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the tables and the column, and fill it from the events."""
    run_statements("0003_views")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
