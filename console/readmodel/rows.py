"""What a list shows: its rows, its orders, its pages and its counts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from console.domain.agent import Acting
from console.domain.ids import Instant
from console.domain.priority import RANKS
from console.domain.view import Sort as Sort  # noqa: PLC0414 - the screens name it
from console.i18n import Text
from console.readmodel.names import Directory
from console.readmodel.values import ALWAYS

Key = tuple[int, ...]

ROW_COLUMNS: Final = (
    "id, instance_id, contact_id, contact_name, contact_phone, is_blocked, status, assignee_id,"
    " team_id, unread_n, last_activity_at, last_preview, last_direction, last_kind,"
    " last_delivery, waiting_since_at, label_ids, priority, snoozed_until_at,"
    " sla_warn_at, sla_due_at, version"
)


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: expressions that all go in one direction, the id last."""

    name: Text
    keys: tuple[str, ...]
    direction: Literal["asc", "desc"]


_RANKED: Final = f"list_position({[str(p) for p in RANKS]}, priority)"
SORTS: Final[dict[Sort, Order]] = {
    "newest": Order(
        Text("Mais recentes", "Newest", "Más recientes"), ("last_activity_at", "id"), "desc"
    ),
    "oldest": Order(
        Text("Mais antigas", "Oldest", "Más antiguas"), ("last_activity_at", "id"), "asc"
    ),
    "waiting": Order(
        Text("Maior espera", "Longest wait", "Mayor espera"),
        (f"coalesce(waiting_since_at, {ALWAYS})", "id"),
        "asc",
    ),
    "unread": Order(
        Text("Não lidas primeiro", "Unread first", "No leídas primero"),
        ("(unread_n > 0)::integer", "last_activity_at", "id"),
        "desc",
    ),
    "priority": Order(
        Text("Prioridade", "Priority", "Prioridad"),
        (f"coalesce({_RANKED}, 0)", "last_activity_at", "id"),
        "desc",
    ),
    "due": Order(
        Text("Prazo mais próximo", "Due first", "Plazo más próximo"),
        (f"coalesce(sla_due_at, {ALWAYS})", "id"),
        "asc",
    ),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of a list."""

    id: int
    instance_id: int
    instance_key: str
    instance_name: str
    contact_id: int
    contact_name: str
    contact_phone: str | None
    is_blocked: bool
    status: str
    assignee_id: int | None
    assignee_name: str | None
    team_id: int | None
    unread_n: int
    last_activity_at: Instant
    last_preview: str
    last_direction: str | None
    last_kind: str | None
    last_delivery: str | None
    waiting_since_at: Instant | None
    labels: tuple[str, ...]
    priority: str | None
    snoozed_until_at: Instant | None
    sla_warn_at: Instant | None
    sla_due_at: Instant | None
    version: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the key after which the next page begins."""

    rows: list[Row]
    next: Key | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many conversations stand behind each of the five filters, and in each instance."""

    mine: int
    pending: int
    unread: int
    all: int
    unassigned: int
    by_instance: dict[int, int]


@dataclass(frozen=True, slots=True)
class Load:
    """What an agent has on the desk: pending ones, those that wait, and since when the oldest."""

    open_n: int = 0
    waiting_n: int = 0
    oldest_at: Instant | None = None


def row_of(values: Sequence[Any], names: Directory, who: Acting) -> Row:
    """A row of `ROW_COLUMNS` with names; masked for those who may not see customers."""
    (id_, instance_id, contact_id, contact_name, phone, is_blocked, status, assignee_id, team_id,
     unread_n, last_at, preview, direction, kind, delivery, waiting_at, label_ids, priority,
     snoozed_at, warn_at, due_at, version) = values  # fmt: skip
    instance = names.instances.get(instance_id)
    assignee = names.agents.get(assignee_id)
    if who.is_masked:
        contact_name, phone, preview = pseudonym(contact_id, who.language), None, ""
    return Row(
        id=id_,
        instance_id=instance_id,
        instance_key=instance.key if instance else "",
        instance_name=instance.name if instance else "",
        contact_id=contact_id,
        contact_name=contact_name,
        contact_phone=phone,
        is_blocked=is_blocked,
        status=status,
        assignee_id=assignee_id,
        assignee_name=assignee.name if assignee else None,
        team_id=team_id,
        unread_n=unread_n,
        last_activity_at=last_at,
        last_preview=preview,
        last_direction=direction,
        last_kind=kind,
        last_delivery=delivery,
        waiting_since_at=waiting_at,
        labels=tuple(names.labels[i].key for i in label_ids if i in names.labels),
        priority=priority,
        snoozed_until_at=snoozed_at,
        sla_warn_at=warn_at,
        sla_due_at=due_at,
        version=version,
    )


def pseudonym(contact_id: int, language: str) -> str:
    """The name analysts see instead of a contact's: always the same one for the same contact."""
    digest = hashlib.sha256(str(contact_id).encode()).hexdigest()[:6].upper()
    return Text(f"Contato {digest}", f"Contact {digest}", f"Contacto {digest}").in_(language)
