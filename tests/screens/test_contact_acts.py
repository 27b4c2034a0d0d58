"""What the inbox wishes about contacts: the command, what is said, and how it is taken back."""

import pytest

from build import FIRST_PHONE, Role
from console.domain.events import EventKind
from console.screens.contact_acts import CONTACT_WISHES


@pytest.fixture
def pair(centre):
    """Two contacts of one instance."""
    return [centre.state(talk).contact_id for talk in centre.conversations(2)]


def told(handled):
    return handled.notice.json("pt", 1)


def lines(sitting):
    return [i["text"] for i in sitting.see()["thread"]["items"] if i["type"] == "line"]


def test_an_edit_is_taken_back_by_the_notice(centre, sit, pair):
    ana = sit()
    before = centre.state(centre.receive(name="Cliente 0", phone=FIRST_PHONE)).contact_id
    said = told(ana.do("contact", contact=str(before), name="Outro", email="a@b.example"))
    assert said["undo"] == {
        "kind": "contact",
        "contact": str(before),
        "name": "Cliente 0",
        "email": "",
    }
    undone = ana.do(**{**said["undo"], "kind": "contact"})
    assert undone.refused == {}
    assert centre.contact(centre.receive(phone=FIRST_PHONE)).name == "Cliente 0"


def test_a_name_that_was_not_there_is_not_given_back(centre, sit):
    talk = centre.receive(name="", phone=5531988880009)
    contact = centre.state(talk).contact_id
    ana = sit()
    said = told(ana.do("contact", contact=str(contact), name="Novo", email=""))
    assert (said["text"], said["undo"]) == ("Contato salvo.", None)


def test_a_merge_is_taken_back_by_the_notice(centre, sit, pair):
    ana = sit()
    said = told(ana.do("merge", kept=str(pair[0]), gone=str(pair[1])))
    assert said["text"] == "Contatos unidos."
    talk = centre.receive(phone=FIRST_PHONE + 1)
    assert centre.state(talk).contact_id == pair[0]
    ana.do("select", id=str(talk))
    assert lines(ana)[-1] == "Contato unido a outro cadastro da mesma pessoa por Ana"
    assert told(ana.do(**said["undo"]))["text"] == "Contatos separados."
    assert centre.state(talk).contact_id == pair[1]
    assert lines(ana)[-1] == "União de contatos desfeita por Ana"


def test_the_list_shows_the_kept_contact_at_once(centre, sit, pair):
    ana = sit()
    ana.do("merge", kept=str(pair[0]), gone=str(pair[1]))
    assert {row["name"] for row in ana.see()["list"]["rows"]} == {"Cliente 0"}


def test_a_no_is_noted(centre, sit, pair):
    ana = sit()
    assert told(ana.do("apart", contact=str(pair[0]), other=str(pair[1])))["text"] == (
        "Anotado: são pessoas diferentes."
    )


def test_a_block_has_its_reason_in_the_line(centre, sit, pair):
    ana = sit()
    ana.do("select", id=str(centre.receive(phone=FIRST_PHONE)))
    ana.do("block", contact=str(pair[0]), on=True, reason="asked")
    assert lines(ana)[-1] == "Bloqueio de notificações feito por Ana: o cliente pediu"
    refused = ana.do("block", contact=str(pair[1]), on=True, reason="bored", key="bored-key")
    assert list(refused.refused) == ["bored-key"]


def test_a_new_contact_opens_with_its_conversation(centre, sit):
    ana = sit()
    fields = {"name": "Rita", "phone": "+5531988887777", "email": "", "instance": str(centre.loja)}
    handled = ana.do("new_contact", **fields)
    assert told(handled)["text"] == "Contato criado."
    shown = ana.see()
    assert (shown["thread"]["id"], shown["contact"]["name"]) == (
        str(ana.choice.conversation),
        "Rita",
    )
    assert lines(ana) == ["Conversa aberta por Ana"]
    again = ana.do("new_contact", key="again-again", **fields)
    assert "Já existe um contato" in again.refused["again-again"].pt


def test_a_known_contact_is_opened(centre, sit, pair):
    ana = sit()
    ana.do("open", contact=str(pair[1]), instance=str(centre.loja))
    assert centre.state(ana.choice.conversation).contact_id == pair[1]


@pytest.mark.parametrize("kind", sorted({*CONTACT_WISHES, "new_contact"}))
def test_what_is_no_wish_is_refused(sit, kind):
    handled = sit().do(kind, key="nonsense-1", name=7, contact="x", merge=[], kept={})
    assert list(handled.refused) == ["nonsense-1"]


def test_an_agent_makes_no_merges(centre, sit, pair):
    bruno = sit(centre.agent("Bruno", Role.AGENT))
    handled = bruno.do("merge", kept=str(pair[0]), gone=str(pair[1]), key="of-bruno")
    assert "Seu papel" in handled.refused["of-bruno"].pt
    with centre.store.read() as connection:
        n = connection.exec_driver_sql(
            f"select count(*) from event where kind = '{EventKind.CONTACTS_MERGED}'"
        ).scalar()
    assert n == 0
