"""Every table of the store.

Ids are made by the application, instants are microseconds UTC (`_at`). Rows that would be
sharded carry `instance_id`. The event table is append-only; state rows are the fold of it.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import UserDefinedType

metadata: Final = MetaData()


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id; SQLite never fills the column."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The type's name in `create table`."""
        return "xid8"


def _id() -> Column[int]:
    # INTEGER PRIMARY KEY is SQLite's row id itself; BIGINT would be a second index.
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=False)


def _ref(name: str, target: str | None = None, *, null: bool = False) -> Column[int]:
    keys = [ForeignKey(f"{target}.id")] if target else []
    return Column(name, BigInteger, *keys, nullable=null)


def _at(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=null)


def _text(name: str, *, null: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=null, server_default=default)


def _owner() -> tuple[Column[str], Column[int]]:
    owner_id = Column("owner_id", BigInteger, primary_key=True, autoincrement=False)
    return Column("owner_kind", Text, primary_key=True), owner_id


def _partial(name: str, *columns: Column[Any], where: Any, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _n(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def _is(name: str, *, default: bool) -> Column[bool]:
    return Column(
        name, Boolean, nullable=False, server_default=text("true" if default else "false")
    )


meta: Final = Table("meta", metadata, Column("key", Text, primary_key=True), _text("value"))

instance: Final = Table(
    "instance",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    _text("name"),
    _text("channel"),
    _text("phone", null=True),
    _is("is_active", default=True),
    _at("created_at"),
)

team: Final = Table(
    "team",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    _text("name"),
    _at("created_at"),
)

agent: Final = Table(
    "agent",
    metadata,
    _id(),
    Column("email", Text, nullable=False, unique=True),
    _text("name"),
    _text("role"),
    _text("language", default="pt"),
    _text("theme", default="system"),
    _text("settings", default="{}"),
    _text("password_hash", null=True),
    _is("is_active", default=True),
    _at("created_at"),
    _n("version"),
)

agent_team: Final = Table(
    "agent_team",
    metadata,
    Column("agent_id", BigInteger, ForeignKey("agent.id"), primary_key=True),
    Column("team_id", BigInteger, ForeignKey("team.id"), primary_key=True),
)

label: Final = Table(
    "label",
    metadata,
    _id(),
    Column("key", Text, nullable=False, unique=True),
    _text("name"),
    _text("colour"),
    _at("created_at"),
)

contact: Final = Table(
    "contact",
    metadata,
    _id(),
    _text("name"),
    _text("email", null=True),
    _is("is_blocked", default=False),
    _at("created_at"),
    _n("version"),
)

address: Final = Table(
    "address",
    metadata,
    _id(),
    _ref("contact_id", "contact"),
    _text("kind"),
    _text("scope", default=""),
    _text("value"),
    _text("send_value"),
    _text("source"),
    _at("first_seen_at"),
    _at("last_seen_at"),
    _at("retired_at", null=True),
)
Index("address_contact", address.c.contact_id)
_partial(
    "address_live",
    address.c.kind,
    address.c.scope,
    address.c.value,
    unique=True,
    where=address.c.retired_at.is_(None),
)

conversation: Final = Table(
    "conversation",
    metadata,
    _id(),
    _ref("instance_id", "instance"),
    _ref("contact_id", "contact"),
    _text("status"),
    _ref("assignee_id", "agent", null=True),
    _ref("team_id", "team", null=True),
    _at("opened_at"),
    _at("last_activity_at"),
    _at("contact_activity_at", null=True),
    _at("waiting_since_at", null=True),
    _at("first_response_at", null=True),
    _at("resolved_at", null=True),
    _ref("resolved_by_id", "agent", null=True),
    _n("reopened_n"),
    _at("reopened_at", null=True),
    _n("unread_n"),
    _n("message_n"),
    _n("inbound_n"),
    _n("outbound_n"),
    _n("note_n"),
    _ref("last_message_id", null=True),
    _text("last_preview", default=""),
    _text("last_direction", null=True),
    _n("version"),
    _text("source", null=True),
    _text("source_key", null=True),
    _text("priority", null=True),
    _at("snoozed_until_at", null=True),
    UniqueConstraint("instance_id", "source", "source_key", name="conversation_source"),
)
Index("conversation_contact", conversation.c.contact_id)
_partial(
    "conversation_snoozed",
    conversation.c.snoozed_until_at,
    where=conversation.c.snoozed_until_at.is_not(None),
)

conversation_label: Final = Table(
    "conversation_label",
    metadata,
    Column("conversation_id", BigInteger, ForeignKey("conversation.id"), primary_key=True),
    Column("label_id", BigInteger, ForeignKey("label.id"), primary_key=True),
)

message: Final = Table(
    "message",
    metadata,
    _id(),
    _ref("conversation_id", "conversation"),
    _ref("instance_id"),
    _text("direction"),
    _text("kind"),
    _text("author_kind"),
    _ref("author_id", null=True),
    _text("author_name", default=""),
    _text("text", default=""),
    Column("raw", LargeBinary, nullable=True),
    _at("at"),
    _is("is_dated", default=True),
    _text("provider_id", null=True),
    _text("delivery", null=True),
    _at("created_at"),
)
Index("message_thread", message.c.conversation_id, message.c.id)
_partial(
    "message_provider",
    message.c.instance_id,
    message.c.provider_id,
    unique=True,
    where=message.c.provider_id.is_not(None),
)

event: Final = Table(
    "event",
    metadata,
    _id(),
    _ref("conversation_id", null=True),
    _ref("contact_id", null=True),
    _ref("instance_id", null=True),
    _text("kind"),
    _text("actor_kind"),
    _ref("actor_id", null=True),
    _at("at"),
    _ref("from_id", null=True),
    _ref("to_id", null=True),
    _ref("message_id", null=True),
    _ref("bulk_id", null=True),
    _text("restored", null=True),
)
Index("event_thread", event.c.conversation_id, event.c.id)
_partial("event_contact", event.c.contact_id, event.c.id, where=event.c.conversation_id.is_(None))
_FLOW: Final = event.c.kind.in_(["opened", "reopened", "resolved"])
_partial("event_flow", event.c.at, where=_FLOW)

outbox: Final = Table(
    "outbox",
    metadata,
    _id(),
    Column("message_id", BigInteger, ForeignKey("message.id"), nullable=False, unique=True),
    _ref("conversation_id"),
    _ref("instance_id"),
    _text("state"),
    _at("created_at"),
)

command: Final = Table(
    "command",
    metadata,
    Column("key", Text, primary_key=True),
    _text("kind"),
    _ref("actor_id", null=True),
    _text("fingerprint"),
    _text("outcome"),
    _at("at"),
)

bulk_run: Final = Table(
    "bulk_run",
    metadata,
    _id(),
    _ref("author_id", "agent", null=True),
    _text("kind"),
    _text("arguments"),
    _text("filter"),
    _text("status"),
    _n("total_n"),
    _n("done_n"),
    _n("refused_n"),
    _n("next_position"),
    _ref("undo_of_id", "bulk_run", null=True),
    _ref("approved_by_id", "agent", null=True),
    _at("planned_at"),
    _at("started_at", null=True),
    _at("ended_at", null=True),
    _text("counts"),
    _text("reasons"),
    _text("problem", null=True),
)
_partial("bulk_run_running", bulk_run.c.id, where=bulk_run.c.status == "running")
_partial(
    "bulk_run_undo", bulk_run.c.undo_of_id, unique=True, where=bulk_run.c.undo_of_id.is_not(None)
)

bulk_row: Final = Table(
    "bulk_row",
    metadata,
    Column("run_id", BigInteger, ForeignKey("bulk_run.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _ref("conversation_id"),
    Column("version", Integer, nullable=False),
    _text("result"),
    Column("reason_n", Integer, nullable=True),
    _text("was", null=True),
    _ref("target_id", null=True),
    sqlite_with_rowid=False,
)

saved_view: Final = Table(
    "saved_view",
    metadata,
    _id(),
    _ref("owner_id", "agent"),
    _text("audience"),
    _ref("team_id", "team", null=True),
    _text("name"),
    _text("filter"),
    _text("sort"),
    _text("colour"),
    _n("position"),
    _is("is_active", default=True),
    _n("version"),
    _at("created_at"),
)

saved_view_version: Final = Table(
    "saved_view_version",
    metadata,
    Column("view_id", BigInteger, ForeignKey("saved_view.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    _ref("agent_id", null=True),
    _text("kept"),
    _at("at"),
)

business_hours: Final = Table(
    "business_hours",
    metadata,
    *_owner(),
    _text("week"),
    _text("zone"),
    _text("holidays", null=True),
    _text("closed_on"),
)

sla_policy: Final = Table(
    "sla_policy",
    metadata,
    *_owner(),
    Column("first_response_s", Integer, nullable=True),
    Column("next_reply_s", Integer, nullable=True),
    Column("resolution_s", Integer, nullable=True),
    _is("is_business", default=True),
)

setting: Final = Table("setting", metadata, Column("key", Text, primary_key=True), _text("value"))

change_feed: Final = Table(
    "change_feed",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column(
        "txid",
        Xid8().with_variant(BigInteger, "sqlite"),
        nullable=True,
    ),
    _text("entity"),
    _ref("entity_id"),
    _text("op"),
    _ref("instance_id", null=True),
    _at("at"),
    sqlite_autoincrement=True,
)
Index("change_feed_order", change_feed.c.txid, change_feed.c.seq)

auth_session: Final = Table(
    "auth_session",
    metadata,
    Column("id_hash", Text, primary_key=True),
    _ref("agent_id", "agent"),
    _text("csrf"),
    _at("created_at"),
    _at("seen_at"),
    _at("expires_at"),
)
Index("auth_session_agent", auth_session.c.agent_id)

login_attempt: Final = Table(
    "login_attempt",
    metadata,
    _id(),
    _text("account_hash"),
    _text("ip_hash"),
    _at("at"),
)
Index("login_attempt_account", login_attempt.c.account_hash, login_attempt.c.at)
Index("login_attempt_ip", login_attempt.c.ip_hash, login_attempt.c.at)
