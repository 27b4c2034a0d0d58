"""Exports that come round, and why customers' data is taken away."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0008"
down_revision: Final = "0007"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the table, and three columns of exports."""
    run_statements("0008_schedules")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
