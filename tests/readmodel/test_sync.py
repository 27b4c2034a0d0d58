import subprocess
import sys
import time
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from build import Centre, Role, a_bot
from console import actions
from console.domain.errors import RuleError
from console.domain.hours import Block
from console.domain.ids import DAY
from console.domain.sla import CENTRE, Owner, SlaPolicy, Timetable
from console.readmodel import apply as applying
from console.readmodel import ask, duck, expression, figures, index, sync
from console.readmodel import model as modelling
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS
from console.readmodel.period import Period
from console.readmodel.tree import Everything
from console.store.feed import prune_feed, write_feed
from console.store.work import set_meta
from office import Office
from readmodel import crowd
from readmodel.crowd import NOW
from readmodel.oracle import Oracle, assert_agree

WORDS = ("boleto", "segunda via", "Ação já", "")


def ids(model, text, who):
    return ask.ids(model, expression.parse(text), who, NOW)


def test_a_write_is_followed_and_told(store, opened):
    centre = Centre(store)
    model = opened(store)
    told = []
    stop = model.listen(told.append)
    made = centre.receive("quero o boleto")
    assert model.sync() == {made}
    assert told == [{made}]
    assert ids(model, "boleto unread", centre.ana) == [made]
    assert model.sync() == frozenset()
    stop()
    centre.run(actions.Resolve(), made)
    model.sync()
    assert told == [{made}]
    assert ids(model, "resolved", centre.ana) == [made]


def test_own_writes_are_read_at_once_and_repeated_harmlessly(store, opened):
    centre = Centre(store)
    one, two = centre.conversations(2)
    model = opened(store)
    centre.run(actions.Resolve(), one)
    assert model.apply([one]) == {one}
    assert ids(model, "resolved", centre.ana) == [one]
    assert model.sync() == {one}
    assert ids(model, "resolved", centre.ana) == [one]
    assert ids(model, "pending", centre.ana) == [two]
    assert model.check() == []


def test_a_contact_renamed_or_blocked_changes_its_conversations(store, opened):
    centre = Centre(store)
    made = centre.receive(name="João")
    model = opened(store)
    contact = centre.contact(made).id
    centre.run(actions.EditContact("Conceição", ""), contact)
    centre.run(actions.Block(), contact)
    assert model.sync() == {made}
    assert ids(model, "contact:conceicao blocked", centre.ana) == [made]
    assert model.check() == []


def test_a_renamed_agent_team_and_label_are_read_again(store, opened):
    centre = Centre(store)
    bia = centre.agent("Bia")
    vip = centre.label("VIP")
    made = centre.receive()
    centre.run(actions.Assign(bia.agent_id), made)
    centre.run(actions.Label(vip, on=True), made)
    model = opened(store)
    told = []
    model.listen(told.append)
    centre.run(actions.SaveAgent("bia@loja.example", "Beatriz", Role.AGENT, agent_id=bia.agent_id))
    model.sync()
    assert frozenset() in told
    (row,) = ask.rows(model, Everything(), centre.ana, [made], NOW)
    assert row.assignee_name == "Beatriz"
    assert ids(model, "assignee:beatriz label:vip", centre.ana) == [made]
    assert model.check() == []


def test_many_rows_are_read_and_written_in_parts(sqlite_store, opened, monkeypatch):
    monkeypatch.setattr(applying, "_PART", 7)
    centre = Centre(sqlite_store)
    model = opened(sqlite_store)
    made = centre.conversations(30)
    centre.run(actions.Resolve(), *made[:20])
    assert model.sync() == set(made)
    assert sorted(ids(model, "resolved", centre.ana)) == sorted(made[:20])
    assert model.check() == []


def test_a_part_that_cannot_be_read_leaves_the_model_as_it_was(sqlite_store, opened, monkeypatch):
    monkeypatch.setattr(applying, "_PART", 7)
    centre = Centre(sqlite_store)
    made = centre.conversations(30)
    model = opened(sqlite_store)
    centre.run(actions.Resolve(), *made)
    read, parts = applying.rows_of, []

    def failing(*args):
        parts.append(args)
        if len(parts) > 2:
            raise OSError("disk")
        return read(*args)

    with monkeypatch.context() as patched:
        patched.setattr(applying, "rows_of", failing)
        with pytest.raises(OSError, match="disk"):
            model.sync()
    assert ids(model, "resolved", centre.ana) == []
    assert model.sync() == set(made)
    assert sorted(ids(model, "resolved", centre.ana)) == sorted(made)
    assert model.check() == []


@pytest.mark.parametrize("k", [1, 500])
def test_a_change_of_many_rows_is_one_step(store, opened, k):
    crowd.fill(store, 500)
    model = opened(store)
    changed = sorted(r["id"] for r in crowd.conversations(store))[:k]

    def resolve(connection):
        from sqlalchemy import update

        from console.store import tables

        table = tables.conversation
        chosen = table.c.id.in_(changed)
        connection.execute(update(table).where(chosen).values(status="resolved", unread_n=0))
        write_feed(connection, "conversation", changed, 0)

    store.write(resolve)
    assert model.sync() == set(changed)
    assert model.check() == []


def test_the_background_thread_follows_within_a_second(store, opened):
    centre = Centre(store)
    model = opened(store)
    model.start()
    made = centre.receive()
    deadline = time.monotonic() + 10
    while not ids(model, "", centre.ana) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ids(model, "", centre.ana) == [made]
    assert model.stale_s < 10


def test_the_background_thread_survives_a_failing_store(sqlite_store, opened, monkeypatch, caplog):
    centre = Centre(sqlite_store)
    model = opened(sqlite_store)
    fails = [True]
    follow = model._follow

    def failing():
        if fails:
            fails.pop()
            raise OSError("disk")
        return follow()

    monkeypatch.setattr(model, "_follow", failing)
    model.start()
    made = centre.receive()
    deadline = time.monotonic() + 20
    while not ids(model, "", centre.ana) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert ids(model, "", centre.ana) == [made]
    assert "trying again" in caplog.text


def test_another_epoch_loads_everything_again(store, opened):
    centre = Centre(store)
    model = opened(store)
    told = []
    model.listen(told.append)
    made = centre.receive()

    def restored(connection):
        from sqlalchemy import delete

        from console.store import tables

        connection.execute(delete(tables.change_feed))
        set_meta(connection, "epoch", "another")

    store.write(restored)
    model.sync()
    assert told == [frozenset()]
    assert ids(model, "", centre.ana) == [made]
    with model.cursor() as cursor:
        assert duck.read_state(cursor)["epoch"] == "another"


def test_a_cursor_older_than_the_feed_loads_everything_again(store, opened):
    centre = Centre(store)
    model = opened(store)
    made = centre.conversations(3)
    store.write(lambda connection: prune_feed(connection, centre.at + 1))
    model.sync()
    assert sorted(ids(model, "", centre.ana)) == sorted(made)
    assert model.check() == []


def test_a_stop_between_rows_and_cursor_loses_nothing(store, opened, monkeypatch):
    centre = Centre(store)
    model = opened(store)
    made = centre.receive("boleto")

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(applying.duck, "write_state", killed)
        with pytest.raises(KeyboardInterrupt):
            model.sync()
    assert ids(model, "", centre.ana) == []
    assert model.sync() == {made}
    assert ids(model, "boleto", centre.ana) == [made]
    assert model.check() == []


KILLED = """
import os, sys
from pathlib import Path
from console.config import Settings
from console.readmodel import apply, files, sync
from console.store.work import open_store

store = open_store(sys.argv[1])
serving = files.adopt(store, Path(sys.argv[2]), Settings())
assert serving is not None
apply.duck.write_state = lambda *_: os.kill(os.getpid(), 9)
sync.follow(store, serving.writer)
"""


