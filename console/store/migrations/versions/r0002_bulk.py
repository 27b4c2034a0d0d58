"""Bulk runs with their rows, what a fact gives back, and settings of the centre."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0002"
down_revision: Final = "0001"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the tables and the column."""
    run_statements("0002_bulk")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
