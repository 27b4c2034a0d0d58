"""Bulk runs that exist already: carrying them on, the ledger, taking them back."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import click

from console.cli.base import (
    CliError,
    acting_as,
    example,
    existing_store,
    json_or_table,
    progress,
    progress_done,
    show,
)

if TYPE_CHECKING:
    from console.domain.agent import Acting
    from console.domain.bulk import BulkRun
    from console.store.work import Store

MOST_RUNS: Final = 1_000  # of the ledger in one list
_GAP_S: Final = 0.02  # between chunks: other processes write meanwhile
_RUN: Final = click.argument("run_id", metavar="RUN", type=click.IntRange(1, 2**63 - 1))
_AS: Final = click.option(
    "--as", "email", metavar="MAIL", help="Act as this person; default: Central itself."
)


def wish(store: Store, command: Any, who: Acting) -> int:
    """Run a command about a run; gives the id of the run it was about or made."""
    from console.actions import run
    from console.domain.ids import new_id, now

    outcome = run(store, command, actor=who, at=now(), key=f"cli:{new_id()}")
    return outcome.done[0]


def carried(store: Store, run_id: int, who: Acting, form: str) -> None:
    """Carry a run on to its end in this process, then say what became of it."""
    from console.actions import PauseBulk
    from console.actions.advance import carried_on
    from console.collector import collect_rarely
    from console.domain.ids import now

    collect_rarely()
    try:
        for run in carried_on(store, run_id, now):
            progress(f"{run.total_n - run.waiting_n:,} of {run.total_n:,} …")
            time.sleep(_GAP_S)
    except KeyboardInterrupt:
        wish(store, PauseBulk(run_id), who)
        click.echo(f"\nPaused; `central bulk resume {run_id}` goes on.", err=True)
        raise
    progress_done()
    say(store, _run(store, run_id, who), who, form, is_done=True)


def _run(store: Store, run_id: int, who: Acting) -> BulkRun:
    from console.store.bulk import visible_run

    with store.read() as connection:
        found = visible_run(connection, run_id, who)
    if found is None:
        raise CliError(f"There is no run {run_id}: see `central bulk list`")
    return found


def say(store: Store, run: BulkRun, who: Acting, form: str, *, is_done: bool) -> None:
    """Print how a run stands, and why rows are skipped."""
    from console.bulk import skipped

    reasons = [{"reason": s.reason.en, "n": s.n} for s in skipped(store, run, who)]
    facts = _facts(run)
    if form == "json":
        told = {**facts, "reasons": reasons, "counts": run.counts}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    show([facts], form)
    if reasons:
        click.echo("" if is_done else "\nWould be skipped:")
        show(reasons, form)
    if run.problem:
        click.echo(f"\nHeld: {run.problem.en}")


def _facts(run: BulkRun) -> dict[str, object]:
    return {
        "run": str(run.id),
        "command": run.kind,
        "status": run.status.value,
        "total": run.total_n,
        "done": run.done_n,
        "refused": run.refused_n,
        "waiting": run.waiting_n,
        "undo_of": str(run.undo_of_id) if run.undo_of_id else None,
        "filter": run.filter,
    }


@click.command("list", epilog=example("central bulk list --limit 10"))
@click.option("--limit", type=click.IntRange(1, MOST_RUNS), default=20, show_default=True)
@_AS
@json_or_table
def list_(limit: int, email: str | None, form: str) -> None:
    """The ledger, latest run first."""
    from console.store.bulk import runs

    store, _ = existing_store()
    with store.read() as connection:
        found = runs(connection, acting_as(store, email), limit=limit)
    show([_facts(run) for run in found], form)


@click.command(
    "show", epilog=example("central bulk show 901234567890", "central bulk show RUN --rows")
)
@_RUN
@click.option("--rows", is_flag=True, help="The result of each row instead.")
@_AS
@json_or_table
def show_(run_id: int, rows: bool, email: str | None, form: str) -> None:
    """One run: how far it is, who was skipped and why."""
    from console.store.bulk import results

    store, _ = existing_store()
    who = acting_as(store, email)
    run = _run(store, run_id, who)
    if not rows:
        say(store, run, who, form, is_done=True)
        return
    with store.read() as connection:
        found = results(connection, run, who)
    show(
        [
            {
                "conversation": str(r.conversation_id),
                "result": r.result.value,
                "reason": r.reason.en if r.reason else None,
            }
            for r in found
        ],
        form,
    )


def _about(name: str, command_name: str, text: str, *, carries: bool) -> click.Command:
    """A command about one run."""

    @_RUN
    @_AS
    @json_or_table
    def do(run_id: int, email: str | None, form: str) -> None:
        from console import actions

        store, _ = existing_store()
        who = acting_as(store, email)
        about = wish(store, _of(actions, command_name, store, run_id, who), who)
        if carries:
            carried(store, about, who, form)
        else:
            say(store, _run(store, about, who), who, form, is_done=True)

    return click.command(name, help=text, epilog=example(f"central bulk {name} RUN"))(do)


def _of(actions: Any, name: str, store: Store, run_id: int, who: Acting) -> Any:
    made = getattr(actions, name)
    is_start = name == "StartBulk"
    return made(run_id, _run(store, run_id, who).waiting_n) if is_start else made(run_id)


COMMANDS: Final[tuple[click.Command, ...]] = (
    list_,
    show_,
    _about(
        "start",
        "StartBulk",
        "Run what was previewed, or approve what somebody asks for.",
        carries=True,
    ),
    _about("pause", "PauseBulk", "Hold a running run.", carries=False),
    _about("resume", "ResumeBulk", "Carry a paused run on.", carries=True),
    _about("cancel", "CancelBulk", "End a run; what is done stays done.", carries=False),
    _about("undo", "UndoBulk", "Take a run back where nobody touched a row since.", carries=True),
)
