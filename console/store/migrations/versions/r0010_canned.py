"""Canned replies."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0010"
down_revision: Final = "0009"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the table."""
    run_statements("0010_canned")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
