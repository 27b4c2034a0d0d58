"""Notifications of systems: what they change, what they leave alone, and whom they never reach."""

import json

import pytest
from sqlalchemy import select

from build import FIRST_PHONE, MONDAY_9H, Centre
from console import actions
from console.actions import notify as words
from console.actions.base import CONTACT_NOT_FOUND, EMPTY, KEY_REUSED
from console.actions.contacts import BAD_PHONE
from console.actions.link import NOT_LINKED
from console.actions.notify import Addressee, Notify, notify
from console.actions.open import NO_SUCH_INSTANCE
from console.actions.reply import WINDOW_CLOSED
from console.domain.contact import Address
from console.domain.errors import RuleError
from console.domain.ids import DAY, MINUTE
from console.domain.template import Template, TemplateCall, TemplatePart, payload_of
from console.store import accounts, tables
from console.store.accounts import Sealed
from console.store.contacts import create_contact
from console.store.doctor import examine
from console.store.rows import load_contacts
from console.store.templates import save_templates

PHONE = f"+{FIRST_PHONE}"
CALL = TemplateCall("pedido", "pt_BR", ("Loja",), ("Ana", "{{1}}"), ((1, "BR42"),))
PARTS = (
    TemplatePart("header", "Pedido na {{1}}", 1),
    TemplatePart("body", "Olá {{ nome }}, {{nome}}: {{cod}} saiu. {{x}}", 2, names=("nome", "cod")),
    TemplatePart("footer", "Até logo"),
    TemplatePart("button", "Sair", 0, "quick_reply"),
    TemplatePart("button", "Rastrear", 1, "url"),
)
KNOWN = Template("pedido", "pt_BR", "UTILITY", "APPROVED", PARTS)


@pytest.fixture
def centre(store):
    centre = Centre(store)
    link(centre, centre.loja)
    return centre


def link(centre, instance_id, channel="cloud", name="104"):
    centre.run(actions.SaveInstance("Loja", channel, instance_id=instance_id))
    values = {"provider_name": name, "base_url": "https://graph.example", "business": "77"}
    sealed = Sealed("t", ("s",), "v")
    centre.store.write(lambda c: accounts.save_link(c, instance_id, values, sealed, MONDAY_9H))


def sent(centre, key="once", to=PHONE, **given):
    centre.at += MINUTE
    addressee = to if isinstance(to, Addressee) else Addressee(phone=to, name="João")
    wish = Notify(**{"instance_id": centre.loja, "to": addressee, "source": "ERP"} | given)
    return notify(centre.store, wish, at=centre.at, key=key)


def refusal(centre, **given):
    with pytest.raises(RuleError) as raised:
        sent(centre, **given)
    return raised.value.text


def events(centre):
    wanted = select(tables.event.c.kind, tables.event.c.actor_kind).order_by(tables.event.c.id)
    with centre.store.read() as connection:
        return [tuple(row) for row in connection.execute(wanted)]


def out(centre, message_id):
    m, o = tables.message, tables.outbox
    wanted = select(m.c.text, m.c.kind, m.c.author_kind, m.c.author_name, m.c.delivery, o.c.payload)
    joined = wanted.join(o, o.c.message_id == m.c.id).where(m.c.id == message_id)
    with centre.store.read() as connection:
        return tuple(connection.execute(joined).one())


def test_a_text_waits_in_the_outbox_under_the_name_of_the_system(centre):
    talk = centre.receive()
    outcome = sent(centre, text="Seu pedido saiu.", integration_id=7, external_id="p-42")
    (message_id,) = outcome.made.values()
    assert outcome.done == (talk,)
    assert out(centre, message_id) == ("Seu pedido saiu.", "text", "bot", "ERP", "queued", "{}")
    with centre.store.read() as connection:
        wanted = select(tables.message.c.content).where(tables.message.c.id == message_id)
        content = json.loads(connection.scalar(wanted))
    assert content == {"notification": {"integration": "7", "external_id": "p-42"}}


def test_it_is_nobodys_answer(centre):
    """No clock stops, nothing is read, nobody is assigned: the customer still waits."""
    talk = centre.receive()
    before = centre.state(talk)
    sent(centre, text="Seu pedido saiu.")
    after = centre.state(talk)
    kept = ("waiting_since_at", "first_response_at", "unread_n", "assignee_id", "status")
    assert [getattr(after, n) for n in kept] == [getattr(before, n) for n in kept]
    assert (after.outbound_n, after.unread_n, after.waiting_since_at) == (
        1,
        1,
        before.waiting_since_at,
    )


