"""The outbox as a queue: rows are claimed with a lease, sent, and settled.

Within a conversation the order of ids is kept: a row waits for every earlier one that has not
ended. Whoever holds a lease writes with its fence; a holder that slept through the lease finds
that the fence has moved on, and writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, and_, exists, func, or_, select, update

from console.domain.ids import MINUTE, SECOND, Instant
from console.store import tables

LEASE: Final = 60 * SECOND
UNKNOWN_BLOCKS: Final = 2 * MINUTE
_OUT: Final = tables.outbox


class OutState(StrEnum):
    """Where a row is on its way."""

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    FAILED = "failed"
    UNKNOWN = "unknown"  # may have gone out: never sent again by the machine
    WITHDRAWN = "withdrawn"
    CONSIDERED = "considered"  # unknown, and a person takes it as sent
    LEFT = "left"  # unknown, and a person has sent it again


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that is being sent; `fence` is what the holder writes with."""

    id: int
    message_id: int
    conversation_id: int
    instance_id: int
    payload: str
    attempts_n: int
    fence: int
    sending_at: Instant


def has_work(connection: Connection, now: Instant, instance_ids: list[int]) -> bool:
    """Whether anything of these instances is due, or a row of any has to be looked after."""
    due = or_(_OUT.c.next_at.is_(None), _OUT.c.next_at <= now)
    waits = or_(
        and_(_OUT.c.state == OutState.QUEUED, _OUT.c.instance_id.in_(instance_ids), due),
        and_(_OUT.c.state == OutState.SENDING, _OUT.c.lease_until_at <= now),
        and_(_OUT.c.state == OutState.UNKNOWN, _OUT.c.next_at <= now),
    )
    open_ = _OUT.c.state.in_([OutState.QUEUED, OutState.SENDING, OutState.UNKNOWN])
    return connection.scalar(select(_OUT.c.id).where(open_, waits).limit(1)) is not None


def claim(
    connection: Connection, owner: str, instance_ids: list[int], now: Instant
) -> Claim | None:
    """Take the oldest row that is due and first of its conversation; `sending` before the call."""
    earlier = _OUT.alias("earlier")
    open_states = [OutState.QUEUED, OutState.SENDING, OutState.UNKNOWN]
    is_first = ~exists().where(
        earlier.c.conversation_id == _OUT.c.conversation_id,
        earlier.c.id < _OUT.c.id,
        earlier.c.state.in_(open_states),
    )
    wanted = (
        select(_OUT)
        .where(
            _OUT.c.state == OutState.QUEUED,
            _OUT.c.instance_id.in_(instance_ids),
            or_(_OUT.c.next_at.is_(None), _OUT.c.next_at <= now),
            is_first,
        )
        .order_by(_OUT.c.id)
        .limit(1)
        .with_for_update(of=_OUT, skip_locked=True)
    )
    row = connection.execute(wanted).mappings().first()
    if row is None:
        return None
    fence = row["fence_n"] + 1
    _set(
        connection,
        row["id"],
        state=OutState.SENDING,
        lease_until_at=now + LEASE,
        lease_owner=owner,
        fence_n=fence,
        sending_at=now,
        attempts_n=row["attempts_n"] + 1,
    )
    tried = {"attempts_n": row["attempts_n"] + 1, "fence": fence, "sending_at": now}
    return replace(_claim_of(row), **tried)


def still_mine(connection: Connection, claim: Claim) -> bool:
    """Whether nobody has taken the row over meanwhile; it is locked until the transaction ends."""
    held = select(_OUT.c.fence_n, _OUT.c.state).where(_OUT.c.id == claim.id).with_for_update()
    row = connection.execute(held).one()
    return bool(row.fence_n == claim.fence and row.state == OutState.SENDING)


def put_back(
    connection: Connection, claim: Claim, next_at: Instant, *, counts: bool = True
) -> None:
    """Nothing has gone out: later again. An attempt counts unless the provider only held us up."""
    attempts = claim.attempts_n if counts else claim.attempts_n - 1
    _set(
        connection,
        claim.id,
        state=OutState.QUEUED,
        next_at=next_at,
        lease_until_at=None,
        attempts_n=attempts,
    )


