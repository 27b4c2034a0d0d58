"""Exports: the columns that were chosen."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0011"
down_revision: Final = "0010"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add a column to exports and to those that come round."""
    run_statements("0011_columns")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
