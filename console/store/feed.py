"""The change feed: which rows changed, in an order that misses nothing.

The feed only names ids; readers fetch the rows again in one snapshot, so a replay is harmless.
SQLite commits in the order of `seq`, because writers take turns. PostgreSQL does not: a
sequence number is drawn before the commit. There the order is `(txid, seq)`, read only below the
oldest transaction still running (`pg_snapshot_xmin`), where nothing can appear any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    delete,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy import cast as sql_cast

from console.domain.ids import Instant
from console.store import tables
from console.store.bulk_write import insert_rows
from console.store.work import set_meta

_FEED: Final = tables.change_feed
_LAST: Final = 2**63 - 1


# Entity and id of one row that was written. Plain, for ten thousand of them are no rare step.
Change: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FeedBatch:
    """Changes after a cursor, and the cursor after them; lost when they have been pruned."""

    cursor: str
    changes: list[Change]
    is_lost: bool = False


def write_feed(
    connection: Connection,
    entity: str,
    ids: Sequence[int],
    at: Instant,
    instance_ids: Sequence[int | None] | None = None,
    op: str = "write",
) -> None:
    """Name the rows that this transaction changed."""
    instances = instance_ids or [None] * len(ids)
    insert_rows(
        connection,
        _FEED,
        [
            {"entity": entity, "entity_id": i, "op": op, "instance_id": instance, "at": at}
            for i, instance in zip(ids, instances, strict=True)
        ],
    )


def read_feed(connection: Connection, cursor: str, limit: int = 50_000) -> FeedBatch:
    """At most `limit` changes after `cursor`, each once per committed write."""
    txid, seq = _parsed(cursor)
    if _pruned(connection) > (txid, seq):
        return FeedBatch(cursor, [], is_lost=True)
    rows = connection.execute(_after(connection, txid, seq).limit(limit)).all()
    if not rows:
        return FeedBatch(cursor, [])
    changes = [(entity, entity_id) for _, _, entity, entity_id in rows]
    return FeedBatch(f"{rows[-1].txid}:{rows[-1].seq}", changes)


def feed_end(connection: Connection) -> str:
    """The cursor a full load in this snapshot goes on from; read it before the rows."""
    if connection.dialect.name == "postgresql":
        oldest = connection.scalar(select(sql_cast(_xmin_text(), BigInteger)))
        last = ((oldest or 1) - 1, _LAST)
    else:
        last = (0, connection.scalar(select(func.max(_FEED.c.seq))) or 0)
    txid, seq = max(last, _pruned(connection))  # a feed pruned to its end is not lost
    return f"{txid}:{seq}"


def prune_feed(connection: Connection, before: Instant) -> int:
    """Forget changes written before an instant; slower readers load everything again."""
    old = _FEED.c.at < before
    newest = connection.execute(
        select(*_position()).where(old).order_by(*_position(descending=True)).limit(1)
    ).first()
    if newest is None:
        return 0
    set_meta(connection, "feed_pruned", f"{newest.txid}:{newest.seq}")
    return connection.execute(delete(_FEED).where(old)).rowcount


def _after(connection: Connection, txid: int, seq: int) -> Any:
    change = _FEED.c.entity, _FEED.c.entity_id
    if connection.dialect.name == "sqlite":
        first = select(literal_column("0").label("txid"), _FEED.c.seq, *change)
        return first.where(_FEED.c.seq > seq).order_by(_FEED.c.seq)
    wanted = select(*_position(), *change)
    position = tuple_(_FEED.c.txid, _FEED.c.seq)
    after = tuple_(literal_column(f"'{int(txid)}'::xid8"), literal_column(str(int(seq))))
    horizon: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())")
    return wanted.where(position > after, _FEED.c.txid < horizon).order_by(
        _FEED.c.txid, _FEED.c.seq
    )


def _position(*, descending: bool = False) -> tuple[Any, ...]:
    if descending:
        return (_FEED.c.txid.desc(), _FEED.c.seq.desc())
    txid = sql_cast(literal_column("coalesce(cast(txid as text), '0')"), BigInteger)
    return (txid.label("txid"), _FEED.c.seq)


def _xmin_text() -> Any:
    return literal_column("pg_snapshot_xmin(pg_current_snapshot())::text")


def _pruned(connection: Connection) -> tuple[int, int]:
    kept = select(tables.meta.c.value).where(tables.meta.c.key == "feed_pruned")
    value = connection.scalar(kept)
    return _parsed(value) if value else (-1, -1)


def _parsed(cursor: str) -> tuple[int, int]:
    txid, _, seq = cursor.partition(":")
    return int(txid), int(seq)
