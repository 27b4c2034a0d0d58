"""Contacts and settings: what is written down, and what is refused in words."""

import pytest

from build import Centre, Role
from console import actions
from console.actions import settings
from console.domain.errors import RuleError
from console.store import people
from console.store.contacts import contact_page


@pytest.fixture
def centre(sqlite_store):
    return Centre(sqlite_store)


def everybody(centre):
    with centre.store.read() as connection:
        return {agent.name: agent for agent in people.agents(connection)}


@pytest.mark.parametrize(
    ("name", "phone", "email", "answer"),
    [
        ("  ", "(11) 90000-0000", "", "Write the name"),
        ("Rui", "12", "", "number looks incomplete"),
        ("Rui", "(11) 90000-0000", "rui@", "e-mail looks incomplete"),
    ],
)
def test_an_incomplete_contact_is_refused(centre, name, phone, email, answer):
    with pytest.raises(RuleError, match=answer):
        centre.run(actions.CreateContact(name, phone, email))


def test_a_known_number_is_refused_also_without_the_ninth_digit(centre):
    centre.run(actions.CreateContact("Rui", "(11) 98765-4321"))
    with pytest.raises(RuleError, match="exists already"):
        centre.run(actions.CreateContact("Rui", "+55 11 8765-4321"))


def test_name_and_email_of_a_contact_can_be_changed(centre):
    contact = centre.run(actions.CreateContact("Rui", "(11) 90000-0000")).done[0]
    outcome = centre.run(actions.EditContact("Rui Alves", "rui@loja.example"), contact)
    assert outcome.done == (contact,)
    with centre.store.read() as connection:
        assert contact_page(connection, centre.ana.scope, "alves", limit=9, offset=0)[1] == 1
    for wrong in (actions.EditContact("", ""), actions.EditContact("Rui", "nada")):
        with pytest.raises(RuleError):
            centre.run(wrong, contact)


def test_contacts_are_found_by_name_email_and_number_within_the_scope(centre):
    mine = centre.receive(name="Álvaro")
    centre.receive(name="Breno", phone=5521900000002)
    lead = centre.agent("Lia", Role.TEAM_LEAD, centre.team("Vendas"))
    with centre.store.read() as connection:
        found = contact_page(connection, centre.ana.scope, "", limit=1, offset=1)
        by_number = contact_page(connection, centre.ana.scope, "5521", limit=9, offset=0)
        of_lead = contact_page(connection, lead.scope, "", limit=9, offset=0)
    assert (len(found[0]), found[1]) == (1, 2)
    assert by_number[1] == 1
    assert of_lead == ([], 0)
    assert centre.contact(mine).name == "Álvaro"


def test_a_person_is_written_down_and_changed(centre):
    team = centre.team("Vendas")
    bia = centre.agent("Bia", Role.TEAM_LEAD, team)
    assert everybody(centre)["Bia"].team_ids == (team,)
    centre.run(
        actions.SaveAgent("bia@loja.example", "Bia Reis", Role.AGENT, (), True, bia.agent_id)
    )
    assert everybody(centre)["Bia Reis"].role is Role.AGENT
    assert centre.today(bia.agent_id).team_ids == frozenset()


def test_a_team_lead_knows_the_colleagues(centre):
    team = centre.team("Vendas")
    bia, lia = centre.agent("Bia", Role.AGENT, team), centre.agent("Lia", Role.TEAM_LEAD, team)
    assert centre.today(lia.agent_id).colleague_ids == {bia.agent_id, lia.agent_id}


@pytest.mark.parametrize("email", ["", "bia", "bia@loja"])
def test_a_person_needs_a_complete_email(centre, email):
    with pytest.raises(RuleError, match="e-mail looks incomplete"):
        centre.run(actions.SaveAgent(email, "Bia", Role.AGENT))


def test_an_email_belongs_to_one_person_whatever_its_case(centre):
    with pytest.raises(RuleError, match="has this e-mail"):
        centre.run(actions.SaveAgent("ANA@loja.example", "Outra", Role.AGENT))


def test_the_last_admin_stays(centre):
    wish = actions.SaveAgent("ana@loja.example", "Ana", Role.AGENT, (), True, centre.ana.agent_id)
    with pytest.raises(RuleError, match="at least one admin"):
        centre.run(wish)
    assert centre.today(centre.ana.agent_id).role is Role.ADMIN


def test_a_password_is_changed_by_oneself_or_an_admin(centre):
    bia = centre.agent("Bia")
    centre.run(actions.SetPassword(bia.agent_id, "hash"), by=bia)
    assert everybody(centre)["Bia"].can_sign_in
    with centre.store.read() as connection:
        assert people.password_hash(connection, "BIA@loja.example") == (bia.agent_id, "hash")
        assert people.password_hash(connection, "ana@loja.example") is None
    with pytest.raises(RuleError, match="role does not allow"):
        centre.run(actions.SetPassword(centre.ana.agent_id, "hash"), by=bia)


def test_preferences_are_laid_over_the_ones_kept(centre):
    centre.run(actions.SavePreferences(language="en", theme="dark", settings={"a": 1}))
    centre.run(actions.SavePreferences(language="xx", theme="pink", settings={"b": 2}))
    ana = everybody(centre)["Ana"]
    assert (ana.language, ana.theme, ana.settings) == ("en", "dark", {"a": 1, "b": 2})


def test_keys_come_from_names_and_stay(centre):
    team = centre.team("Pós-venda & Trocas")
    centre.run(actions.SaveTeam("Trocas", team))
    with centre.store.read() as connection:
        assert [(t.key, t.name) for t in people.teams(connection)] == [
            ("pos-venda-trocas", "Trocas")
        ]
    assert settings.slug("☂") == "x"


@pytest.mark.parametrize(
    "wish", [actions.SaveTeam("Dois"), actions.SaveLabel("Dois"), actions.SaveInstance("Dois")]
)
def test_a_name_in_use_is_refused(centre, wish):
    centre.run(wish)
    with pytest.raises(RuleError, match="of this name already"):
        centre.run(wish)


def test_an_instance_has_a_number_and_can_be_switched_off(centre):
    made = centre.run(actions.SaveInstance("Centro", phone="(11) 90000-0000")).done[0]
    centre.run(actions.SaveInstance("Centro", is_active=False, instance_id=made))
    with centre.store.read() as connection:
        assert people.instance_by_key(connection, "centro").phone is None
        assert [i.name for i in people.instances(connection, only_active=True)] == ["Loja 1"]
    with pytest.raises(RuleError, match="number looks incomplete"):
        centre.run(actions.SaveInstance("Norte", phone="12"))


def test_a_label_has_a_colour(centre):
    with pytest.raises(RuleError, match="colour must look like"):
        centre.run(actions.SaveLabel("VIP", "red"))


def test_labels_are_for_supervisors_and_settings_for_admins(centre):
    sofia = centre.agent("Sofia", Role.SUPERVISOR)
    centre.run(actions.SaveLabel("VIP"), by=sofia)
    with pytest.raises(RuleError, match="role does not allow"):
        centre.run(actions.SaveTeam("Vendas"), by=sofia)
