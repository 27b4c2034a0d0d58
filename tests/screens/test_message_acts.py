"""What a browser asks of one message: again, to others, as an answer, and by its address."""

import pytest

import attached
from console import actions
from console.actions.base import CONTACT_NOT_FOUND, MESSAGE_NOT_FOUND, NOT_FOUND
from console.actions.forward import NOT_FORWARDED
from console.actions.quoting import NOT_QUOTABLE
from console.actions.reply import WINDOW_CLOSED
from console.domain.agent import Role
from console.screens.asked import NOT_UNDERSTOOD
from console.screens.forwarding import TOO_MANY
from console.store import tables
from console.store.contacts import conversations_of
from console.store.thread import messages


@pytest.fixture
def talk(centre):
    return centre.receive("Oi")


@pytest.fixture
def heard(centre, talk):
    return attached.last_message(centre.store, talk)


@pytest.fixture
def others(centre):
    return [centre.receive("Olá", 5511900000100 + n, f"Cliente {n}") for n in range(2)]


def thread(centre, conversation_id):
    with centre.store.read() as connection:
        return messages(connection, conversation_id)


def pt(handled):
    return handled.notice.text.pt if handled.notice else None


def link(centre, channel):
    table = tables.instance
    change = table.update().where(table.c.id == centre.loja).values(channel=channel)
    centre.store.write(lambda connection: connection.execute(change))


def forward(sitting, message_id, *to, key="one-forward"):
    return sitting.do("forward", message=str(message_id), to=[str(i) for i in to], key=key)


def results(handled, key="one-forward"):
    return dict(handled.results[key])


def test_a_message_is_sent_again_once_by_its_key(sit, centre, talk):
    first = centre.run(actions.Reply("Bom dia"), talk).made[talk]
    ana = sit()
    for _ in range(2):
        handled = ana.do("resend", id=str(talk), message=str(first), key="the-same-key")
        assert (handled.notice, dict(handled.refused)) == (None, {})
    assert [m.resend_of_id for m in thread(centre, talk)] == [None, None, first]
    ana.do("resend", id=str(talk), message=str(first), text="Boa tarde", key="another-key")
    assert pt(ana.do("resend", id=str(talk), message="x")) == NOT_UNDERSTOOD.pt


def test_other_words_go_out_in_place_of_those_that_failed(sit, centre, talk):
    first = centre.run(actions.Reply("Bom diia"), talk).made[talk]
    sit().do("resend", id=str(talk), message=str(first), text="Bom dia")
    assert [m.text for m in thread(centre, talk)] == ["Oi", "Bom diia", "Bom dia"]


def test_a_decision_is_told(sit, centre, talk):
    first = centre.run(actions.Reply("Bom dia"), talk).made[talk]
    attached.change_message(centre.store, first, delivery="unknown")
    ana = sit(conversation=talk)
    done = ana.do("consider", id=str(talk), message=str(first))
    assert pt(done) == "Mensagem considerada enviada."
    lines = [item for item in ana.see()["thread"]["items"] if item["type"] == "line"]
    assert [(item["tone"], item["text"]) for item in lines] == [
        ("sent", "Mensagem não confirmada considerada enviada por Ana")
    ]


def test_an_answer_quotes_a_message_that_the_provider_knows(sit, centre, talk, heard):
    ana = sit(conversation=talk)
    refused = ana.do("reply", id=str(talk), text="Bom dia", answers=str(heard))
    assert pt(refused) == NOT_QUOTABLE.pt
    attached.change_message(centre.store, heard, provider_id="wamid.1")
    ana.do("reply", id=str(talk), text="Bom dia", answers=str(heard))
    answer = ana.see()["thread"]["items"][-1]
    assert (answer["quoted"]["id"], answer["quoted"]["text"]) == (str(heard), "Oi")


