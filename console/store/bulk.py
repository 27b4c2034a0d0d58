"""Bulk runs and their rows: written with the effects in one transaction, read by the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    case,
    delete,
    false,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from console.domain.agent import Acting, Right
from console.domain.bulk import BulkRow, BulkRun, RowResult, RunStatus
from console.domain.ids import Instant
from console.i18n import Text
from console.store import tables
from console.store.bulk_write import in_order, insert_tuples, numbered
from console.store.rows import condition

_RUN: Final = tables.bulk_run
_ROW: Final = tables.bulk_row
_COLUMNS: Final = in_order(_ROW, _ROW.c.keys())
_JSON: Final = ("counts", "reasons", "problem")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row, as the ledger lists it."""

    position: int
    conversation_id: int
    result: RowResult
    reason: Text | None


class Planned(NamedTuple):
    """A row to be frozen; one that is refused from the start carries the number of its reason.

    A tuple, because a hundred thousand are made while somebody waits.
    """

    conversation_id: int
    version: int
    reason_n: int | None = None
    target_id: int | None = None


@dataclass(frozen=True, slots=True)
class RowEnd:
    """What is written of one row: result, number of the reason, old values."""

    result: RowResult
    reason_n: int | None = None
    was: str | None = None


def add_run(connection: Connection, run: BulkRun, rows: Sequence[Planned]) -> None:
    """Freeze a run with its rows, in their order."""
    connection.execute(insert(_RUN).values(**_run_row(run)))
    if not rows:
        return
    given = numbered(connection, _ROW, Planned._fields, rows)
    is_waiting = given.c.reason_n.is_(None)
    result = case((is_waiting, RowResult.WAITING.value), else_=RowResult.REFUSED.value)
    names = ["run_id", "result", *given.c.keys()]
    wanted = select(literal(run.id), result, *given.c)
    connection.execute(insert(_ROW).from_select(names, wanted))


def add_undo(connection: Connection, undo: BulkRun) -> None:
    """Freeze the run that takes another one back: the rows that it did, one version later."""
    connection.execute(insert(_RUN).values(**_run_row(undo)))
    done = select(
        literal(undo.id),
        _ROW.c.position,
        _ROW.c.conversation_id,
        _ROW.c.version + 1,
        literal(RowResult.WAITING.value),
        null(),
        _ROW.c.was,
        null(),
    ).where(_ROW.c.run_id == undo.undo_of_id, _ROW.c.result == RowResult.DONE)
    connection.execute(insert(_ROW).from_select(list(_COLUMNS), done))


def change_run(connection: Connection, run_id: int, **values: Any) -> BulkRun:
    """Set columns of a run; gives it as it then is."""
    plain = {name: _plain(name, value) for name, value in values.items()}
    connection.execute(update(_RUN).where(_RUN.c.id == run_id).values(**plain))
    return _run(connection.execute(select(_RUN).where(_RUN.c.id == run_id)).mappings().one())


def find_run(connection: Connection, run_id: int, *, lock: bool = False) -> BulkRun | None:
    """One run, or None; a locked one is carried on by nobody else meanwhile."""
    wanted = select(_RUN).where(_RUN.c.id == run_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).mappings().first()
    return _run(row) if row else None


def undo_of(connection: Connection, run_id: int) -> BulkRun | None:
    """The run that takes this one back, or None."""
    row = connection.execute(select(_RUN).where(_RUN.c.undo_of_id == run_id)).mappings().first()
    return _run(row) if row else None


def undone_by(connection: Connection, run_ids: Sequence[int]) -> dict[int, BulkRun]:
    """The runs that take these back, by the run taken back."""
    rows = connection.execute(select(_RUN).where(_RUN.c.undo_of_id.in_(list(run_ids)))).mappings()
    return {row["undo_of_id"]: _run(row) for row in rows}


def active_runs(connection: Connection, who: Acting) -> list[BulkRun]:
    """Runs that go on, are held, or wait for a second person, oldest first."""
    going = (RunStatus.RUNNING, RunStatus.PAUSED, RunStatus.ASKED)
    wanted = _visible(select(_RUN).where(_RUN.c.status.in_(going)), who).order_by(_RUN.c.id)
    return [_run(row) for row in connection.execute(wanted).mappings()]


def next_running(connection: Connection, after: int = 0) -> int | None:
    """A run that is to be carried on: the oldest behind `after`, else the oldest of all."""
    running = _RUN.c.status == RunStatus.RUNNING
    behind = select(func.min(_RUN.c.id)).where(running, _RUN.c.id > after)
    oldest = select(func.min(_RUN.c.id)).where(running)
    found: int | None = connection.scalar(behind) or connection.scalar(oldest)
    return found


def waiting_rows(connection: Connection, run: BulkRun, limit: int) -> list[BulkRow]:
    """The next rows that are still to be done, in their order."""
    wanted = (
        select(
            _ROW.c.position,
            _ROW.c.conversation_id,
            _ROW.c.version,
            _ROW.c.was,
            _ROW.c.target_id,
        )
        .where(
            _ROW.c.run_id == run.id,
            _ROW.c.position >= run.next_position,
            _ROW.c.result == RowResult.WAITING,
        )
        .order_by(_ROW.c.position)
        .limit(limit)
    )
    return [BulkRow(*row) for row in connection.execute(wanted)]


