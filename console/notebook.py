"""What `console.open()` gives to notebooks and scripts: the same filters, as data frames."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import duckdb

from console.config import Settings
from console.domain.agent import Acting
from console.domain.errors import RuleError
from console.domain.ids import now
from console.i18n import Text
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.store.work import Store


@dataclass(frozen=True, slots=True)
class Console:
    """The conversations of one store, as one person sees them.

    Answers are pandas data frames; those of `console.arrow()` are Arrow tables. Close it, or use
    it in a `with` block.
    """

    store: Store
    model: ReadModel
    who: Acting
    is_arrow: bool = False

    def arrow(self) -> Console:
        """The same console with Arrow tables for answers."""
        return replace(self, is_arrow=True)

    def conversations(self, filter: str = "") -> Any:
        """The conversations of a filter expression, newest activity first.

        Instants are in UTC. Raises FilterError when the expression cannot be read.
        """
        self.model.sync()
        return self._shown(ask.table(self.model, expression.parse(filter), self.who, now()))

    def count(self, filter: str = "") -> int:
        """How many conversations a filter expression matches."""
        self.model.sync()
        return ask.count(self.model, expression.parse(filter), self.who, now())

    def sql(self, statement: str) -> Any:
        """One `select` over the read model: `conversation`, `agent`, `team`, `instance`, `label`.

        Raises RuleError for anything else.
        """
        if self.who.scope.kind != "all" or self.who.is_masked or not _is_select(statement):
            raise RuleError(_ONLY_SELECT)
        self.model.sync()
        with self.model.cursor(is_limited=False) as cursor:
            return self._shown(cursor.sql(statement).to_arrow_table())

    def close(self) -> None:
        """Give back the read model and the store."""
        self.model.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _shown(self, table: Any) -> Any:
        return table if self.is_arrow else table.to_pandas()


def open_console(store: Store, settings: Settings, who: Acting) -> Console:
    """A console over an open store; loads the read model when no file can be taken over."""
    return Console(store, ReadModel.open(store, settings.home / "readmodel", settings), who)


def _is_select(statement: str) -> bool:
    try:
        parsed = duckdb.extract_statements(statement)
    except duckdb.Error:
        return False
    return len(parsed) == 1 and parsed[0].type is duckdb.StatementType.SELECT


_ONLY_SELECT = Text(
    "Aqui só cabe um comando select, para quem vê tudo.",
    "One select statement only, and only for people who see everything.",
    "Solo un comando select, y solo para quien ve todo.",
)
