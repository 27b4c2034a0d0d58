"""A template of a person: checked against what the instance has, and sent like a reply."""

import json

import pytest
from sqlalchemy import select

from build import Centre
from console.actions import SendTemplate
from console.actions.notify import NO_TEMPLATES
from console.domain.errors import RuleError
from console.domain.template import NOT_APPROVED, Template, TemplateCall, TemplatePart
from console.store import tables
from console.store.templates import names_of, save_templates
from console.store.thread import messages

BODY = TemplatePart("body", "Oi {{nome}}, seu pedido saiu.", 1, names=("nome",))
READY = Template("saiu", "pt_BR", "UTILITY", "APPROVED", (BODY,))
CALL = TemplateCall("saiu", "pt_BR", body=("Rita",))


@pytest.fixture
def centre(store):
    made = Centre(store)
    rejected = Template("nao", "pt_BR", "UTILITY", "REJECTED", (BODY,))
    store.write(lambda c: save_templates(c, made.loja, [READY, rejected], made.at))
    return made


def test_a_template_answers_the_customer(centre):
    talk = centre.receive()
    centre.run(SendTemplate(centre.loja, CALL, "Oi Rita, seu pedido saiu."), talk)
    with centre.store.read() as connection:
        said = messages(connection, talk)[-1]
        payload = connection.scalar(select(tables.outbox.c.payload))
    assert (said.kind, said.text, said.delivery) == (
        "template",
        "Oi Rita, seu pedido saiu.",
        "queued",
    )
    assert json.loads(payload)["template"]["body"] == ["Rita"]
    assert centre.state(talk).waiting_since_at is None


def test_a_template_that_is_not_approved_is_refused(centre):
    talk = centre.receive()
    call = TemplateCall("nao", "pt_BR", body=("Rita",))
    with pytest.raises(RuleError) as refused:
        centre.run(SendTemplate(centre.loja, call), talk)
    assert refused.value.text == NOT_APPROVED.with_(name="nao", status="REJECTED")


def test_an_instance_without_templates_sends_none(centre):
    other = centre.instance("Loja 2")
    talk = centre.receive(instance=other)
    with pytest.raises(RuleError) as refused:
        centre.run(SendTemplate(other, CALL), talk)
    assert refused.value.text == NO_TEMPLATES


def test_a_template_belongs_to_its_instance(centre):
    talk = centre.receive(instance=centre.instance("Loja 2"))
    outcome = centre.run(SendTemplate(centre.loja, CALL), talk)
    assert outcome.problem == NO_TEMPLATES


def test_the_words_are_made_up_where_they_are_not_given(centre):
    talk = centre.receive()
    centre.run(SendTemplate(centre.loja, CALL), talk)
    with centre.store.read() as connection:
        assert messages(connection, talk)[-1].text == "saiu · Rita"


def test_values_that_a_template_names_are_known_by_these_names(centre):
    with centre.store.read() as connection:
        assert names_of(connection, centre.loja, "saiu", "pt_BR") == ((), ("nome",))
        assert names_of(connection, centre.loja, "outra", "pt_BR") == ((), ())
