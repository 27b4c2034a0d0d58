"""Sending a message again, and deciding about one of which nobody knows whether it went out."""

import json

import pytest
from sqlalchemy import select, update

import attached
from build import Centre, Role, a_bot
from console.actions import ConsiderSent, Note, Reply, Resend, SendTemplate
from console.actions.base import EMPTY, KEY_REUSED, MESSAGE_NOT_FOUND, NOT_ALLOWED, TOO_LONG
from console.actions.copying import DELETED, NO_BYTES, NO_WORDS
from console.actions.reply import WINDOW_CLOSED
from console.actions.resend import NOT_OURS, NOT_UNKNOWN, ON_ITS_WAY
from console.domain.errors import RuleError
from console.domain.ids import DAY, HOUR
from console.domain.template import Template, TemplateCall, TemplatePart
from console.store import tables
from console.store.attachments import files_of
from console.store.doctor import examine
from console.store.files import FileStore
from console.store.templates import save_templates
from console.store.thread import message_by_id, messages
from office import facts


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def talk(centre):
    return centre.receive("Oi")


def say(centre, talk, text="Bom dia!"):
    return centre.run(Reply(text), talk).made[talk]


def put(centre, message_id, state="accepted", **values):
    """A message and its row of the outbox, as a worker leaves them."""
    shown = {"delivery": "delivered" if state == "accepted" else state, **values}
    attached.change_message(centre.store, message_id, **shown)
    own = tables.outbox.c.message_id == message_id
    change = update(tables.outbox).where(own).values(state=state)
    centre.store.write(lambda connection: connection.execute(change))


def outbox_of(centre, message_id):
    table = tables.outbox
    with centre.store.read() as connection:
        wanted = select(table.c.state).where(table.c.message_id == message_id)
        return connection.scalar(wanted)


def message(centre, message_id):
    with centre.store.read() as connection:
        return message_by_id(connection, message_id)


def problem(centre, wish, talk, **options):
    return centre.run(wish, talk, **options).problem


def with_channel(centre, channel):
    change = update(tables.instance).values(channel=channel)
    centre.store.write(lambda connection: connection.execute(change))


@pytest.mark.parametrize("state", ["accepted", "failed", "unknown", "queued", "withdrawn"])
def test_a_message_goes_out_again_as_a_new_one_and_the_old_one_stays(centre, talk, state):
    first = say(centre, talk)
    put(centre, first, state, failure='{"code": 131026}' if state == "failed" else None)
    before = message(centre, first)
    bia = centre.agent("Bia", Role.SUPERVISOR)
    made = centre.run(Resend(first), talk, by=bia).made[talk]
    again = message(centre, made)
    assert (again.text, again.delivery, again.resend_of_id) == ("Bom dia!", "queued", first)
    assert (again.author_name, again.author_id) == ("Bia", bia.agent_id)
    assert message(centre, first) == before
    with centre.store.read() as connection:
        assert list(examine(connection)) == []


def test_the_same_wish_is_carried_out_once(centre, talk):
    first = say(centre, talk)
    put(centre, first)
    done = centre.run(Resend(first), talk, key="once")
    assert centre.run(Resend(first), talk, key="once") == done
    with pytest.raises(RuleError) as refused:
        centre.run(Resend(first, "Outra"), talk, key="once")
    assert refused.value.text == KEY_REUSED
    with centre.store.read() as connection:
        assert [m.resend_of_id for m in messages(connection, talk)] == [None, None, first]


def test_two_people_do_not_send_it_again_side_by_side(centre, talk):
    first = say(centre, talk)
    put(centre, first, "unknown")
    made = centre.run(Resend(first), talk).made[talk]
    assert problem(centre, Resend(first), talk) == ON_ITS_WAY
    put(centre, made)
    assert problem(centre, Resend(first), talk) is None


def test_words_may_be_others_the_second_time(centre, talk):
    first = say(centre, talk, "Bom diia")
    put(centre, first, "failed")
    made = centre.run(Resend(first, "Bom dia"), talk).made[talk]
    assert message(centre, made).text == "Bom dia"
    assert message(centre, first).text == "Bom diia"


def test_what_was_unknown_holds_up_nothing_once_it_was_sent_again(centre, talk):
    first = say(centre, talk)
    put(centre, first, "unknown")
    centre.run(Resend(first), talk)
    assert (outbox_of(centre, first), message(centre, first).delivery) == ("left", "unknown")


def test_a_person_takes_an_unknown_message_as_sent(centre, talk):
    first = say(centre, talk)
    put(centre, first, "unknown")
    centre.run(ConsiderSent(first), talk)
    assert (outbox_of(centre, first), message(centre, first).delivery) == ("considered", "sent")
    (fact,) = facts(centre.store, kind="considered_sent")
    assert (fact.actor_id, fact.conversation_id, fact.to_id, fact.message_id) == (
        centre.ana.agent_id,
        talk,
        first,
        None,
    )
    assert centre.state(talk).last_delivery == "sent"
    assert problem(centre, ConsiderSent(first), talk) == NOT_UNKNOWN
    with centre.store.read() as connection:
        assert list(examine(connection)) == []


