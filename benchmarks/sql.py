"""The same questions in SQL on the store itself, with the indexes that a careful person makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

from console.store.work import Store

INDEXES: Final = (
    "create index if not exists bench_all on conversation (last_activity_at, id)",
    "create index if not exists bench_status on conversation (status, last_activity_at, id)",
    """create index if not exists bench_mine
on conversation (assignee_id, status, last_activity_at, id)""",
    """create index if not exists bench_instance
on conversation (instance_id, status, last_activity_at, id)""",
    """create index if not exists bench_counts
on conversation (instance_id, assignee_id, status, unread_n)""",
    "create index if not exists bench_resolved on event (kind, at, actor_id)",
    "create index if not exists bench_inbound on message (direction, at)",
    """create index if not exists bench_opened
on conversation (opened_at, assignee_id, first_response_at)""",
)
FULL_TEXT: Final = {
    "sqlite": (
        """create virtual table if not exists bench_text using fts5
(text, content='', tokenize='unicode61 remove_diacritics 2', detail=none)""",
        "insert into bench_text (rowid, text) select id, text from message",
    ),
    "postgresql": (
        "create index if not exists bench_text on message using gin (to_tsvector('simple', text))",
    ),
}

_ROW: Final = """
select c.id, c.instance_id, i.name as instance_name, c.contact_id, k.name as contact_name,
  c.status, c.assignee_id, a.name as assignee_name, c.team_id, c.unread_n, c.last_activity_at,
  c.last_preview, c.last_direction, c.waiting_since_at, c.version
from conversation c
join instance i on i.id = c.instance_id
join contact k on k.id = c.contact_id
left join agent a on a.id = c.assignee_id
"""
_PAGE: Final = _ROW + "where {where} order by c.last_activity_at desc, c.id desc limit 50"
PAGES: Final = {
    "all": _PAGE.format(where="true"),
    "pending": _PAGE.format(where="c.status = 'pending'"),
    "instance": _PAGE.format(where="c.instance_id = :instance and c.status = 'pending'"),
    "deep": _PAGE.format(
        where="(c.last_activity_at, c.id) < (:at, :id)",
    ),
    "offset": _PAGE.format(where="true") + " offset :offset",
}
COUNTS: Final = """
select instance_id, count(*) as all_n,
  sum(case when assignee_id = :me then 1 else 0 end) as mine_n,
  sum(case when status = 'pending' then 1 else 0 end) as pending_n,
  sum(case when unread_n > 0 then 1 else 0 end) as unread_n,
  sum(case when assignee_id is null then 1 else 0 end) as unassigned_n
from conversation
group by instance_id
"""
HEAT: Final = """
select (at + :offset) / 3600000000 % 168, count(*)
from message
where direction = 'in' and at >= :since
group by 1
"""
RESOLVED: Final = """
select actor_id, count(*)
from event
where kind = 'resolved' and at >= :since
group by actor_id
"""
# From the state: the store keeps only the first answer of a conversation.
FIRST_RESPONSE: Final = """
select assignee_id, count(first_response_at), avg(first_response_at - opened_at)
from conversation
where opened_at >= :since
group by assignee_id
"""
_HITS: Final = {
    "like": "select conversation_id from message where lower(text) like :like",
    "sqlite": (
        "select conversation_id from message where id in"
        " (select rowid from bench_text where bench_text match :word)"
    ),
    "postgresql": (
        "select conversation_id from message"
        " where to_tsvector('simple', text) @@ plainto_tsquery('simple', :word)"
    ),
}
SEARCH: Final = {how: _PAGE.format(where=f"c.id in ({hits})") for how, hits in _HITS.items()}


def add_indexes(store: Store) -> None:
    """Make the indexes that a store does not have yet."""
    statements = [*INDEXES, *(() if _has_full_text(store) else FULL_TEXT[store.dialect])]
    store.write(lambda conn: [conn.execute(text(statement)) for statement in statements])
    _analyze(store)


def ask(store: Store, statement: str, **values: Any) -> Sequence[Any]:
    """Run one question in a snapshot of its own, as a request would."""
    with store.read() as connection:
        return connection.execute(text(statement), values).fetchall()


def _has_full_text(store: Store) -> bool:
    catalogue = "sqlite_master" if store.dialect == "sqlite" else "pg_indexes"
    column = "name" if store.dialect == "sqlite" else "indexname"
    found = ask(store, f"select 1 from {catalogue} where {column} = 'bench_text'")
    return bool(found)


def _analyze(store: Store) -> None:
    def unit(connection: Connection) -> None:
        connection.execute(text("analyze"))

    store.write(unit)
