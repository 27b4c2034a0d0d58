"""The tables of signing in: sessions, and tries that failed."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Index, Table, Text

from console.store.columns import at_, id_, metadata, ref_, text_

auth_session: Final[Table] = Table(
    "auth_session",
    metadata,
    Column("id_hash", Text, primary_key=True),
    ref_("agent_id", "agent"),
    text_("csrf"),
    at_("created_at"),
    at_("seen_at"),
    at_("expires_at"),
)
Index("auth_session_agent", auth_session.c.agent_id)

login_attempt: Final[Table] = Table(
    "login_attempt",
    metadata,
    id_(),
    text_("account_hash"),
    text_("ip_hash"),
    at_("at"),
)
Index("login_attempt_account", login_attempt.c.account_hash, login_attempt.c.at)
Index("login_attempt_ip", login_attempt.c.ip_hash, login_attempt.c.at)
