"""Many rows in one statement: the same functions for one row and for a hundred thousand.

Ids and values travel as one parameter each (SQLite takes at most 32 766 parameters): a JSON
array in SQLite, typed arrays in PostgreSQL.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Label,
    Table,
    bindparam,
    cast,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.selectable import FromClause

Row = Mapping[str, Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all name the same columns; nothing happens for an empty list."""
    if rows:
        names = in_order(table, rows[0])
        insert_tuples(connection, table, names, [tuple(row[n] for n in names) for row in rows])


def insert_tuples(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows given as values of these columns, which are named in the table's order.

    The driver takes the rows as they are: preparing each took longer than inserting it.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_insertion(table, names), list(rows))
        return
    columns = zip(names, map(list, zip(*rows, strict=True)), strict=True)
    source = _unnested(table, dict(columns))
    wanted = select(*(source.c[name] for name in names))
    connection.execute(insert(table).from_select(list(names), wanted))


def in_order(table: Table, names: Collection[str]) -> tuple[str, ...]:
    """These columns in the table's order."""
    return tuple(column.name for column in table.c if column.name in names)


@cache
def _insertion(table: Table, names: tuple[str, ...]) -> str:
    statement = insert(table).values({name: bindparam(name) for name in names})
    return str(statement.compile(dialect=sqlite.dialect()))


def update_rows(
    connection: Connection, table: Table, ids: Sequence[int], values: Mapping[str, Any]
) -> None:
    """Set columns of the rows with these ids.

    A list gives one value per id, in their order; anything else is set on every row, and may be
    an expression such as `table.c.version + 1`.
    """
    if not ids or not values:
        return
    varying = {name: value for name, value in values.items() if isinstance(value, list)}
    same = {name: value for name, value in values.items() if name not in varying}
    if not varying:
        wanted = table.c.id.in_(id_set(connection, ids))
        connection.execute(update(table).where(wanted).values(**same))
        return
    source = _row_source(connection, table, {"id": list(ids), **varying})
    new = {name: source.c[name] for name in varying}
    connection.execute(update(table).where(table.c.id == source.c.id).values(**new, **same))


def id_set(connection: Connection, ids: Sequence[int]) -> Any:
    """A subquery of ids for `column.in_(…)`, carried by one parameter."""
    if connection.dialect.name == "sqlite":
        listed = func.json_each(json.dumps(list(ids))).table_valued("value")
        return select(listed.c.value)
    array = bindparam(None, list(ids), type_=ARRAY(BigInteger))
    return select(func.unnest(array).column_valued("id"))


def named_ids(dialect: str) -> Any:
    """The same for a statement that is made once: `ids_given` is its parameter `ids`."""
    if dialect == "sqlite":
        return select(func.json_each(bindparam("ids")).table_valued("value").c.value)
    array = bindparam("ids", type_=ARRAY(BigInteger))
    return select(func.unnest(array).column_valued("id"))


def ids_given(connection: Connection, ids: Sequence[int]) -> str | list[int]:
    """Ids as the parameter of `named_ids`."""
    return json.dumps(list(ids)) if connection.dialect.name == "sqlite" else list(ids)


def numbered(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> FromClause:
    """Rows given as values of these columns, and their `position` from 0, to be selected from.

    For numbers: they travel as one parameter, where the driver would take and give back the
    interpreter's lock for each row. There must be at least one.
    """
    if connection.dialect.name == "postgresql":
        columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
        return _unnested(table, {"position": list(range(len(rows))), **columns})
    place = literal_column("key", table.c.position.type).label("position")
    return _listed(table, names, rows, place)


def _row_source(
    connection: Connection, table: Table, columns: Mapping[str, list[Any]]
) -> FromClause:
    if connection.dialect.name == "postgresql":
        return _unnested(table, columns)
    return _listed(table, tuple(columns), list(zip(*columns.values(), strict=True)))


def _listed(
    table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]], *more: Label[Any]
) -> FromClause:
    listed = func.json_each(json.dumps(rows)).table_valued("value")
    picked = (
        literal_column(f"value ->> {place}", table.c[name].type).label(name)
        for place, name in enumerate(names)
    )
    return select(*more, *picked).select_from(listed).subquery("given")


def _unnested(table: Table, columns: Mapping[str, list[Any]]) -> FromClause:
    typed = [
        cast(bindparam(None, values, type_=ARRAY(table.c[name].type)), ARRAY(table.c[name].type))
        for name, values in columns.items()
    ]
    names = [sql_column(name, table.c[name].type) for name in columns]
    return func.unnest(*typed).table_valued(*names, name="given").render_derived()
