"""Facts in SQL: the rows of one's own conversations, in seconds, with names."""

import pytest

from console import actions
from console.config import Settings
from console.domain.agent import Role
from console.readmodel.model import ReadModel
from console.readmodel.sql import answer
from console.readmodel.sql.fact_tables import FACT_TABLES
from office import Office

NAMES = [table.name for table in FACT_TABLES]


@pytest.fixture(scope="module")
def office(shared_store):
    """Two conversations, replied to, handed on and resolved; one is of Lia's team."""
    office = Office(shared_store)
    both = office.ours, office.theirs = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), office.ours)
    for each in both:
        office.run(actions.Assign(office.bia.agent_id), each)
        office.run(actions.Reply("Tudo certo?"), each, by=office.bia)
        office.run(actions.Assign(office.caio.agent_id), each)
        office.run(actions.Resolve(), each, by=office.caio)
    office.dora = office.agent("Dora", Role.ANALYST)
    return office


@pytest.fixture(scope="module")
def ask(office, tmp_path_factory):
    """Asks a read model that nobody writes."""
    model = ReadModel.open(office.store, tmp_path_factory.mktemp("facts"), Settings())
    yield lambda statement, who: answer(model, who, statement, limit_s=20).table.to_pylist()
    model.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_lead_reads_the_facts_of_own_conversations_only(office, ask, name):
    statement = f"select distinct conversation_id as id from {name} order by 1"
    everything = [row["id"] for row in ask(statement, office.bia)]
    assert everything == sorted([office.ours, office.theirs])
    assert [row["id"] for row in ask(statement, office.lia)] == [office.ours]
    assert [row["id"] for row in ask(statement, office.dora)] == everything


@pytest.mark.parametrize("name", NAMES)
def test_facts_carry_no_customer(office, ask, name):
    written = str(ask(f"from {name}", office.bia))
    for private in ("Cliente", "55119", "Oi ", "Tudo certo"):
        assert private not in written


def test_an_episode_tells_its_lengths_in_seconds_and_its_people(office, ask):
    (found,) = ask(
        "select served_by, replied_by, resolved_by, queue_s, first_response_s, handle_s,"
        " resolution_s, epoch(resolved_at - opened_at) as told_s from episode"
        f" where conversation_id = {office.theirs}",
        office.bia,
    )
    assert (found["served_by"], found["replied_by"], found["resolved_by"]) == ("Bia", "Bia", "Caio")
    assert found["resolution_s"] == found["told_s"]
    assert found["resolution_s"] == found["first_response_s"] + found["handle_s"]
    assert 0 < found["queue_s"] < found["first_response_s"]


def test_a_turn_a_message_an_event_and_a_holding_tell_who(office, ask):
    of = f"where conversation_id = {office.ours}"
    assert ask(f"select replied_by, reply_s > 0 as waited from turn {of}", office.lia) == [
        {"replied_by": "Bia", "waited": True}
    ]
    assert ask(f"select direction, author from message {of} order by happened_at", office.lia) == [
        {"direction": "in", "author": None},
        {"direction": "out", "author": "Bia"},
    ]
    kinds = ask(f"select kind, actor from event {of} order by happened_at, id", office.lia)
    assert kinds[-1] == {"kind": "resolved", "actor": "Caio"}
    held = ask(
        f"select agent, next_agent, held_s > 0 as is_over from holding {of} order by from_at",
        office.lia,
    )
    assert [row["agent"] for row in held] == [None, "Bia", "Caio"]
    assert {row["is_over"] for row in held} == {True}
