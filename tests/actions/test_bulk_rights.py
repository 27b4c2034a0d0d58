"""Who may act in bulk, when it is planned and again with each chunk."""

import pytest

from build import Role
from console import actions
from console.actions import base, bulk
from console.actions.assign import NO_SUCH_AGENT
from console.domain.bulk import RowResult, RunStatus
from console.domain.errors import RuleError
from console.domain.ids import new_id
from office import Office, unsound

DONE = RowResult.DONE


@pytest.fixture
def office(store):
    return Office(store)


def refusal(office, wish, by):
    """What a person is told who is refused."""
    with pytest.raises(RuleError) as refused:
        office.run(wish, by=by)
    return refused.value.text


def statuses(office, ids):
    return [office.state(i).status for i in ids]


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST])
def test_agents_and_analysts_plan_and_move_nothing(office, role):
    outsider = office.agent("Davi", role)
    talk = office.receive()
    run_id = office.start(office.plan(actions.Resolve(), talk))
    rows, reasons = office.frozen(actions.Resolve(), [talk], outsider, {})
    for wish in (
        actions.PlanBulk(actions.Resolve(), "", rows, reasons),
        actions.StartBulk(run_id),
        actions.PauseBulk(run_id),
        actions.ResumeBulk(run_id),
        actions.CancelBulk(run_id),
        actions.UndoBulk(run_id),
    ):
        assert refusal(office, wish, outsider) == base.NOT_ALLOWED
    assert office.found(run_id).status is RunStatus.RUNNING


def test_what_the_person_may_not_do_to_one_cannot_be_planned_for_many(office):
    class Forbidden(actions.Resolve):
        right = bulk.Right.SETTINGS

    wish = actions.PlanBulk(Forbidden(), "", ())
    assert refusal(office, wish, office.bia) == base.NOT_ALLOWED
    wish = actions.PlanBulk(actions.Assign(new_id()), "", ())
    assert refusal(office, wish, office.bia) == NO_SUCH_AGENT


def lose(office, who, how):
    """Take rights away from somebody who planned a run; what the run then says."""
    if how == "deactivated":
        office.deactivate(who, "Bia")
        return base.SIGNED_OUT
    office.run(actions.SaveAgent("bia@loja.example", "Bia", Role.AGENT, (), True, who.agent_id))
    return base.NOT_ALLOWED


@pytest.mark.parametrize("how", ["deactivated", "no bulk right"])
def test_an_author_who_may_no_longer_pauses_the_run_with_the_reason(office, how):
    ids = office.conversations(4)
    run_id = office.start(office.plan(actions.Resolve(), *ids))
    office.advance(run_id, 2)
    problem = lose(office, office.bia, how)
    held = office.carry_on(run_id)
    assert (held.status, held.problem, held.done_n) == (RunStatus.PAUSED, problem, 2)
    assert statuses(office, ids) == ["resolved"] * 2 + ["pending"] * 2
    office.run(actions.ResumeBulk(run_id), by=office.caio)
    assert office.found(run_id).problem is None
    assert office.carry_on(run_id).problem == problem
    assert unsound(office.store) == []


def test_a_right_of_the_command_itself_is_asked_again(office, monkeypatch):
    run_id = office.start(office.plan(actions.Resolve(), office.receive()))
    monkeypatch.setattr(actions.Resolve, "right", bulk.Right.SETTINGS)
    assert office.carry_on(run_id).problem == base.NOT_ALLOWED


def test_a_wish_whose_record_is_gone_pauses_the_run(office):
    ids = office.conversations(2)
    run_id = office.start(office.plan(actions.Assign(office.caio.agent_id), *ids))
    office.deactivate(office.caio, "Caio")
    held = office.carry_on(run_id)
    assert (held.status, held.problem, held.done_n) == (RunStatus.PAUSED, NO_SUCH_AGENT, 0)


def test_rows_that_left_the_author_s_scope_or_never_were_in_it_are_refused(office):
    own, left, foreign = ids = office.conversations(3)
    office.run(actions.AssignTeam(office.team_id), own, left)
    run_id = office.start(office.plan(actions.Resolve(), *ids, by=office.lia), office.lia)
    office.run(actions.AssignTeam(None), left)
    office.carry_on(run_id)
    assert office.results(run_id) == {own: DONE, left: base.NOT_FOUND, foreign: base.NOT_FOUND}
    assert statuses(office, ids) == ["resolved", "pending", "pending"]
