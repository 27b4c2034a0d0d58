"""Opening, reading, writing: nothing half written, nothing lost, unsafe libraries refused."""

import subprocess
import sys
import textwrap
import threading
import time
from importlib import metadata

import pysqlite3.dbapi2 as sqlite
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, func, insert, select, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.exc import IntegrityError, OperationalError

from build import Centre
from console import actions
from console.domain.errors import StoreError
from console.store import schema, tables, work
from console.store.doctor import examine
from console.store.work import open_store, set_meta, sqlite_is_safe


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_wal_is_trusted_only_to_a_fixed_sqlite(version, is_safe):
    assert sqlite_is_safe(version) == is_safe


def test_the_linked_sqlite_is_a_fixed_one_and_the_only_one():
    assert sqlite_is_safe(sqlite.sqlite_version_info)
    installed = {d.metadata["Name"].lower() for d in metadata.distributions()}
    assert "pysqlite3-binary" not in installed


def test_an_affected_sqlite_is_refused_with_the_way_out(monkeypatch, tmp_path):
    monkeypatch.setattr(work.sqlite, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(StoreError, match="install pysqlite3"):
        open_store(f"sqlite:///{tmp_path / 'x.db'}")


def test_sqlite_runs_in_wal_with_full_synchronisation(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'own.db'}")
    with store.read() as connection:
        pragmas = [
            connection.exec_driver_sql(f"pragma {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    store.close()
    assert pragmas == ["wal", 2, 1]


def test_a_reader_keeps_its_snapshot(store):
    with store.read() as connection:
        before = connection.scalar(select(func.count()).select_from(tables.meta))
        store.write(lambda c: set_meta(c, "more", "1"))
        assert connection.scalar(select(func.count()).select_from(tables.meta)) == before


def test_nothing_read_can_be_written(postgres_store):
    with postgres_store.read() as connection, pytest.raises(Exception, match="read-only"):
        set_meta(connection, "x", "y")


def test_a_unit_that_fails_leaves_nothing(store):
    def unit(connection):
        set_meta(connection, "half", "1")
        raise LookupError

    with pytest.raises(LookupError):
        store.write(unit)
    with store.read() as connection:
        wanted = select(func.count()).where(tables.meta.c.key == "half")
        assert connection.scalar(wanted) == 0


def test_writers_take_turns_and_lose_no_update(store):
    store.write(lambda c: set_meta(c, "n", "0"))

    def count_up():
        for _ in range(20):
            store.write(_count_up)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as connection:
        assert (
            connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == "n")) == "80"
        )


def _count_up(connection):
    row = select(tables.meta.c.value).where(tables.meta.c.key == "n").with_for_update()
    value = int(connection.scalar(row))
    connection.execute(
        tables.meta.update().where(tables.meta.c.key == "n"), {"value": str(value + 1)}
    )


def test_a_busy_store_is_tried_again(sqlite_store, monkeypatch):
    tries = []

    def unit(_):
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("", {}, sqlite.OperationalError("database is locked"))
        return "done"

    monkeypatch.setattr(work.time, "sleep", lambda _: None)
    assert sqlite_store.write(unit) == "done"
    assert len(tries) == 3


def test_a_real_error_is_not_tried_again(store):
    tries = []

    def unit(connection):
        tries.append(1)
        connection.execute(insert(tables.meta).values(key="epoch", value="again"))

    with pytest.raises(IntegrityError):
        store.write(unit)
    assert len(tries) == 1


def test_a_store_that_stays_busy_says_so(sqlite_store, monkeypatch):
    monkeypatch.setattr(work.time, "sleep", lambda _: None)

    def unit(_):
        raise OperationalError("", {}, sqlite.OperationalError("database is locked"))

    with pytest.raises(OperationalError):
        sqlite_store.write(unit)


def test_the_migrated_tables_are_the_declared_ones(store, monkeypatch):
    monkeypatch.setitem(PGDialect.ischema_names, "xid8", tables.Xid8)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


def test_migrating_again_changes_nothing(store):
    epoch = store.epoch()
    schema.migrate(store)
    schema.check_revision(store)
    assert store.epoch() == epoch
    assert schema.revision(store) == schema.newest_revision()


def test_an_empty_store_says_how_to_begin(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'new' / 'x.db'}")
    with pytest.raises(StoreError, match="central init"):
        schema.check_revision(store)


def test_a_store_without_an_epoch_says_how_to_begin(sqlite_store):
    sqlite_store.write(lambda c: c.execute(tables.meta.delete()))
    with pytest.raises(StoreError, match="central init"):
        sqlite_store.epoch()


def test_an_older_store_says_how_to_upgrade(sqlite_store, monkeypatch):
    monkeypatch.setattr(schema, "newest_revision", lambda: "9999")
    with pytest.raises(StoreError, match="central migrate"):
        schema.check_revision(sqlite_store)


@pytest.mark.parametrize("wanted", [schema.check_revision, schema.migrate])
def test_a_newer_store_is_refused(sqlite_store, wanted):
    newer = text("update alembic_version set version_num = '9999'")
    sqlite_store.write(lambda c: c.execute(newer))
    with pytest.raises(StoreError, match="install the newer Central"):
        wanted(sqlite_store)


def test_each_statement_of_a_command_that_fails_leaves_nothing_and_can_be_repeated(store):
    centre = Centre(store)
    ids = centre.conversations(3)
    failing = {"at": 0, "seen": 0}

    def fail(*_):
        failing["seen"] += 1
        if failing["seen"] == failing["at"]:
            raise LookupError

    event.listen(store.engine, "before_cursor_execute", fail)
    try:
        for place in range(1, 50):
            failing.update(at=place, seen=0)
            try:
                outcome = centre.run(actions.Reply("Oi"), *ids, key=f"k{place}")
            except LookupError:
                continue
            break
    finally:
        event.remove(store.engine, "before_cursor_execute", fail)
    assert place > 5
    assert outcome.done == tuple(ids)
    assert [centre.state(i).outbound_n for i in ids] == [1, 1, 1]
    with store.read() as connection:
        assert list(examine(connection)) == []


KILLED = """
    import sys
    sys.path.insert(0, {tests!r})
    from build import Centre
    from console import actions
    from console.store.work import open_store
    centre = Centre(open_store({url!r}))
    ids = centre.conversations(60)
    print("ready", flush=True)
    for turn in range(10_000):
        wish = actions.Reply(f"Oi {{turn}}")
        assert len(centre.run(wish, *ids).done) == 60
        print(turn, flush=True)
"""


def test_a_killed_process_leaves_whole_commands_and_all_it_told_of(store, pytestconfig):
    Centre(store)
    tests = str(pytestconfig.rootpath / "tests")
    url = store.url
    for kill in range(4):
        script = textwrap.dedent(KILLED.format(tests=tests, url=url))
        told = _killed_after(script, 0.15 + 0.1 * kill)
        sent = [sent_n(store, i) for i in all_ids(store)]
        assert len(set(sent)) == 1, "half a command was kept"
        assert sent[0] >= len(told)
        with store.read() as connection:
            assert list(examine(connection)) == []
        _start_over(store)


def _killed_after(script, seconds):
    """The lines a child told before it was killed."""
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout.readline() == "ready\n"
        time.sleep(seconds)
        child.kill()
        return [line for line in child.stdout if line.strip()]


def all_ids(store):
    with store.read() as connection:
        return list(connection.scalars(select(tables.conversation.c.id)))


def sent_n(store, conversation_id):
    with store.read() as connection:
        wanted = select(tables.conversation.c.outbound_n)
        return connection.scalar(wanted.where(tables.conversation.c.id == conversation_id))


def _start_over(store):
    def unit(connection):
        for table in (tables.outbox, tables.event, tables.message, tables.conversation):
            connection.execute(table.delete())

    store.write(unit)
