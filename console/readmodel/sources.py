"""What the read model takes from the store: tables, columns and their types."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Final, Literal

ColumnType = Literal["bigint", "varchar", "boolean"]


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the store; `key` is the column by which changed rows are read again."""

    table: str
    key: str
    columns: dict[str, ColumnType]

    @property
    def staged(self) -> str:
        """The name under which its rows lie beside the facts while they are worked on."""
        return f"store_{self.table}"


def _columns(**types: str) -> dict[str, ColumnType]:
    names: dict[str, ColumnType] = {}
    for column in types.get("bigint", "").split():
        names[column] = "bigint"
    for column in types.get("varchar", "").split():
        names[column] = "varchar"
    for column in types.get("boolean", "").split():
        names[column] = "boolean"
    return names


CONVERSATION: Final = Source(
    "conversation",
    "id",
    _columns(
        bigint="id instance_id contact_id assignee_id team_id opened_at last_activity_at"
        " contact_activity_at waiting_since_at first_response_at resolved_at resolved_by_id"
        " reopened_n unread_n message_n inbound_n outbound_n note_n last_message_id version",
        varchar="status last_preview last_direction",
    ),
)
CONTACT: Final = Source(
    "contact", "id", _columns(bigint="id", varchar="name email", boolean="is_blocked")
)
ADDRESS: Final = Source(
    "address",
    "contact_id",
    _columns(bigint="id contact_id last_seen_at retired_at", varchar="kind value"),
)
CONVERSATION_LABEL: Final = Source(
    "conversation_label", "conversation_id", _columns(bigint="conversation_id label_id")
)
MESSAGE: Final = Source("message", "id", _columns(bigint="id conversation_id", varchar="text"))
FACT_SOURCES: Final = (CONVERSATION, CONTACT, ADDRESS, CONVERSATION_LABEL)

# Small tables that are kept whole and read whole when one of their rows changes.
DIRECTORY_SOURCES: Final = (
    Source("instance", "id", _columns(bigint="id", varchar="key name")),
    Source("team", "id", _columns(bigint="id", varchar="key name")),
    Source("agent", "id", _columns(bigint="id", varchar="email name")),
    Source("label", "id", _columns(bigint="id", varchar="key name")),
)


def fact(name: str) -> str:
    """The text of `facts/<name>.sql`."""
    return resources.files("console.readmodel").joinpath("facts", f"{name}.sql").read_text("utf-8")