def test_an_answer_quotes_nothing_of_other_conversations(sit, centre, talk, others):
    other = attached.last_message(centre.store, others[0])
    attached.change_message(centre.store, other, provider_id="wamid.2")
    refused = sit().do("reply", id=str(talk), text="Oi", answers=str(other))
    assert pt(refused) == MESSAGE_NOT_FOUND.pt
    assert centre.state(talk).outbound_n == 0


def test_forwarding_tells_what_came_of_each(sit, centre, heard, others):
    ana = sit()
    first = forward(ana, heard, *others, 77)
    assert results(first) == {str(others[0]): None, str(others[1]): None, "77": NOT_FOUND}
    assert results(forward(ana, heard, *others, 77)) == results(first)
    assert [centre.state(i).outbound_n for i in others] == [1, 1]


def test_a_forward_that_nobody_may_make_is_refused_as_a_whole(sit, centre, talk, others):
    note = centre.run(actions.Note("Só nossa"), talk).made[talk]
    told = results(forward(sit(), note, *others))
    assert told == dict.fromkeys(map(str, others), NOT_FORWARDED)
    refused = forward(sit(), 77, *others, key="another-forward")
    assert dict(refused.refused) == {"another-forward": MESSAGE_NOT_FOUND}


@pytest.mark.parametrize("to", [[], [str(n) for n in range(1, 22)]])
def test_recipients_are_few(sit, heard, to):
    assert pt(sit().do("forward", message=str(heard), to=to)) == TOO_MANY.pt


@pytest.mark.parametrize("name", ["x", "1-", "0-1", "1-2-3", "-1"])
def test_a_recipient_that_is_none_is_refused(sit, heard, name):
    assert results(forward(sit(), heard, name)) == {name: NOT_UNDERSTOOD}


def test_somebody_without_a_conversation_gets_one_where_a_text_may_go(sit, centre, heard):
    contact = centre.run(actions.CreateContact("Yara", "+5511900000900")).done[0]
    name = f"{contact}-{centre.loja}"
    link(centre, "cloud")
    assert results(forward(sit(), heard, name)) == {name: WINDOW_CLOSED}
    assert opened(centre, contact) == []
    link(centre, "evolution")
    assert results(forward(sit(), heard, name, key="two-forward"), "two-forward") == {name: None}
    (made,) = opened(centre, contact)
    assert [m.forwarded_from_id for m in thread(centre, made)] == [heard]


def test_a_contact_one_may_not_see_gets_nothing(sit, centre, talk, heard, others):
    link(centre, "evolution")
    bia = centre.agent("Bia")
    centre.run(actions.Assign(bia.agent_id), talk)
    centre.run(actions.Assign(centre.ana.agent_id), others[0])
    name = f"{centre.contact(others[0]).id}-{centre.loja}"
    assert results(forward(sit(bia), heard, name)) == {name: CONTACT_NOT_FOUND}
    assert centre.state(others[0]).outbound_n == 0


def opened(centre, contact_id):
    with centre.store.read() as connection:
        return conversations_of(connection, [contact_id], centre.ana.scope)


def test_a_link_shows_its_message_or_says_that_it_is_not_here(sit, centre, talk, heard, others):
    ana = sit()
    other = attached.last_message(centre.store, others[0])
    ana.do("select", id=str(talk), message=str(heard))
    shown = ana.see()["thread"]
    assert (shown["focus"], shown["lost"]) == (str(heard), None)
    for wanted in (other, 77):
        ana.do("select", id=str(talk), message=str(wanted))
        shown = ana.see()["thread"]
        assert (shown["focus"], shown["lost"]) == (None, str(wanted))
        assert len(shown["items"]) == 1


def test_a_link_into_a_hidden_conversation_is_a_link_to_nothing(sit, centre, talk, heard):
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    bia = sit(centre.agent("Bia", Role.AGENT))
    bia.do("select", id=str(talk), message=str(heard))
    hidden = bia.see()["thread"]
    bia.do("select", id="77", message=str(heard))
    assert bia.see()["thread"] == hidden | {"id": "77"}
    assert hidden["missing"] is True
