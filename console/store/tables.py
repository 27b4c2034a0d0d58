"""Every table of the store.

Ids are made by the application, instants are microseconds UTC (`_at`). Rows that would be
sharded carry `instance_id`. The event table is append-only; state rows are the fold of it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from console.store import channel_tables, columns, export_tables, kept_tables, session_tables
from console.store.columns import (
    Xid8,
    at_,
    id_,
    is_,
    n_,
    owner_,
    partial_,
    ref_,
    text_,
)

metadata: Final = columns.metadata

meta: Final = Table("meta", metadata, Column("key", Text, primary_key=True), text_("value"))

instance: Final[Table] = Table(
    "instance",
    metadata,
    id_(),
    Column("key", Text, nullable=False, unique=True),
    text_("name"),
    text_("channel"),
    text_("phone", null=True),
    is_("is_active", default=True),
    at_("created_at"),
)

team: Final[Table] = Table(
    "team",
    metadata,
    id_(),
    Column("key", Text, nullable=False, unique=True),
    text_("name"),
    at_("created_at"),
)

agent: Final[Table] = Table(
    "agent",
    metadata,
    id_(),
    Column("email", Text, nullable=False, unique=True),
    text_("name"),
    text_("role"),
    text_("language", default="pt"),
    text_("theme", default="system"),
    text_("settings", default="{}"),
    text_("password_hash", null=True),
    is_("is_active", default=True),
    at_("created_at"),
    n_("version"),
)

agent_team: Final[Table] = Table(
    "agent_team",
    metadata,
    Column("agent_id", BigInteger, ForeignKey("agent.id"), primary_key=True),
    Column("team_id", BigInteger, ForeignKey("team.id"), primary_key=True),
)

label: Final[Table] = Table(
    "label",
    metadata,
    id_(),
    Column("key", Text, nullable=False, unique=True),
    text_("name"),
    text_("colour"),
    at_("created_at"),
)

contact: Final[Table] = Table(
    "contact",
    metadata,
    id_(),
    text_("name"),
    text_("email", null=True),
    is_("is_blocked", default=False),
    at_("created_at"),
    n_("version"),
)

address: Final[Table] = Table(
    "address",
    metadata,
    id_(),
    ref_("contact_id", "contact"),
    text_("kind"),
    text_("scope", default=""),
    text_("value"),
    text_("send_value"),
    text_("source"),
    at_("first_seen_at"),
    at_("last_seen_at"),
    at_("retired_at", null=True),
)
Index("address_contact", address.c.contact_id)
partial_(
    "address_live",
    address.c.kind,
    address.c.scope,
    address.c.value,
    unique=True,
    where=address.c.retired_at.is_(None),
)

conversation: Final[Table] = Table(
    "conversation",
    metadata,
    id_(),
    ref_("instance_id", "instance"),
    ref_("contact_id", "contact"),
    text_("status"),
    ref_("assignee_id", "agent", null=True),
    ref_("team_id", "team", null=True),
    at_("opened_at"),
    at_("last_activity_at"),
    at_("contact_activity_at", null=True),
    at_("waiting_since_at", null=True),
    at_("first_response_at", null=True),
    at_("resolved_at", null=True),
    ref_("resolved_by_id", "agent", null=True),
    n_("reopened_n"),
    at_("reopened_at", null=True),
    n_("unread_n"),
    n_("message_n"),
    n_("inbound_n"),
    n_("outbound_n"),
    n_("note_n"),
    ref_("last_message_id", null=True),
    text_("last_preview", default=""),
    text_("last_direction", null=True),
    n_("version"),
    text_("source", null=True),
    text_("source_key", null=True),
    text_("priority", null=True),
    at_("snoozed_until_at", null=True),
    at_("inbound_at", null=True),
    text_("last_kind", null=True),
    text_("last_delivery", null=True),
    UniqueConstraint("instance_id", "source", "source_key", name="conversation_source"),
)
Index("conversation_contact", conversation.c.contact_id)
partial_(
    "conversation_snoozed",
    conversation.c.snoozed_until_at,
    where=conversation.c.snoozed_until_at.is_not(None),
)

conversation_label: Final[Table] = Table(
    "conversation_label",
    metadata,
    Column("conversation_id", BigInteger, ForeignKey("conversation.id"), primary_key=True),
    Column("label_id", BigInteger, ForeignKey("label.id"), primary_key=True),
)

message: Final[Table] = Table(
    "message",
    metadata,
    id_(),
    ref_("conversation_id", "conversation"),
    ref_("instance_id"),
    text_("direction"),
    text_("kind"),
    text_("author_kind"),
    ref_("author_id", null=True),
    text_("author_name", default=""),
    text_("text", default=""),
    Column("raw", LargeBinary, nullable=True),
    at_("at"),
    is_("is_dated", default=True),
    text_("provider_id", null=True),
    text_("delivery", null=True),
    at_("created_at"),
    at_("accepted_at", null=True),
    at_("delivered_at", null=True),
    at_("sent_at", null=True),
    at_("read_at", null=True),
    at_("changed_at", null=True),
    at_("edited_at", null=True),
    at_("revoked_at", null=True),
    text_("original", null=True),
    text_("failure", null=True),
    text_("quoted", null=True),
    ref_("resend_of_id", null=True),
    ref_("forwarded_from_id", null=True),
    is_("is_forwarded", default=False),
    text_("content", null=True),
)
Index("message_thread", message.c.conversation_id, message.c.id)
partial_(
    "message_provider",
    message.c.instance_id,
    message.c.provider_id,
    unique=True,
    where=message.c.provider_id.is_not(None),
)
partial_(
    "message_changed",
    message.c.conversation_id,
    message.c.changed_at,
    where=message.c.changed_at.is_not(None),
)

event: Final[Table] = Table(
    "event",
    metadata,
    id_(),
    ref_("conversation_id", null=True),
    ref_("contact_id", null=True),
    ref_("instance_id", null=True),
    text_("kind"),
    text_("actor_kind"),
    ref_("actor_id", null=True),
    at_("at"),
    ref_("from_id", null=True),
    ref_("to_id", null=True),
    ref_("message_id", null=True),
    ref_("bulk_id", null=True),
    text_("restored", null=True),
)
Index("event_thread", event.c.conversation_id, event.c.id)
partial_("event_contact", event.c.contact_id, event.c.id, where=event.c.conversation_id.is_(None))
_FLOW: Final = event.c.kind.in_(["opened", "reopened", "resolved"])
partial_("event_flow", event.c.at, where=_FLOW)

command: Final[Table] = Table(
    "command",
    metadata,
    Column("key", Text, primary_key=True),
    text_("kind"),
    ref_("actor_id", null=True),
    text_("fingerprint"),
    text_("outcome"),
    at_("at"),
)

bulk_run: Final[Table] = Table(
    "bulk_run",
    metadata,
    id_(),
    ref_("author_id", "agent", null=True),
    text_("kind"),
    text_("arguments"),
    text_("filter"),
    text_("status"),
    n_("total_n"),
    n_("done_n"),
    n_("refused_n"),
    n_("next_position"),
    ref_("undo_of_id", "bulk_run", null=True),
    ref_("approved_by_id", "agent", null=True),
    at_("planned_at"),
    at_("started_at", null=True),
    at_("ended_at", null=True),
    text_("counts"),
    text_("reasons"),
    text_("problem", null=True),
)
partial_("bulk_run_running", bulk_run.c.id, where=bulk_run.c.status == "running")
partial_(
    "bulk_run_undo", bulk_run.c.undo_of_id, unique=True, where=bulk_run.c.undo_of_id.is_not(None)
)

bulk_row: Final[Table] = Table(
    "bulk_row",
    metadata,
    Column("run_id", BigInteger, ForeignKey("bulk_run.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    ref_("conversation_id"),
    Column("version", Integer, nullable=False),
    text_("result"),
    Column("reason_n", Integer, nullable=True),
    text_("was", null=True),
    ref_("target_id", null=True),
    sqlite_with_rowid=False,
)

saved_view: Final[Table] = kept_tables.saved_view
saved_view_version: Final[Table] = kept_tables.saved_view_version
canned_reply: Final[Table] = kept_tables.canned_reply

outbox: Final[Table] = channel_tables.outbox
channel_account: Final[Table] = channel_tables.channel_account
webhook_raw: Final[Table] = channel_tables.webhook_raw
pending_effect: Final[Table] = channel_tables.pending_effect
delivery_fact: Final[Table] = channel_tables.delivery_fact
reaction: Final[Table] = channel_tables.reaction
media: Final[Table] = channel_tables.media
media_upload: Final[Table] = channel_tables.media_upload
message_template: Final[Table] = channel_tables.message_template
integration: Final[Table] = channel_tables.integration
contact_merge: Final[Table] = channel_tables.contact_merge

export_job: Final[Table] = export_tables.export_job
export_use: Final[Table] = export_tables.export_use
export_schedule: Final[Table] = export_tables.export_schedule

business_hours: Final[Table] = Table(
    "business_hours",
    metadata,
    *owner_(),
    text_("week"),
    text_("zone"),
    text_("holidays", null=True),
    text_("closed_on"),
)

sla_policy: Final[Table] = Table(
    "sla_policy",
    metadata,
    *owner_(),
    Column("first_response_s", Integer, nullable=True),
    Column("next_reply_s", Integer, nullable=True),
    Column("resolution_s", Integer, nullable=True),
    is_("is_business", default=True),
)

setting: Final = Table("setting", metadata, Column("key", Text, primary_key=True), text_("value"))

change_feed: Final[Table] = Table(
    "change_feed",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column(
        "txid",
        Xid8().with_variant(BigInteger, "sqlite"),
        nullable=True,
    ),
    text_("entity"),
    ref_("entity_id"),
    text_("op"),
    ref_("instance_id", null=True),
    at_("at"),
    sqlite_autoincrement=True,
)
Index("change_feed_order", change_feed.c.txid, change_feed.c.seq)

auth_session: Final[Table] = session_tables.auth_session
login_attempt: Final[Table] = session_tables.login_attempt
