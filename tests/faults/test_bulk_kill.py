"""Whoever carries a bulk run on may die at any instant: each row is done once, and told so."""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from console.domain.bulk import RowResult, RunStatus
from machine import ROOT
from office import Office, facts, unsound

ROWS, CHUNK = 400, 7
KILLS, KILLS_OF_A_RUN = 100, 15  # on each store
# In turn, so that each finds something to do; "undo" takes the one before back.
TURNS = ("resolve", "undo", "assign", "undo", "reply", "mark_unread", "label_on", "label_off")


class Nursery:
    """Starts children that carry a run on, and kills them."""

    def __init__(self, store, process):
        self.url, self.process, self.alive = store.url, process, []

    def child(self, run_id, limit=CHUNK):
        self.process.stdin.write(json.dumps([self.url, run_id, limit]) + "\n")
        self.process.stdin.flush()
        self.alive.append(int(self.told()))
        return self.alive[-1]

    def told(self):
        while (line := self.process.stdout.readline()) == "over\n":
            pass
        assert line, "the nursery is gone"
        return line

    def kill(self, pid):
        self.alive.remove(pid)
        os.kill(pid, signal.SIGKILL)


@pytest.fixture
def nursery(store):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "tests/faults/nursery.py")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        nursery = Nursery(store, process)
        yield nursery
        for pid in list(nursery.alive):
            nursery.kill(pid)
        process.stdin.close()


@pytest.fixture
def office(store):
    office = Office(store)
    office.limits(ROWS, None)
    return office


def begun(office, turn, ids, before):
    """The next run, started."""
    if turn == "undo":
        return office.start_undo(before)
    return office.start(office.plan(office.wish(turn), *ids))


def killed_again_and_again(office, nursery, run_id, chance):
    """Kill one child after the other, and let the last one live; how many died at work."""
    kills = 0
    while kills < KILLS_OF_A_RUN and is_running(office, run_id):
        child = nursery.child(run_id)
        time.sleep(chance.uniform(0, 0.06))
        nursery.kill(child)
        kills += is_running(office, run_id)
    last = nursery.child(run_id)
    wait_until_over(office, run_id)
    nursery.kill(last)
    return kills


def is_running(office, run_id):
    return office.found(run_id).status is RunStatus.RUNNING


def wait_until_over(office, run_id):
    while is_running(office, run_id):
        time.sleep(0.02)


def assert_each_row_was_done_once(office, run_id, ids):
    run = office.found(run_id)
    assert (run.status, run.total_n, run.done_n, run.refused_n) == (RunStatus.DONE, ROWS, ROWS, 0)
    assert office.results(run_id) == dict.fromkeys(ids, RowResult.DONE)
    told = [event.conversation_id for event in facts(office.store, bulk_id=run_id)]
    assert sorted(told) == sorted(ids)


@pytest.mark.slow
def test_a_run_whose_carriers_are_killed_does_each_row_once(office, nursery):
    chance = random.Random(7)
    ids = office.conversations(ROWS)
    kills, turn, run_id = 0, 0, None
    while kills < KILLS:
        run_id = begun(office, TURNS[turn % len(TURNS)], ids, run_id)
        kills += killed_again_and_again(office, nursery, run_id, chance)
        assert_each_row_was_done_once(office, run_id, ids)
        turn += 1
    assert unsound(office.store) == []


@pytest.mark.slow
def test_several_who_carry_the_same_run_on_do_each_row_once(office, nursery):
    chance = random.Random(8)
    ids = office.conversations(ROWS)
    run_id = None
    for turn in TURNS[:4]:
        run_id = begun(office, turn, ids, run_id)
        for limit in (7, 11, 13):
            nursery.child(run_id, limit)
        nursery.kill(chance.choice(nursery.alive))
        wait_until_over(office, run_id)
        assert_each_row_was_done_once(office, run_id, ids)
    assert unsound(office.store) == []
