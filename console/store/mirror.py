"""Rows for the read model: what its own statements select in one snapshot of the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

_AMONG: Final = {
    "sqlite": "in (select value from json_each(:ids))",
    "postgresql": "= any(:ids)",
}


def selected(connection: Connection, statement: str) -> list[Any]:
    """Every row of a statement of the read model."""
    return [*connection.execute(text(statement)).all()]


def selected_by_ids(
    connection: Connection, statement: str, key: str, ids: Sequence[int]
) -> list[Any]:
    """The rows of a statement whose column `key` holds one of `ids`, sent as one parameter."""
    if not ids:
        return []
    among = _AMONG[connection.dialect.name]
    sent = json.dumps(list(ids)) if connection.dialect.name == "sqlite" else list(ids)
    return [*connection.execute(text(f"{statement} where {key} {among}"), {"ids": sent}).all()]
