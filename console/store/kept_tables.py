"""What people keep under a name, for themselves and for others: saved views, canned replies."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Table

from console.store.columns import at_, id_, is_, metadata, n_, partial_, ref_, text_

saved_view: Final[Table] = Table(
    "saved_view",
    metadata,
    id_(),
    ref_("owner_id", "agent"),
    text_("audience"),
    ref_("team_id", "team", null=True),
    text_("name"),
    text_("filter"),
    text_("sort"),
    text_("colour"),
    n_("position"),
    is_("is_active", default=True),
    n_("version"),
    at_("created_at"),
)

saved_view_version: Final[Table] = Table(
    "saved_view_version",
    metadata,
    Column("view_id", BigInteger, ForeignKey("saved_view.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    ref_("agent_id", null=True),
    text_("kept"),
    at_("at"),
)

canned_reply: Final[Table] = Table(
    "canned_reply",
    metadata,
    id_(),
    ref_("owner_id", "agent"),
    text_("audience"),
    ref_("team_id", "team", null=True),
    ref_("scope_id"),
    text_("shortcut"),
    text_("text"),
    is_("is_active", default=True),
    n_("version"),
    at_("created_at"),
    at_("changed_at"),
)
partial_(
    "canned_reply_shortcut",
    canned_reply.c.audience,
    canned_reply.c.scope_id,
    canned_reply.c.shortcut,
    where=canned_reply.c.is_active,
    unique=True,
)
