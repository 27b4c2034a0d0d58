"""Since when an instance has not sent; messages that have changed, by when."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0012"
down_revision: Final = "0011"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the column and the index."""
    run_statements("0012_stopped")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
