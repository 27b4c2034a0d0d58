"""One message, and people to forward it to, by their own addresses: no wider than the page."""

import time

import pytest

import attached
from build import Centre
from console.actions import Assign, ConsiderSent, CreateContact, Reply, Resend
from console.domain.agent import Role

MAILS = {role: f"{role}@loja.example" for role in Role}


@pytest.fixture
def centre(served_store):
    return Centre(served_store, at=time.time_ns() // 1000)


def asked(served, role, path, **params):
    with served.client(headers={"cookie": served.sign_in(MAILS[role])}) as client:
        return client.get(path, params=params)


def test_a_message_is_told_with_its_way(served, centre):
    talk = centre.receive("Oi", phone=5511911130001, name="Rosa")
    first = centre.run(Reply("Bom dia"), talk).made[talk]
    failure = '{"code": 131026, "title": "Undeliverable", "details": "x"}'
    attached.change_message(centre.store, first, delivery="failed", failure=failure)
    again = centre.run(Resend(first), talk).made[talk]
    told = asked(served, Role.SUPERVISOR, "/message", id=first).json()
    assert (told["name"], told["text"], told["author"]) == ("Rosa", "Bom dia", "Ana")
    assert (told["conversation"], told["delivery"]) == (str(talk), "failed")
    assert [step["state"] for step in told["steps"]] == ["queued"]
    assert (told["failure"]["code"], told["failure"]["said"]) == (131026, "Undeliverable · x")
    assert told["failure"]["text"]
    assert asked(served, Role.SUPERVISOR, "/message", id=again).json()["resend_of"] == str(first)


def test_a_decision_is_told_with_who_made_it(served, centre):
    talk = centre.receive("Oi", phone=5511911130002, name="Rute")
    first = centre.run(Reply("Bom dia"), talk).made[talk]
    attached.change_message(centre.store, first, delivery="unknown")
    centre.run(ConsiderSent(first), talk)
    told = asked(served, Role.SUPERVISOR, "/message", id=first).json()
    assert (told["decided"]["by"], told["failure"]) == ("Ana", None)


def test_absent_and_not_yours_have_one_answer(served, centre):
    talk = centre.receive("Segredo", phone=5511911130003, name="Silvia")
    centre.run(Assign(centre.agent("Ulisses").agent_id), talk)
    hidden = attached.last_message(centre.store, talk)
    answers = [asked(served, Role.AGENT, "/message", id=wanted) for wanted in (hidden, 1)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert asked(served, Role.SUPERVISOR, "/message", id=hidden).status_code == 200


def test_an_analyst_reads_no_words_and_chooses_nobody(served, centre):
    talk = centre.receive("meu cpf é 111", phone=5511911130004, name="Sueli")
    answer = asked(served, Role.ANALYST, "/message", id=attached.last_message(centre.store, talk))
    assert answer.status_code == 200
    assert "cpf" not in answer.text
    assert "Sueli" not in answer.text
    assert asked(served, Role.ANALYST, "/recipients", search="Sueli").status_code == 404


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 30])
def test_nonsense_is_refused(served, wanted):
    assert asked(served, Role.SUPERVISOR, "/message", id=wanted).status_code == 400


@pytest.mark.parametrize("search", ["jordão", "JORDAO", "(11) 91113-0005", "91113"])
def test_people_are_found_by_name_and_number(served, centre, search):
    talk = centre.receive("Oi", phone=5511911130005, name="Jordão Ímpar")
    until_listed(served, search, str(talk))


def test_people_one_may_not_see_are_not_offered(served, centre):
    talk = centre.receive("Oi", phone=5511911130006, name="Xênia")
    centre.run(Assign(centre.agent("Olavo").agent_id), talk)
    until_listed(served, "Xênia", str(talk))
    assert asked(served, Role.AGENT, "/recipients", search="Xênia").json() == {"rows": []}


def test_somebody_without_a_conversation_is_reached_where_there_is_no_window(served, centre):
    made = centre.run(CreateContact("Yara Nova", phone="+5511911130007")).done[0]
    assert asked(served, Role.SUPERVISOR, "/recipients", search="Yara").json() == {"rows": []}
    with_channel(centre, "evolution")
    (row,) = asked(served, Role.SUPERVISOR, "/recipients", search="Yara").json()["rows"]
    with_channel(centre, "")
    assert (row["id"], row["name"], row["closed"]) == (f"{made}-{centre.loja}", "Yara Nova", False)


def with_channel(centre, channel):
    table = attached.tables.instance
    change = table.update().where(table.c.id == centre.loja).values(channel=channel)
    centre.store.write(lambda connection: connection.execute(change))


def until_listed(served, search, wanted):
    """The read model hears of a new conversation a moment later."""
    for _ in range(100):
        rows = asked(served, Role.SUPERVISOR, "/recipients", search=search).json()["rows"]
        if wanted in [row["id"] for row in rows]:
            return
        time.sleep(0.1)
    raise AssertionError(rows)
