"""What listening browsers are told: what is new, and what has changed."""

import pytest
from sqlalchemy import event, insert

import attached
from build import Centre
from console.actions import Reply
from console.domain.ids import DAY, MINUTE, now
from console.store import tables
from console.store.beside import Reaction, beside
from console.store.news import news
from console.store.thread import messages


@pytest.fixture
def centre(store):
    return Centre(store, at=now())


def told(centre, *talks, since):
    with centre.store.read() as connection:
        return news(connection, talks, since)


def add_reaction(store, message_id, author, emoji, is_ours=False):
    row = {"message_id": message_id, "author": author, "emoji": emoji, "at": 1}
    row |= {"is_ours": is_ours}
    store.write(lambda connection: connection.execute(insert(tables.reaction).values(row)))


def test_a_message_that_changed_is_told_again(centre):
    talk = centre.receive("antes")
    sent = centre.run(Reply("Oi"), talk).made[talk]
    later = now() + 10 * MINUTE
    assert told(centre, talk, since=later).messages == []
    attached.change_message(centre.store, sent, delivery="read", changed_at=later + 1)
    found = told(centre, talk, since=later).messages
    assert [(m.id, m.delivery) for m in found] == [(sent, "read")]
    assert told(centre, talk, since=later + 2).messages == []


def test_what_is_new_is_told_with_what_stands_beside_it(centre):
    talk = centre.receive("foto")
    file = attached.expect(centre.store, talk, centre.at)
    message = attached.last_message(centre.store, talk)
    add_reaction(centre.store, message, "a", "👍")
    found = told(centre, talk, since=now() - MINUTE)
    assert [m.id for m in found.messages] == [message]
    assert found.beside.files[message].id == file
    assert found.beside.reactions == {message: [Reaction("👍", False)]}


def test_old_messages_are_not_searched_for_changes(centre):
    talk = centre.receive("antes")
    message = attached.last_message(centre.store, talk)
    attached.change_message(centre.store, message, changed_at=now() + 100 * DAY)
    assert told(centre, talk, since=now() + 100 * DAY).messages == []


def test_a_reaction_that_was_taken_away_is_not_shown(centre):
    talk = centre.receive()
    message = attached.last_message(centre.store, talk)
    add_reaction(centre.store, message, "a", "")
    add_reaction(centre.store, message, "b", "❤️", is_ours=True)
    with centre.store.read() as connection:
        found = beside(connection, messages(connection, talk))
    assert found.reactions == {message: [Reaction("❤️", True)]}


def test_a_message_answers_one_of_its_own_conversation_only(centre):
    mine, other = centre.conversations(2)
    for talk, name in ((mine, "w1"), (other, "w2")):
        message = attached.last_message(centre.store, talk)
        attached.change_message(centre.store, message, provider_id=name)
    answers = [centre.run(Reply("r"), mine).made[mine] for _ in range(2)]
    for answer, name in zip(answers, ("w1", "w2"), strict=True):
        attached.change_message(centre.store, answer, quoted=name)
    with centre.store.read() as connection:
        found = beside(connection, messages(connection, mine))
    assert [key for key, _ in found.quoted.items()] == [(mine, "w1")]
    assert found.quoted[(mine, "w1")].text == "Oi 0"


def test_many_messages_cost_as_many_statements_as_one(centre):
    talk = centre.receive()
    for n in range(20):
        centre.receive(f"mais {n}")
    counts = []
    with centre.store.read() as connection:
        for chosen in (messages(connection, talk, limit=1), messages(connection, talk)):
            statements = []
            listen = (centre.store.engine, "before_cursor_execute", lambda *a: statements.append(a))  # noqa: B023
            event.listen(*listen)
            beside(connection, chosen)
            event.remove(*listen)
            counts.append(len(statements))
    assert counts[0] == counts[1] <= 3
