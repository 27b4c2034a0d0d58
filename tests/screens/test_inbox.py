"""What the inbox shows to whom."""

import pytest

from build import MONDAY_9H
from console import actions
from console.domain.agent import Role
from console.domain.ids import DAY, HOUR
from console.domain.sla import CENTRE, SlaPolicy
from console.screens.choice import Choice, filter_text, tree_of, with_filter
from console.screens.inbox import live_address


def ids(data):
    return [row["id"] for row in data["list"]["rows"]]


def counts(data):
    filters = data["filters"]
    return {tab["key"]: tab["count"] for tab in (*filters["tabs"], *filters["more"])}


@pytest.fixture
def busy(centre):
    """Six conversations: one mine, one resolved, one read, one of another instance."""
    made = centre.conversations(5)
    made.append(centre.receive("Olá", 5511900000009, "Zé", instance=centre.instance("Loja 2")))
    centre.run(actions.Assign(centre.ana.agent_id), made[0])
    centre.run(actions.Resolve(), made[1])
    centre.run(actions.MarkRead(), made[2])
    return made


def test_the_five_filters_count_what_they_show(sit, busy):
    ana = sit()
    seen = counts(ana.see())
    assert seen == {"mine": 1, "pending": 5, "unread": 5, "all": 6, "unassigned": 5}
    for key, n in seen.items():
        data = ana.see(tab=key)
        assert (data["list"]["total"], len(data["list"]["rows"])) == (n, n)


def test_a_row_says_what_the_list_draws(sit, centre):
    wanted = centre.receive("Oi\nBom dia", name="<b>João</b>")
    vip = centre.label("VIP")
    centre.run(actions.Label(vip), wanted)
    centre.run(actions.SetPriority("high"), wanted)
    centre.run(actions.Snooze(MONDAY_9H + DAY), wanted)
    centre.run(actions.SaveSla(CENTRE, SlaPolicy(4 * 3_600, is_business=False)))
    (row,) = sit().see()["list"]["rows"]
    state = centre.state(wanted)
    assert row == {
        "id": str(wanted),
        "name": "<b>João</b>",
        "preview": "Oi Bom dia",
        "direction": "in",
        "kind": "text",
        "delivery": None,
        "at": state.last_activity_at // 1000,
        "unread": 1,
        "instance": "Loja 1",
        "assignee": None,
        "assignee_id": None,
        "status": "pending",
        "waiting_since": state.waiting_since_at // 1000,
        "labels": [{"id": str(vip), "name": "VIP", "colour": "#1a7f5a"}],
        "priority": "high",
        "snoozed_until": (MONDAY_9H + DAY) // 1000,
        "warn_at": (state.waiting_since_at + 3 * HOUR) // 1000,
        "due_at": (state.waiting_since_at + 4 * HOUR) // 1000,
        "version": state.version,
        "blocked": False,
    }


def test_instances_narrow_list_and_counts(sit, busy):
    data = sit().see(instances=("loja-2",))
    assert ids(data) == [str(busy[5])]
    assert counts(data)["all"] == 1
    assert [(i["key"], i["count"], i["chosen"]) for i in data["filters"]["instances"]] == [
        ("loja-1", 5, False),
        ("loja-2", 1, True),
    ]


def test_search_and_expression_narrow_further(sit, busy):
    assert ids(sit().see(search="cliente 3")) == [str(busy[3])]
    assert ids(sit().see(expression="assignee:me")) == [str(busy[0])]


@pytest.mark.parametrize("broken", ["statos:pending", "status:pendng", '"open', "assignee:nobody1"])
def test_a_broken_expression_shows_why_and_nothing_else(sit, busy, broken):
    data = sit().see(expression=broken)
    assert data["filters"]["problem"]
    assert data["filters"]["expression"] == broken
    assert data["list"] == {"token": "", "rows": [], "total": 0, "more": False}


def test_a_long_list_comes_in_steps(sit, centre):
    centre.conversations(3)
    ana = sit(limit=2)
    assert (len(ana.see()["list"]["rows"]), ana.see()["list"]["more"]) == (2, True)
    ana.do("more")
    assert (len(ana.see()["list"]["rows"]), ana.see()["list"]["more"]) == (3, False)


