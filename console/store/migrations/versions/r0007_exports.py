"""Exports, used links, and the store's secret."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0007"
down_revision: Final = "0006"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the tables, and draw the secret."""
    run_statements("0007_exports")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
