"""The tables of channels: links to providers, what came in, what is told of messages, files."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import UniqueConstraint as Unique

from console.store.columns import at_, id_, is_, metadata, n_, partial_, ref_, text_

# How an instance reaches its provider; `secrets` is encrypted, `route` the end of its address.
channel_account: Final[Table] = Table(
    "channel_account",
    metadata,
    Column("instance_id", BigInteger, ForeignKey("instance.id"), primary_key=True),
    text_("provider_name"),
    text_("base_url"),
    text_("business", default=""),
    Column("route", Text, nullable=False, unique=True),
    text_("secrets"),
    is_("is_paused", default=False),
    text_("state", default="unknown"),
    text_("state_detail", default=""),
    at_("state_at", null=True),
    at_("held_until_at", null=True),
    text_("held_for", null=True),
    n_("held_n"),
    at_("inbound_at", null=True),
    at_("caught_up_at", null=True),
    text_("pairing", null=True),
    at_("created_at"),
    at_("stopped_at", null=True),
)

# Every body that came in, before anybody has read it.
webhook_raw: Final[Table] = Table(
    "webhook_raw",
    metadata,
    id_(),
    ref_("instance_id", "instance"),
    text_("sha256"),
    text_("headers"),
    Column("body", LargeBinary, nullable=False),
    at_("received_at"),
    text_("state"),
    n_("attempts_n"),
    at_("next_at", null=True),
    at_("ended_at", null=True),
    n_("facts_n"),
    n_("known_n"),
    n_("unhandled_n"),
    text_("problem", null=True),
    Unique("instance_id", "sha256", name="webhook_raw_body"),
)
partial_(
    "webhook_raw_waiting",
    webhook_raw.c.next_at,
    webhook_raw.c.id,
    where=webhook_raw.c.next_at.is_not(None),
)
partial_("webhook_raw_dead", webhook_raw.c.id, where=webhook_raw.c.state == "dead")

# Facts about messages that have not come in yet.
pending_effect: Final[Table] = Table(
    "pending_effect",
    metadata,
    id_(),
    ref_("instance_id", "instance"),
    text_("target"),
    text_("effect"),
    at_("at"),
    at_("expires_at"),
)
Index("pending_effect_target", pending_effect.c.instance_id, pending_effect.c.target)

# All that a provider has told of a message of ours, each state once: the visible state follows.
delivery_fact: Final[Table] = Table(
    "delivery_fact",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("status", Text, primary_key=True),
    at_("at"),
    Column("code", Integer, nullable=True),
    text_("title", default=""),
    text_("details", default=""),
)

reaction: Final[Table] = Table(
    "reaction",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("author", Text, primary_key=True),
    text_("emoji"),
    is_("is_ours", default=False),
    at_("at"),
)

# The file of a message; `sha256` names the bytes under CENTRAL_HOME once they are here.
media: Final[Table] = Table(
    "media",
    metadata,
    id_(),
    ref_("instance_id"),
    ref_("conversation_id"),
    Column("message_id", BigInteger, nullable=False, unique=True),
    text_("kind"),
    text_("mime"),
    text_("filename", default=""),
    text_("sha256", null=True),
    Column("size_n", BigInteger, nullable=True),
    Column("seconds_n", Integer, nullable=True),
    text_("ref"),
    text_("state"),
    n_("attempts_n"),
    at_("next_at", null=True),
    text_("problem", null=True),
    at_("created_at"),
)
partial_("media_waiting", media.c.next_at, media.c.id, where=media.c.next_at.is_not(None))
partial_("media_bytes", media.c.sha256, where=media.c.sha256.is_not(None))

# Bytes that a provider keeps for a while, so that they go up once per instance.
media_upload: Final[Table] = Table(
    "media_upload",
    metadata,
    Column("instance_id", BigInteger, ForeignKey("instance.id"), primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("mime", Text, primary_key=True),
    text_("provider_id"),
    at_("expires_at"),
)

message_template: Final[Table] = Table(
    "message_template",
    metadata,
    Column("instance_id", BigInteger, ForeignKey("instance.id"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    text_("category"),
    text_("status"),
    text_("parts"),
    at_("fetched_at"),
)

integration: Final[Table] = Table(
    "integration",
    metadata,
    id_(),
    Column("key", Text, nullable=False, unique=True),
    text_("name"),
    Column("token_hash", Text, nullable=False, unique=True),
    is_("is_active", default=True),
    at_("created_at"),
    at_("used_at", null=True),
)

# Two contacts that turned out to be one; `moved` is JSON: what goes back when it is reversed.
contact_merge: Final[Table] = Table(
    "contact_merge",
    metadata,
    id_(),
    ref_("kept_id", "contact"),
    ref_("gone_id", "contact"),
    text_("why"),
    text_("moved"),
    at_("at"),
    at_("reversed_at", null=True),
)
Index("contact_merge_kept", contact_merge.c.kept_id)
Index("contact_merge_gone", contact_merge.c.gone_id)

# What is to be sent, one row per message, in the order of ids within a conversation.
outbox: Final[Table] = Table(
    "outbox",
    metadata,
    id_(),
    Column("message_id", BigInteger, ForeignKey("message.id"), nullable=False, unique=True),
    ref_("conversation_id"),
    ref_("instance_id"),
    text_("state"),
    at_("created_at"),
    text_("payload", default="{}"),
    n_("attempts_n"),
    at_("next_at", null=True),
    at_("lease_until_at", null=True),
    text_("lease_owner", null=True),
    n_("fence_n"),
    at_("sending_at", null=True),
)
_UNSETTLED: Final = outbox.c.state.in_(["queued", "sending", "unknown"])
partial_("outbox_unsettled", outbox.c.conversation_id, outbox.c.id, where=_UNSETTLED)
