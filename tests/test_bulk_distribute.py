"""Many conversations to several agents: each row to whom the preview said, and nobody else."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import FIRST_PHONE, Role
from console import actions, bulk
from console.actions.assign import ALREADY_THERE, NO_SUCH_AGENT
from console.actions.distribute import (
    EVEN,
    LEAST_LOADED,
    NO_SUCH_RULE,
    NOBODY_CHOSEN,
    ONLY_PLANNED,
    Distribute,
    Handed,
)
from console.config import Settings
from console.domain.bulk import RunStatus
from console.domain.conversation import Conversation
from console.domain.errors import RuleError
from console.readmodel import expression
from console.readmodel.model import ReadModel
from office import Office, new_key, unsound

agents = st.lists(st.integers(1, 5), min_size=1, max_size=8)
loads = st.dictionaries(st.integers(1, 6), st.integers(0, 9))


@pytest.fixture
def office(store):
    made = Office(store)
    made.davi = made.agent("Davi")
    made.team_of = (made.bia.agent_id, made.caio.agent_id, made.davi.agent_id)
    return made


@pytest.fixture
def plan(office, tmp_path, model_folder):
    """Plans a distribution over a filter, by Ana unless somebody else is named."""
    folder = model_folder(office.store, tmp_path / "readmodel")
    model = ReadModel.open(office.store, folder, Settings())

    def planned(wish, text="", by=None):
        tree, who = expression.parse(text), by or office.ana
        office.at += 60_000_000
        return bulk.plan(office.store, model, wish, tree, who=who, at=office.at, key=new_key())

    yield planned
    model.close()


def owners(office, ids):
    return [office.state(i).assignee_id for i in ids]


def carried(office, run):
    office.start(run.id, office.ana, run.waiting_n)
    return office.carry_on(run.id)


def named_once(names):
    return [name for n, name in enumerate(names) if name not in names[:n]]


@given(agents, st.integers(0, 30), loads)
def test_evenly_means_in_turn(names, n, load):
    once = named_once(names)
    got = Distribute(tuple(names)).targets(n, load)
    assert got == [once[i % len(once)] for i in range(n)]


@given(agents, st.integers(0, 30), loads)
def test_each_row_goes_to_who_has_the_fewest_then_and_the_first_named_wins_a_tie(names, n, load):
    has = {name: load.get(name, 0) for name in names}
    wanted = []
    for _ in range(n):
        wanted.append(min(has, key=has.get))  # the first of the fewest
        has[wanted[-1]] += 1
    assert Distribute(tuple(names), LEAST_LOADED).targets(n, load) == wanted


def test_rows_are_shared_as_the_preview_says_the_latest_activity_first(office, plan):
    ids = office.conversations(7)
    run = plan(Distribute(office.team_of))
    first, second, third = office.team_of
    assert run.counts["to"] == {str(first): 3, str(second): 2, str(third): 2}
    assert carried(office, run).done_n == 7
    assert owners(office, ids[::-1]) == [first, second, third, first, second, third, first]
    assert unsound(office.store) == []


def test_who_has_a_row_already_keeps_it_and_the_reason_is_told(office, plan):
    ids = office.conversations(6)
    office.run(actions.Assign(office.bia.agent_id), *ids)
    run = plan(Distribute(office.team_of))
    assert (run.total_n, run.waiting_n) == (6, 4)
    assert bulk.skipped(office.store, run, office.ana) == [bulk.Skipped(ALREADY_THERE, 2)]
    carried(office, run)
    assert Counter(owners(office, ids)) == dict.fromkeys(office.team_of, 2)


def test_the_least_loaded_are_given_more_until_all_have_as_many(office, plan):
    held = office.conversations(4)
    office.run(actions.Assign(office.bia.agent_id), *held[:3])
    office.run(actions.Assign(office.caio.agent_id), held[3])
    resolved = office.receive(phone=FIRST_PHONE + 50)
    office.run(actions.Assign(office.davi.agent_id), resolved)
    office.run(actions.Resolve(), resolved)  # what is resolved is no load
    for n in range(5):
        office.receive(phone=FIRST_PHONE + 60 + n)
    run = plan(Distribute(office.team_of, LEAST_LOADED), "unassigned")
    _, caio, davi = map(str, office.team_of)
    assert run.counts["to"] == {davi: 3, caio: 2}
    carried(office, run)
    assert sorted(Counter(owners(office, held)).values()) == [1, 3]


def test_what_is_handed_out_is_no_load_of_who_had_it(office, plan):
    ids = office.conversations(4)
    office.run(actions.Assign(office.bia.agent_id), *ids)
    bia, caio = office.bia.agent_id, office.caio.agent_id
    run = plan(Distribute((bia, caio), LEAST_LOADED), "assignee:bia@loja.example")
    assert (run.counts["to"], run.refused_n) == ({str(caio): 2}, 2)
    carried(office, run)
    assert Counter(owners(office, ids)) == {bia: 2, caio: 2}


def test_a_team_lead_shares_only_what_they_see(office, plan):
    ours, foreign = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours)
    run = plan(Distribute((office.davi.agent_id,)), by=office.lia)
    assert run.counts["to"] == {str(office.davi.agent_id): 1}
    office.carry_on(office.start(run.id, office.lia))
    assert owners(office, [ours, foreign]) == [office.davi.agent_id, None]


def test_an_empty_list_is_shared_among_nobody(office, plan):
    run = plan(Distribute(office.team_of))
    assert (run.total_n, run.counts["to"], run.reasons) == (0, {}, ())


def test_who_cannot_answer_is_given_nothing(office, plan):
    office.conversations(1)
    dora = office.agent("Dora", Role.ANALYST)
    office.deactivate(office.caio, "Caio")
    bia = office.bia.agent_id
    wishes = [
        (Distribute(()), NOBODY_CHOSEN),
        (Distribute((bia,), "fair"), NO_SUCH_RULE),
        (Distribute((bia, dora.agent_id)), NO_SUCH_AGENT),
        (Distribute((bia, office.caio.agent_id)), NO_SUCH_AGENT),
        (Distribute((7,)), NO_SUCH_AGENT),
    ]
    for wish, told in wishes:
        with pytest.raises(RuleError) as refused:
            plan(wish)
        assert refused.value.text == told
    assert plan(Distribute((bia,), EVEN)).waiting_n == 1


def test_who_leaves_before_the_start_holds_the_run(office, plan):
    ids = office.conversations(2)
    run = plan(Distribute((office.caio.agent_id,)))
    office.deactivate(office.caio, "Caio")
    held = carried(office, run)
    assert (held.status, held.problem) == (RunStatus.PAUSED, NO_SUCH_AGENT)
    assert owners(office, ids) == [None, None]


def test_an_undo_gives_everything_back(office, plan):
    ids = office.conversations(4)
    office.run(actions.Assign(office.bia.agent_id), ids[0])
    before = owners(office, ids)
    run = carried(office, plan(Distribute((office.caio.agent_id, office.davi.agent_id))))
    assert office.undo(run.id, by=office.ana).done_n == 4
    assert owners(office, ids) == before


def test_without_a_plan_nothing_is_shared(office):
    ids = office.conversations(2)
    outcome = office.run(Distribute(office.team_of), *ids)
    assert (outcome.done, outcome.refused) == ((), dict.fromkeys(ids, ONLY_PLANNED))


def test_a_row_whose_agent_has_it_is_left_as_it_is(office):
    with pytest.raises(RuleError) as refused:
        Handed({1: 5}).decide(Conversation(1, 1, 1, assignee_id=5), office.ana, 1)
    assert refused.value.text == ALREADY_THERE
