"""One row of the list as the browser takes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.readmodel.rows import Row
from console.screens.thread_items import milliseconds
from console.store.people import Label


def row_json(row: Row, labels: Mapping[str, Label]) -> dict[str, Any]:
    """A row for the list and for live changes."""
    return {
        "id": str(row.id),
        "name": row.contact_name,
        "preview": row.last_preview,
        "direction": row.last_direction,
        "kind": row.last_kind,
        "delivery": row.last_delivery,
        "at": milliseconds(row.last_activity_at),
        "unread": row.unread_n,
        "instance": row.instance_name,
        "assignee": row.assignee_name,
        "assignee_id": _id(row.assignee_id),
        "status": row.status,
        "waiting_since": milliseconds(row.waiting_since_at),
        "labels": [label_json(labels[key]) for key in row.labels if key in labels],
        "priority": row.priority,
        "snoozed_until": milliseconds(row.snoozed_until_at),
        "warn_at": milliseconds(row.sla_warn_at),
        "due_at": milliseconds(row.sla_due_at),
        "version": row.version,
        "blocked": row.is_blocked,
    }


def label_json(label: Label) -> dict[str, str]:
    """A label as a coloured word."""
    return {"id": str(label.id), "name": label.name, "colour": label.colour}


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)