def end(
    connection: Connection, outbox_id: int, state: OutState, next_at: Instant | None = None
) -> None:
    """It has gone out, it has failed, or nobody knows (and asks again at `next_at`)."""
    _set(connection, outbox_id, state=state, next_at=next_at, lease_until_at=None)


def ask_later(connection: Connection, outbox_id: int, at: Instant | None) -> None:
    """When to ask again about a row that may have gone out, unless it is settled meanwhile."""
    own = and_(_OUT.c.id == outbox_id, _OUT.c.state == OutState.UNKNOWN)
    connection.execute(update(_OUT).where(own).values(next_at=at))


def expired(connection: Connection, now: Instant) -> list[Claim]:
    """Rows whose holder has died or slept: whether they went out is not known."""
    wanted = (
        select(_OUT)
        .where(_OUT.c.state == OutState.SENDING, _OUT.c.lease_until_at <= now)
        .order_by(_OUT.c.id)
        .limit(100)
        .with_for_update(skip_locked=True)
    )
    return [_claim_of(row) for row in connection.execute(wanted).mappings()]


def unsettled(connection: Connection, now: Instant) -> list[Claim]:
    """Rows of which nobody knows whether they went out, and that may be asked for again."""
    wanted = (
        select(_OUT)
        .where(_OUT.c.state == OutState.UNKNOWN, _OUT.c.next_at <= now)
        .order_by(_OUT.c.id)
        .limit(100)
    )
    return [_claim_of(row) for row in connection.execute(wanted).mappings()]


def _claim_of(row: RowMapping) -> Claim:
    return Claim(
        row["id"],
        row["message_id"],
        row["conversation_id"],
        row["instance_id"],
        row["payload"],
        row["attempts_n"],
        row["fence_n"],
        row["sending_at"] or 0,
    )


def by_correlation(connection: Connection, instance_id: int, correlation: str | None) -> int | None:
    """The message of an outbox row whose id a provider gives back."""
    if not correlation or not correlation.isascii() or not correlation.isdigit():
        return None
    if len(correlation) > len(str(2**63 - 1)):
        return None
    wanted = select(_OUT.c.message_id).where(
        _OUT.c.id == int(correlation), _OUT.c.instance_id == instance_id
    )
    found: int | None = connection.scalar(wanted)
    return found


def is_being_sent(connection: Connection, instance_id: int, text: str, now: Instant) -> bool:
    """Whether a message of these words is on its way without an answer yet."""
    message = tables.message
    wanted = (
        select(_OUT.c.id)
        .join(message, message.c.id == _OUT.c.message_id)
        .where(
            _OUT.c.instance_id == instance_id,
            _OUT.c.state == OutState.SENDING,
            _OUT.c.sending_at > now - MINUTE,
            message.c.text == text,
        )
    )
    return connection.scalar(wanted.limit(1)) is not None


def name_message(
    connection: Connection, instance_id: int, message_id: int, provider_id: str
) -> None:
    """Keep what the provider calls a message of ours, unless it has a name already."""
    table = tables.message
    own = and_(
        table.c.id == message_id,
        table.c.instance_id == instance_id,
        table.c.provider_id.is_(None),
    )
    other = table.alias("other")
    is_taken = exists().where(
        other.c.instance_id == instance_id, other.c.provider_id == provider_id
    )
    connection.execute(update(table).where(own, ~is_taken).values(provider_id=provider_id))


def oldest_queued(connection: Connection, instance_id: int) -> Instant | None:
    """When the oldest message that still waits was written."""
    wanted = select(func.min(_OUT.c.created_at)).where(
        _OUT.c.instance_id == instance_id,
        _OUT.c.state.in_([OutState.QUEUED, OutState.SENDING]),
    )
    found: Instant | None = connection.scalar(wanted)
    return found


def _set(connection: Connection, outbox_id: int, **values: Any) -> None:
    connection.execute(update(_OUT).where(_OUT.c.id == outbox_id).values(**values))
