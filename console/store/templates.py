"""The templates of instances, as their providers told them last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, delete, func, select

from console.domain.ids import Instant
from console.domain.template import Template, TemplatePart
from console.store import tables
from console.store.bulk_write import insert_rows


def save_templates(
    connection: Connection, instance_id: int, templates: Sequence[Template], at: Instant
) -> None:
    """Keep these in place of all that were known; of two with one name the last stays."""
    table = tables.message_template
    connection.execute(delete(table).where(table.c.instance_id == instance_id))
    rows = {(one.name, one.language): _row(instance_id, one, at) for one in templates}
    insert_rows(connection, table, list(rows.values()))


def templates(connection: Connection, instance_id: int) -> list[Template]:
    """The templates of an instance, by name and language."""
    t = tables.message_template
    wanted = select(t.c.name, t.c.language, t.c.category, t.c.status, t.c.parts)
    found = wanted.where(t.c.instance_id == instance_id).order_by(t.c.name, t.c.language)
    return [
        Template(*row[:4], tuple(map(_part, json.loads(row[4]))))
        for row in connection.execute(found)
    ]


def names_of(
    connection: Connection, instance_id: int, name: str, language: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a template calls the values of its header and of its body; nothing when by position."""
    found = [
        t for t in templates(connection, instance_id) if (t.name, t.language) == (name, language)
    ]
    named = {part.kind: part.names for template in found for part in template.parts}
    return named.get("header", ()), named.get("body", ())


def fetched_at(connection: Connection, instance_id: int) -> Instant | None:
    """When they were told; None when there are none."""
    t = tables.message_template
    newest: Instant | None = connection.scalar(
        select(func.max(t.c.fetched_at)).where(t.c.instance_id == instance_id)
    )
    return newest


def _part(given: dict[str, Any]) -> TemplatePart:
    return TemplatePart(**{**given, "names": tuple(given.get("names", ()))})


def _row(instance_id: int, template: Template, at: Instant) -> dict[str, Any]:
    return {
        "instance_id": instance_id,
        "name": template.name,
        "language": template.language,
        "category": template.category,
        "status": template.status,
        "parts": json.dumps([asdict(part) for part in template.parts], ensure_ascii=False),
        "fetched_at": at,
    }
