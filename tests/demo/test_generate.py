"""A generated store: consistent, the same for the same seed, and only for empty stores."""

import hashlib

import pytest
from sqlalchemy import func, select

from console.demo.generate import Plan, generate
from console.domain.agent import Role
from console.domain.conversation import Conversation, fold
from console.domain.errors import StoreError
from console.domain.ids import DAY, id_floor
from console.store import tables
from console.store.rows import event_of, load_conversations, message_of
from console.store.schema import migrate
from console.store.work import open_store

UNTIL = 1_793_636_400_000_000
FILLED = (
    tables.instance, tables.team, tables.label, tables.agent, tables.contact, tables.address,
    tables.conversation, tables.message, tables.event,
)  # fmt: skip


def plan(conversations=400, days=20, seed=3):
    return Plan(conversations, days, UNTIL, seed)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A store with generated traffic, not to be written to."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('demo')}/central.db")
    migrate(store)
    made = generate(store, plan(3_000))
    yield store, made
    store.close()


def count(store, table, *where):
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(table).where(*where))


def histories(connection, ids):
    """State, events and messages of each conversation."""
    for state in load_conversations(connection, ids, with_labels=True):
        found = {}
        for table, made in ((tables.message, message_of), (tables.event, event_of)):
            wanted = select(table).where(table.c.conversation_id == state.id).order_by(table.c.id)
            found[table.name] = [made(row) for row in connection.execute(wanted).mappings()]
        yield state, found["event"], found["message"]


def check_folds(store, ids):
    with store.read() as connection:
        for state, events, messages in histories(connection, ids):
            blank = Conversation(
                state.id, state.instance_id, state.contact_id, version=state.version
            )
            assert fold(blank, events, {m.id: m for m in messages}) == state


def some_ids(store, step):
    with store.read() as connection:
        ids = list(connection.scalars(select(tables.conversation.c.id)))
    return ids[::step]


def test_the_state_is_the_fold_of_the_events(filled):
    store, made = filled
    check_folds(store, some_ids(store, 5))
    assert made.conversations == count(store, tables.conversation) == 3_000
    assert made.messages == count(store, tables.message)


def test_every_message_has_its_event(filled):
    store, _ = filled
    event, message = tables.event.c, tables.message.c
    with store.read() as connection:
        pairs = connection.execute(
            select(message.direction, event.kind, func.count())
            .join(tables.event, event.message_id == message.id)
            .where(event.at == message.at, event.actor_kind == message.author_kind)
            .group_by(message.direction, event.kind)
        ).all()
    assert {(d, k) for d, k, _ in pairs} == {
        ("in", "received"), ("out", "replied"), ("note", "noted"),
    }  # fmt: skip
    assert sum(n for _, _, n in pairs) == count(store, tables.message)


def test_everything_a_supervisor_looks_for_is_there(filled):
    store, _ = filled
    conversation = tables.conversation.c
    wanted = {
        "pending": conversation.status == "pending",
        "old and pending": (conversation.status == "pending")
        & (conversation.opened_at < UNTIL - 7 * DAY),
        "nobody's": conversation.assignee_id.is_(None),
        "unread": conversation.unread_n > 0,
        "waiting": conversation.waiting_since_at.is_not(None),
        "reopened": conversation.reopened_n > 0,
        "with notes": conversation.note_n > 0,
    }
    found = {name: count(store, tables.conversation, where) for name, where in wanted.items()}
    assert all(found.values()), found
    transfers = (tables.event.c.kind == "assigned") & tables.event.c.from_id.is_not(None)
    assert count(store, tables.event, transfers)
    assert count(store, tables.conversation_label)


def test_ids_follow_time_and_nothing_is_later_than_now(filled):
    store, _ = filled
    with store.read() as connection:
        newest = connection.scalar(select(func.max(tables.message.c.id)))
        order = connection.execute(
            select(tables.message.c.conversation_id, tables.message.c.at).order_by(
                tables.message.c.conversation_id, tables.message.c.id
            )
        ).all()
    assert newest < id_floor(UNTIL)
    assert order == sorted(order, key=lambda row: (row[0], row[1]))


def test_the_indexes_and_the_journal_are_back(filled):
    store, _ = filled
    with store.read() as connection:
        found = connection.exec_driver_sql("select name from sqlite_master where type = 'index'")
        names = {row[0] for row in found}
        mode = connection.exec_driver_sql("pragma journal_mode").scalar()
    assert {i.name for t in tables.metadata.tables.values() for i in t.indexes} <= names
    assert mode == "wal"


def test_roles_and_teams_are_all_there(filled):
    _, made = filled
    assert {person.role for person in made.centre.people} == set(Role)
    assert all(len(members) > 1 for members in made.centre.members())
    mails = [person.email for person in made.centre.people]
    assert len(set(mails)) == len(mails)
    assert all(mail.endswith(".example") for mail in mails)


def test_phones_are_of_the_block_kept_for_the_demo(filled):
    store, _ = filled
    with store.read() as connection:
        phones = list(connection.scalars(select(tables.address.c.value)))
    assert len(set(phones)) == len(phones)
    assert all(len(p) == 13 and p[:2] == "55" and p[4:8] == "9000" for p in phones)


def fingerprint(store):
    marks = []
    with store.read() as connection:
        for table in FILLED:
            rows = connection.execute(select(table).order_by(table.c.id)).all()
            marks.append(hashlib.sha256(repr(rows).encode()).hexdigest())
    return marks


def made_store(path, a_plan):
    store = open_store(f"sqlite:///{path}")
    migrate(store)
    generate(store, a_plan)
    return store


def test_the_same_seed_gives_the_same_rows_and_another_seed_others(tmp_path):
    first, second, other = (
        made_store(tmp_path / f"{n}.db", plan(seed=seed)) for n, seed in enumerate((3, 3, 4))
    )
    assert fingerprint(first) == fingerprint(second)
    assert not set(fingerprint(first)[3:]) & set(fingerprint(other)[3:])
    for store in (first, second, other):
        store.close()


def test_both_stores_take_the_same_rows(postgres_store, sqlite_store):
    told = []
    before = postgres_store.epoch()
    made = generate(postgres_store, plan(), progress=lambda *now: told.append(now))
    generate(sqlite_store, plan())
    check_folds(postgres_store, some_ids(postgres_store, 10))
    assert [count(postgres_store, t) for t in FILLED] == [count(sqlite_store, t) for t in FILLED]
    assert postgres_store.epoch() != before
    assert told == [(made.conversations, made.conversations)]


def test_a_store_with_conversations_is_refused(sqlite_store):
    generate(sqlite_store, plan(20))
    with pytest.raises(StoreError):
        generate(sqlite_store, plan(20, seed=4))
