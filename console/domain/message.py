"""A message: something the customer or the team wrote, or a record of the channel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from console.domain.ids import Instant


class Direction(StrEnum):
    """Which way a message goes; only `in` and `out` are seen by the customer."""

    IN = "in"
    OUT = "out"
    NOTE = "note"
    SYSTEM = "system"
    DRAFT = "draft"


class Delivery(StrEnum):
    """What is known of an outgoing message; `queued` waits in the outbox."""

    QUEUED = "queued"
    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"  # taken back before a channel had it
    SENDING = "sending"
    PLAYED = "played"


class ActorKind(StrEnum):
    """Who did something; a bot never stops a human clock."""

    CONTACT = "contact"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Message:
    """One row of a thread. `is_dated` is false when the source gave no time.

    `accepted_at`, `sent_at`, `delivered_at` and `read_at` are the channel's word on an outgoing
    message, None while there is none; `failure` is why it failed, as JSON. `changed_at` is our
    clock when anything of it was changed after it was written. `original` keeps the first words
    of an edited message. `quoted` is the provider id of the message it answers, `content` JSON of
    what is neither text nor a file.
    """

    id: int
    conversation_id: int
    instance_id: int
    direction: str
    kind: str
    author_kind: str
    author_id: int | None
    author_name: str
    text: str
    at: Instant
    is_dated: bool = True
    raw: bytes | None = None
    provider_id: str | None = None
    delivery: str | None = None
    created_at: Instant = 0
    accepted_at: Instant | None = None
    delivered_at: Instant | None = None
    sent_at: Instant | None = None
    read_at: Instant | None = None
    changed_at: Instant | None = None
    edited_at: Instant | None = None
    revoked_at: Instant | None = None
    original: str | None = None
    failure: str | None = None
    quoted: str | None = None
    resend_of_id: int | None = None
    forwarded_from_id: int | None = None
    is_forwarded: bool = False
    content: str | None = None
