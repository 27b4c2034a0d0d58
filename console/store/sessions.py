"""Sign-ins and failed tries: the rows behind `console.auth`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from console.domain.ids import Instant, new_id
from console.store.tables import agent, auth_session, login_attempt


@dataclass(frozen=True, slots=True)
class Account:
    """What a sign-in needs to know of an agent."""

    agent_id: int
    password_hash: str | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One sign-in of an active agent; `id_hash` is the hash of the cookie's value."""

    id_hash: str
    agent_id: int
    csrf: str
    created_at: Instant
    seen_at: Instant
    expires_at: Instant


def account(conn: Connection, email: str) -> Account | None:
    """The account of an e-mail address, whatever its case."""
    wanted = select(agent.c.id, agent.c.password_hash, agent.c.is_active)
    row = conn.execute(wanted.where(agent.c.email == email.strip().lower())).first()
    return Account(row.id, row.password_hash, row.is_active) if row else None


def seen_since(conn: Connection, since: Instant) -> frozenset[int]:
    """The agents who have used the console since an instant."""
    wanted = select(auth_session.c.agent_id).where(auth_session.c.seen_at >= since).distinct()
    return frozenset(conn.scalars(wanted))


def has_accounts(conn: Connection) -> bool:
    """Whether anybody can sign in at all."""
    wanted = select(agent.c.id).where(agent.c.password_hash.is_not(None), agent.c.is_active)
    return conn.execute(wanted.limit(1)).first() is not None


def add(conn: Connection, row: SessionRow) -> None:
    """Keep a new sign-in and sweep away those that are over."""
    conn.execute(delete(auth_session).where(auth_session.c.expires_at <= row.created_at))
    conn.execute(
        insert(auth_session).values(
            id_hash=row.id_hash,
            agent_id=row.agent_id,
            csrf=row.csrf,
            created_at=row.created_at,
            seen_at=row.seen_at,
            expires_at=row.expires_at,
        )
    )


def alive(
    conn: Connection, id_hashes: Sequence[str], at: Instant, idle: int
) -> dict[str, SessionRow]:
    """Those of the sessions that are neither over, idle for too long, nor of a disabled agent."""
    wanted = (
        select(auth_session)
        .join(agent, agent.c.id == auth_session.c.agent_id)
        .where(
            auth_session.c.id_hash.in_(id_hashes),
            auth_session.c.expires_at > at,
            auth_session.c.seen_at > at - idle,
            agent.c.is_active,
        )
    )
    return {row.id_hash: SessionRow(*row) for row in conn.execute(wanted)}


def touch(conn: Connection, id_hashes: Iterable[str], at: Instant) -> None:
    """Note a sign of life."""
    conn.execute(
        update(auth_session).where(auth_session.c.id_hash.in_(list(id_hashes))).values(seen_at=at)
    )


def kill(conn: Connection, id_hash: str) -> None:
    """End one sign-in."""
    conn.execute(delete(auth_session).where(auth_session.c.id_hash == id_hash))


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed tries since an instant: by this address for this account, and in all."""

    of_pair: int
    of_ip: int
    of_account: int
    last_at: Instant


def failures(conn: Connection, account_hash: str, ip_hash: str, since: Instant) -> Failures:
    """Count what went wrong lately, to slow the next try."""
    tries = login_attempt.c
    is_account, is_ip = tries.account_hash == account_hash, tries.ip_hash == ip_hash
    row = conn.execute(
        select(
            func.count().filter(is_account & is_ip).label("of_pair"),
            func.count().filter(is_ip).label("of_ip"),
            func.count().filter(is_account).label("of_account"),
            func.coalesce(func.max(tries.at), 0).label("last_at"),
        ).where(tries.at > since, is_account | is_ip)
    ).one()
    return Failures(row.of_pair, row.of_ip, row.of_account, row.last_at)


def note_failure(conn: Connection, account_hash: str, ip_hash: str, at: Instant) -> None:
    """Keep one failed try."""
    conn.execute(
        insert(login_attempt).values(id=new_id(), account_hash=account_hash, ip_hash=ip_hash, at=at)
    )


def forget_failures(conn: Connection, account_hash: str, ip_hash: str, before: Instant) -> None:
    """After a success: this pair starts afresh, and old tries of everybody are swept away."""
    tries = login_attempt.c
    is_pair = (tries.account_hash == account_hash) & (tries.ip_hash == ip_hash)
    conn.execute(delete(login_attempt).where(is_pair | (tries.at < before)))
