"""Canned replies: who finds one, who may change it, and which shortcuts are free."""

import pytest

from build import Role
from console import actions
from console.actions.assign import NO_SUCH_TEAM
from console.actions.audience import NO_TEAM
from console.actions.base import NOT_ALLOWED
from console.actions.canned import (
    BAD_SHORTCUT,
    NO_SUCH_REPLY,
    SHORTCUT_TAKEN,
    TEXT_MISSING,
    TEXT_TOO_LONG,
)
from console.domain.audience import Audience
from console.domain.canned import LONGEST_TEXT, CannedReply, unknown_gaps
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.store import canned
from office import Office, facts

PRIVATE, TEAM, EVERYBODY = Audience
PIX = "Olá, {primeiro_nome}! A chave Pix é {chave}."


class CannedOffice(Office):
    """An office with a second team, an agent and an analyst."""

    def __init__(self, store):
        super().__init__(store)
        self.other_id = self.team("Compras")
        self.davi = self.agent("Davi", Role.AGENT, self.team_id)
        self.dora = self.agent("Dora", Role.ANALYST)
        self.olga = self.agent("Olga", Role.TEAM_LEAD, self.other_id)

    def keep(self, by, shortcut="pix", text=PIX, **fields):
        return self.run(actions.SaveCanned(shortcut, text, **fields), by=by).done[0]

    def remove(self, by, canned_id):
        return self.run(actions.RemoveCanned(canned_id), by=by)

    def found(self, who):
        with self.store.read() as connection:
            return canned.canned_of(connection, who)

    def shortcuts(self, who):
        return [(reply.shortcut, reply.text) for reply in self.found(who)]


@pytest.fixture
def office(store):
    return CannedOffice(store)


def refusal(done):
    with pytest.raises(RuleError) as refused:
        done()
    return refused.value.text


def test_a_reply_is_kept_under_its_shortcut_as_people_type_it(office):
    made = office.keep(office.davi, " /Pix-Chave ", f"  {PIX}\n")
    assert office.found(office.davi) == [
        CannedReply(made, office.davi.agent_id, PRIVATE, None, "pix-chave", PIX)
    ]
    assert len(facts(office.store, kind=EventKind.CANNED_SAVED, to_id=made)) == 1


def test_each_audience_finds_its_replies_and_nobody_else(office):
    office.keep(office.davi, "a", "de Davi")
    office.keep(office.lia, "b", "da equipe", audience=TEAM, team_id=office.team_id)
    office.keep(office.bia, "c", "de todos", audience=EVERYBODY)
    assert [key for key, _ in office.shortcuts(office.davi)] == ["a", "b", "c"]
    assert [key for key, _ in office.shortcuts(office.lia)] == ["b", "c"]
    assert [key for key, _ in office.shortcuts(office.olga)] == ["c"]
    assert [key for key, _ in office.shortcuts(office.bia)] == ["b", "c"]


def test_ones_own_reply_stands_before_that_of_others_with_the_same_shortcut(office):
    office.keep(office.bia, text="de todos", audience=EVERYBODY)
    office.keep(office.lia, text="da equipe", audience=TEAM, team_id=office.team_id)
    office.keep(office.davi, text="meu")
    assert [text for _, text in office.shortcuts(office.davi)] == ["meu", "da equipe", "de todos"]


def test_a_shortcut_is_one_of_a_kind_among_the_same_people(office):
    made = office.keep(office.davi)
    taken = SHORTCUT_TAKEN.with_(shortcut="pix")
    assert refusal(lambda: office.keep(office.davi, "/PIX")) == taken
    other = office.keep(office.davi, "prazo")
    assert refusal(lambda: office.keep(office.davi, "pix", canned_id=other)) == taken
    office.keep(office.lia)  # her own
    assert office.keep(office.davi, "pix", "Outro texto", canned_id=made) == made
    assert office.found(office.davi)[0].version == 2


def test_a_removed_reply_is_gone_and_its_shortcut_is_free(office):
    made = office.keep(office.davi)
    office.remove(office.davi, made)
    assert office.found(office.davi) == []
    assert refusal(lambda: office.remove(office.davi, made)) == NO_SUCH_REPLY
    assert refusal(lambda: office.keep(office.davi, canned_id=made)) == NO_SUCH_REPLY
    assert len(facts(office.store, kind=EventKind.CANNED_REMOVED, to_id=made)) == 1
    assert office.keep(office.davi) != made


def test_what_others_keep_is_changed_by_supervisors_alone(office):
    for_all = office.keep(office.bia, audience=EVERYBODY)
    assert refusal(lambda: office.keep(office.davi, canned_id=for_all)) == NOT_ALLOWED
    assert refusal(lambda: office.remove(office.lia, for_all)) == NOT_ALLOWED
    private = office.keep(office.davi)
    assert refusal(lambda: office.remove(office.bia, private)) == NO_SUCH_REPLY
    office.keep(office.ana, "pix", "Corrigido", audience=EVERYBODY, canned_id=for_all)
    assert office.found(office.bia)[0].owner_id == office.bia.agent_id


def test_agents_keep_for_themselves_and_leads_for_their_team(office):
    for_all = {"audience": EVERYBODY}
    for_team = {"audience": TEAM, "team_id": office.team_id}
    for who, fields in [
        (office.davi, for_all),
        (office.davi, for_team),
        (office.lia, for_all),
        (office.olga, for_team),
        (office.dora, {}),
    ]:
        assert refusal(lambda w=who, f=fields: office.keep(w, **f)) == NOT_ALLOWED


def test_a_reply_that_cannot_be_kept_is_refused_in_words(office):
    wishes = [
        ({"shortcut": ""}, BAD_SHORTCUT),
        ({"shortcut": "duas palavras"}, BAD_SHORTCUT),
        ({"shortcut": "-pix"}, BAD_SHORTCUT),
        ({"shortcut": "x" * 31}, BAD_SHORTCUT),
        ({"text": " \n"}, TEXT_MISSING),
        ({"text": "x" * (LONGEST_TEXT + 1)}, TEXT_TOO_LONG),
        ({"audience": TEAM}, NO_TEAM),
        ({"audience": TEAM, "team_id": 7}, NO_SUCH_TEAM),
    ]
    told = [refusal(lambda f=fields: office.keep(office.bia, **f)) for fields, _ in wishes]
    assert told == [why for _, why in wishes]
    assert office.found(office.bia) == []


def test_the_words_a_person_fills_are_told_once_and_in_order():
    text = "{saudacao}, {first_name}! {pedido} e {rastreio}, {pedido}; {nombre} {} {2x} { a }"
    assert unknown_gaps(text) == ["pedido", "rastreio"]
