"""The first schema: people, conversations, messages, events, outbox, feed."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Make every table."""
    run_statements("0001_first")


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError
