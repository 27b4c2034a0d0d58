"""Supervisors, customers and a channel over the same rows: whoever was first wins, once."""

import random
import threading
import time
from collections import Counter, defaultdict
from contextlib import suppress

import pytest
from sqlalchemy import select, update

from build import FIRST_PHONE
from console import actions
from console.actions import base, take_back
from console.actions.advance import advance
from console.actions.carry import carry_out
from console.domain.bulk import RunStatus
from console.domain.contact import Address
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import now
from console.domain.message import Delivery
from console.store import bulk, tables
from console.store.deliveries import show_delivery
from office import OF_CONVERSATIONS, Office, facts, new_key, unsound

ROWS, CONFLICTS = 200, 5_000  # conflicts on each store
MOVED_ON = (base.CHANGED, take_back.TOUCHED)


class Race:
    """Who takes part, what they race for, and what each was told."""

    def __init__(self, office, conflicts):
        self.office, self.store, self.conflicts = office, office.store, conflicts
        self.ids = office.conversations(ROWS)
        self.versions = {i: office.state(i).version for i in self.ids}
        self.decided = Counter()  # conflicts by thread
        self.acts = defaultdict(Counter)  # by thread: acts on each conversation, outside of runs
        self.won = []  # (conversation, version) of single commands that named the version
        self.sent = set()  # messages that the channel took
        self.errors = []

    def run(self):
        people = (self.office.ana, self.office.bia, self.office.caio)
        turns = [lambda chance, who=who: self.supervise(chance, who) for who in people]
        turns += [self.write, self.take]
        threads = [
            threading.Thread(target=self._again_and_again, args=(place, turn))
            for place, turn in enumerate(turns)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert self.errors == []
        self.finish()

    def _again_and_again(self, place, turn):
        chance = random.Random(place)
        try:
            while self.decided.total() < self.conflicts and not self.errors:
                with suppress(RuleError):  # told so, as a person would be
                    turn(chance)
        except Exception as error:  # noqa: BLE001 - told at the end, in the test's own thread
            self.errors.append(repr(error))

    def finish(self):
        """What was left running comes to its end."""
        with self.store.read() as connection:
            left = [run.id for run in bulk.runs(connection, self.office.ana, limit=10_000)]
        for run_id in left:
            self.office.carry_on(run_id, 500)

    def supervise(self, chance, who):
        """A run, a single command or an undo, by a person who saw the rows a moment ago."""
        chance.choice((self.begin, self.begin, self.go_on, self.singly, self.undo))(chance, who)

    def wish(self, wish, *ids, who, expected=None):
        return actions.run(
            self.store, wish, ids, actor=who, at=now(), key=new_key(), expected=expected
        )

    def begin(self, chance, who):
        """Start a run; half of them are carried on by somebody later, when rows have moved on."""
        command = self.office.wish(chance.choice(OF_CONVERSATIONS))
        ids = chance.sample(self.ids, 80)
        rows, reasons = self.office.frozen(command, ids, who, {})
        run_id = self.wish(actions.PlanBulk(command, "", rows, reasons), who=who).done[0]
        self.wish(actions.StartBulk(run_id), who=who)
        if chance.random() < 0.5:
            self.carry_on(run_id, chance, who)

    def go_on(self, chance, who):
        with self.store.read() as connection:
            run_id = bulk.next_running(connection)
        if run_id:
            self.carry_on(run_id, chance, who)

    def carry_on(self, run_id, chance, who):
        limit = chance.choice((20, 40, 100))
        run = self.office.found(run_id)
        while run.status is RunStatus.RUNNING:
            if chance.random() < 0.05:
                self.wish(chance.choice((actions.PauseBulk, actions.CancelBulk))(run_id), who=who)
            before = run.refused_n
            run = advance(self.store, run_id, at=now(), limit=limit)
            self.decided[threading.get_ident()] += run.refused_n - before

    def singly(self, chance, who):
        command = self.office.wish(chance.choice(OF_CONVERSATIONS))
        ids = chance.sample(self.ids, chance.randint(1, 5))
        states, _ = self.office.by_id(ids)
        seen = {i: state.version for i, state in states.items()}
        outcome = self.wish(command, *ids, who=who, expected=seen)
        self.acts[threading.get_ident()].update(outcome.done)
        self.won += [(i, seen[i]) for i in outcome.done]
        self.decided[threading.get_ident()] += sum(
            why in MOVED_ON for why in outcome.refused.values()
        )

    def undo(self, chance, who):
        with self.store.read() as connection:
            runs = bulk.runs(connection, who, limit=8)
        if not runs:
            return
        undo_id = self.wish(actions.UndoBulk(chance.choice(runs).id), who=who).done[0]
        self.carry_on(undo_id, chance, who)

    def write(self, chance):
        """A customer writes."""
        time.sleep(0.004)
        phone = str(FIRST_PHONE + chance.randrange(ROWS))
        wish = actions.Receive(self.office.loja, Address("phone", phone, phone), "x", "E aí?")
        done = self.wish(wish, who=base.Acting(0, "contact", "admin", kind="contact")).done
        self.acts[threading.get_ident()].update(done)

    def take(self, chance):
        """A channel takes messages out of the outbox."""
        time.sleep(0.02)
        outbox, message = tables.outbox, tables.message
        waiting = select(outbox.c.message_id).where(outbox.c.state == Delivery.QUEUED)
        waiting = waiting.order_by(outbox.c.id).limit(chance.randint(1, 20))

        def unit(connection):
            found = list(connection.scalars(waiting.with_for_update(skip_locked=True)))
            for table, own, column in (
                (outbox, "message_id", "state"),
                (message, "id", "delivery"),
            ):
                row = table.c[own].in_(found)
                connection.execute(update(table).where(row).values({column: Delivery.ACCEPTED}))
            show_delivery(connection, found, Delivery.ACCEPTED)
            return found

        self.sent.update(self.store.write(unit))


def wrongly_undone(store):
    """Facts of an undo whose conversation was touched last by anybody but the run taken back."""
    last = {}
    for fact in facts(store):
        before = last.get(fact.conversation_id)
        if fact.kind == EventKind.UNDONE and before.bulk_id != fact.to_id:
            yield fact
        last[fact.conversation_id] = fact


def done_rows(store):
    """Conversation and version of each row that a run has done."""
    table = tables.bulk_row
    wanted = select(table.c.conversation_id, table.c.version)
    with store.read() as connection:
        return [tuple(r) for r in connection.execute(wanted.where(table.c.result == "done"))]


def withdrawn(store):
    table = tables.message
    with store.read() as connection:
        wanted = select(table.c.id).where(table.c.delivery == Delivery.WITHDRAWN)
        return set(connection.scalars(wanted))


@pytest.mark.slow
def test_ten_thousand_conflicts_have_one_winner_each(store):
    office = Office(store)
    race = Race(office, CONFLICTS)
    race.run()
    assert race.decided.total() >= CONFLICTS
    won = race.won + done_rows(store)
    assert [pair for pair, n in Counter(won).items() if n > 1] == []
    acts = Counter(i for i, _ in done_rows(store)) + sum(race.acts.values(), Counter())
    states, _ = office.by_id(race.ids)
    assert {i: s.version for i, s in states.items()} == {
        i: race.versions[i] + acts[i] for i in race.ids
    }
    assert list(wrongly_undone(store)) == []
    assert race.sent & withdrawn(store) == set()
    assert unsound(store) == []


@pytest.mark.slow
def test_an_undo_that_does_not_look_at_versions_takes_back_what_others_did(
    sqlite_store, monkeypatch
):
    """The control: what the race asks finds a bad undo."""

    def blindly(work, wish, ids, expected):
        carry_out(work, wish, ids, {})

    monkeypatch.setattr(take_back, "carry_out", blindly)
    Race(Office(sqlite_store), 400).run()
    assert list(wrongly_undone(sqlite_store)) != []


def carried_on_by_two(office, monkeypatch):
    """Two carry one run on, and both have read which rows wait before either goes on."""
    run_id = office.start(office.plan(actions.Resolve(), *office.conversations(6)))
    both = threading.Barrier(2)
    read = bulk.waiting_rows
    errors = []

    def together(*given):
        rows = read(*given)
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5)
        return rows

    def carry_on():
        try:
            advance(office.store, run_id, at=office.at, limit=3)
        except Exception as error:  # noqa: BLE001 - the caller looks at it
            errors.append(error)

    monkeypatch.setattr(bulk, "waiting_rows", together)
    threads = [threading.Thread(target=carry_on) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_two_who_carry_a_run_on_at_one_moment_take_turns(store, monkeypatch):
    office = Office(store)
    assert carried_on_by_two(office, monkeypatch) == []
    assert unsound(store) == []


@pytest.mark.postgres
def test_without_the_lock_on_the_run_they_would_meet(postgres_store, monkeypatch):
    """The control: PostgreSQL lets both begin."""
    office = Office(postgres_store)
    found = bulk.find_run
    monkeypatch.setattr(bulk, "find_run", lambda connection, run_id, **_: found(connection, run_id))
    errors = carried_on_by_two(office, monkeypatch)
    assert errors != [] or unsound(postgres_store) != []