def test_a_process_killed_while_applying_leaves_a_file_that_follows_on(store, opened, tmp_path):
    centre = Centre(store)
    opened(store).stop()
    from console.config import Settings
    from console.readmodel.model import ReadModel

    ReadModel.open(store, tmp_path / "killed", Settings()).close()
    made = centre.conversations(3)
    child = subprocess.run(
        [sys.executable, "-c", KILLED, store.url, str(tmp_path / "killed")],
        check=False,
        capture_output=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert child.returncode == -9, child.stderr
    model = opened(store, "killed")
    assert sorted(ids(model, "", centre.ana)) == sorted(made)
    assert model.check() == []


def test_a_feed_longer_than_one_step_is_followed_to_its_end(store, opened, monkeypatch):
    centre = Centre(store)
    model = opened(store)
    told = []
    model.listen(told.append)
    made = centre.conversations(3)
    monkeypatch.setattr(modelling, "follow", partial(sync.follow, limit=2))
    assert model.sync() == set(made)
    assert len(told) > 1
    assert sorted(ids(model, "", centre.ana)) == sorted(made)
    assert model.apply([]) == frozenset()


def test_many_small_steps_compact_counts_and_postings(store, opened, monkeypatch):
    monkeypatch.setattr(applying, "_MOST_GROUPS", 3)
    monkeypatch.setattr(index, "MOST_WAITING", 3)
    centre = Centre(store)
    model = opened(store)
    made = []
    for n, text in enumerate(("quero boleto", "boleto sim", "novidade aqui")):
        made.append(centre.receive(text, phone=5511900000001 + n))
        model.sync()
    for one in made:
        centre.run(actions.Resolve(), one)
        model.sync()
    assert sorted(ids(model, "boleto", centre.ana)) == made[:2]
    assert ask.counts(model, centre.ana, None, NOW).all == 3
    assert model.check() == []


def test_a_rebuild_serves_the_old_file_until_the_new_one_is_there(store, opened):
    centre = Centre(store)
    (made,) = centre.conversations(1)
    model = opened(store)
    before = model._serving.path
    with model.cursor() as running:
        model.rebuild()
        assert running.execute("select id from conversation").fetchall() == [(made,)]
    assert model._serving.path != before
    assert not before.exists()
    assert ids(model, "", centre.ana) == [made]


def test_a_difference_is_found_and_named(store, opened):
    centre = Centre(store)
    made = centre.receive()
    model = opened(store)
    with model.cursor() as cursor:
        cursor.execute("update conversation set status = 'resolved'").fetchall()
        cursor.execute("delete from posting").fetchall()
    found = {d.table: d for d in model.check()}
    assert set(found) == {"conversation", "posting"}
    assert (found["conversation"].missing_n, found["conversation"].surplus_n) == (1, 1)
    assert str(made) in found["conversation"].examples[0]


class History(RuleBasedStateMachine):
    """Any history of commands; after it the followed model equals one loaded anew."""

    store = None
    opened = None
    number = 0

    @initialize()
    def begin(self):
        self.centre = Office(type(self).store())
        self.teams = [self.centre.team_id, self.centre.team("Troca")]
        self.people = [self.centre.bia, self.centre.caio]
        self.labels = [self.centre.label_id, self.centre.label("Novo")]
        self.runs = []
        self.made = [self.centre.receive(phone=5511900000000)]
        type(self).number += 1
        self.model = type(self).opened(self.centre.store, f"history-{self.number}")

    def pick(self, data, options):
        return data.draw(st.sampled_from(options))

    @rule(phone=st.integers(5511900000000, 5511900000003), text=st.sampled_from(WORDS))
    def receive(self, phone, text):
        made = self.centre.receive(text, phone=phone)
        self.made = sorted({*self.made, made})

    @rule(data=st.data())
    def act(self, data):
        self.centre.run(self.wish(data), *self.some(data))

    @rule(data=st.data())
    def act_at_once(self, data):
        with suppress(RuleError):  # there may be nothing to do
            self.runs.append(self.centre.bulk(self.wish(data), *self.some(data)).id)

    @precondition(lambda self: self.runs)
    @rule()
    def take_back(self):
        with suppress(RuleError):  # it may be too late
            self.centre.undo(self.runs.pop())

    @rule(data=st.data())
    def chatter(self, data):
        self.centre.run(actions.Reply("Já vamos"), *self.some(data), by=a_bot())

    def some(self, data):
        return data.draw(st.lists(st.sampled_from(self.made), min_size=1, unique=True))

    def wish(self, data):
        return self.pick(
            data,
            [
                actions.Resolve(),
                actions.Reopen(),
                actions.MarkRead(),
                actions.MarkUnread(),
                *(actions.SetPriority(p) for p in ("urgent", None)),
                actions.Snooze(NOW + DAY),
                actions.Unsnooze(),
                actions.Reply("já vai"),
                actions.Note("ver boleto"),
                *(actions.Assign(p.agent_id) for p in self.people),
                actions.Assign(None),
                *(actions.AssignTeam(t) for t in (*self.teams, None)),
                *(actions.Label(x, on) for x in self.labels for on in (True, False)),
            ],
        )

    @rule(data=st.data(), seconds=st.sampled_from((60, 7_200)), is_business=st.booleans())
    def promise(self, data, seconds, is_business):
        owner = self.pick(data, [CENTRE, *(Owner("team", team) for team in self.teams)])
        self.centre.run(actions.SaveSla(owner, SlaPolicy(seconds, is_business=is_business)))

    @rule(data=st.data(), holidays=st.sampled_from((None, "BR")))
    def keep_hours(self, data, holidays):
        owner = self.pick(data, [CENTRE, Owner("instance", self.centre.loja)])
        table = Timetable(((Block(0, 1440),),) * 7, "America/Sao_Paulo", holidays)
        self.centre.run(actions.SaveHours(owner, table))

    @rule(data=st.data(), name=st.sampled_from(("João", "Zoë", "Ana Maria")))
    def rename_contact(self, data, name):
        contact = self.centre.contact(self.pick(data, self.made)).id
        self.centre.run(actions.EditContact(name, ""), contact)

    @rule(data=st.data(), on=st.booleans())
    def block(self, data, on):
        contact = self.centre.contact(self.pick(data, self.made)).id
        self.centre.run(actions.Block() if on else actions.Unblock(), contact)

    @rule()
    def follow(self):
        self.model.sync()

    @rule()
    def count(self):
        self.model.count()

    @rule(data=st.data())
    def read_own_writes(self, data):
        self.model.apply([self.pick(data, self.made)])

    @invariant()
    def counts_add_up(self):
        if hasattr(self, "model"):
            counts = ask.counts(self.model, self.centre.ana, None, NOW)
            assert counts.all == ask.count(self.model, Everything(), self.centre.ana, NOW)

    def teardown(self):
        if hasattr(self, "model"):
            self.model.sync()
            assert self.model.check() == []
            oracle, now = Oracle(self.centre.store, NOW + DAY), NOW + DAY
            for metric in METRICS:
                asked = Question(metric, Period(0, now, self.model.zone))
                found = figures.figure(self.model, asked, self.centre.ana, now)
                assert_agree(found, oracle.figure(asked, self.centre.ana))


@pytest.mark.slow
def test_any_history_followed_equals_a_fresh_load(request, store, opened):
    from sqlalchemy import text

    def emptied():
        def clear(connection):
            from console.store import tables

            for table in reversed(tables.metadata.sorted_tables):
                if table.name != "meta":
                    connection.execute(table.delete())

        store.write(clear)
        return store

    class Here(History):
        pass

    Here.store = staticmethod(emptied)
    Here.opened = staticmethod(opened)
    Here.TestCase.settings = None
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=5,
            stateful_step_count=25,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert text
