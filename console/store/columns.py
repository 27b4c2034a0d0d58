"""The sorts of columns that the tables are made of, and what holds the tables together."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, MetaData, Text
from sqlalchemy import text as sql_text
from sqlalchemy.types import UserDefinedType

metadata: Final = MetaData()


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id; SQLite never fills the column."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        """The type's name in `create table`."""
        return "xid8"


def id_() -> Column[int]:
    """The row's own id, made by the application."""
    # INTEGER PRIMARY KEY is SQLite's row id itself; BIGINT would be a second index.
    kind = BigInteger().with_variant(Integer, "sqlite")
    return Column("id", kind, primary_key=True, autoincrement=False)


def ref_(name: str, target: str | None = None, *, null: bool = False) -> Column[int]:
    """An id of another row, with a foreign key when the table is named."""
    keys = [ForeignKey(f"{target}.id")] if target else []
    return Column(name, BigInteger, *keys, nullable=null)


def at_(name: str, *, null: bool = False) -> Column[int]:
    """An instant: microseconds UTC."""
    return Column(name, BigInteger, nullable=null)


def text_(name: str, *, null: bool = False, default: str | None = None) -> Column[str]:
    """A text."""
    return Column(name, Text, nullable=null, server_default=default)


def owner_() -> tuple[Column[str], Column[int]]:
    """Whose row it is: the centre, an instance or a team."""
    owner_id = Column("owner_id", BigInteger, primary_key=True, autoincrement=False)
    return Column("owner_kind", Text, primary_key=True), owner_id


def partial_(name: str, *columns: Column[Any], where: Any, unique: bool = False) -> Index:
    """An index over the rows that fulfil a condition, on both stores."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def n_(name: str) -> Column[int]:
    """A count, 0 to begin with."""
    return Column(name, Integer, nullable=False, server_default=sql_text("0"))


def is_(name: str, *, default: bool) -> Column[bool]:
    """A yes or a no."""
    return Column(
        name, Boolean, nullable=False, server_default=sql_text("true" if default else "false")
    )
