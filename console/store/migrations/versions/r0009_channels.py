"""Channels: links to providers, what came in, what is told of messages, and files."""

from __future__ import annotations

from typing import Final

from console.store.migrations.statements import run_statements

revision: Final = "0009"
down_revision: Final = "0008"
branch_labels: Final = None
depends_on: Final = None


def upgrade() -> None:
    """Add the tables, and columns of conversations, messages and the outbox."""
    run_statements("0009_channels")


def downgrade() -> None:
    """A store is not taken back: restore the copy made before."""
    raise NotImplementedError
