"""The only composer: filter trees to SQL, and the questions every list and count asks.

Each question carries the acting person's scope. All values travel as named parameters; the texts
around them come from the filter registry and from this module. DuckDB refuses parameters that a
statement does not use, so each is bound where it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from string import Template
from typing import Any, Final, assert_never

import duckdb
import pyarrow as pa

from console.domain.agent import Acting
from console.domain.ids import SECOND, Instant
from console.i18n import Text
from console.readmodel import search
from console.readmodel.board import EDGES, QUEUE, Board, board_of
from console.readmodel.filters import BY_KEY, ME, NONE, Field, Kind
from console.readmodel.model import ReadModel
from console.readmodel.rows import (
    ROW_COLUMNS,
    SORTS,
    Counts,
    Key,
    Load,
    Order,
    Page,
    Row,
    Sort,
    row_of,
)
from console.readmodel.sources import fact
from console.readmodel.tree import (
    AllOf,
    AnyOf,
    Condition,
    Days,
    Everything,
    FilterError,
    Not,
    Tree,
    Words,
    leaves,
)
from console.readmodel.values import span

__all__ = [
    "PAGE",
    "SORTS",
    "Counts",
    "Key",
    "Load",
    "Page",
    "ReadModel",
    "Row",
    "Sort",
    "board",
    "check",
    "count",
    "counts",
    "frozen",
    "ids",
    "loads",
    "open_by_assignee",
    "page",
    "rows",
    "sql_text",
    "table",
]

PAGE: Final = 50


def page(
    model: ReadModel,
    tree: Tree,
    who: Acting,
    *,
    now: Instant,
    sort: Sort = "newest",
    after: Key | None = None,
    skip: int = 0,
    limit: int = PAGE,
) -> Page:
    """The next rows of a list after a key, or behind `skip` rows for a numbered page.

    Raises FilterError, SlowQueryError.
    """
    order = SORTS[sort]
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        where = query.where(tree)
        if after is not None:
            where += f" and {query.after(order, after)}"
        found = query.run(_page_sql(order, where, query.bind(limit + 1), query.bind(skip)))
    rows = [row_of(values[: -len(order.keys)], model.directory, who) for values in found[:limit]]
    last = tuple(found[limit - 1][-len(order.keys) :]) if len(found) > limit else None
    return Page(rows, last)


def rows(model: ReadModel, tree: Tree, who: Acting, ids: Iterable[int], now: Instant) -> list[Row]:
    """Those of `ids` that match and that the person may see."""
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        wanted = f"id in (select unnest({query.bind(list(ids))}::bigint[]))"
        where = query.where(tree)
        found = query.run(
            f"select {ROW_COLUMNS} from conversation where {wanted} and {where} order by id"
        )
    return [row_of(values, model.directory, who) for values in found]


def count(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> int:
    """How many conversations match."""
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        found = query.run(f"select count(*) from conversation where {query.where(tree)}")
    return int(found[0][0])


def ids(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> list[int]:
    """Every matching id, newest activity first: what a bulk action is run on."""
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        found = query.run(
            f"select id from conversation where {query.where(tree)}"
            " order by last_activity_at desc, id desc"
        )
    return [values[0] for values in found]


def frozen(
    model: ReadModel, tree: Tree, who: Acting, now: Instant, columns: Sequence[str]
) -> pa.Table:
    """These columns of every matching conversation, newest activity first: what a bulk run takes.

    The columns are names of our own, never what a person typed.
    """
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        return query.arrow(
            f"select {', '.join(columns)} from conversation where {query.where(tree)}"
            " order by last_activity_at desc, id desc"
        )


def counts(
    model: ReadModel, who: Acting, instance_ids: Sequence[int] | None, now: Instant
) -> Counts:
    """The five counts over the chosen instances (None: all), and each instance's own."""
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        chosen = "true"
        if instance_ids is not None:
            chosen = f"list_contains({query.bind(list(instance_ids))}::bigint[], instance_id)"
        me = query.bind(who.agent_id)
        found = query.run(_COUNTS.substitute(chosen=chosen, me=me, scope=who.scope.condition()))
    mine, pending, unread, everything, unassigned = (
        sum(int(values[i]) for values in found) for i in range(1, 6)
    )
    by_instance = {values[0]: int(values[6]) for values in found if values[6]}
    return Counts(mine, pending, unread, everything, unassigned, by_instance)


def open_by_assignee(model: ReadModel) -> dict[int, int]:
    """How many pending conversations each agent has, whoever asks: the load beside a name."""
    with model.cursor() as cursor:
        found = cursor.execute(_LOAD).fetchall()
    return {agent_id: int(n) for agent_id, n in found if n}


