"""Whether a typed statement is one `select` over the tables people may ask, and nothing else.

DuckDB's own parser gives the tree; everything in it has to stand on a list: sorts of nodes, tables,
functions. Qualified names are refused, and so are common table expressions named like something in
the catalogue: an unqualified name then means a table of the registry, or a part of the statement.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import duckdb

from console.readmodel.sql import refusals
from console.readmodel.sql.functions import FUNCTIONS, TABLE_FUNCTIONS
from console.readmodel.sql.tables import BY_NAME

LONGEST: Final = 20_000

_EXPRESSIONS: Final = frozenset(
    "BETWEEN CASE CAST COLLATE COLUMN_REF COMPARISON CONJUNCTION CONSTANT FUNCTION OPERATOR"
    " POSITIONAL_REFERENCE STAR SUBQUERY TYPE WINDOW".split()
)
# Since DuckDB 2.0 a `with` may hold insert and delete: these sorts of nodes are not here.
_NODES: Final = frozenset(
    "SELECT_NODE SET_OPERATION_NODE RECURSIVE_CTE_NODE BASE_TABLE EMPTY EXPRESSION_LIST JOIN PIVOT"
    " SHOW_REF SUBQUERY TABLE_FUNCTION DISTINCT_MODIFIER LIMIT_MODIFIER LIMIT_PERCENT_MODIFIER"
    " ORDER_MODIFIER ASCENDING DESCENDING ORDER_DEFAULT".split()
)
_SHOWN: Final = frozenset({"DESCRIBE", "SUMMARY"})
# Read as functions when no column has the name.
_ABOUT_THE_SERVER: Final = frozenset(
    {"current_catalog", "current_database", "current_role", "current_schema", "current_user"}
    | {"session_user", "user"}
)
_NAMES_OF_ALL: Final = """
select table_name from duckdb_tables()
union
select view_name from duckdb_views()
"""


def check(cursor: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Raise QueryError unless `statement` may run on a cursor that has the views of a person."""
    _check_one_select(statement)
    tree = _parsed(cursor, statement)
    own = {name.casefold() for name in _own_names(tree)}
    known = {name.casefold() for (name,) in cursor.execute(_NAMES_OF_ALL).fetchall()}
    taken = (own & known) - set(BY_NAME)
    if taken:
        raise refusals.taken_name(min(taken))
    for node in _nodes(tree):
        _check_node(node, own, statement)


def _check_one_select(statement: str) -> None:
    if len(statement) > LONGEST:
        raise refusals.too_long(LONGEST)
    try:
        found = duckdb.extract_statements(statement)
    except duckdb.Error as error:
        raise refusals.of_duckdb(error, statement) from None
    if not found:
        raise refusals.QueryError(refusals.NOTHING)
    if len(found) > 1:
        raise refusals.QueryError(refusals.ONLY_ONE)
    if found[0].type is duckdb.StatementType.MULTI:
        raise refusals.QueryError(refusals.PIVOT_VALUES)
    if found[0].type is not duckdb.StatementType.SELECT:
        raise refusals.QueryError(refusals.ONLY_SELECT)


def _parsed(cursor: duckdb.DuckDBPyConnection, statement: str) -> Any:
    found = cursor.execute("select json_serialize_sql($s::varchar)", {"s": statement}).fetchall()
    try:
        parsed = json.loads(found[0][0])
    except RecursionError:
        raise refusals.QueryError(refusals.TOO_DEEP) from None
    if parsed["error"] or len(parsed["statements"]) != 1:
        raise refusals.QueryError(refusals.ONLY_SELECT)
    return parsed["statements"]


def _nodes(tree: Any) -> Iterator[Mapping[str, Any]]:
    """Every object of the tree but the function of a table function, which is looked at there."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            yield part
            is_call = part.get("type") == "TABLE_FUNCTION"
            waiting.extend(
                value["arguments"] if is_call and key == "function" else value
                for key, value in part.items()
            )


def _own_names(tree: Any) -> Iterator[str]:
    """The names of common table expressions, wherever they stand."""
    for node in _nodes(tree):
        parts = node.get("cte_map")
        yield from (part["key"] for part in (parts["map"] if parts else ()))
        if node.get("type") == "RECURSIVE_CTE_NODE":
            yield node["cte_name"]


def _check_node(node: Mapping[str, Any], own: set[str], statement: str) -> None:
    sort, kind = node.get("class"), node.get("type")
    at = place(node, statement)
    if isinstance(sort, str):
        if sort not in _EXPRESSIONS:
            raise refusals.not_taken(sort, at)
        _check_expression(node, sort, at)
    elif isinstance(kind, str):
        if kind not in _NODES:
            raise refusals.not_taken(kind, at)
        _check_source(node, kind, own, at)


def _check_expression(node: Mapping[str, Any], sort: str, at: int | None) -> None:
    if sort in {"FUNCTION", "WINDOW"}:
        _check_call(node, FUNCTIONS, at)
        if node.get("export_state"):
            raise refusals.not_taken("export_state", at)
    elif sort == "TYPE" and _is_qualified(node):
        raise refusals.qualified(_written(node), at)
    elif sort == "COLUMN_REF":
        names = node["column_names"]
        if len(names) == 1 and _folded(names[0]) in _ABOUT_THE_SERVER:
            raise refusals.no_function(names[0], at)


def _check_source(node: Mapping[str, Any], kind: str, own: set[str], at: int | None) -> None:
    if kind == "BASE_TABLE":
        name = node["table_name"]
        if _is_qualified(node) or node["at_clause"]:
            raise refusals.qualified(_written(node), at)
        if _folded(name) not in BY_NAME and name.casefold() not in own:
            raise refusals.no_table(name, at)
    elif kind == "TABLE_FUNCTION":
        _check_call(node["function"], TABLE_FUNCTIONS, at)
    elif kind == "SHOW_REF" and (node["show_type"] not in _SHOWN or not node["query"]):
        raise refusals.not_taken("show", at)
    elif kind == "PIVOT" and any(pivot["pivot_enum"] for pivot in node["pivots"]):
        raise refusals.QueryError(refusals.PIVOT_VALUES, at)


def _check_call(node: Mapping[str, Any], allowed: frozenset[str], at: int | None) -> None:
    if _is_qualified(node):
        raise refusals.qualified(_written(node), at)
    if _folded(node["function_name"]) not in allowed:
        raise refusals.no_function(node["function_name"], at)


def _is_qualified(node: Mapping[str, Any]) -> bool:
    given = (node.get(key) for key in ("schema", "catalog", "schema_name", "catalog_name"))
    return any(given) or len(node["qualified_name"]["path"]) != 1


def _written(node: Mapping[str, Any]) -> str:
    return ".".join(node["qualified_name"]["path"])


def _folded(name: str) -> str:
    """Small letters as DuckDB compares names: ASCII only, or another name would pass for one."""
    return "".join(sign.lower() if sign.isascii() else sign for sign in name)


def place(node: Mapping[str, Any], statement: str) -> int | None:
    """Where a node begins, in characters; DuckDB counts bytes."""
    location = node.get("query_location")
    written = statement.encode("utf-8", "replace")
    if not isinstance(location, int) or location >= len(written):
        return None
    return len(written[:location].decode("utf-8", "ignore"))
