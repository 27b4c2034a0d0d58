"""Facts: made anew for what changed, and then the same as if everything were made anew."""

import subprocess
import sys

import pytest

from build import a_bot
from console import actions
from console.domain.hours import Block
from console.domain.ids import DAY
from console.domain.sla import CENTRE, SlaPolicy, Timetable
from console.readmodel import compare, duck, facts, figures, fullload, refresh
from console.readmodel.measure import Question
from console.readmodel.metrics import METRICS
from console.readmodel.period import Period
from console.store.feed import feed_end
from office import Office
from readmodel.oracle import Oracle, assert_agree


def lively(office):
    """A day on which conversations are answered, passed on, resolved, and a run is taken back."""
    talks = office.conversations(8)
    office.run(actions.Assign(office.bia.agent_id), *talks[:5])
    office.run(actions.Reply("Já vai"), *talks[:4], by=office.bia)
    office.run(actions.Reply("Robô"), *talks, by=a_bot())
    office.run(actions.Assign(office.caio.agent_id), *talks[:2])
    office.run(actions.Resolve(), *talks[:3])
    office.conversations(2)
    office.undo(office.bulk(actions.Resolve(), *talks[3:6]).id)
    return talks


def assert_counted(model, office):
    now = office.at + DAY
    oracle = Oracle(office.store, now)
    for metric in METRICS:
        asked = Question(metric, Period(0, now, model.zone))
        found = figures.figure(model, asked, office.ana, now)
        assert_agree(found, oracle.figure(asked, office.ana))


def test_what_changed_is_counted_again(store, opened):
    office = Office(store)
    model = opened(store)
    lively(office)
    model.sync()
    assert model.count(60) == 0
    assert_counted(model, office)
    assert model.count(0) == 0
    assert model.check() == []


def test_counting_takes_no_longer_than_it_may(sqlite_store, opened, monkeypatch):
    monkeypatch.setattr(refresh, "PART", 3)
    monkeypatch.setattr(refresh, "_STALE", refresh._STALE.replace("2000", "3"))
    office = Office(sqlite_store)
    model = opened(sqlite_store)
    lively(office)
    model.sync()
    assert [model.count(0) for _ in range(4)] == [5, 2, 0, 0]
    assert_counted(model, office)


def test_other_hours_change_what_is_counted(sqlite_store, opened):
    office = Office(sqlite_store)
    lively(office)
    model = opened(sqlite_store)
    week = ((Block(9 * 60, 9 * 60 + 10),),) * 7
    office.run(actions.SaveHours(CENTRE, Timetable(week, "America/Sao_Paulo")))
    office.run(actions.SaveSla(CENTRE, SlaPolicy(300, 300, 600)))
    model.sync()
    model.count(60)
    assert_counted(model, office)
    assert model.check() == []


def test_a_count_that_fails_is_made_again(sqlite_store, opened, monkeypatch):
    office = Office(sqlite_store)
    model = opened(sqlite_store)
    lively(office)
    model.sync()

    def failing(*_):
        raise OSError("disk")

    with monkeypatch.context() as patched:
        patched.setattr(refresh, "_exchange", failing)
        with pytest.raises(OSError, match="disk"):
            model.count()
    assert model.count(60) == 0
    assert_counted(model, office)


def test_a_load_in_slices_is_the_same_as_a_whole_one(sqlite_store, opened, tmp_path, monkeypatch):
    office = Office(sqlite_store)
    lively(office)
    model = opened(sqlite_store)
    with sqlite_store.read() as connection:
        state = {"epoch": sqlite_store.epoch(), "cursor": feed_end(connection)}
    sqlite_store.close()  # one library on the file at a time
    monkeypatch.setattr(facts, "_SLICE", 6)
    path = tmp_path / "sliced.duckdb"
    fullload.build(fullload.Order(sqlite_store.url, str(path), "1GB", 1, state))
    with duck.open_free(path, memory="1GB", threads=1) as sliced, model.cursor() as cursor:
        assert len(facts._slices(sliced)) > 2
        assert compare.differences(cursor, sliced) == []


LOAD = """
import sys
from console.readmodel import fullload

fullload.main()
print(*{"pandas", "sqlalchemy"} & sys.modules.keys())
"""


def test_a_load_starts_without_the_libraries_that_it_does_not_use(sqlite_store, tmp_path):
    """The import of pandas, which many a call of pyarrow asks for, took a third of a small load."""
    office = Office(sqlite_store)
    lively(office)
    office.run(actions.SaveSla(CENTRE, SlaPolicy(60, is_business=False)))
    state = {"epoch": sqlite_store.epoch(), "cursor": "0"}
    order = fullload.Order(sqlite_store.url, str(tmp_path / "own.duckdb"), "1GB", 1, state)
    done = subprocess.run(
        [sys.executable, "-c", LOAD],
        input=order.to_json(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\n"
