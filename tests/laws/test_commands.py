"""Laws of every command, on both stores."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy import func, select

from build import MONDAY_9H, Centre, Role
from console import actions
from console.actions import base
from console.actions.base import ContactCommand, PlacingCommand, RecordCommand
from console.domain.conversation import Conversation, fold
from console.domain.errors import RuleError
from console.domain.ids import DAY
from console.store import people, tables
from console.store.doctor import examine
from console.store.feed import feed_end, read_feed
from console.store.rows import event_of, message_of

# Distributing needs a plan: whom a row goes to is settled there.
EVERY = [c for c in actions.COMMANDS if getattr(c, "bulk", False) and c is not actions.Distribute]
BULK = [c for c in EVERY if hasattr(c, "decide")]


@pytest.fixture
def centre(store):
    return Centre(store)


def wish(centre, command):
    """A wish of this kind that finds something to do on a fresh conversation."""
    made = {
        actions.Reply: lambda: actions.Reply("Oi"),
        actions.Note: lambda: actions.Note("Oi"),
        actions.Assign: lambda: actions.Assign(centre.ana.agent_id),
        actions.AssignTeam: lambda: actions.AssignTeam(named(centre, people.teams, centre.team)),
        actions.Label: lambda: actions.Label(named(centre, people.labels, centre.label)),
        actions.SetPriority: lambda: actions.SetPriority("high"),
        actions.Snooze: lambda: actions.Snooze(MONDAY_9H + DAY),
    }
    return made.get(command, command)()


def named(centre, listed, make):
    """The team or label of these tests, made once."""
    with centre.store.read() as connection:
        known = listed(connection)
    return known[0].id if known else make("VIP")


def ready(centre, command, n=3):
    """Conversations, or contacts, on which the command finds something to do."""
    ids = centre.conversations(n)
    if command not in BULK:
        ids = [centre.contact(i).id for i in ids]
    before = {
        actions.Reopen: actions.Resolve(),
        actions.MarkUnread: actions.MarkRead(),
        actions.Unblock: actions.Block(),
        actions.Unsnooze: actions.Snooze(MONDAY_9H + DAY),
    }
    if command in before:
        centre.run(before[command], *ids)
    return ids


def rows(centre, table):
    with centre.store.read() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def written(centre):
    wanted = (tables.event, tables.message, tables.outbox, tables.change_feed, tables.command)
    return [rows(centre, table) for table in wanted]


@pytest.mark.parametrize("command", EVERY)
def test_one_and_many_rows_cost_the_same_number_of_statements(centre, command):
    made, ids = wish(centre, command), ready(centre, command, 8)
    statements = []
    listen = (centre.store.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    sqlalchemy_event.listen(*listen)
    counts = []
    for chosen in (ids[:1], ids[1:3], ids[3:]):
        statements.clear()
        assert centre.run(made, *chosen).done == tuple(chosen)
        counts.append(len(statements))
    sqlalchemy_event.remove(*listen)
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize("command", BULK)
def test_bulk_of_n_is_n_singles(centre, command):
    made, ids = wish(centre, command), ready(centre, command, 6)
    centre.run(made, *ids[:3])
    for i in ids[3:]:
        centre.run(made, i)
    own = {"id", "contact_id", "last_message_id", "last_preview"}
    same = [n for n in Conversation._fields if n not in own and not n.endswith("_at")]
    states = [centre.state(i) for i in ids]
    assert len({tuple(getattr(state, name) for name in same) for state in states}) == 1
    instants = [n for n in Conversation._fields if n.endswith("_at")]
    assert len({tuple(getattr(s, n) is None for n in instants) for s in states}) == 1


@pytest.mark.parametrize("command", EVERY)
def test_a_refused_wish_leaves_nothing_behind(centre, command):
    made, ids = wish(centre, command), ready(centre, command)
    analyst = centre.agent("Caio", Role.ANALYST)
    before = written(centre)
    with pytest.raises(RuleError):
        centre.run(made, *ids, by=analyst)
    assert written(centre) == before
    stranger = centre.agent("Davi", Role.TEAM_LEAD)
    before = written(centre)
    outcome = centre.run(made, *ids, by=stranger)
    unseen = base.NOT_FOUND if command in BULK else base.CONTACT_NOT_FOUND
    assert outcome.refused == dict.fromkeys(ids, unseen)
    assert [a - b for a, b in zip(written(centre), before, strict=True)] == [0, 0, 0, 0, 1]


@pytest.mark.parametrize("command", EVERY)
def test_the_same_key_has_one_effect_and_one_answer(centre, command):
    made, ids = wish(centre, command), ready(centre, command)
    first = centre.run(made, *ids, key="once")
    after = written(centre)
    assert centre.run(made, *ids, key="once") == first
    assert written(centre) == after
    with pytest.raises(RuleError, match="key was used"):
        centre.run(made, *ids[:1], key="once")


@pytest.mark.parametrize("command", BULK)
def test_a_row_that_moved_on_is_refused_and_the_rest_goes_through(centre, command):
    made, ids = wish(centre, command), ready(centre, command)
    seen = {i: centre.state(i).version for i in ids}
    centre.receive("mais uma coisa", name="Cliente 0")
    outcome = centre.run(made, *ids, expected=seen)
    assert outcome.refused == {ids[0]: base.CHANGED}
    assert outcome.done == tuple(ids[1:])


@pytest.mark.parametrize("command", EVERY)
def test_every_done_row_has_its_fact_with_actor_and_bulk_id(centre, command):
    made, ids = wish(centre, command), ready(centre, command)
    last = rows(centre, tables.event)
    centre.run(made, *ids, bulk_id=77)
    wanted = select(tables.event).order_by(tables.event.c.id).offset(last)
    with centre.store.read() as connection:
        facts = [event_of(row) for row in connection.execute(wanted).mappings()]
    assert {f.conversation_id if command in BULK else f.contact_id for f in facts} == set(ids)
    assert {(f.actor_kind, f.actor_id, f.bulk_id) for f in facts} == {
        ("agent", centre.ana.agent_id, 77)
    }


@pytest.mark.parametrize("command", EVERY)
def test_the_feed_names_everything_that_changed(centre, command):
    made, ids = wish(centre, command), ready(centre, command)
    with centre.store.read() as connection:
        cursor = feed_end(connection)
    centre.run(made, *ids)
    with centre.store.read() as connection:
        changed = read_feed(connection, cursor).ids
    assert set(changed["conversation" if command in BULK else "contact"]) == set(ids)


def test_every_command_has_words_and_a_right():
    for command in actions.COMMANDS:
        assert command.title.pt
        assert command.title.en
        assert command.title.es
        assert command.right
    kinds = [command.kind for command in actions.COMMANDS]
    assert len(set(kinds)) == len(kinds)


def test_every_command_is_of_one_family():
    for command in actions.COMMANDS:
        families = [hasattr(command, name) for name in ("decide", "decide_contact", "record")]
        assert sum(families) == 1, command
    assert isinstance(actions.Open(1, 2), PlacingCommand)
    assert isinstance(actions.Block(), ContactCommand)
    assert isinstance(actions.SaveTeam("x"), RecordCommand)


def test_a_deactivated_person_is_refused_at_once(centre):
    bia = centre.agent("Bia")
    talk = centre.receive()
    off = actions.SaveAgent("bia@loja.example", "Bia", Role.AGENT, (), False, bia.agent_id)
    centre.run(off)
    with pytest.raises(RuleError, match="deactivated"):
        centre.run(actions.Resolve(), talk, by=bia)


def test_a_person_who_lost_a_team_is_refused_at_once(centre):
    team = centre.team("Vendas")
    lia = centre.agent("Lia", Role.TEAM_LEAD, team)
    talk = centre.receive()
    centre.run(actions.AssignTeam(team), talk)
    assert centre.run(actions.MarkRead(), talk, by=lia).done == (talk,)
    centre.run(actions.SaveAgent("lia@loja.example", "Lia", Role.TEAM_LEAD, (), True, lia.agent_id))
    assert centre.run(actions.Resolve(), talk, by=lia).refused == {talk: base.NOT_FOUND}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(BULK), st.integers(0, 2)), max_size=25))
def test_state_is_the_fold_of_its_events(centre, steps):
    ids = centre.conversations(3)
    for command, place in steps:
        centre.run(wish(centre, command), ids[place])
    assert [_refolded(centre, i) for i in ids] == [centre.state(i) for i in ids]
    with centre.store.read() as connection:
        assert list(examine(connection)) == []


def _refolded(centre, conversation_id):
    state = centre.state(conversation_id)
    event, message = tables.event, tables.message
    facts = select(event).where(event.c.conversation_id == conversation_id).order_by(event.c.id)
    words = select(message).where(message.c.conversation_id == conversation_id)
    with centre.store.read() as connection:
        events = [event_of(row) for row in connection.execute(facts).mappings()]
        messages = {row["id"]: message_of(row) for row in connection.execute(words).mappings()}
    start = Conversation(state.id, state.instance_id, state.contact_id, version=state.version)
    return fold(start, events, messages)