def test_the_list_keeps_its_name_while_it_is_the_same(sit, busy):
    ana = sit()
    first = ana.see()["list"]["token"]
    ana.do("select", id=str(busy[0]))
    assert ana.see()["list"]["token"] == first
    assert ana.see(tab="unread")["list"]["token"] != first
    assert ana.see(sort="oldest")["list"]["token"] != first


def test_a_thread_has_bubbles_and_alert_lines_in_order(sit, centre):
    wanted = centre.receive("Oi")
    bruno = centre.agent("Bruno", Role.SUPERVISOR)
    centre.run(actions.Assign(bruno.agent_id), wanted)
    centre.run(actions.Reply("Bom dia"), wanted, by=bruno)
    centre.run(actions.Note("Cliente antigo"), wanted, by=bruno)
    centre.run(actions.Resolve(), wanted, by=bruno)
    centre.receive("Mais uma coisa")
    centre.run(actions.Block(), centre.state(wanted).contact_id, by=bruno)
    thread = sit(conversation=wanted).see()["thread"]
    assert [item["text"] for item in thread["items"]] == [
        "Oi",
        "Conversa atribuída a Bruno por Ana",
        "Bom dia",
        "Cliente antigo",
        "Conversa resolvida por Bruno",
        "Conversa reaberta por João",
        "Mais uma coisa",
        "Bloqueio de notificações feito por Bruno",
    ]
    assert (thread["status"], thread["name"], thread["missing"]) == ("pending", "João", False)


def test_a_long_thread_shows_its_end_and_grows_upwards(sit, centre):
    wanted = [centre.receive(f"Mensagem {i}") for i in range(5)].pop()
    ana = sit(conversation=wanted, older_n=2)
    thread = ana.see()["thread"]
    assert [item["text"] for item in thread["items"]] == ["Mensagem 3", "Mensagem 4"]
    assert (thread["older"], thread["newer"]) == (True, False)
    ana.do("older")
    thread = ana.see()["thread"]
    assert [item["text"] for item in thread["items"]] == [f"Mensagem {i}" for i in range(5)]
    assert thread["older"] is False


def test_a_linked_message_stands_in_the_middle(sit, centre):
    made = [centre.run(actions.Note(f"Nota {i}"), centre.receive("Oi")) for i in range(4)]
    conversation, message = next(iter(made[1].made.items()))
    ana = sit(conversation=conversation, focus=message, older_n=1, newer_n=1)
    thread = ana.see()["thread"]
    texts = [item["text"] for item in thread["items"]]
    assert texts == ["Nota 1", "Oi"]
    assert (thread["focus"], thread["older"], thread["newer"]) == (str(message), True, True)
    ana.do("newer")
    assert ana.see()["thread"]["newer"] is False


def test_a_message_of_another_conversation_is_no_focus(sit, centre):
    first, second = centre.conversations(2)
    (message,) = centre.run(actions.Note("Nota"), second).made.values()
    thread = sit(conversation=first, focus=message).see()["thread"]
    assert (thread["focus"], [item["text"] for item in thread["items"]]) == (None, ["Oi 0"])


def test_what_is_not_there_and_what_is_not_yours_look_alike(sit, centre):
    wanted = centre.receive("Segredo")
    centre.run(actions.Assign(centre.ana.agent_id), wanted)
    bruno = centre.agent("Bruno", Role.AGENT)
    forbidden = sit(bruno, conversation=wanted).see()
    absent = sit(bruno, conversation=wanted + 1).see()
    assert forbidden["thread"]["missing"] is True
    assert forbidden["contact"] is None
    assert {**forbidden["thread"], "id": ""} == {**absent["thread"], "id": ""}
    assert sit(conversation=wanted).see()["thread"]["missing"] is False