def loads(model: ReadModel) -> dict[int, Load]:
    """What each agent has on the desk, whoever asks."""
    with model.cursor() as cursor:
        found = cursor.execute(_LOADS).fetchall()
    return {agent_id: Load(int(n), int(waiting), oldest) for agent_id, n, waiting, oldest in found}


def board(model: ReadModel, who: Acting, now: Instant) -> Board:
    """The queue now: how much waits and for how long, by agent, team and instance."""
    with model.cursor() as cursor:
        query = _Query(model, cursor, who, now)
        waited = f"{query.bind(now)} - waiting_since_at"
        bands = " ".join(
            f"when {waited} <= {query.bind(edge * SECOND)} then {n}" for n, edge in enumerate(EDGES)
        )
        band = f"if(waiting_since_at is null, null, case {bands} else {len(EDGES)} end)"
        columns = f"assignee_id, team_id, instance_id, unread_n, waiting_since_at, {band} as band"
        queue = f"select {columns} from conversation where {query.where(QUEUE)}"
        return board_of(query.run(f"with queue as ({queue}) {fact('board')}"))


def table(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> pa.Table:
    """Every matching conversation with names and instants, newest activity first."""
    hidden = "exclude (contact_name, contact_phone, contact_email, last_preview)"
    columns = f"* {hidden}" if who.is_masked else "*"
    with model.cursor(is_limited=False) as cursor:
        query = _Query(model, cursor, who, now)
        matching = f"select id from conversation where {query.where(tree)}"
        return query.arrow(
            f"select {columns} from ({fact('table')}) where id in ({matching})"
            " order by last_activity_at desc, id desc"
        )


def check(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> None:
    """Raise FilterError when an expression names something that does not exist."""
    with model.cursor() as cursor:
        _Query(model, cursor, who, now).where(tree)


def sql_text(model: ReadModel, tree: Tree, who: Acting, now: Instant) -> str:
    """The condition as SQL for people to read, its values as comments; raises FilterError.

    What a search found stays out of it: it may lie outside the person's scope.
    """
    with model.cursor() as cursor:
        query = _Told(model, cursor, who, now)
        lines = ["select id", "from conversation", f"where {query.where(tree)}"]
    return "\n".join([*lines, *query.values()])


_LOAD: Final = """
select assignee_id, sum(n)
from conversation_group
where status = 'pending' and assignee_id is not null
group by assignee_id
"""

_LOADS: Final = """
select assignee_id, count(*), count(waiting_since_at), min(waiting_since_at)
from conversation
where status = 'pending' and assignee_id is not null
group by assignee_id
"""

_COUNTS: Final = Template("""
select
  instance_id,
  coalesce(sum(n) filter ($chosen and assignee_id = $me), 0),
  coalesce(sum(n) filter ($chosen and status = 'pending'), 0),
  coalesce(sum(n) filter ($chosen and is_unread), 0),
  coalesce(sum(n) filter ($chosen), 0),
  coalesce(sum(n) filter ($chosen and assignee_id is null), 0),
  sum(n)
from conversation_group
where $scope
group by instance_id
order by instance_id
""")


def _page_sql(order: Order, where: str, limit: str, skip: str) -> str:
    """Choose the rows by few columns first, then read the wide ones of these rows only."""
    sorting = ", ".join(f"{key} {order.direction}" for key in order.keys)
    chosen = (
        f"select rowid from conversation where {where} order by {sorting}"
        f" limit {limit} offset {skip}"
    )
    keys = ", ".join(order.keys)
    return (
        f"select {ROW_COLUMNS}, {keys} from conversation"
        f" where rowid in ({chosen}) order by {sorting}"
    )


class _Query:
    """One statement in the making: its parameters, and the person and instant it is for."""

    def __init__(
        self, model: ReadModel, cursor: duckdb.DuckDBPyConnection, who: Acting, now: Instant
    ) -> None:
        self._model = model
        self._cursor = cursor
        self._who = who
        self._now = now
        self._params: dict[str, object] = {}

    def bind(self, value: object) -> str:
        """The name under which a value travels."""
        name = f"p{len(self._params)}"
        self._params[name] = value
        return f"${name}"

    def run(self, statement: str) -> list[Any]:
        return self._cursor.execute(statement, self._params).fetchall()

    def arrow(self, statement: str) -> pa.Table:
        return self._cursor.sql(statement, params=self._params).to_arrow_table()

    def where(self, tree: Tree) -> str:
        """The tree inside the person's scope; the scope is never left out."""
        if self._who.is_masked:
            _refuse_personal(tree)
        return f"{self._who.scope.condition()} and ({self._sql(tree)})"

    def after(self, order: Order, key: Key) -> str:
        """Rows behind a key; the redundant first comparison lets DuckDB skip blocks."""
        sign = "<" if order.direction == "desc" else ">"
        bound = [self.bind(value) for value in key]
        behind = f"{order.keys[-1]} {sign} {bound[-1]}"
        for column, value in reversed(list(zip(order.keys[:-1], bound[:-1], strict=True))):
            behind = f"({column} {sign} {value} or ({column} = {value} and {behind}))"
        return f"{order.keys[0]} {sign}= {bound[0]} and {behind}"

    def _sql(self, tree: Tree) -> str:
        match tree:
            case Everything():
                return "true"
            case Condition():
                return self._condition(tree)
            case Words():
                return self._words(tree)
            case Not(part):
                return f"({self._sql(part)}) is not true"
            case AllOf(parts):
                return self._joined("and", parts)
            case AnyOf(parts):
                return self._joined("or", parts)
            case _:
                assert_never(tree)

    def _words(self, words: Words) -> str:
        return search.condition(self._cursor, self._model.store, words, self.bind)

    def _joined(self, join: str, parts: Sequence[Tree]) -> str:
        return f" {join} ".join(f"({self._sql(part)})" for part in parts)

    def _condition(self, condition: Condition) -> str:
        field = BY_KEY[condition.field]
        if condition.op == "is":
            return field.present
        match field.kind:
            case Kind.NAMES:
                return self._names(field, condition)
            case Kind.DAYS:
                return self._any(field, self._days(condition))
            case Kind.WORDS | Kind.DIGITS:
                return self._any(field, [{"value": v} for v in condition.values])
            case Kind.DURATION | Kind.NUMBER if condition.op != "=":
                return self._compared(field, condition)
            case Kind.NUMBER:
                listed = field.condition.replace("$op $value", "in $values")
                return self._filled(listed, {"values": list(condition.values)})
            case _:
                return self._filled(field.condition, {"values": list(condition.values)})

    def _any(self, field: Field, alternatives: Sequence[dict[str, object]]) -> str:
        return " or ".join(f"({self._filled(field.condition, a)})" for a in alternatives)

    def _days(self, condition: Condition) -> list[dict[str, object]]:
        spans = [
            span(v, self._now, self._model.zone) for v in condition.values if isinstance(v, Days)
        ]
        return [{"first": first, "last": last} for first, last in spans]

    def _compared(self, field: Field, condition: Condition) -> str:
        value = condition.values[0]
        if field.kind is Kind.DURATION and isinstance(value, int):
            value *= SECOND
        return self._filled(field.condition, {"value": value}, condition.op)

    def _names(self, field: Field, condition: Condition) -> str:
        alternatives = [field.absent] if NONE in condition.values and field.absent else []
        wanted = [v for v in condition.values if not (v == NONE and field.absent)]
        found = sorted({i for v in wanted for i in self._found(field, str(v))})
        if found:
            alternatives.append(self._filled(field.condition, {"values": found, "list": found}))
        return " or ".join(f"({a})" for a in alternatives)

    def _found(self, field: Field, typed: str) -> list[int]:
        if typed == ME and field.names == "agent":
            return [self._who.agent_id]
        return self._model.directory.find(field.names, typed, field.key)

    def _filled(self, condition: str, values: dict[str, object], op: str = "=") -> str:
        """A condition of the registry with its placeholders replaced by parameters."""
        template = Template(condition)
        names: dict[str, str] = {"op": op}
        for name in template.get_identifiers():
            if name == "values":
                many = values[name]
                items = many if isinstance(many, list) else [many]
                names[name] = "(" + ", ".join(self.bind(item) for item in items) + ")"
            elif name == "list":
                names[name] = self.bind(values[name]) + "::bigint[]"
            elif name == "now":
                names[name] = self.bind(self._now)
            elif name != "op":
                names[name] = self.bind(values[name])
        return template.substitute(names)


class _Told(_Query):
    """The same statement for people: one part a line, a search by its words."""

    def values(self) -> list[str]:
        """Each parameter with its value, as comment lines."""
        told = {k: json.dumps(v, ensure_ascii=False) for k, v in self._params.items()}
        return [f"-- ${name} = {value}" for name, value in told.items()]

    def _words(self, words: Words) -> str:
        table = "phrase_found" if words.is_phrase else "word_found"
        return f"id in (select id from {table}({self.bind(words.text)}))"

    def _joined(self, join: str, parts: Sequence[Tree]) -> str:
        lines = [f"({self._sql(part)})".replace("\n", "\n  ") for part in parts]
        return "\n  " + f"\n  {join} ".join(lines) + "\n"


def _refuse_personal(tree: Tree) -> None:
    for leaf in leaves(tree):
        if isinstance(leaf, Words) or BY_KEY[leaf.field].is_personal:
            raise FilterError(
                Text(
                    "A análise não filtra por nomes, telefones ou textos de contatos.",
                    "Analysts cannot filter by names, phones or words of contacts.",
                    "El análisis no filtra por nombres, teléfonos ni textos de contactos.",
                )
            )
