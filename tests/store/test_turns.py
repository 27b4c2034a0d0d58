"""Writers of one process go in the order in which they came, and nobody is left outside."""

import signal
import threading
import time

import pytest

from console import actions
from console.actions.advance import advance
from console.domain.bulk import RunStatus
from console.domain.events import EventKind
from console.store.turns import Turns
from office import Office, facts

PATIENCE_S = 10
N = 20


class Queue:
    """Threads that each want one turn; `came` waits until one of them stands in line."""

    def __init__(self):
        self.turns, self.order, self.threads = Turns(), [], []

    def come(self, name, work=None):
        def go():
            with self.turns.taken():
                self.order.append(name)
                if work:
                    work()

        before = len(self.turns._waiting)
        thread = threading.Thread(target=go, daemon=True)
        self.threads.append(thread)
        thread.start()
        self.until(lambda: len(self.turns._waiting) > before)

    def until(self, is_so):
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            assert time.monotonic() < end
            time.sleep(0.001)

    def all_gone(self):
        for thread in self.threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        return self.order


def test_whoever_has_the_turn_knows_that_somebody_waits():
    queue = Queue()
    with queue.turns.taken():
        assert not queue.turns.is_wanted
        queue.come("next")
        assert queue.turns.is_wanted
    assert queue.all_gone() == ["next"]
    assert not queue.turns.is_wanted


def test_writers_go_in_the_order_in_which_they_came():
    queue = Queue()
    with queue.turns.taken():
        for n in range(N):
            queue.come(n)
        assert queue.order == []
    assert queue.all_gone() == [*range(N)]


def test_one_at_a_time_is_inside():
    turns, inside, most = Turns(), [], []

    def go():
        for _ in range(50):
            with turns.taken():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert most == [1] * 200


def test_a_turn_that_ends_with_an_error_is_passed_on(monkeypatch):
    queue, seen = Queue(), []
    monkeypatch.setattr(threading, "excepthook", lambda args: seen.append(args.exc_type))
    with queue.turns.taken():
        queue.come("breaks", lambda: 1 / 0)
        queue.come("after")
    assert queue.all_gone() == ["breaks", "after"]
    assert seen == [ZeroDivisionError]
    with queue.turns.taken():
        pass


class ImpatientError(Exception):
    pass


def test_who_is_interrupted_while_waiting_leaves_the_line():
    """Ctrl+C reaches a thread that stands in line; nobody may wait behind who is gone."""

    def interrupted(*_):
        raise ImpatientError

    queue, go_on = Queue(), threading.Event()
    queue.come("first", lambda: go_on.wait(PATIENCE_S))
    before = signal.signal(signal.SIGALRM, interrupted)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(ImpatientError), queue.turns.taken():
            pass
    finally:
        signal.signal(signal.SIGALRM, before)
    queue.come("second")
    assert queue.order == ["first"]  # who has the turn keeps it
    go_on.set()
    assert queue.all_gone() == ["first", "second"]


def test_a_bulk_run_lets_a_single_command_in_after_the_chunk_at_work(sqlite_store):
    """A command that came while a chunk was at work goes before the next one."""
    office = Office(sqlite_store)
    ids = office.conversations(20)
    single = office.receive(phone=5511900009999)
    run_id = office.start(office.plan(actions.Resolve(), *ids))

    def carry_on():
        run = office.found(run_id)
        while run.status is RunStatus.RUNNING:
            run = advance(sqlite_store, run_id, at=office.at, limit=1)

    carrier = threading.Thread(target=carry_on, daemon=True)
    rival = threading.Thread(target=office.run, args=(actions.Resolve(), single), daemon=True)
    with sqlite_store.turns.taken():
        for n, thread in enumerate((carrier, rival)):
            thread.start()
            _in_line(sqlite_store.turns, 2 + n)
    for thread in (rival, carrier):
        thread.join(PATIENCE_S)
    told = [event.conversation_id for event in facts(sqlite_store, kind=EventKind.RESOLVED)]
    assert told == [ids[0], single, *ids[1:]]


def _in_line(turns, n):
    end = time.monotonic() + PATIENCE_S
    while len(turns._waiting) < n:
        assert time.monotonic() < end
        time.sleep(0.001)
