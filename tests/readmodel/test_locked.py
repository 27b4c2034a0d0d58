import shutil
import threading
import time

import duckdb
import pytest

from console.readmodel import ask, expression, watch
from console.readmodel.model import ReadModel
from console.readmodel.tree import Everything
from console.readmodel.watch import SlowQueryError, Watchdog
from console.store.work import open_store
from readmodel import crowd
from readmodel.crowd import NOW, SUPERVISOR

FORBIDDEN = (
    "select * from read_text('/etc/passwd')",
    "select * from read_csv('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from '/etc/passwd'",
    "select * from glob('/etc/*')",
    "copy conversation to '/tmp/central-probe.csv'",
    "copy conversation from '/etc/passwd'",
    "attach '/tmp/central-probe.duckdb' as other",
    "export database '/tmp/central-probe'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "reset enable_external_access",
    "set memory_limit = '100GB'",
)
ANSWERED = ("select count(*) from duckdb_settings()", "pragma database_list")


@pytest.fixture(scope="module")
def model(sqlite_template, tmp_path_factory):
    """Fifty conversations, shared: nothing that is tried here may harm them."""
    folder = tmp_path_factory.mktemp("locked")
    store = open_store(f"sqlite:///{shutil.copy(sqlite_template, folder / 'central.db')}")
    crowd.fill(store, 50)
    model = ReadModel.open(store, folder / "readmodel")
    yield model
    model.close()
    store.close()


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_no_statement_reaches_files_network_or_settings(model, statement):
    with model.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement).fetchall()


@pytest.mark.parametrize("statement", ANSWERED)
def test_what_duckdb_answers_all_the_same_is_known(model, statement):
    with model.cursor() as cursor:
        assert cursor.execute(statement).fetchall()


def test_data_frames_of_the_process_are_out_of_reach(model):
    secret = [1, 2, 3]
    with model.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("select * from secret").fetchall()
    assert secret


def test_a_query_that_takes_too_long_is_stopped(model, monkeypatch):
    monkeypatch.setattr(model._watchdog, "_limit_s", 0.3)
    began = time.monotonic()
    with pytest.raises(SlowQueryError), model.cursor() as cursor:
        cursor.execute("select count(*) from range(1000000) a, range(1000000) b").fetchall()
    assert time.monotonic() - began < 5
    assert ask.count(model, Everything(), SUPERVISOR, NOW) == 50


def test_other_queries_are_answered_while_one_is_being_stopped(model, monkeypatch):
    monkeypatch.setattr(model._watchdog, "_limit_s", 1.0)
    stopped = []

    def bomb():
        try:
            with model.cursor() as cursor:
                cursor.execute("select count(*) from range(1000000) a, range(1000000) b").fetchall()
        except SlowQueryError as error:
            stopped.append(error.text.pt)

    thread = threading.Thread(target=bomb)
    thread.start()
    while thread.is_alive():
        assert ask.count(model, Everything(), SUPERVISOR, NOW) == 50
    assert len(stopped) == 1


def test_the_watchdog_ends():
    before = threading.active_count()
    dog = Watchdog(watch._TICK_S)
    dog.close()
    assert threading.active_count() == before


def test_many_threads_read_while_rows_change(model):
    from sqlalchemy import update

    from console.store import tables
    from console.store.feed import write_feed

    every = [row["id"] for row in crowd.conversations(model.store)]
    problems, over = [], threading.Event()

    def read():
        tree = expression.parse("-id:0")
        while not over.is_set():
            counts = ask.counts(model, SUPERVISOR, None, NOW)
            page = ask.page(model, tree, SUPERVISOR, now=NOW, limit=500)
            if counts.all != 50 or len(page.rows) != 50:
                problems.append((counts.all, len(page.rows)))

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for n in range(20):
        status = "resolved" if n % 2 else "pending"

        def change(connection, status=status):
            connection.execute(update(tables.conversation).values(status=status))
            write_feed(connection, "conversation", every, 0)

        model.store.write(change)
        model.sync()
    over.set()
    for reader in readers:
        reader.join()
    assert problems == []
