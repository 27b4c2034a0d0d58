"""Priority, snooze, business hours and targets."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0005"
down_revision: Final = "0004"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the columns and the tables."""
    run_statements("0005_hours")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
