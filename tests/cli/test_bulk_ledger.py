"""`central bulk` on runs that exist: the ledger, carrying on, taking back, and whose they are."""

import os
import pty
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import update

from build import FIRST_PHONE
from console import actions
from console.actions.advance import CHUNK, paused
from console.actions.base import CHANGED, NOT_ALLOWED
from console.actions.bulk import (
    NO_SUCH_RUN,
    NOT_THE_AUTHOR,
    NOT_TWICE,
    NOT_YOURSELF,
    NOTHING_TO_DO,
    UNDONE_ALREADY,
)
from console.actions.resolve import ALREADY_RESOLVED
from console.gateway.worker import BROKEN
from console.store import tables
from machine import ROOT
from office import system, unsound
from readmodel import crowd

ALL = ("--filter", "")
AS_LIA = ("--as", "lia@loja.example")
AS_BIA = ("--as", "bia@loja.example")
LARGEST = 2**63 - 1


def planned(line, *more):
    return line.read("resolve", *ALL, "--preview", *more)["run"]


def started(office, n=4, done=1):
    """A run of Central's own of which one row is done, as a process leaves it that is stopped."""
    run_id = office.plan(actions.Resolve(), *office.conversations(n), by=system())
    office.start(run_id, by=system())
    if done:
        office.advance(run_id, done)
    return run_id


def test_the_ledger_lists_the_latest_first(office, line):
    assert line("list") == "(nothing)\n"
    office.conversations(2)
    first = line.read("resolve", *ALL, "--yes")["run"]
    second = line.read("undo", first)["run"]
    third = planned(line)
    listed = line.read("list")
    assert [(run["run"], run["status"]) for run in listed] == [
        (third, "planned"),
        (second, "done"),
        (first, "done"),
    ]
    assert [run["undo_of"] for run in listed] == [None, first, None]
    assert [run["run"] for run in line.read("list", "--limit", 1)] == [third]
    assert len(line.read("list", "--limit", 1_000)) == 3


@pytest.mark.parametrize("limit", [0, 1_001, 2**63])
def test_the_ledger_lists_no_more_than_a_thousand(office, line, limit):
    assert line.refused("list", "--limit", limit) == (
        f"Invalid value for '--limit': {limit} is not in the range 1<=x<=1000."
        " `central bulk list --help` shows how."
    )


def test_each_row_has_its_result_with_the_reason(office, line):
    a, b, c = office.conversations(3)
    office.run(actions.Resolve(), b)
    run = planned(line)
    office.receive("mais uma coisa", FIRST_PHONE)
    line.read("start", run)
    rows = {
        row["conversation"]: (row["result"], row["reason"])
        for row in line.read("show", run, "--rows")
    }
    assert rows == {
        str(a): ("refused", CHANGED.en),
        str(b): ("refused", ALREADY_RESOLVED.en),
        str(c): ("done", None),
    }
    told = line.read("show", run)
    assert {why["reason"]: why["n"] for why in told["reasons"]} == {
        CHANGED.en: 1,
        ALREADY_RESOLVED.en: 1,
    }
    assert line("show", run, "--rows").splitlines()[0].split() == [
        "conversation",
        "result",
        "reason",
    ]


def test_a_run_is_paused_resumed_and_ends(office, line):
    run = started(office)
    assert line.read("pause", run)["status"] == "paused"
    assert line.read("show", run)["waiting"] == 3
    ended = line.read("resume", run)
    assert (ended["status"], ended["done"]) == ("done", 4)
    assert unsound(office.store) == []


def test_a_cancelled_run_keeps_what_is_done(office, line):
    run = started(office)
    told = line.read("cancel", run)
    assert (told["status"], told["done"], told["waiting"]) == ("cancelled", 1, 3)
    undo = line.read("undo", run)
    assert (undo["done"], undo["total"]) == (1, 1)


def test_a_held_run_says_why(office, line):
    run = started(office)
    office.store.write(lambda connection: paused(connection, run, BROKEN))
    assert line("show", run).endswith(f"\nHeld: {BROKEN.en}\n")


def test_a_second_person_approves_what_is_very_large(office, line):
    office.limits(0, 1)
    office.conversations(2)
    asked = line.read("resolve", *ALL, "--yes", *AS_BIA)
    assert (asked["status"], asked["done"]) == ("asked", 0)
    assert line.refused("start", asked["run"], *AS_BIA) == NOT_YOURSELF.en
    done = line.read("start", asked["run"], "--as", "caio@loja.example")
    assert (done["status"], done["done"]) == ("done", 2)


def test_what_a_run_s_state_does_not_allow_is_said(office, line):
    ids = office.conversations(2)
    done = line.read("resolve", *ALL, "--yes")["run"]
    undo = line.read("undo", done)["run"]
    assert line.refused("undo", done) == UNDONE_ALREADY.en
    assert line.refused("undo", undo) == NOT_TWICE.en
    assert line.refused("resume", done) == (
        "This run is already in another state: Done. Reload the page."
    )
    office.run(actions.Resolve(), *ids)
    assert line.refused("start", planned(line)) == NOTHING_TO_DO.en


