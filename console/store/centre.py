"""What an admin has set for the whole centre."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select

from console.domain.centre import CentreSettings
from console.store import tables

_KNOWN: Final = tuple(field.name for field in fields(CentreSettings))


def centre_settings(connection: Connection) -> CentreSettings:
    """The settings as they are now; what nobody has set has its default."""
    table = tables.setting
    rows = connection.execute(select(table.c.key, table.c.value).where(table.c.key.in_(_KNOWN)))
    given: dict[str, Any] = {key: json.loads(value) for key, value in rows}
    return CentreSettings(**given)


def save_centre_settings(connection: Connection, settings: CentreSettings) -> None:
    """Keep them; only a command calls this."""
    table = tables.setting
    connection.execute(delete(table).where(table.c.key.in_(_KNOWN)))
    rows = [{"key": k, "value": json.dumps(v)} for k, v in asdict(settings).items()]
    connection.execute(insert(table), rows)
