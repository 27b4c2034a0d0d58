import threading
import time

import duckdb
import pytest

from build import Centre
from console import actions
from console.readmodel import ask, files
from console.readmodel import model as modelling
from console.readmodel.model import ReadModel
from console.readmodel.sync import FeedLostError
from console.readmodel.tree import Everything
from readmodel.crowd import NOW


@pytest.fixture
def failing(monkeypatch):
    """Lets following fail on one file with an error, as often as asked."""

    def fail(path, error, times=1_000):
        left = [error] * times
        follow = modelling.follow

        def following(store, writer, limit=50_000):
            (name,) = writer.cursor.execute(
                "select path from duckdb_databases() where path is not null"
            ).fetchall()[0]
            if name == str(path) and left:
                raise left.pop()
            return follow(store, writer, limit)

        monkeypatch.setattr(modelling, "follow", following)

    return fail


def count(model, centre):
    return ask.count(model, Everything(), centre.ana, NOW)


def test_a_harmed_file_is_renewed_in_the_background_while_it_serves(sqlite_store, opened, failing):
    centre = Centre(sqlite_store)
    centre.receive()
    model = opened(sqlite_store)
    before = model._serving.path
    failing(before, duckdb.IOException("harmed"))
    model.start()
    centre.conversations(3)
    deadline = time.monotonic() + 60
    while model._serving.path == before and time.monotonic() < deadline:
        assert count(model, centre) == 1
        time.sleep(0.05)
    assert count(model, centre) == 3
    assert model.check() == []


def test_a_deleted_file_serves_until_it_is_renewed(sqlite_store, opened):
    centre = Centre(sqlite_store)
    centre.receive()
    model = opened(sqlite_store)
    model._serving.path.unlink()
    centre.conversations(2)
    model.sync()
    assert count(model, centre) == 2
    model.rebuild()
    assert count(model, centre) == 2
    assert model._serving.path.exists()


def test_several_threads_that_find_the_feed_lost_load_once(
    sqlite_store, opened, failing, monkeypatch
):
    centre = Centre(sqlite_store)
    model = opened(sqlite_store)
    failing(model._serving.path, FeedLostError())
    built = []
    build = files.build
    monkeypatch.setattr(files, "build", lambda *given: built.append(1) or build(*given))
    threads = [threading.Thread(target=model.sync) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert built == [1]
    assert count(model, centre) == 0


def test_a_load_that_cannot_follow_leaves_no_file(sqlite_store, opened, monkeypatch, tmp_path):
    Centre(sqlite_store)
    model = opened(sqlite_store)
    monkeypatch.setattr(ReadModel, "_change_over", _lost)
    with pytest.raises(FeedLostError):
        model.rebuild()
    assert [p.suffix for p in sorted((tmp_path / "readmodel").iterdir())] == [".duckdb", ".lock"]


def _lost(*_):
    raise FeedLostError


def test_an_own_write_stands_even_when_the_file_fails(sqlite_store, opened, monkeypatch, caplog):
    centre = Centre(sqlite_store)
    made = centre.receive()
    model = opened(sqlite_store)

    def harmed(*_):
        raise duckdb.IOException("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(modelling, "apply_now", harmed)
        centre.run(actions.Resolve(), made)
        assert model.apply([made]) == frozenset()
    assert "background" in caplog.text
    assert model.sync() == {made}


def test_a_woken_model_follows_at_once(sqlite_store, opened, monkeypatch):
    monkeypatch.setattr(modelling, "POLL_S", 3_600.0)  # by itself it would not look in this test
    centre = Centre(sqlite_store)
    model = opened(sqlite_store)
    told = threading.Event()
    model.listen(lambda _ids: told.set())
    model.start()
    centre.receive()
    assert not told.wait(0.3)
    model.wake()
    assert told.wait(30)
    assert count(model, centre) == 1
