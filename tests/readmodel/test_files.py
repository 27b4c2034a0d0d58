import subprocess
import sys
from contextlib import nullcontext

import pytest

from build import Centre
from console.config import Settings
from console.domain.errors import StoreError
from console.readmodel import ask, duck, files
from console.readmodel import load as loading
from console.readmodel.model import ReadModel
from console.readmodel.tree import Everything
from readmodel.crowd import NOW


def answered(model, centre):
    return ask.count(model, Everything(), centre.ana, NOW)


def names(folder):
    return sorted(path.suffix for path in folder.iterdir())


def test_a_file_left_by_a_dead_process_is_taken_over_and_follows_on(store, opened, tmp_path):
    centre = Centre(store)
    centre.receive()
    ReadModel.open(store, tmp_path / "readmodel", Settings()).close()
    (left,) = (tmp_path / "readmodel").glob("*.duckdb")
    centre.conversations(3)
    model = opened(store)
    assert model._serving.path == left
    assert answered(model, centre) == 3


def test_a_file_in_use_is_left_alone(sqlite_store, opened, tmp_path):
    centre = Centre(sqlite_store)
    one, two = opened(sqlite_store), opened(sqlite_store)
    assert one._serving.path != two._serving.path
    centre.receive()
    one.sync()
    two.sync()
    assert answered(one, centre) == answered(two, centre) == 1


@pytest.mark.parametrize("harm", ["text", "empty", "gone", "other layout", "unfinished"])
def test_a_harmed_file_is_replaced(sqlite_store, opened, tmp_path, harm):
    centre = Centre(sqlite_store)
    centre.receive()
    folder = tmp_path / "readmodel"
    ReadModel.open(sqlite_store, folder, Settings()).close()
    (left,) = folder.glob("*.duckdb")
    match harm:
        case "text":
            left.write_bytes(b"not a database" * 1_000)
        case "empty":
            left.write_bytes(b"")
        case "gone":
            left.unlink()
        case _:
            with duck.open_free(left, memory="1GB", threads=1) as connection:
                undo = {"other layout": "value = '0'", "unfinished": "key = 'x'"}[harm]
                connection.execute(f"update read_state set {undo}").fetchall()
    model = opened(sqlite_store)
    assert model._serving.path != left
    assert answered(model, centre) == 1
    assert names(folder) == [".duckdb", ".lock"]


def test_a_file_of_another_store_is_replaced(sqlite_store, opened, tmp_path):
    from console.store.work import set_meta

    centre = Centre(sqlite_store)
    ReadModel.open(sqlite_store, tmp_path / "readmodel", Settings()).close()
    (left,) = (tmp_path / "readmodel").glob("*.duckdb")
    sqlite_store.write(lambda connection: set_meta(connection, "epoch", "another"))
    assert opened(sqlite_store)._serving.path != left
    assert centre


def test_a_rebuild_leaves_one_file(sqlite_store, opened, tmp_path):
    centre = Centre(sqlite_store)
    model = opened(sqlite_store)
    model.rebuild()
    assert answered(model, centre) == 0
    assert names(tmp_path / "readmodel") == [".duckdb", ".lock"]


def test_a_failed_load_says_so_and_leaves_no_file(sqlite_store, tmp_path, monkeypatch):
    monkeypatch.setattr(loading.sys, "executable", "/bin/false")
    with pytest.raises(StoreError) as failed:
        files.build(sqlite_store, tmp_path, Settings())
    assert str(failed.value).startswith("The read model could not be loaded")
    assert not list(tmp_path.glob("*.duckdb")) + list(tmp_path.glob("*.lock"))


def test_a_new_file_that_cannot_be_opened_says_so_and_is_removed(
    sqlite_store, tmp_path, monkeypatch
):
    monkeypatch.setattr(files, "_open", lambda *_: None)
    with pytest.raises(StoreError) as failed:
        files.build(sqlite_store, tmp_path, Settings())
    assert str(failed.value) == "The new read model could not be opened."
    assert not list(tmp_path.glob("*.duckdb")) + list(tmp_path.glob("*.lock"))


def test_the_order_of_a_load_shows_no_password_in_the_process_list(monkeypatch, tmp_path):
    seen = {}

    class Done:
        returncode = 1
        stderr = ""

    def run(command, **options):
        seen.update(command=command, order=options["input"])
        return Done()

    class Store:
        url = "postgresql://me:secret@127.0.0.1/x"

        def read(self):
            return nullcontext()

    monkeypatch.setattr(loading.subprocess, "run", run)
    monkeypatch.setattr(loading, "epoch", lambda _: "e")
    monkeypatch.setattr(loading, "feed_end", lambda _: "0:0")
    with pytest.raises(StoreError):
        loading.load(Store(), tmp_path / "x.duckdb", memory="1GB", threads=1)
    assert "secret" not in " ".join(seen["command"])
    assert "secret" in seen["order"]


# The measured sequence: one library holds the write lock, a second one opens, reads and closes
# the same file in the same process, and another process gets the lock that is still held.
LOCKS = """
import subprocess, sys
import pysqlite3.dbapi2 as sqlite

file, mode = sys.argv[1:]
holder = sqlite.connect(file, isolation_level=None)
holder.execute("begin immediate")
holder.execute("update t set x = x + 1")
if mode == "same process":
    from adbc_driver_sqlite import dbapi
    with dbapi.connect(f"file:{file}?mode=ro") as other, other.cursor() as cursor:
        cursor.execute("select x from t")
        cursor.fetchall()
else:
    read = "from adbc_driver_sqlite import dbapi\\n"
    read += f"with dbapi.connect('file:{file}?mode=ro') as o, o.cursor() as c:\\n"
    read += "    c.execute('select x from t'); c.fetchall()\\n"
    subprocess.run([sys.executable, "-c", read], check=True)
TAKE = "import sys, pysqlite3.dbapi2 as s\\n"
TAKE += "c = s.connect(sys.argv[1], isolation_level=None, timeout=0.2)\\n"
TAKE += "c.execute('begin immediate')\\n"
taken = subprocess.run([sys.executable, "-c", TAKE, file], capture_output=True)
print("taken" if taken.returncode == 0 else "locked")
"""


@pytest.mark.parametrize(
    ("mode", "answer"), [("same process", "taken"), ("child process", "locked")]
)
def test_two_sqlite_libraries_in_one_process_lose_the_lock_and_a_child_does_not(
    tmp_path, mode, answer
):
    import pysqlite3.dbapi2 as sqlite

    file = tmp_path / "locks.db"
    with sqlite.connect(file) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute("create table t as select 1 as x")
    connection.close()
    done = subprocess.run(
        [sys.executable, "-c", LOCKS, str(file), mode], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == answer


def test_no_serving_process_loads_a_second_sqlite_library(sqlite_store, opened):
    Centre(sqlite_store).receive()
    model = opened(sqlite_store)
    model.rebuild()
    assert not {"sqlite3", "adbc_driver_sqlite"} & set(_loaded_by_serving())


def _loaded_by_serving():
    read = "import console.readmodel.model, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", read],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    return done.stdout.split()
