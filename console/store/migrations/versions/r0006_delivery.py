"""When the channel took a message, and when it arrived."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0006"
down_revision: Final = "0005"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the columns."""
    run_statements("0006_delivery")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
