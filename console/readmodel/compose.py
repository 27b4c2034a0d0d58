"""The composer: filter trees to SQL.

All values travel as named parameters; the texts around them come from the filter registry and
from this module. DuckDB refuses parameters that a statement does not use, so each is bound where
it is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from string import Template
from typing import Any, Final, assert_never

import duckdb
import pyarrow as pa

from console.domain.agent import Acting
from console.domain.ids import SECOND, Instant
from console.i18n import Text
from console.readmodel import search
from console.readmodel.filters import BY_KEY, ME, NONE, Field, Kind
from console.readmodel.model import ReadModel
from console.readmodel.rows import Key, Order
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

_IN_ORDER: Final = {
    "PROJECTION",
    "FILTER",
    "SEQ_SCAN",
}  # the steps of a plan, as DuckDB 2.0 names them


class Query:
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
        """The rows of a statement that uses what was bound."""
        return self._cursor.execute(statement, self._params).fetchall()

    def arrow(self, statement: str) -> pa.Table:
        """The same as an Arrow table."""
        return self._cursor.sql(statement, params=self._params).to_arrow_table()

    def batches(self, statement: str, size: int) -> Iterator[pa.RecordBatch]:
        """The same as Arrow batches that pass by once; the cursor is taken until the last."""
        yield from self._cursor.sql(statement, params=self._params).to_arrow_reader(size)

    def keeps_order(self, statement: str) -> bool:
        """Whether rows come in the order in which they are kept: by no join and no grouping."""
        ((_, plan),) = self.run(f"explain (format json) {statement}")
        steps = json.loads(plan)
        while len(steps) == 1 and steps[0]["name"] in _IN_ORDER:
            steps = steps[0]["children"]
        return not steps

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


class Told(Query):
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


def has_clock(tree: Tree) -> bool:
    """Whether what a tree matches may change by the passing of time alone."""
    return any(isinstance(leaf, Condition) and _has_clock(leaf) for leaf in leaves(tree))


def _has_clock(condition: Condition) -> bool:
    field = BY_KEY[condition.field]
    return condition.op != "is" and (field.kind is Kind.DAYS or "$now" in field.condition)


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
