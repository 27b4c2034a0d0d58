import pytest

import console
from build import Centre, Role
from console import actions
from console.domain.errors import StoreError


@pytest.fixture
def centre(sqlite_store, tmp_path, monkeypatch):
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CENTRAL_STORE", sqlite_store.url)
    return Centre(sqlite_store)


def test_a_notebook_gets_the_same_conversations_as_data_frames(centre):
    one, two = centre.conversations(2)
    centre.run(actions.Resolve(), two)
    with console.open() as c:
        frame = c.conversations("pending and unread")
        assert frame["id"].tolist() == [one]
        assert frame["contact_name"].tolist() == ["Cliente 0"]
        assert c.count("") == 2
        assert c.sql("select count(*) as n from conversation")["n"].tolist() == [2]
        three = centre.receive(phone=5511911111111)
        assert set(c.conversations()["id"]) == {one, two, three}
        table = c.arrow().conversations("resolved")
        assert table.column("id").to_pylist() == [two]


def test_a_person_named_by_address_sees_their_own_part(centre, sqlite_store):
    bia = centre.agent("Bia")
    one, two = centre.conversations(2)
    centre.run(actions.Assign(centre.ana.agent_id), one)
    with console.open(sqlite_store.url, email="BIA@loja.example") as c:
        assert c.who.agent_id == bia.agent_id
        assert c.conversations()["id"].tolist() == [two]


def test_an_unknown_or_deactivated_person_is_refused(centre):
    bia = centre.agent("Bia")
    centre.run(actions.SaveAgent("bia@loja.example", "Bia", Role.AGENT, (), False, bia.agent_id))
    for email in ("nobody@loja.example", "bia@loja.example"):
        with pytest.raises(StoreError):
            console.open(email=email)
