"""An index over the facts by which conversations come in and are resolved."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0004"
down_revision: Final = "0003"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the index."""
    run_statements("0004_flow")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