def save_results(
    connection: Connection, run: BulkRun, rows: Sequence[BulkRow], results: Sequence[RowEnd]
) -> None:
    """Write what became of consecutive waiting rows.

    They are written anew: SQLite would scan the whole run for an update by run and position.
    """
    span = _ROW.c.position.between(rows[0].position, rows[-1].position)
    waiting = _ROW.c.result == RowResult.WAITING
    connection.execute(delete(_ROW).where(_ROW.c.run_id == run.id, span, waiting))
    written = [
        (
            run.id,
            row.position,
            row.conversation_id,
            row.version,
            end.result,
            end.reason_n,
            end.was,
            row.target_id,
        )
        for row, end in zip(rows, results, strict=True)
    ]
    insert_tuples(connection, _ROW, _COLUMNS, written)


def runs(connection: Connection, who: Acting, *, limit: int = 50, offset: int = 0) -> list[BulkRun]:
    """The ledger, latest first, as far as the person may see it."""
    wanted = _visible(select(_RUN), who).order_by(_RUN.c.id.desc()).limit(limit).offset(offset)
    return [_run(row) for row in connection.execute(wanted).mappings()]


def run_n(connection: Connection, who: Acting) -> int:
    """How many lines of the ledger the person may see."""
    return connection.scalar(_visible(select(func.count()).select_from(_RUN), who)) or 0


def visible_run(
    connection: Connection, run_id: int, who: Acting, *, lock: bool = False
) -> BulkRun | None:
    """One run that the person may see, or None; a locked one is carried on by nobody meanwhile."""
    wanted = _visible(select(_RUN).where(_RUN.c.id == run_id), who)
    row = connection.execute(wanted.with_for_update() if lock else wanted).mappings().first()
    return _run(row) if row else None


def _visible(wanted: Select[Any], who: Acting) -> Select[Any]:
    """Whoever sees every conversation sees every run; others see their own.

    Without the right to act in bulk nobody sees any: not what was written to whom either.
    """
    if not who.may(Right.BULK):
        return wanted.where(false())
    if who.scope.kind == "all":
        return wanted
    return wanted.where(_RUN.c.author_id == who.agent_id)


def results(
    connection: Connection,
    run: BulkRun,
    who: Acting,
    *,
    result: RowResult | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Result]:
    """What became of the rows that the person may still see, in their order."""
    wanted = select(_ROW.c.position, _ROW.c.conversation_id, _ROW.c.result, _ROW.c.reason_n)
    rows = connection.execute(
        _in_sight(wanted, run, who, result).order_by(_ROW.c.position).limit(limit).offset(offset)
    )
    return [Result(p, i, RowResult(r), _reason(run, n)) for p, i, r, n in rows]


def result_counts(
    connection: Connection, run: BulkRun, who: Acting
) -> dict[tuple[RowResult, int | None], int]:
    """How many rows there are by result and number of the reason."""
    wanted = select(_ROW.c.result, _ROW.c.reason_n, func.count())
    grouped = _in_sight(wanted, run, who, None).group_by(_ROW.c.result, _ROW.c.reason_n)
    return {(RowResult(r), n): count for r, n, count in connection.execute(grouped)}


def _in_sight(
    wanted: Select[Any], run: BulkRun, who: Acting, result: RowResult | None
) -> Select[Any]:
    conversation = tables.conversation
    wanted = wanted.where(_ROW.c.run_id == run.id)
    if result is not None:
        wanted = wanted.where(_ROW.c.result == result)
    if who.scope.kind == "all":
        return wanted
    return wanted.join(conversation, conversation.c.id == _ROW.c.conversation_id).where(
        condition(who.scope)
    )


def drop_plans(connection: Connection, before: Instant, author_id: int | None = None) -> int:
    """Forget plans nobody started: those of an author, and everybody's from before an instant."""
    old = _RUN.c.planned_at < before
    chosen = old if author_id is None else or_(old, _RUN.c.author_id == author_id)
    ids = select(_RUN.c.id).where(_RUN.c.status == RunStatus.PLANNED, chosen).order_by(_RUN.c.id)
    found = list(connection.scalars(ids.with_for_update()))  # one that is being started stays
    connection.execute(delete(_ROW).where(_ROW.c.run_id.in_(found)))
    connection.execute(delete(_RUN).where(_RUN.c.id.in_(found)))
    return len(found)


def _reason(run: BulkRun, number: int | None) -> Text | None:
    return None if number is None else run.reasons[number]


def _run_row(run: BulkRun) -> dict[str, Any]:
    return {c.name: _plain(c.name, getattr(run, c.name)) for c in _RUN.c}


def _plain(name: str, value: Any) -> Any:
    if name not in _JSON or value is None:
        return value
    if isinstance(value, tuple):
        value = [_words(text) for text in value]
    return json.dumps(_words(value) if isinstance(value, Text) else value, ensure_ascii=False)


def _words(text: Text) -> list[str]:
    return [text.pt, text.en, text.es]


def _run(row: Mapping[Any, Any]) -> BulkRun:
    values = dict(row)
    values["status"] = RunStatus(values["status"])
    values["counts"] = json.loads(values["counts"])
    values["reasons"] = tuple(Text(*words) for words in json.loads(values["reasons"]))
    values["problem"] = Text(*json.loads(values["problem"])) if values["problem"] else None
    return BulkRun(**values)
