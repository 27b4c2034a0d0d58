"""What `console.open()` gives to notebooks and scripts: the same filters, as data frames."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

import pyarrow as pa

from console.actions import StartBulk, UndoBulk, run
from console.actions.advance import carried_on
from console.actions.bulk import NO_SUCH_RUN, BulkCommand
from console.bulk import plan
from console.config import Settings
from console.domain.agent import Acting
from console.domain.bulk import BulkRun
from console.domain.errors import RuleError
from console.domain.ids import Instant, new_id, now
from console.readmodel import ask, expression, inquiry, sql
from console.readmodel.explain import explain
from console.readmodel.measure import Clock
from console.readmodel.model import ReadModel
from console.store import bulk
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

    def metric(
        self,
        key: str,
        by: str = "",
        *,
        first: str = "",
        last: str = "",
        filter: str = "",
        credit: str = "",
        clock: Clock = "calendar",
    ) -> Any:
        """A metric over local days, or its parts `by` dimensions such as `agent` or `team,day`.

        Days are `2026-11-01`, `7d`, `yesterday`, both included; without them the last thirty.
        Durations are seconds. Raises RuleError for an unknown metric or dimension, FilterError.
        """
        at = self._counted()
        asked = inquiry.question(
            self.model, key, at, first=first, last=last, filter=filter, credit=credit, clock=clock
        )
        wanted = inquiry.dimensions(asked, by)
        return self._shown(inquiry.table(self.model, asked, wanted, self.who, at))

    def explain(
        self,
        key: str,
        by: str = "",
        *,
        first: str = "",
        last: str = "",
        against: str = "",
        filter: str = "",
        credit: str = "",
        clock: Clock = "calendar",
    ) -> Any:
        """What each group adds to the change of a metric since other days, greatest first.

        `by` is agent, team, instance, hour, weekday or label; `against` are days such as
        `2026-10-01..2026-10-31`, without it the period before. Of a mean or a share `mix` and
        `rate` add up to `change`: weights that moved between groups, values within them. Durations
        are seconds. Raises RuleError for an unknown metric or dimension, FilterError.
        """
        at = self._counted()
        asked = inquiry.question(
            self.model, key, at, first=first, last=last, filter=filter, credit=credit, clock=clock
        )
        before = inquiry.against(self.model, asked, against, at)
        wanted = inquiry.dimension(asked, by)
        found = explain(self.model, asked, before, wanted, self.who, at)
        return self._shown(inquiry.explained(found, self.model.directory))

    def plan(self, command: BulkCommand, filter: str) -> BulkRun:
        """Freeze what a command would do to everything a filter matches; nothing changes yet.

        The run says how many rows would be done (`waiting_n`) and skipped (`refused_n`).
        """
        tree = expression.parse(filter)
        key = f"notebook:{new_id()}"
        return plan(self.store, self.model, command, tree, who=self.who, at=now(), key=key)

    def start(self, planned: BulkRun) -> BulkRun:
        """Carry a planned run out to its end, here and now."""
        self._wish(StartBulk(planned.id, planned.waiting_n))
        return self._carried(planned.id)

    def undo(self, done: BulkRun) -> BulkRun:
        """Take a run back where nobody touched a row since; the run that did so."""
        return self._carried(self._wish(UndoBulk(done.id)))

    def results(self, run: BulkRun) -> Any:
        """What became of each row of a run: conversation, result, reason."""
        with self.store.read() as connection:
            found = bulk.visible_run(connection, run.id, self.who)
            rows = bulk.results(connection, found, self.who) if found else []
        language = self.who.language
        table = pa.table(
            {
                "conversation": pa.array([r.conversation_id for r in rows], pa.int64()),
                "result": pa.array([r.result.value for r in rows], pa.string()),
                "reason": pa.array(
                    [r.reason.in_(language) if r.reason else None for r in rows], pa.string()
                ),
            }
        )
        return self._shown(table)

    def sql(self, statement: str, *, limit_s: float = sql.NOTEBOOK_LIMIT_S) -> Any:
        """One `select` over the tables of the page Analisar, with this person's rows and columns.

        Days begin in the account's zone. Raises QueryError: one sentence, and the place as `at`.
        """
        self.model.sync()
        return self._shown(sql.answer(self.model, self.who, statement, limit_s=limit_s).table)

    def close(self) -> None:
        """Give back the read model and the store."""
        self.model.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wish(self, command: StartBulk | UndoBulk) -> int:
        key = f"notebook:{new_id()}"
        return run(self.store, command, actor=self.who, at=now(), key=key).done[0]

    def _carried(self, run_id: int) -> BulkRun:
        found = None
        for found in carried_on(self.store, run_id, now):  # noqa: B007 - the last one is wanted
            pass
        self.model.sync()
        if found is None:
            raise RuleError(NO_SUCH_RUN)
        return found

    def _counted(self) -> Instant:
        """Bring lists and facts up to date; the instant of what is asked next."""
        self.model.sync()
        self.model.count_all()
        return now()

    def _shown(self, table: Any) -> Any:
        return table if self.is_arrow else table.to_pandas()


def open_console(store: Store, settings: Settings, who: Acting) -> Console:
    """A console over an open store; loads the read model when no file can be taken over."""
    return Console(store, ReadModel.open(store, settings.home / "readmodel", settings), who)
