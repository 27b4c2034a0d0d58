"""Contacts are searched alike in both stores."""

import pytest

from build import FIRST_PHONE, Centre, Role
from console import actions
from console.store.contacts import contact_page, conversations_of
from console.store.rows import load_contacts


@pytest.fixture
def centre(store):
    centre = Centre(store)
    for i, name in enumerate(["CONCEIÇÃO Araújo", "João Müller", "100% _ponto_"]):
        centre.receive("Oi", FIRST_PHONE + i, name)
    return centre


def found(centre, wanted, who=None):
    with centre.store.read() as connection:
        scope = (who or centre.ana).scope
        ids, total = contact_page(connection, scope, wanted, limit=10, offset=0)
        assert total == len(ids)
        return sorted(contact.name for contact in load_contacts(connection, ids))


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("conceicao", ["CONCEIÇÃO Araújo"]),
        ("ÇÃO ar", ["CONCEIÇÃO Araújo"]),
        ("joao muller", ["João Müller"]),
        ("0% _", ["100% _ponto_"]),
        ("%", ["100% _ponto_"]),
        ("900000002", ["João Müller"]),
        ("ninguém", []),
        ("", ["100% _ponto_", "CONCEIÇÃO Araújo", "João Müller"]),
    ],
)
def test_a_name_is_found_without_accents_and_in_any_case(centre, wanted, names):
    assert found(centre, wanted) == names


def test_people_find_contacts_of_conversations_they_may_see(centre):
    bruno = centre.agent("Bruno", Role.AGENT)
    talk = centre.receive("Oi", FIRST_PHONE, "x")
    centre.run(actions.Assign(centre.ana.agent_id), talk)
    assert found(centre, "", bruno) == ["100% _ponto_", "João Müller"]
    contact_id = centre.state(talk).contact_id
    with centre.store.read() as connection:
        assert conversations_of(connection, [contact_id], bruno.scope) == []
        assert conversations_of(connection, [contact_id], centre.ana.scope) == [talk]