def test_a_resolved_conversation_stays_resolved(centre):
    talk = centre.receive()
    centre.run(actions.Resolve(), talk)
    sent(centre, text="Seu pedido saiu.")
    after = centre.state(talk)
    assert (after.is_resolved, after.resolved_by_id, after.last_preview) == (
        True,
        centre.ana.agent_id,
        "Seu pedido saiu.",
    )


def test_somebody_unknown_gets_a_conversation_that_needs_nobody_until_they_write(centre):
    (talk,) = sent(centre, template=CALL).done
    state = centre.state(talk)
    assert (state.is_resolved, state.unread_n, state.waiting_since_at) == (True, 0, None)
    assert (centre.contact(talk).name, centre.contact(talk).phone) == ("João", str(FIRST_PHONE))
    assert [e for e in events(centre) if e[1] == "bot"] == [
        ("opened", "bot"),
        ("replied", "bot"),
        ("resolved", "bot"),
    ]
    assert centre.receive("Obrigado!") == talk
    assert not centre.state(talk).is_resolved
    with centre.store.read() as connection:
        assert list(examine(connection)) == []


def test_a_template_goes_out_as_a_call_and_is_shown_as_it_will_be_read(centre):
    centre.store.write(lambda c: save_templates(c, centre.loja, [KNOWN], MONDAY_9H))
    (message_id,) = sent(centre, template=CALL).made.values()
    text, kind, *_, payload = out(centre, message_id)
    assert text == "Pedido na Loja\n\nOlá Ana, Ana: {{1}} saiu. {{x}}\n\nAté logo"
    assert (kind, payload) == ("template", payload_of(CALL))


def test_a_template_nobody_was_told_of_is_sent_all_the_same(centre):
    (message_id,) = sent(centre, template=CALL).made.values()
    assert out(centre, message_id)[:2] == ("pedido · Loja · Ana · {{1}}", "template")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (TemplateCall("outro", "pt_BR"), "has no template “outro” in pt_BR"),
        (TemplateCall("pedido", "es"), "has no template “pedido” in es"),
        (TemplateCall("parado", "pt_BR"), "Meta has marked it PAUSED"),
        (TemplateCall("foto", "pt_BR"), "has a file in its header"),
        (TemplateCall("pedido", "pt_BR"), "takes 1 texts in header, 2 in body, and buttons 1."),
        (TemplateCall("oi", "pt_BR", body=("x",)), "takes 0 texts in header, 0 in body, and"),
    ],
)
def test_what_the_provider_would_refuse_is_refused_here(centre, call, said):
    body = TemplatePart("body", "Oi")
    picture = (TemplatePart("header", "", 1, "image"), body)
    others = [
        Template("parado", "pt_BR", "UTILITY", "PAUSED", (body,)),
        Template("foto", "pt_BR", "UTILITY", "APPROVED", picture),
        Template("oi", "pt_BR", "UTILITY", "APPROVED", (body,)),
    ]
    centre.store.write(lambda c: save_templates(c, centre.loja, [KNOWN, *others], MONDAY_9H))
    assert said in refusal(centre, template=call).en


def test_the_same_key_sends_once_and_gives_the_same_answer(centre):
    centre.receive()
    first = sent(centre, text="Seu pedido saiu.")
    centre.store.write(lambda c: save_templates(c, centre.loja, [KNOWN], MONDAY_9H))
    assert sent(centre, text="Seu pedido saiu.") == first
    assert refusal(centre, text="Outra coisa.") == KEY_REUSED
    assert centre.state(first.done[0]).outbound_n == 1


def test_a_repeated_template_is_the_same_wish_when_its_text_has_changed(centre):
    first = sent(centre, template=CALL)
    centre.store.write(lambda c: save_templates(c, centre.loja, [KNOWN], MONDAY_9H))
    assert sent(centre, template=CALL) == first


def test_whoever_blocked_system_messages_gets_none_and_that_is_written_down(centre):
    talk = centre.receive()
    contact = centre.contact(talk)
    centre.run(actions.Block(), contact.id)
    for to in (PHONE, Addressee(contact_id=contact.id)):
        assert refusal(centre, to=to, text="Oi") == words.BLOCKED
        assert refusal(centre, to=to, text="Oi") == words.BLOCKED
    assert centre.state(talk).outbound_n == 0
    refused = [e for e in events(centre) if e[0] == "notification_refused"]
    assert refused == [("notification_refused", "bot")]  # one key, one fact
    assert refusal(centre, key="other", text="Oi") == words.BLOCKED
    assert len([e for e in events(centre) if e[0] == "notification_refused"]) == 2