def test_the_panel_knows_contact_assignee_resolver_and_block(sit, centre):
    wanted = centre.receive("Oi")
    team = centre.team("Vendas")
    contact_id = centre.state(wanted).contact_id
    centre.run(actions.EditContact("João Souza", "joao@exemplo.com.br"), contact_id)
    centre.run(actions.Assign(centre.ana.agent_id), wanted)
    centre.run(actions.AssignTeam(team), wanted)
    centre.run(actions.Resolve(), wanted)
    centre.run(actions.Reopen(), wanted)
    centre.run(actions.Block(), contact_id)
    centre.run(actions.SetPriority("low"), wanted)
    centre.run(actions.Snooze(MONDAY_9H + DAY), wanted)
    state = centre.state(wanted)
    panel = sit(conversation=wanted).see()["contact"]
    assert panel == {
        "id": str(contact_id),
        "name": "João Souza",
        "email": "joao@exemplo.com.br",
        "phones": [{"national": "(11) 90000-0001", "e164": "+5511900000001"}],
        "assignee_id": str(centre.ana.agent_id),
        "team_id": str(team),
        "priority": "low",
        "snoozed_until": (MONDAY_9H + DAY) // 1000,
        "resolved": {"by": "Ana", "at": state.resolved_at // 1000, "reopened_n": 1},
        "last_contact_at": state.contact_activity_at // 1000,
        "blocked": True,
        "labels": [],
        "instance": "Loja 1",
        "opened_at": state.opened_at // 1000,
        "version": 2,
    }


def test_a_conversation_never_resolved_names_nobody(sit, centre):
    assert sit(conversation=centre.receive()).see()["contact"]["resolved"] is None


def test_an_analyst_sees_pseudonyms_no_words_and_writes_nothing(sit, centre):
    wanted = centre.receive("Meu CPF é 000", name="João Souza")
    centre.run(
        actions.EditContact("João Souza", "joao@exemplo.com.br"), centre.state(wanted).contact_id
    )
    analyst = sit(centre.agent("Dora", Role.ANALYST), conversation=wanted)
    data = analyst.see()
    told = repr(data)
    for secret in ("João", "CPF", "joao@", "90000-0001", "900000001"):
        assert secret not in told
    assert data["me"]["can_write"] is False
    assert data["contact"]["phones"][0]["e164"] == "+5511•••••••••"
    refused = analyst.do("reply", id=str(wanted), text="Oi")
    assert refused.notice.text == actions.base.NOT_ALLOWED
    assert analyst.see(search="souza")["filters"]["problem"]


def test_only_people_who_answer_can_be_assigned_and_their_load_is_told(sit, busy, centre):
    centre.agent("Dora", Role.ANALYST)
    data = sit().see()
    assert [(a["name"], a["open_n"]) for a in data["agents"]] == [("Ana", 1)]


@pytest.mark.parametrize(("language", "tag"), [("pt", "pt-BR"), ("en", "en-US"), ("es", "es-419")])
def test_the_bar_speaks_the_readers_language(sit, centre, language, tag):
    centre.run(actions.SavePreferences(language=language))
    data = sit(centre.today(centre.ana.agent_id)).see()
    pending = {"pt": "Pendente", "en": "Pending", "es": "Pendiente"}[language]
    assert (data["lang"], data["filters"]["tabs"][1]["label"]) == (tag, pending)


def test_live_changes_are_asked_for_the_very_list():
    choice = Choice(tab="unread", instances=("loja-1", "loja-2"), search="boleto")
    assert live_address(choice) == (
        "/live?filter=unread+instance%3Aloja-1%2Cloja-2+boleto&instances=loja-1%2Cloja-2"
    )


@pytest.mark.parametrize(
    "choice",
    [
        Choice(tab="all"),
        Choice(tab="mine"),
        Choice(tab="unassigned", instances=("loja-1",)),
        Choice(tab="pending", expression="waiting>15m -label:vip", search='boleto "segunda via"'),
        Choice(tab="all", expression="status:resolved or unread", instances=("a", "b")),
    ],
)
def test_an_address_brings_the_same_list_back(choice):
    again = with_filter(Choice(), filter_text(choice))
    assert (filter_text(again), tree_of(again)) == (filter_text(choice), tree_of(choice))


def test_a_filter_that_cannot_be_read_stays_as_typed():
    choice = with_filter(Choice(), "statos:pending")
    assert (choice.tab, choice.expression, filter_text(choice)) == (
        "all",
        "statos:pending",
        "statos:pending",
    )
