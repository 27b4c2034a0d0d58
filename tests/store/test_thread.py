"""Reading facts and messages of threads by their ids."""

from build import FIRST_PHONE, Centre
from console import actions
from console.domain import ids
from console.store import thread


def test_the_next_message_is_that_of_the_same_conversation(store):
    centre = Centre(store)
    first, other = centre.conversations(2)
    centre.run(actions.Resolve(), first)
    centre.receive("De novo", FIRST_PHONE)
    with store.read() as connection:
        of_first = [message.id for message in thread.messages(connection, first)]
        (of_other,) = (message.id for message in thread.messages(connection, other))
        places = [
            (first, of_first[0] + 1),
            (other, of_other),
            (first, 0),
            (other, of_other + 1),
            (ids.new_id(), 0),
        ]
        found = thread.next_messages(connection, places)
        assert thread.next_messages(connection, []) == []
    assert found == [of_first[1], of_other, of_first[0], None, None]


def test_facts_are_read_by_their_ids(store):
    centre = Centre(store)
    first, other = centre.conversations(2)
    with store.read() as connection:
        contact_id = centre.state(first).contact_id
        (opened,) = thread.events(connection, first, contact_id)
        assert thread.events_by_ids(connection, [opened.id, ids.new_id()]) == [opened]
        assert thread.events_by_ids(connection, []) == []
    assert opened.conversation_id != other