def test_people_can_still_write_to_them(centre):
    talk = centre.receive()
    centre.run(actions.Block(), centre.contact(talk).id)
    assert centre.run(actions.Reply("Oi"), talk).done == (talk,)


def test_once_unblocked_the_same_notification_goes_out(centre):
    talk = centre.receive()
    centre.run(actions.Block(), centre.contact(talk).id)
    assert refusal(centre, text="Oi") == words.BLOCKED
    centre.run(actions.Unblock(), centre.contact(talk).id)
    assert sent(centre, text="Oi").done == (talk,)


def test_a_refusal_is_only_written_down_of_whom_it_is_true(centre):
    contact_id = centre.contact(centre.receive()).id
    outcome = centre.run(actions.RefuseNotification(), contact_id)
    assert outcome.refused == {contact_id: words.NOT_BLOCKED}


def test_free_text_needs_an_open_window_and_a_template_does_not(centre):
    talk = centre.receive()
    centre.at += DAY
    assert refusal(centre, text="Oi") == WINDOW_CLOSED
    assert refusal(centre, to="+5511988887777", text="Oi") == WINDOW_CLOSED
    assert sent(centre, template=CALL).done == (talk,)


def test_a_refused_notification_makes_nobody(centre):
    assert refusal(centre, to="+5511988887777", text="Oi") == WINDOW_CLOSED
    with centre.store.read() as connection:
        assert connection.exec_driver_sql("select count(*) from contact").scalar_one() == 0


def test_evolution_has_no_window_and_no_templates(centre):
    link(centre, centre.loja, "evolution")
    assert refusal(centre, template=CALL) == words.NO_TEMPLATES
    assert len(sent(centre, text="Oi").done) == 1


def contact(centre, *addresses):
    return centre.store.write(
        lambda c: create_contact(c, "Ana", None, list(addresses), MONDAY_9H, "test")
    )


def test_a_business_identifier_is_an_address_like_a_phone(centre):
    to = Addressee(bsuid="BR.1349", name="Ana")
    (talk,) = sent(centre, to=to, template=CALL).done
    with centre.store.read() as connection:
        (made,) = load_contacts(connection, [centre.state(talk).contact_id])
    assert made.addresses == (Address("bsuid", "BR.1349", "BR.1349", "77"),)
    assert sent(centre, to=to, template=CALL, key="again").done == (talk,)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (Addressee(), words.ONE_ADDRESSEE),
        (Addressee(phone=PHONE, bsuid="BR.1"), words.ONE_ADDRESSEE),
        (Addressee(phone=PHONE, contact_id=1), words.ONE_ADDRESSEE),
        (Addressee(phone="ana"), BAD_PHONE),
        (Addressee(bsuid="ana"), words.BAD_BSUID),
        (Addressee(contact_id=1), CONTACT_NOT_FOUND),
    ],
)
def test_an_addressee_that_is_none_is_refused(centre, to, said):
    assert refusal(centre, to=to, text="Oi") == said


@pytest.mark.parametrize(
    ("address", "channel"),
    [
        (Address("import", "x", "x", "crm"), "cloud"),
        (Address("bsuid", "BR.1", "BR.1", "another business"), "cloud"),
        (Address("lid", "1@lid", "1@lid", "evolution"), "cloud"),
        (Address("bsuid", "BR.1", "BR.1", "77"), "evolution"),
    ],
)
def test_a_contact_without_a_way_to_them_is_refused(centre, address, channel):
    link(centre, centre.loja, channel)
    to = Addressee(contact_id=contact(centre, address))
    assert refusal(centre, to=to, text="Oi") == words.UNREACHABLE


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, words.TEXT_OR_TEMPLATE),
        ({"text": "Oi", "template": CALL}, words.TEXT_OR_TEMPLATE),
        ({"text": " \n"}, EMPTY),
        ({"text": "Oi", "instance_id": 1}, NOT_LINKED),
    ],
)
def test_what_cannot_be_sent_is_refused(centre, given, said):
    centre.receive()
    assert refusal(centre, **given) == said


def test_an_instance_that_carries_nothing_sends_nothing(centre):
    centre.receive()
    centre.run(actions.SaveInstance("Loja", "none", instance_id=centre.loja))
    assert refusal(centre, text="Oi") == NOT_LINKED
    centre.run(actions.SaveInstance("Loja", "cloud", "", False, instance_id=centre.loja))
    assert refusal(centre, text="Oi") == NO_SUCH_INSTANCE


def test_a_paused_instance_takes_it_and_sends_it_later(centre):
    talk = centre.receive()
    centre.run(actions.PauseInstance(centre.loja))
    assert sent(centre, text="Oi").done == (talk,)
