"""Run the statements that stand beside a revision, one by one, in the store's own dialect."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import op

_FOLDER: Final = Path(__file__).parent / "versions"


def run_statements(name: str) -> None:
    """Execute `versions/<name>.<dialect>.sql`; statements end with `;` at the end of a line."""
    connection = op.get_bind()
    script = (_FOLDER / f"{name}.{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
