"""Each statement of a bulk run fails once: nothing is half done, and the retry succeeds."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from console import actions
from console.actions.advance import advance
from console.domain.bulk import RunStatus
from console.store import tables
from console.store.work import Store
from office import Office, new_key, unsound

NAMES = ("reply", "label_off", "block")


class FailedError(Exception):
    """What a statement answers that fails."""


@contextmanager
def failing(store, place):
    """The statement at this place fails, or the commit after the last one; tells how many came."""
    came = []

    def count(*_):
        came.append(1)
        if len(came) == place:
            raise FailedError

    for name in ("before_cursor_execute", "commit"):
        event.listen(store.engine, name, count)
    try:
        yield came
    finally:
        for name in ("before_cursor_execute", "commit"):
            event.remove(store.engine, name, count)


def everything(store):
    """Each row of each table."""
    with store.read() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in tables.metadata.sorted_tables
        }


def repeated(store, step):
    """Let a step fail at each of its statements in turn; its answer at last, and how often."""
    before = everything(store)
    for place in range(1, 100):
        with failing(store, place) as came:
            try:
                answer = step()
            except FailedError:
                assert everything(store) == before, f"half done at statement {place}"
                continue
        assert len(came) == place - 1
        return answer, place - 1
    raise AssertionError("it never ends")


def steps(office, name, ids):
    """Everything a run goes through, step by step, with its results handed on."""
    rows, reasons = office.frozen(office.wish(name), ids, office.bia, {})
    run_id = yield command(office, actions.PlanBulk(office.wish(name), "", rows, reasons))
    yield command(office, actions.StartBulk(run_id))
    yield carry_on(office, run_id)
    yield command(office, actions.PauseBulk(run_id))
    yield command(office, actions.ResumeBulk(run_id))
    yield carry_on(office, run_id)
    undo_id = yield command(office, actions.UndoBulk(run_id))
    yield carry_on(office, undo_id)
    yield carry_on(office, undo_id)


def command(office, wish):
    key = new_key()
    return lambda: office.run(wish, by=office.bia, key=key).done[0]


def carry_on(office, run_id):
    return lambda: advance(office.store, run_id, at=office.at, limit=2)


def all_repeated(office, name, ids):
    """The last answer of all steps, and how many statements failed in each."""
    story = steps(office, name, ids)
    failed, step = [], next(story)
    while True:
        answer, n = repeated(office.store, step)
        failed.append(n)
        try:
            step = story.send(answer)
        except StopIteration:
            return answer, failed


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_that_fails_leaves_nothing_and_can_be_repeated(store, name):
    office = Office(store)
    ids = office.ready(name, 3)
    undo, failed = all_repeated(office, name, ids)
    assert min(failed) >= 5
    assert (undo.status, undo.done_n) == (RunStatus.DONE, 3)
    assert office.found(undo.undo_of_id).done_n == 3
    assert unsound(store) == []


@pytest.mark.postgres
def test_without_one_transaction_a_statement_that_fails_leaves_half_a_chunk(postgres_store):
    """The control: a store that commits each statement by itself."""
    office = Office(postgres_store)
    run_id = office.start(office.plan(actions.Resolve(), *office.conversations(2)))
    engine = postgres_store.engine.execution_options(isolation_level="AUTOCOMMIT")
    torn = Store(engine, postgres_store.url)
    with pytest.raises(AssertionError, match="half done"):
        repeated(torn, lambda: advance(torn, run_id, at=office.at, limit=2))
