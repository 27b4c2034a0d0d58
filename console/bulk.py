"""Planning a bulk run: what a filter matches, frozen, and what would become of each row.

The rules of a command depend on few fields of a row (`reads`), so each different combination of
their values is decided once: a preview of a hundred thousand rows asks the rules a few times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa

from console.actions import Distribute, PlanBulk, run
from console.actions.assign import ALREADY_THERE
from console.actions.base import CheckedCommand, ContactCommand
from console.actions.bulk import BulkCommand
from console.domain.agent import Acting
from console.domain.bulk import BulkRun
from console.domain.contact import Contact
from console.domain.conversation import Conversation, Status
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.i18n import Text
from console.readmodel import ask, expression
from console.readmodel.model import ReadModel
from console.readmodel.rows import Row
from console.readmodel.tree import Condition, Everything, Tree
from console.store import bulk
from console.store.bulk import Planned
from console.store.work import Store

GROUPS: Final = {
    "assignee": "assignee_id",
    "team": "team_id",
    "status": "status",
    "instance": "instance_id",
}
_FROZEN: Final = ("id", "version")
SAMPLE: Final = 5


@dataclass(frozen=True, slots=True)
class Skipped:
    """A reason, and how many rows are skipped for it."""

    reason: Text
    n: int


def plan(
    store: Store,
    model: ReadModel,
    command: BulkCommand,
    tree: Tree,
    *,
    who: Acting,
    at: Instant,
    key: str,
) -> BulkRun:
    """Freeze what `tree` matches for this person into a planned run; raises RuleError.

    Nothing of the conversations changes. The run says how many rows would be done, how many are
    skipped and why, and how they are spread over agents, teams, statuses and instances.
    """
    model.sync()
    if isinstance(command, CheckedCommand):
        with store.read() as connection:
            command.check(connection, who)
    columns = dict.fromkeys((*_FROZEN, *GROUPS.values(), *command.reads))
    found = ask.frozen(model, tree, who, at, list(columns))
    if isinstance(command, Distribute):
        targets = command.targets(found.num_rows, _load_beside(found, ask.open_by_assignee(model)))
        rows, reasons = _handed(found, targets)
        groups = {"to": _got(rows)}
    else:
        rows, reasons = _decided(command, found, who, at)
        groups = {}
    wish = PlanBulk(command, expression.to_text(tree), rows, reasons, {**groups, **_counts(found)})
    made = run(store, wish, actor=who, at=at, key=key).done[0]
    with store.read() as connection:
        planned = bulk.find_run(connection, made)
    if planned is None:
        raise RuleError(_GONE)
    return planned


def skipped(store: Store, planned: BulkRun, who: Acting) -> list[Skipped]:
    """The reasons for which rows of a run are refused, the most frequent first."""
    with store.read() as connection:
        run = bulk.find_run(connection, planned.id) or planned  # it may have gone on since
        counts = bulk.result_counts(connection, run, who)
    found = [Skipped(run.reasons[n], k) for (_, n), k in counts.items() if n is not None]
    return sorted(found, key=lambda one: (-one.n, one.reason.pt))


def sample(store: Store, model: ReadModel, planned: BulkRun, who: Acting, at: Instant) -> list[Row]:
    """The first rows that a run would change, as they are now."""
    with store.read() as connection:
        first = bulk.waiting_rows(connection, planned, SAMPLE)
    return ask.rows(model, Everything(), who, [row.conversation_id for row in first], at)


def chosen(ids: Iterable[int]) -> Tree:
    """The tree of a selection of conversations."""
    return Condition("id", "=", tuple(ids))


def _decided(
    command: BulkCommand, found: pa.Table, who: Acting, at: Instant
) -> tuple[tuple[Planned, ...], tuple[Text, ...]]:
    """Each row with the number of the reason for which it is refused, and the reasons."""
    numbers: dict[Text, int] = {}
    known: dict[tuple[Any, ...], int | None] = {}
    decide = _decider(command, who, at)

    def reason(values: tuple[Any, ...]) -> int | None:
        if values not in known:
            refusal = decide(values)
            known[values] = None if refusal is None else numbers.setdefault(refusal, len(numbers))
        return known[values]

    ids, versions = (found.column(name).to_pylist() for name in _FROZEN)
    read = [_hashable(found.column(name).to_pylist()) for name in command.reads]
    values = zip(*read, strict=True) if read else iter([()] * len(ids))
    rows = tuple(
        Planned(i, version, reason(seen))
        for i, version, seen in zip(ids, versions, values, strict=True)
    )
    return rows, tuple(numbers)


def _handed(
    found: pa.Table, targets: Sequence[int]
) -> tuple[tuple[Planned, ...], tuple[Text, ...]]:
    """Each row with whom it goes to; those who have theirs already keep them."""
    columns = (found.column(name).to_pylist() for name in (*_FROZEN, GROUPS["assignee"]))
    rows = tuple(
        Planned(i, version, None if assignee != target else 0, target)
        for i, version, assignee, target in zip(*columns, targets, strict=True)
    )
    is_refused = any(row.reason_n == 0 for row in rows)
    return rows, (ALREADY_THERE,) if is_refused else ()


def _load_beside(found: pa.Table, load: Mapping[int, int]) -> dict[int, int]:
    """How many conversations each one has open beside those that are handed out."""
    assignees, statuses = (
        found.column(GROUPS[name]).to_pylist() for name in ("assignee", "status")
    )
    handed = Counter(
        a for a, status in zip(assignees, statuses, strict=True) if status == Status.PENDING
    )
    return {agent_id: n - handed[agent_id] for agent_id, n in load.items()}


def _got(rows: Sequence[Planned]) -> dict[str, int]:
    """How many rows each one gets."""
    counted = Counter(str(row.target_id) for row in rows if row.reason_n is None)
    return dict(counted.most_common())


def _hashable(values: list[Any]) -> list[Any]:
    return [frozenset(v) if isinstance(v, list) else v for v in values]


def _decider(
    command: BulkCommand, who: Acting, at: Instant
) -> Callable[[tuple[Any, ...]], Text | None]:
    def refusal(values: tuple[Any, ...]) -> Text | None:
        fields = dict(zip(command.reads, values, strict=True))
        try:
            if isinstance(command, ContactCommand):
                command.decide_contact(Contact(0, "", **fields), who, at)
            else:
                command.decide(Conversation(0, 0, 0, **fields), who, at)
        except RuleError as error:
            return error.text
        return None

    return refusal


def _counts(found: pa.Table) -> Mapping[str, Mapping[str, int]]:
    """How many rows there are per value of each group; the empty key is nobody."""
    return {group: _spread(found.column(column)) for group, column in GROUPS.items()}


def _spread(column: pa.ChunkedArray) -> dict[str, int]:
    counted = column.value_counts().to_pylist()
    pairs = [("" if c["values"] is None else str(c["values"]), c["counts"]) for c in counted]
    return dict(sorted(pairs, key=lambda pair: -pair[1]))


_GONE: Final = Text(
    "O plano foi substituído por outro. Confira de novo.",
    "The plan was replaced by another one. Look again.",
    "El plan fue reemplazado por otro. Revísalo de nuevo.",
)