@pytest.mark.parametrize("state", ["queued", "accepted", "failed"])
def test_there_is_nothing_to_decide_about_what_is_known(centre, talk, state):
    first = say(centre, talk)
    put(centre, first, state)
    assert problem(centre, ConsiderSent(first), talk) == NOT_UNKNOWN
    assert facts(centre.store, kind="considered_sent") == []


def test_only_messages_to_the_customer_go_out_again(centre, talk):
    note = centre.run(Note("Cliente antigo"), talk).made[talk]
    heard = attached.last_message(centre.store, centre.receive("E agora?"))
    for other in (note, heard):
        assert problem(centre, Resend(other), talk) == NOT_OURS


def test_nobody_sends_again_what_they_may_not_see(centre, talk):
    first = say(centre, talk)
    put(centre, first, "unknown")
    stranger = centre.agent("Davi", Role.TEAM_LEAD)
    for wish in (Resend(first), ConsiderSent(first), Resend(77), ConsiderSent(77)):
        with pytest.raises(RuleError) as refused:
            centre.run(wish, talk, by=stranger)
        assert refused.value.text == MESSAGE_NOT_FOUND
    with pytest.raises(RuleError) as refused:
        centre.run(Resend(first), talk, by=centre.agent("Dora", Role.ANALYST))
    assert refused.value.text == NOT_ALLOWED
    assert outbox_of(centre, first) == "unknown"


def test_a_message_belongs_to_its_conversation(centre, talk):
    first = say(centre, talk)
    other = centre.receive("Olá", 5511900000002, "Rita")
    for wish in (Resend(first), ConsiderSent(first)):
        assert problem(centre, wish, other) == MESSAGE_NOT_FOUND


def test_a_closed_window_refuses_texts_where_there_is_one(centre, talk):
    first = say(centre, talk)
    put(centre, first)
    centre.at += DAY
    with_channel(centre, "evolution")
    assert problem(centre, Resend(first), talk) is None
    with_channel(centre, "cloud")
    second = say(centre, talk)
    put(centre, second)
    assert problem(centre, Resend(second), talk) == WINDOW_CLOSED
    centre.receive("Ainda aí?")
    centre.at += 23 * HOUR
    assert problem(centre, Resend(second), talk) is None


def test_a_template_goes_out_again_as_a_template(centre, talk):
    body = TemplatePart("body", "Oi {{1}}", 1)
    ready = Template("oi", "pt_BR", "UTILITY", "APPROVED", (body,))
    centre.store.write(lambda c: save_templates(c, centre.loja, [ready], centre.at))
    call = TemplateCall("oi", "pt_BR", body=("Rita",))
    first = centre.run(SendTemplate(centre.loja, call, "Oi Rita"), talk).made[talk]
    put(centre, first)
    with_channel(centre, "cloud")
    centre.at += 2 * DAY
    made = centre.run(Resend(first), talk).made[talk]
    with centre.store.read() as connection:
        wanted = select(tables.outbox.c.payload).where(tables.outbox.c.message_id == made)
        payload = json.loads(connection.scalar(wanted))
    assert payload["template"]["body"] == ["Rita"]
    assert (message(centre, made).kind, message(centre, made).text) == ("template", "Oi Rita")


def test_a_file_goes_out_again_from_our_own_bytes(centre, talk, tmp_path):
    first = say(centre, talk, "Veja")
    put(centre, first)
    files = FileStore(tmp_path)
    attached.have(centre.store, files, talk, centre.at, b"bytes", "image/jpeg", filename="a.jpg")
    made = centre.run(Resend(first), talk).made[talk]
    with centre.store.read() as connection:
        file = files_of(connection, [made])[made]
    assert (file.sha256, file.filename, file.is_here) == (
        files.put([b"bytes"], 5).sha256,
        "a.jpg",
        True,
    )
    assert (message(centre, made).kind, message(centre, made).text) == ("image", "Veja")


def test_what_cannot_be_sent_says_so(centre, talk):
    first = say(centre, talk)
    put(centre, first)
    assert problem(centre, Resend(first, " "), talk) == NO_WORDS
    assert problem(centre, Resend(first, "x" * 4_097), talk) == TOO_LONG
    attached.change_message(centre.store, first, text="", kind="location")
    assert problem(centre, Resend(first), talk) == NO_WORDS
    attached.change_message(centre.store, first, text="Oi", revoked_at=centre.at)
    assert problem(centre, Resend(first), talk) == DELETED
    second = say(centre, talk)
    put(centre, second)
    attached.expect(centre.store, talk, centre.at)
    assert problem(centre, Resend(second), talk) == NO_BYTES
    assert problem(centre, Reply(" "), talk) == EMPTY


def test_a_person_answers_for_what_a_machine_had_sent(centre, talk):
    first = centre.run(Reply("Aviso"), talk, by=a_bot()).made[talk]
    put(centre, first)
    made = centre.run(Resend(first), talk).made[talk]
    assert (message(centre, made).author_kind, message(centre, made).author_name) == (
        "agent",
        "Ana",
    )
