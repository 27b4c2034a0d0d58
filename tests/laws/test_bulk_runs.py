"""Laws of bulk runs, on both stores: what a rule reads, and n rows at once like n by themselves."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from console import actions
from console.actions.base import ContactCommand
from console.domain.bulk import RowResult
from console.domain.contact import Contact
from console.domain.conversation import Conversation, Status, changed, evolve
from console.domain.errors import RuleError
from console.domain.events import Event, EventKind
from console.domain.message import Direction
from console.domain.priority import Priority
from console.store.rows import RESTORED_FIELDS
from office import WISHES, Office, unsound

DONE = RowResult.DONE
BULK = [c for c in actions.COMMANDS if getattr(c, "bulk", False)]
CONVERSATION = [c for c in BULK if hasattr(c, "decide")]
CONTACT = [c for c in BULK if hasattr(c, "decide_contact")]
BIA = actions.base.Acting(2, "Bia", "supervisor")
few = st.integers(1, 3)
few_or_none = st.none() | few
NOW = 1
priorities = st.none() | st.sampled_from(list(Priority))
words = st.sampled_from(["", " ", "Oi", "x" * 5_000])


def drawn(command):
    """Commands of a kind, over the same few ids as the states."""
    of_kind = {
        actions.Reply: st.builds(actions.Reply, words),
        actions.Note: st.builds(actions.Note, words),
        actions.Assign: st.builds(actions.Assign, few_or_none),
        actions.AssignTeam: st.builds(actions.AssignTeam, few_or_none),
        actions.Label: st.builds(actions.Label, few, st.booleans()),
        actions.SetPriority: st.builds(actions.SetPriority, priorities),
        actions.Snooze: st.builds(actions.Snooze, few),
    }
    return of_kind.get(command, st.builds(command))


_FIELDS = {
    **{name: st.integers(0, 2) for name in Conversation._fields if name.endswith("_n")},
    "status": st.sampled_from([s.value for s in Status]),
    "label_ids": st.frozensets(few),
    "priority": priorities,
    "last_preview": st.text(max_size=3),
    "last_direction": st.none() | st.sampled_from([d.value for d in Direction]),
    "version": few,
}
conversations = st.builds(
    Conversation, **{name: _FIELDS.get(name, few_or_none) for name in Conversation._fields}
)
contacts = st.builds(
    Contact, few, st.text(max_size=3), st.none() | st.just("a@b.example"), st.booleans(), few
)


def refusal(decide, state, who=BIA):
    try:
        decide(state, who, NOW)
    except RuleError as error:
        return error.text
    return None


@pytest.mark.parametrize("command", CONVERSATION)
@given(st.data(), conversations, conversations)
def test_a_refusal_depends_on_nothing_but_what_the_command_reads(command, data, one, other):
    wish = data.draw(drawn(command))
    other = changed(other, **{name: getattr(one, name) for name in command.reads})
    assert refusal(wish.decide, one) == refusal(wish.decide, other)


@pytest.mark.parametrize("command", CONTACT)
@given(contacts, contacts)
def test_a_refusal_about_a_contact_depends_on_nothing_but_what_is_read(command, one, other):
    kept = {name: getattr(one, name) for name in command.reads}
    values = {name: getattr(other, name) for name in Contact.__dataclass_fields__}
    other = Contact(**{**values, **kept})
    wish = command()
    assert refusal(wish.decide_contact, one) == refusal(wish.decide_contact, other)


def test_the_law_of_reads_finds_a_command_that_looks_further():
    class Nosy(actions.Resolve):
        def decide(self, state, actor, at):
            if state.assignee_id is None:
                raise RuleError(Nosy.title)
            return super().decide(state, actor, at)

    law = test_a_refusal_depends_on_nothing_but_what_the_command_reads.hypothesis.inner_test
    looked_for = given(st.data(), conversations, conversations)(law)
    with pytest.raises(AssertionError):
        settings(phases=[Phase.generate], database=None)(looked_for)(Nosy)


@pytest.mark.parametrize("command", CONVERSATION)
@given(st.data(), conversations)
def test_an_undo_gives_back_every_field_that_a_command_without_words_changes(command, data, state):
    wish = data.draw(drawn(command))
    if refusal(wish.decide, state) is not None:
        return
    after = state
    for fact in wish.decide(state, BIA, NOW):
        event = Event(
            1, EventKind(fact.kind), 9, "agent", 2, from_id=fact.from_id, to_id=fact.to_id
        )
        after = evolve(after, event)
    names = {n for n in Conversation._fields if getattr(after, n) != getattr(state, n)}
    assert names <= set(RESTORED_FIELDS)


ROWS = 6
runs = st.tuples(
    st.sampled_from(list(WISHES)),
    st.sets(st.integers(0, ROWS - 1), max_size=2),  # rows that move on after the plan
    st.lists(st.integers(1, 4), min_size=1, max_size=3),  # limits of the chunks, in turn
)


@pytest.fixture
def office(store):
    return Office(store)


@pytest.fixture
def twins(office):
    """Two times the same conversations; the first two of each are of one contact."""
    instances = [office.instance("Loja 3"), office.instance("Loja 4")]
    return [_grown(office, instances, start) for start in (5511970000000, 5511980000000)]


def _grown(office, instances, start):
    places = [(0, instances[1]), *((i, instances[0]) for i in range(ROWS - 1))]
    return [office.receive("Oi", start + i, instance=instance) for i, instance in places]


def alike(office, ids):
    """What is equal in twins: all but ids and instants, of which only whether there are any."""
    own = {"id", "instance_id", "contact_id", "last_message_id"}
    found = []
    for state in map(office.state, ids):
        values = {n: getattr(state, n) for n in Conversation._fields if n not in own}
        instants = {n: values[n] is None for n in values if n.endswith("_at")}
        found.append({**values, **instants, "is_blocked": office.contact(state.id).is_blocked})
    return found


def singles(office, command, ids, versions, refused):
    """What becomes of each row by itself that the plan did not refuse; of a contact once."""
    told, known = [], {}
    for i in ids:
        key = office.contact(i).id if isinstance(command, ContactCommand) else i
        if i not in refused and key not in known:
            outcome = office.run(command, key, expected={i: versions[i]}, by=office.bia)
            known[key] = outcome.problem or DONE
        told.append(refused.get(i) or known[key])
    return told


# The examples share the twins, which grow up together: each finds what the ones before left.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs)
def test_a_bulk_run_of_n_rows_is_n_commands_by_themselves(office, twins, drawn_run):
    name, moved, limits = drawn_run
    here, there = twins
    command = office.wish(name)
    versions = {i: office.state(i).version for i in there}
    refused = {i: why for i in there if (why := office.refusal(command, i, office.bia))}
    run_id = office.plan(command, *here)
    for ids in twins:
        office.run(actions.Note("Enquanto isso"), *(ids[place] for place in moved))
    waiting_n = office.found(run_id).waiting_n
    if waiting_n:
        office.carry_on(office.start(run_id, typed_n=waiting_n), limits)
    told = singles(office, command, there, versions, refused)
    assert list(office.results(run_id).values()) == told
    assert alike(office, here) == alike(office, there)
    assert unsound(office.store) == []


def test_a_run_that_does_nothing_to_a_row_it_calls_done_is_found(office, twins, monkeypatch):
    """The control: results that are written without their effects."""
    from console.actions import carry

    monkeypatch.setattr(carry, "write_changes", lambda *_: None)
    office.bulk(actions.Resolve(), *twins[0])
    assert [office.state(i).status for i in twins[0]] == ["pending"] * ROWS
    assert unsound(office.store) != []
