"""Alert lines and bubbles, in the reader's language and as far as the reader may read."""

import pytest

from build import MONDAY_9H
from console.domain.agent import Acting, Role
from console.domain.events import Event, EventKind
from console.domain.message import Message
from console.screens.lines import line_of
from console.screens.thread_items import ThreadNames, item_of

ANA, BRUNO, VENDAS, JOAO = 1, 2, 3, 4
NAMES = ThreadNames(JOAO, "João", {ANA: "Ana", BRUNO: "Bruno"}, {VENDAS: "Vendas"})


def reader(language="pt", role=Role.SUPERVISOR):
    return Acting(ANA, "Ana", role, language=language)


def fact(kind, by=ANA, actor="agent", before=None, after=None):
    return Event(9, kind, MONDAY_9H, actor, by, from_id=before, to_id=after)


def said(event, language="pt", role=Role.SUPERVISOR):
    return line_of(event, NAMES, reader(language, role))["text"]


@pytest.mark.parametrize(
    ("event", "pt", "en", "es"),
    [
        (
            fact(EventKind.RESOLVED),
            "Conversa resolvida por Ana",
            "Conversation resolved by Ana",
            "Conversación resuelta por Ana",
        ),
        (
            fact(EventKind.UNDONE),
            "Ação em massa desfeita por Ana",
            "Bulk action undone by Ana",
            "Acción en masa deshecha por Ana",
        ),
        (
            fact(EventKind.REOPENED, JOAO, "contact"),
            "Conversa reaberta por João",
            "Conversation reopened by João",
            "Conversación reabierta por João",
        ),
        (
            fact(EventKind.BLOCKED),
            "Bloqueio de notificações feito por Ana",
            "Notifications blocked by Ana",
            "Bloqueo de notificaciones hecho por Ana",
        ),
        (
            fact(EventKind.UNBLOCKED, None, "system"),
            "Bloqueio de notificações desfeito por automação",
            "Notifications unblocked by automation",
            "Bloqueo de notificaciones deshecho por automatización",
        ),
        (
            fact(EventKind.ASSIGNED, after=BRUNO),
            "Conversa atribuída a Bruno por Ana",
            "Conversation assigned to Bruno by Ana",
            "Conversación asignada a Bruno por Ana",
        ),
        (
            fact(EventKind.ASSIGNED, after=ANA),
            "Conversa atribuída a Ana",
            "Conversation assigned to Ana",
            "Conversación asignada a Ana",
        ),
        (
            fact(EventKind.ASSIGNED, before=BRUNO),
            "Bruno deixou de ser responsável, por Ana",
            "Bruno unassigned by Ana",
            "Bruno dejó de ser responsable, por Ana",
        ),
        (
            fact(EventKind.TEAM_ASSIGNED, after=VENDAS),
            "Conversa atribuída à equipe Vendas por Ana",
            "Conversation assigned to the team Vendas by Ana",
            "Conversación asignada al equipo Vendas por Ana",
        ),
        (
            fact(EventKind.TEAM_ASSIGNED, before=VENDAS),
            "Conversa retirada da equipe Vendas por Ana",
            "Conversation removed from the team Vendas by Ana",
            "Conversación retirada del equipo Vendas por Ana",
        ),
    ],
)
def test_a_fact_is_told_in_the_language_of_its_reader(event, pt, en, es):
    assert [said(event, language) for language in ("pt", "en", "es")] == [pt, en, es]


@pytest.mark.parametrize(
    ("event", "pt", "en", "es"),
    [
        (
            fact(EventKind.PRIORITY_SET, after=4),
            "Prioridade Urgente definida por Ana",
            "Priority set to Urgent by Ana",
            "Prioridad Urgente definida por Ana",
        ),
        (
            fact(EventKind.PRIORITY_SET, before=4),
            "Prioridade retirada por Ana",
            "Priority removed by Ana",
            "Prioridad retirada por Ana",
        ),
        (
            fact(EventKind.UNSNOOZED, before=MONDAY_9H),
            "Conversa trazida de volta por Ana",
            "Conversation brought back by Ana",
            "Conversación traída de vuelta por Ana",
        ),
        (
            fact(EventKind.UNSNOOZED, None, "system", before=MONDAY_9H),
            "Conversa de volta: o adiamento terminou",
            "Conversation back: the snooze is over",
            "Conversación de vuelta: terminó la espera",
        ),
    ],
)
def test_priority_and_snooze_are_told(event, pt, en, es):
    assert [said(event, language) for language in ("pt", "en", "es")] == [pt, en, es]


def test_the_browser_writes_until_when_a_conversation_is_snoozed():
    line = line_of(fact(EventKind.SNOOZED, after=MONDAY_9H), NAMES, reader())
    assert line["text"] == "Conversa adiada até {until} por Ana"
    assert line["until"] == MONDAY_9H // 1000


def test_somebody_unknown_is_somebody():
    assert said(fact(EventKind.RESOLVED, by=99)) == "Conversa resolvida por alguém"


def test_a_name_with_braces_is_only_a_name():
    names = ThreadNames(JOAO, "{by} {0}", {}, {})
    line = line_of(fact(EventKind.REOPENED, JOAO, "contact"), names, reader())
    assert line["text"] == "Conversa reaberta por {by} {0}"


def test_a_line_carries_its_instant_and_tone():
    assert line_of(fact(EventKind.RESOLVED), NAMES, reader()) == {
        "type": "line",
        "id": "9",
        "at": MONDAY_9H // 1000,
        "text": "Conversa resolvida por Ana",
        "tone": "resolve",
    }


@pytest.mark.parametrize("kind", [EventKind.RECEIVED, EventKind.MARKED_READ, EventKind.EXPORTED])
def test_other_facts_need_no_line(kind):
    assert line_of(fact(kind), NAMES, reader()) is None


def message(**changes):
    given = {
        "id": 7,
        "conversation_id": 5,
        "instance_id": 6,
        "direction": "in",
        "kind": "text",
        "author_kind": "contact",
        "author_id": JOAO,
        "author_name": "João",
        "text": "<b>Oi</b> **x**",
        "at": MONDAY_9H,
        "is_dated": True,
        **changes,
    }
    return Message(**given)


def test_a_message_goes_out_as_it_was_written():
    assert item_of(message(), NAMES, reader()) == {
        "type": "message",
        "id": "7",
        "direction": "in",
        "kind": "text",
        "text": "<b>Oi</b> **x**",
        "author": "João",
        "at": MONDAY_9H // 1000,
        "delivery": None,
        "reason": None,
    }


def test_a_message_without_a_time_shows_none():
    assert item_of(message(is_dated=False), NAMES, reader())["at"] is None


def test_an_agent_is_called_by_the_present_name():
    renamed = message(author_kind="agent", author_id=ANA, author_name="Ana Maria", direction="out")
    assert item_of(renamed, NAMES, reader())["author"] == "Ana"
    former = message(author_kind="agent", author_id=99, author_name="Zeca", direction="out")
    assert item_of(former, NAMES, reader())["author"] == "Zeca"


def test_an_analyst_reads_no_words_and_no_names_of_contacts():
    seen = item_of(message(), NAMES, reader(role=Role.ANALYST))
    assert seen["text"] == "Texto oculto"
    assert seen["author"].startswith("Contato ")
    reopened = said(fact(EventKind.REOPENED, JOAO, "contact"), role=Role.ANALYST)
    assert reopened == f"Conversa reaberta por {seen['author']}"