@pytest.mark.parametrize("name", ["show", "start", "pause", "resume", "cancel", "undo"])
def test_a_run_that_does_not_exist_is_said_in_one_sentence(calm, line, name):
    for run in (1, LARGEST):
        told = line.refused(name, run)
        assert told in (f"There is no run {run}: see `central bulk list`.", NO_SUCH_RUN.en)
    for run in (0, LARGEST + 1, 10**30, "x"):
        told = line.refused(name, run)
        assert told.startswith("Invalid value for 'RUN': ")
        assert told.endswith(f" `central bulk {name} --help` shows how.")


def test_a_team_lead_sees_and_touches_only_the_own_teams_and_runs(office, line):
    ours, foreign = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours)
    hers = planned(line)
    assert line.read("show", hers)["total"] == 2  # Central itself sees both
    assert (
        line.refused("show", hers, *AS_LIA) == f"There is no run {hers}: see `central bulk list`."
    )
    assert line.refused("cancel", hers, *AS_LIA) == NO_SUCH_RUN.en
    assert line.refused("start", hers, *AS_LIA) == (
        f"There is no run {hers}: see `central bulk list`."
    )
    mine = line.read("resolve", *ALL, "--yes", *AS_LIA)
    assert (mine["total"], mine["done"]) == (1, 1)
    assert [office.state(i).status for i in (ours, foreign)] == ["resolved", "pending"]
    assert [run["run"] for run in line.read("list", *AS_LIA)] == [mine["run"]]
    assert [run["run"] for run in line.read("list")] == [mine["run"], hers]
    rows = line.read("show", mine["run"], "--rows", *AS_LIA)
    assert [row["conversation"] for row in rows] == [str(ours)]
    office.run(actions.AssignTeam(None), ours)
    assert line.read("show", mine["run"], "--rows", *AS_LIA) == []
    assert line.refused("undo", hers, *AS_LIA) == NO_SUCH_RUN.en


def test_only_the_author_starts_a_plan_also_here(office, line):
    office.conversations(1)
    run = planned(line, *AS_BIA)
    assert line.refused("start", run, "--as", "caio@loja.example") == NOT_THE_AUTHOR.en
    assert line.read("start", run, *AS_BIA)["done"] == 1


@pytest.mark.parametrize("mail", ["davi@loja.example", "dora@loja.example"])
def test_who_may_not_act_in_bulk_sees_no_runs_here_either(calm, line, mail):
    run = planned(line)
    assert line.read("list", "--as", mail) == []
    assert line.refused("show", run, "--as", mail).startswith(f"There is no run {run}: ")
    assert line.refused("pause", run, "--as", mail) == NOT_ALLOWED.en


class Terminal:
    """A command line with somebody in front of it."""

    def __init__(self, words):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "console", "bulk", *words]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE, text=True
        )
        os.close(theirs)
        self.ours, self.seen = ours, ""

    def until(self, text):
        while text not in self.seen:
            self.seen += os.read(self.ours, 1000).decode()

    def type(self, text):
        os.write(self.ours, text.encode())

    def end(self):
        """The exit code, once everything was said."""
        printed = self.process.stdout.read()
        self.process.wait(30)
        try:
            while part := os.read(self.ours, 1000):
                self.seen += part.decode()
        except OSError:  # nobody holds the other end any more
            pass
        return self.process.returncode, printed


@contextmanager
def terminal(*words):
    opened = Terminal(words)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.wait()
        opened.process.stdout.close()
        os.close(opened.ours)


@pytest.mark.parametrize(
    ("typed", "code", "said", "status"),
    [
        ("2", 0, "Looking at what would happen", "resolved"),
        ("no", 2, "Nothing was run.", "pending"),
    ],
)
def test_at_a_terminal_the_number_is_asked_for(office, line, typed, code, said, status):
    ids = office.conversations(2)
    with terminal("resolve", *ALL) as seat:
        seat.until("Type 2 to run")
        seat.type(f"{typed}\n")
        ended, printed = seat.end()
    assert (ended, said in seat.seen, "planned" in printed) == (code, True, True)
    assert [office.state(i).status for i in ids] == [status] * 2


def test_ctrl_c_pauses_the_run_and_says_how_to_go_on(sqlite_store, monkeypatch, line):
    monkeypatch.setenv("CENTRAL_STORE", sqlite_store.url)
    crowd.fill(sqlite_store, 3 * CHUNK)
    known = update(tables.conversation).values(version=1)
    sqlite_store.write(lambda connection: connection.execute(known))
    with terminal("note", "--text", "Olá", *ALL, "--yes") as seat:
        seat.until(f" of {3 * CHUNK:,} …")
        seat.process.send_signal(signal.SIGINT)
        code, _ = seat.end()
    (run,) = line.read("list")
    assert (code, run["status"], run["done"] % CHUNK) == (130, "paused", 0)
    assert f"Paused; `central bulk resume {run['run']}` goes on." in seat.seen
    assert run["waiting"] > 0
    assert line.read("resume", run["run"])["done"] == 3 * CHUNK
