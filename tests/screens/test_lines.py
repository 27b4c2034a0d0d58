"""Alert lines: every kind of fact has one, or a written reason for none."""

import pytest

from build import MONDAY_9H
from console.domain.agent import Acting, Role
from console.domain.blocking import BLOCK_REASONS, BlockReason, reason_number, reason_of
from console.domain.events import OF_CONTACT, Event, EventKind
from console.screens.lines import LINES, line_of
from console.screens.thread_items import ThreadNames
from console.screens.without_line import WITHOUT_LINE

ANA, JOAO, VIP = 1, 4, 8
NAMES = ThreadNames(JOAO, "João", {ANA: "Ana"}, {}, {VIP: "VIP"})
URGENT = 4


def fact(kind, by=ANA, actor="agent", before=None, after=None):
    return Event(9, kind, MONDAY_9H, actor, by, from_id=before, to_id=after)


def said(event, language="pt"):
    reader = Acting(ANA, "Ana", Role.SUPERVISOR, language=language)
    line = line_of(event, NAMES, reader)
    return line and line["text"]


def test_every_kind_of_fact_has_a_line_or_a_reason_for_none():
    """When this fails: add the kind to `LINES`, or to `WITHOUT_LINE` with the reason."""
    assert set(LINES) | set(WITHOUT_LINE) == set(EventKind)
    assert set(LINES) & set(WITHOUT_LINE) == set()
    assert [kind for kind, why in WITHOUT_LINE.items() if len(why) < 20] == []


def test_every_fact_of_a_contact_is_told():
    assert set(OF_CONTACT) - set(LINES) == set()


@pytest.mark.parametrize("kind", sorted(LINES))
def test_a_line_names_who_did_it_or_says_what_happened_by_itself(kind):
    by_itself = {
        EventKind.NOTIFICATION_REFUSED,
        EventKind.NUMBER_CHANGED,
        EventKind.NUMBER_REASSIGNED,
        EventKind.CODE_CHANGED,
    }
    for language in ("pt", "en", "es"):
        text = said(fact(kind, after=URGENT, before=VIP), language)
        assert ("Ana" in text) is (kind not in by_itself)
        assert ("{" in text) is (kind == EventKind.SNOOZED)  # the browser writes the instant


@pytest.mark.parametrize(
    ("event", "pt", "en", "es"),
    [
        (
            fact(EventKind.LABELLED, after=VIP),
            "Etiqueta VIP colocada por Ana",
            "Label VIP added by Ana",
            "Etiqueta VIP puesta por Ana",
        ),
        (
            fact(EventKind.UNLABELLED, before=VIP),
            "Etiqueta VIP retirada por Ana",
            "Label VIP removed by Ana",
            "Etiqueta VIP retirada por Ana",
        ),
        (
            fact(EventKind.OPENED, after=JOAO),
            "Conversa aberta por Ana",
            "Conversation opened by Ana",
            "Conversación abierta por Ana",
        ),
        (
            fact(EventKind.CODE_CHANGED, None, "system"),
            "O código de segurança do contato mudou",
            "The contact's security code has changed",
            "El código de seguridad del contacto cambió",
        ),
        (
            fact(EventKind.CONTACTS_MERGED, None, "system", before=JOAO, after=5),
            "Contato unido a outro cadastro da mesma pessoa por automação",
            "Contact merged with another entry of the same person by automation",
            "Contacto unido a otro registro de la misma persona por automatización",
        ),
        (
            fact(EventKind.BLOCKED, after=reason_number("asked")),
            "Bloqueio de notificações feito por Ana: o cliente pediu",
            "Notifications blocked by Ana: the customer asked",
            "Bloqueo de notificaciones hecho por Ana: el cliente lo pidió",
        ),
    ],
)
def test_facts_of_labels_and_contacts_are_told(event, pt, en, es):
    assert [said(event, language) for language in ("pt", "en", "es")] == [pt, en, es]


def test_a_conversation_that_began_with_a_message_is_not_said_to_be_opened():
    assert said(fact(EventKind.OPENED, JOAO, "contact", after=JOAO)) is None
    assert said(fact(EventKind.OPENED, None, "bot", after=JOAO)) is None


def test_a_reason_goes_into_a_fact_as_a_number_and_comes_back():
    assert [reason_of(reason_number(reason)) for reason in BlockReason] == list(BlockReason)
    assert (reason_number(""), reason_of(None), reason_of(99)) == (None, None, None)
    assert set(BLOCK_REASONS) == set(BlockReason)
    with pytest.raises(ValueError, match="because"):
        reason_number("because")
