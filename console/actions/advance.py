"""Carrying bulk runs on: one chunk of rows, its effects and its results in one transaction.

A row that is done has its result in the transaction that did it, so a process may die anywhere:
whoever carries the run on finds every row either done or waiting.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from console.actions import COMMANDS
from console.actions.base import NOT_ALLOWED, ContactCommand, Outcome
from console.actions.bulk import BulkCommand
from console.actions.carry import Work, carry_out
from console.actions.distribute import Distribute, Handed
from console.actions.run import today
from console.actions.take_back import take_back
from console.domain import restore
from console.domain.agent import Acting, Right, Role, system
from console.domain.bulk import BulkRow, BulkRun, RowResult, RunStatus
from console.domain.errors import RuleError
from console.domain.ids import Instant
from console.i18n import Text
from console.store import bulk
from console.store.bulk import RowEnd
from console.store.rows import RESTORED_FIELDS, load_conversations
from console.store.withdraw import last_blocking_runs
from console.store.work import Connection, Store

CHUNK: Final = 2_000  # a quarter of a second of the store at most: others write in between
BULK_COMMANDS: Final[dict[str, Any]] = {c.kind: c for c in COMMANDS if getattr(c, "bulk", False)}


def advance(store: Store, run_id: int, *, at: Instant, limit: int = CHUNK) -> BulkRun | None:
    """Do the next rows of a running run; the run as it is afterwards, None when there is none.

    What would go wrong for every row, such as an author who may no longer act, pauses the run.
    """

    def unit(connection: Connection) -> BulkRun | None:
        run = bulk.find_run(connection, run_id, lock=True)
        if run is None or run.status is not RunStatus.RUNNING:
            return run
        rows = bulk.waiting_rows(connection, run, limit)
        if not rows:
            return bulk.change_run(connection, run.id, status=RunStatus.DONE, ended_at=at)
        try:
            work = Work(connection, author(connection, run), at, run.id)
            outcome = _carried_out(work, run, rows)
        except RuleError as error:
            return paused(connection, run.id, error.text)
        return _kept(work, run, rows, outcome)

    return store.write(unit)


def carried_on(store: Store, run_id: int, clock: Callable[[], Instant]) -> Iterator[BulkRun]:
    """Carry a run on until it does not run any more; the run after each chunk."""
    while found := advance(store, run_id, at=clock()):
        yield found
        if found.status is not RunStatus.RUNNING:
            return


def paused(connection: Connection, run_id: int, problem: Text) -> BulkRun | None:
    """Hold a run and say why; one that does not run any more is left as it is."""
    run = bulk.find_run(connection, run_id, lock=True)
    if run is None or run.status is not RunStatus.RUNNING:
        return run
    return bulk.change_run(connection, run_id, status=RunStatus.PAUSED, problem=problem)


def command_of(run: BulkRun) -> BulkCommand:
    """The command that a run carries out."""
    given = {n: tuple(v) if isinstance(v, list) else v for n, v in _arguments(run).items()}
    made: BulkCommand = BULK_COMMANDS[run.kind](**given)
    return made


def _arguments(run: BulkRun) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.arguments)
    return found


def author(connection: Connection, run: BulkRun) -> Acting:
    """Who acts in a run, with today's rights; raises RuleError when they may no longer."""
    if run.author_id is None:
        return system()
    who = today(connection, Acting(run.author_id, "", Role.AGENT))
    if not who.may(Right.BULK):
        raise RuleError(NOT_ALLOWED)
    return who


def _carried_out(work: Work, run: BulkRun, rows: Sequence[BulkRow]) -> Outcome:
    if run.is_undo:
        original = bulk.find_run(work.connection, run.undo_of_id or 0)
        assert original is not None  # noqa: S101 - a foreign key says so
        return take_back(work, original, command_of(original), rows)
    command = command_of(run)
    if not work.actor.may(command.right):
        raise RuleError(NOT_ALLOWED)
    ids = [row.conversation_id for row in rows]
    if isinstance(command, ContactCommand):
        return on_contacts_of(work, command, ids)
    if isinstance(command, Distribute):
        command.check(work.connection, work.actor)
        command = Handed({row.conversation_id: row.target_id for row in rows})
    carry_out(work, command, ids, {row.conversation_id: row.version for row in rows})
    return work.outcome()


def on_contacts_of(work: Work, command: ContactCommand, ids: Iterable[int]) -> Outcome:
    """A wish about the contacts of these conversations; several may have the same one.

    What the run did to a contact in an earlier chunk is done for its later rows too.
    """
    states = load_conversations(work.connection, list(ids))
    contacts = sorted({state.contact_id for state in states})
    last = last_blocking_runs(work.connection, contacts)
    earlier = {i for i in contacts if last.get(i) == work.bulk_id}
    carry_out(work, command, [i for i in contacts if i not in earlier], {})
    done = earlier.union(work.done)
    return Outcome(
        tuple(s.id for s in states if s.contact_id in done),
        {s.id: work.refused[s.contact_id] for s in states if s.contact_id in work.refused},
    )


def _kept(work: Work, run: BulkRun, rows: Sequence[BulkRow], outcome: Outcome) -> BulkRun:
    """Write the result of each row, and how far the run has come."""
    done = frozenset(outcome.done)
    numbers = {text: n for n, text in enumerate(run.reasons)}
    for text in outcome.refused.values():
        numbers.setdefault(text, len(numbers))
    states = work.changes.states
    old = restore.kept(states, RESTORED_FIELDS)
    was = {before.id: text for (before, _), text in zip(states, old, strict=True)}
    ends = [_end(row.conversation_id, done, outcome, numbers, was) for row in rows]
    bulk.save_results(work.connection, run, rows, ends)
    is_over = run.waiting_n <= len(rows)
    return bulk.change_run(
        work.connection,
        run.id,
        done_n=run.done_n + len(done),
        refused_n=run.refused_n + len(rows) - len(done),
        next_position=rows[-1].position + 1,
        reasons=tuple(numbers),
        **({"status": RunStatus.DONE, "ended_at": work.at} if is_over else {}),
    )


def _end(
    conversation_id: int,
    done: frozenset[int],
    outcome: Outcome,
    numbers: Mapping[Text, int],
    was: Mapping[int, str],
) -> RowEnd:
    if conversation_id in done:
        return RowEnd(RowResult.DONE, was=was.get(conversation_id))
    return RowEnd(RowResult.REFUSED, numbers[outcome.refused[conversation_id]])
