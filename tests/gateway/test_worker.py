"""The worker: carries on what is running, whoever left it, in turns, and never for ever."""

import threading
import time

import pytest
from sqlalchemy import update

from console import actions
from console.actions import snooze
from console.domain.bulk import RunStatus
from console.domain.ids import HOUR, now
from console.gateway import beside
from console.gateway import worker as module
from console.gateway.worker import BROKEN, Worker
from console.store import tables
from office import Office, facts, unsound

PATIENCE_S = 30


@pytest.fixture
def office(store):
    return Office(store)


@pytest.fixture
def small(monkeypatch):
    """Chunks of one row."""
    monkeypatch.setitem(module.advance.__kwdefaults__, "limit", 1)


@pytest.fixture
def worker(office):
    made = Worker(office.store)
    yield made
    made.stop()


def started(office, command, n=3):
    return office.start(office.plan(command, *office.conversations(n)))


def two_started(office, n):
    """Two runs of different people over different conversations, `n` each."""
    ids = office.conversations(2 * n)
    first = office.start(office.plan(actions.Resolve(), *ids[:n]))
    return first, office.start(
        office.plan(actions.Resolve(), *ids[n:], by=office.caio), office.caio
    )


def until(is_so):
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def status(office, run_id):
    return office.found(run_id).status


def broken(office, run_id, arguments='{"x": 1}'):
    """A run whose arguments no command takes: whoever carries it on fails; or mend it again."""
    known = tables.bulk_run.c.id == run_id
    change = update(tables.bulk_run).where(known).values(arguments=arguments)
    office.store.write(lambda connection: connection.execute(change))


def test_what_a_dead_process_left_running_is_carried_on(office, worker):
    run_id = started(office, actions.Resolve(), 5)
    office.advance(run_id, 2)  # and then it died
    worker.start()
    until(lambda: status(office, run_id) is RunStatus.DONE)
    assert office.found(run_id).done_n == 5
    assert {e.actor_id for e in facts(office.store, bulk_id=run_id)} == {office.bia.agent_id}
    assert unsound(office.store) == []


def test_what_starts_later_begins_when_the_worker_is_woken(office, worker, monkeypatch):
    monkeypatch.setattr(beside, "_PAUSE_S", PATIENCE_S)  # by itself it would look too late
    worker.start()
    run_id = started(office, actions.Resolve())
    worker.wake()
    until(lambda: status(office, run_id) is RunStatus.DONE)


def test_two_runs_take_turns(office, worker, small):
    first, second = two_started(office, 3)
    done = []
    while worker.step():
        done.append((office.found(first).done_n, office.found(second).done_n))
    assert done == [(1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3)]


def test_nothing_to_do_is_said(office, worker):
    office.plan(actions.Resolve(), *office.conversations(1))
    assert worker.step() is False


def test_a_run_that_fails_three_times_is_held_with_the_reason_and_others_go_on(
    office, worker, small, caplog
):
    bad, good = two_started(office, 4)
    broken(office, bad)
    steps = [(worker.step(), status(office, bad), office.found(good).done_n) for _ in range(6)]
    assert [(held, n) for _, held, n in steps] == [
        (RunStatus.RUNNING, 0),
        (RunStatus.RUNNING, 1),
        (RunStatus.RUNNING, 1),
        (RunStatus.RUNNING, 2),
        (RunStatus.PAUSED, 2),
        (RunStatus.PAUSED, 3),
    ]
    assert office.found(bad).problem == BROKEN
    while worker.step():
        pass
    assert status(office, good) is RunStatus.DONE
    told = [r.getMessage().partition(":")[0] for r in caplog.records]  # the server adds the place
    assert told == [f"Bulk run {bad} failed"] * 3
    assert unsound(office.store) == []


def test_a_held_run_has_three_tries_again_once_it_is_resumed(office, worker, caplog):
    run_id = started(office, actions.Resolve())
    arguments = office.found(run_id).arguments
    broken(office, run_id)
    while worker.step():
        pass
    office.run(actions.ResumeBulk(run_id), by=office.bia)
    assert office.found(run_id).problem is None
    worker.step()
    assert status(office, run_id) is RunStatus.RUNNING
    broken(office, run_id, arguments)
    while worker.step():
        pass
    assert (status(office, run_id), len(caplog.records)) == (RunStatus.DONE, 4)


def test_a_failure_now_and_then_is_forgotten_after_each_chunk_that_went_well(
    office, worker, small, caplog
):
    run_id = started(office, actions.Resolve(), 4)
    arguments = office.found(run_id).arguments
    for wanted in ("bad", "bad", "good") * 3:
        broken(office, run_id, *([arguments] if wanted == "good" else []))
        worker.step()
    assert (status(office, run_id), office.found(run_id).done_n) == (RunStatus.RUNNING, 3)
    assert len(caplog.records) == 6


def test_a_stop_ends_after_the_chunk_at_work(office, worker, monkeypatch):
    """The chunk at work waits for a writer; the stop waits for the chunk, and no other begins."""
    monkeypatch.setitem(module.advance.__kwdefaults__, "limit", 1)
    run_id = started(office, actions.Resolve(), 3)
    reached, go_on = threading.Event(), threading.Event()
    carried_out = module.advance

    def held(*given, **options):
        reached.set()
        go_on.wait(PATIENCE_S)
        return carried_out(*given, **options)

    monkeypatch.setattr(module, "advance", held)
    worker.start()
    assert reached.wait(PATIENCE_S)
    stopping = threading.Thread(target=worker.stop)
    stopping.start()
    until(lambda: worker._beside.is_over)
    assert stopping.is_alive()
    go_on.set()
    stopping.join(PATIENCE_S)
    assert not stopping.is_alive()
    assert (status(office, run_id), office.found(run_id).done_n) == (RunStatus.RUNNING, 1)


def test_a_worker_that_never_started_stops(office):
    Worker(office.store).stop()


def test_snoozed_conversations_come_back(office, worker):
    office.at = now() - 3 * HOUR
    due, later = office.conversations(2)
    office.run(actions.Snooze(now() - HOUR), due)
    office.run(snooze.Snooze(now() + HOUR), later)
    worker.start()
    until(lambda: office.state(due).snoozed_until_at is None)
    assert office.state(later).snoozed_until_at is not None
    assert office.state(due).status == "pending"


def test_a_store_that_is_away_for_a_while_ends_nothing(office, worker, monkeypatch, caplog):
    monkeypatch.setattr(beside, "_PAUSE_S", 0.01)
    away = threading.Event()
    away.set()
    found = module.wake

    def wake(*given):
        if away.is_set():
            raise OSError("the disk is gone")
        return found(*given)

    monkeypatch.setattr(module, "wake", wake)
    monkeypatch.setattr(module, "_WAKE_EVERY_S", 0)
    run_id = started(office, actions.Resolve())
    worker.start()
    until(lambda: caplog.records)
    assert status(office, run_id) is RunStatus.RUNNING
    away.clear()
    until(lambda: status(office, run_id) is RunStatus.DONE)
    assert "could not reach the store" in caplog.records[0].getMessage()
