"""What the read model takes from the store: statements, and the types of their columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal

ColumnType = Literal["bigint", "varchar", "boolean"]

# Events that are not the shadow of a message.
_IS_DEED: Final = "kind not in ('received', 'replied', 'noted', 'recorded')"
_SENTINEL: Final = {"bigint": "-1", "varchar": "'x'", "boolean": "false"}


@cache
def fact(name: str) -> str:
    """The text of `facts/<name>.sql`."""
    return resources.files("console.readmodel").joinpath("facts", f"{name}.sql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of the store; `statement` selects them all, `key` is the column of their id in it."""

    table: str
    key: str
    statement: str
    columns: dict[str, ColumnType]

    @property
    def staged(self) -> str:
        """The name under which the rows lie in DuckDB while they are worked on."""
        return f"store_{self.table}"

    @property
    def streamed(self) -> str:
        """The statement behind one row of typed values with the id -1.

        ADBC takes SQLite's column types from the first rows, where anything may be null.
        """
        leading = ", ".join(f"{_SENTINEL[type_]} as {name}" for name, type_ in self.columns.items())
        columns = ", ".join(self.columns)
        rows = f"select {columns} from ({self.statement}) as source"  # noqa: S608 - our own texts
        return f"select {leading} union all {rows}"

    @property
    def taken(self) -> str:
        """The column list that takes streamed rows over, in DuckDB."""
        return ", ".join(f"{name}::{type_} as {name}" for name, type_ in self.columns.items())


def _columns(**names: str) -> dict[str, ColumnType]:
    types: tuple[ColumnType, ...] = ("bigint", "varchar", "boolean")
    return {name: type_ for type_ in types for name in names.get(type_, "").split()}


def _whole(table: str, columns: dict[str, ColumnType]) -> Source:
    statement = f"select {', '.join(columns)} from {table}"  # noqa: S608 - our own tables
    return Source(table, "id", statement, columns)


def _threaded(name: str, rows: str, columns: dict[str, ColumnType]) -> Source:
    """Rows of whole conversations, with `happened_at` for the store's `at`."""
    listed = ", ".join(columns).replace("happened_at", "at as happened_at")
    statement = f"select {listed} from {rows}"  # noqa: S608 - our own tables
    return Source(name, "conversation_id", statement, columns)


def _owned(table: str, bigint: str, varchar: str, boolean: str) -> Source:
    """A table of one row per owner; the owner's id, 0 for the centre, stands for the row's."""
    of_row = _columns(bigint=bigint, varchar=f"owner_kind {varchar}", boolean=boolean)
    listed = ", ".join(["owner_id as id", *of_row])
    statement = f"select {listed} from {table}"  # noqa: S608 - our own tables
    return Source(table, "owner_id", statement, {"id": "bigint", **of_row})


CONVERSATION: Final = Source(
    "conversation",
    "c.id",
    fact("conversation"),
    _columns(
        bigint="id instance_id contact_id assignee_id team_id opened_at last_activity_at"
        " contact_activity_at waiting_since_at first_response_at resolved_at resolved_by_id"
        " reopened_n reopened_at unread_n message_n inbound_n outbound_n note_n last_message_id"
        " snoozed_until_at inbound_at version",
        varchar="contact_name contact_email contact_phones status last_preview"
        " last_direction last_kind last_delivery priority label_ids",
        boolean="is_blocked",
    ),
)
MESSAGE: Final = _whole("message", _columns(bigint="id conversation_id", varchar="text"))
# What facts are made of, read for whole conversations. `at` is a word of DuckDB's grammar.
_SAID: Final = _columns(
    bigint="id conversation_id instance_id happened_at author_id accepted_at delivered_at",
    varchar="direction kind author_kind delivery",
)
THREAD_MESSAGE: Final = _threaded("thread_message", "message", _SAID)
THREAD_EVENT: Final = _threaded(
    "thread_event",
    f"(select * from event where {_IS_DEED}) as event",  # noqa: S608 - our own words
    _columns(
        bigint="id conversation_id instance_id happened_at actor_id from_id to_id bulk_id",
        varchar="kind actor_kind",
    ),
)
# Messages with their words and all that facts want: a full load reads them once.
LOADED_MESSAGE: Final = _threaded("loaded_message", "message", {**_SAID, "text": "varchar"})
# Small tables that are kept whole, and read whole when one of their rows changes.
DIRECTORY_SOURCES: Final = (
    _whole("instance", _columns(bigint="id", varchar="key name")),
    _whole("team", _columns(bigint="id", varchar="key name")),
    _whole("agent", _columns(bigint="id", varchar="email name")),
    _whole("label", _columns(bigint="id", varchar="key name")),
    _owned("business_hours", "", "week zone holidays closed_on", ""),
    _owned("sla_policy", "first_response_s next_reply_s resolution_s", "", "is_business"),
)
SOURCES: Final = (CONVERSATION, MESSAGE, *DIRECTORY_SOURCES)
