"""The change feed misses nothing: proved against a control that must lose rows."""

import random
import threading
from contextlib import suppress

import pytest
from sqlalchemy import func, insert, select, text

from console.domain.ids import now
from console.store import tables
from console.store.feed import feed_end, prune_feed, read_feed, write_feed

WRITERS, BATCHES = 4, 60


def end(store):
    with store.read() as connection:
        return feed_end(connection)


def read(store, cursor, limit=50_000):
    with store.read() as connection:
        return read_feed(connection, cursor, limit)


def add(store, *ids):
    store.write(lambda connection: write_feed(connection, "thing", ids, now()))


def test_changes_come_in_order_each_once(store):
    cursor = end(store)
    add(store, 1, 2)
    add(store, 3)
    first = read(store, cursor, limit=2)
    rest = read(store, first.cursor)
    assert first.ids["thing"] + rest.ids["thing"] == [1, 2, 3]
    assert read(store, rest.cursor).ids == {}
    assert read(store, rest.cursor).cursor == rest.cursor


def test_a_full_load_goes_on_from_its_own_snapshot(store):
    add(store, 1)
    cursor = end(store)
    assert read(store, cursor).ids == {}
    add(store, 2)
    assert read(store, cursor).ids == {"thing": [2]}


def test_a_pruned_cursor_is_lost_and_a_fresh_one_is_not(store):
    start = end(store)
    add(store, 1)
    assert store.write(lambda connection: prune_feed(connection, 0)) == 0
    assert store.write(lambda connection: prune_feed(connection, now() + 1)) == 1
    assert read(store, start).is_lost
    add(store, 2)
    assert not read(store, end(store)).is_lost


@pytest.mark.postgres
def test_what_commits_late_is_read_exactly_once(postgres_store):
    store = postgres_store
    cursor = end(store)
    with store.engine.connect() as slow, slow.begin():
        write_feed(slow, "thing", [1], now())
        add(store, 2)
        early = read(store, cursor)
        assert early.ids == {}
    late = read(store, early.cursor)
    assert sorted(late.ids["thing"]) == [1, 2]
    assert read(store, late.cursor).ids == {}


class Reader(threading.Thread):
    """Reads until it is told to stop, then once more."""

    def __init__(self, step):
        super().__init__()
        self.step, self.seen, self.over = step, [], threading.Event()

    def run(self):
        while not self.over.is_set():
            self.step(self.seen)
        self.step(self.seen)


def by_feed(store):
    cursor = end(store)

    def step(seen):
        nonlocal cursor
        batch = read(store, cursor, limit=500)
        while batch.ids:
            seen += batch.ids["thing"]
            cursor = batch.cursor
            batch = read(store, cursor, limit=500)

    return step


def by_sequence_alone(store):
    """The naive cursor: whatever commits below it later is never seen."""
    last = 0
    table = tables.change_feed

    def step(seen):
        nonlocal last
        wanted = select(table.c.seq, table.c.entity_id).where(table.c.seq > last)
        with store.read() as connection:
            rows = connection.execute(wanted.order_by(table.c.seq)).all()
        seen += [row.entity_id for row in rows]
        last = max([last, *(row.seq for row in rows)])

    return step


def write_in_parallel(store, pause):
    def writer(place):
        chance = random.Random(place)
        for batch in range(BATCHES):
            ids = [place * 1_000_000 + batch * 10 + i for i in range(chance.randint(1, 10))]

            def unit(connection, ids=ids):
                write_feed(connection, "thing", ids, now())
                if chance.random() < pause:
                    connection.execute(text("select pg_sleep(0.01)"))
                if chance.random() < 0.1:
                    raise LookupError

            with suppress(LookupError):
                store.write(unit)

    threads = [threading.Thread(target=writer, args=(place,)) for place in range(1, WRITERS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def committed(store):
    with store.read() as connection:
        return list(connection.scalars(select(tables.change_feed.c.entity_id)))


@pytest.mark.postgres
def test_under_stress_the_feed_misses_nothing_where_the_naive_cursor_does(postgres_store):
    readers = [Reader(by_feed(postgres_store)), Reader(by_sequence_alone(postgres_store))]
    for reader in readers:
        reader.start()
    write_in_parallel(postgres_store, pause=0.5)
    for reader in readers:
        reader.over.set()
        reader.join()
    wanted = committed(postgres_store)
    feed, naive = (reader.seen for reader in readers)
    assert sorted(feed) == sorted(wanted)
    assert len(set(naive)) < len(wanted), "the control lost nothing: the stress proves nothing"


def test_under_stress_sqlite_loses_nothing(sqlite_store):
    reader = Reader(by_feed(sqlite_store))
    reader.start()
    write_in_parallel(sqlite_store, pause=0)
    reader.over.set()
    reader.join()
    assert sorted(reader.seen) == sorted(committed(sqlite_store))


def test_a_rolled_back_change_is_never_named(store):
    cursor = end(store)

    def unit(connection):
        connection.execute(insert(tables.meta).values(key="x", value="y"))
        write_feed(connection, "thing", [1], now())
        raise LookupError

    with pytest.raises(LookupError):
        store.write(unit)
    assert read(store, cursor).ids == {}
    with store.read() as connection:
        kept = select(func.count()).where(tables.meta.c.key == "x")
        assert connection.scalar(kept) == 0
