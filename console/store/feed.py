"""The change feed: which rows changed, in an order that misses nothing.

The feed only names ids; readers fetch the rows again in one snapshot, so a replay is harmless.
SQLite commits in the order of `seq`, because writers take turns. PostgreSQL does not: a
sequence number is drawn before the commit. There the order is `(txid, seq)`, read only below the
oldest transaction still running (`pg_snapshot_xmin`), where nothing can appear any more.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import BigInteger, Connection, delete, func, literal_column, select, text
from sqlalchemy import cast as sql_cast

from console.domain.ids import Instant
from console.store import tables
from console.store.bulk_write import insert_tuples
from console.store.work import set_meta

_FEED: Final = tables.change_feed
_WRITTEN: Final = ("entity", "entity_id", "op", "instance_id", "at")
_LAST: Final = 2**63 - 1
# Entity, its ids as JSON, and the last position as one number, txid * 2**63 + seq.
_AFTER: Final = {
    "sqlite": text("""
        select entity, json_group_array(entity_id), max(seq)
        from (
            select entity, entity_id, seq
            from change_feed
            where seq > :seq
            order by seq
            limit :limit
        ) as taken
        group by entity
    """),
    "postgresql": text("""
        select
            entity,
            json_agg(entity_id)::text,
            max(txid::text::numeric * 9223372036854775808 + seq)
        from (
            select entity, entity_id, txid, seq
            from change_feed
            where (txid, seq) > (cast(:txid as xid8), :seq)
            and txid < pg_snapshot_xmin(pg_current_snapshot())
            order by txid, seq
            limit :limit
        ) as taken
        group by entity
    """),
}


@dataclass(frozen=True, slots=True)
class FeedBatch:
    """What was written after a cursor, and the cursor after it; lost when it has been pruned.

    `ids` are those of the rows by what they belong to, one for each time that one was written.
    """

    cursor: str
    ids: dict[str, list[int]] = field(default_factory=dict)
    is_lost: bool = False

    @property
    def change_n(self) -> int:
        """How many changes were read."""
        return sum(map(len, self.ids.values()))


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
    rows = [(entity, i, op, instance, at) for i, instance in zip(ids, instances, strict=True)]
    insert_tuples(connection, _FEED, _WRITTEN, rows)


def read_feed(connection: Connection, cursor: str, limit: int = 50_000) -> FeedBatch:
    """At most `limit` changes after `cursor`, each once per committed write.

    The store gathers the ids: ten thousand rows of one id would take three times as long.
    """
    txid, seq = _parsed(cursor)
    if _pruned(connection) > (txid, seq):
        return FeedBatch(cursor, is_lost=True)
    after = {"txid": str(txid), "seq": seq, "limit": limit}
    rows = connection.execute(_AFTER[connection.dialect.name], after).all()
    if not rows:
        return FeedBatch(cursor)
    txid, seq = divmod(max(int(furthest) for *_, furthest in rows), _LAST + 1)
    return FeedBatch(f"{txid}:{seq}", {entity: json.loads(ids) for entity, ids, _ in rows})


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
