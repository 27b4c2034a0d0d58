"""Exports that come round as commands: who may plan, change, pause and remove them."""

from dataclasses import replace

import pytest

from archive import Archive
from build import system
from console import actions
from console.actions.base import NOT_ALLOWED
from console.actions.contacts import NAME_MISSING
from console.actions.schedule import (
    MOST,
    NAME_TAKEN,
    NAME_UNFIT,
    NO_SUCH_SCHEDULE,
    NO_SUCH_TIME,
    NOT_DUE,
    TOO_MANY,
)
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.ids import DAY, HOUR, MINUTE
from console.domain.recurrence import LAST_DAY, Every
from console.domain.schedule import RETRIES, Plan, ScheduleStatus, Span, Target, retry_after
from console.i18n import Text
from console.store import exports, schedules
from office import facts

PLAN = Plan(
    "Resolvidas da semana",
    "episode",
    "xlsx",
    Every.WEEK,
    8 * 60,
    "America/Sao_Paulo",
    "status:resolved",
    weekdays=(0, 3),
    span=Span.LAST_WEEK,
    span_field="resolved",
    folder="relatórios",
    keep_n=4,
    reason="Reunião de segunda",
)


@pytest.fixture
def office(store):
    return Archive(store)


@pytest.fixture
def refused(office):
    def of(command, by=None):
        with pytest.raises(RuleError) as refusal:
            office.run(command, by=by or office.bia)
        return refusal.value.text

    return of


def saved(office, plan=PLAN, by=None, schedule_id=None):
    return office.run(actions.SaveSchedule(plan, schedule_id), by=by or office.bia).done[0]


def found(office, schedule_id):
    with office.store.read() as connection:
        return schedules.find(connection, schedule_id)


def told(office):
    return [(f.kind, f.actor_id, f.to_id) for f in facts(office.store) if "schedule" in f.kind]


def test_a_plan_is_kept_as_it_was_wished_and_comes_round(office):
    made = saved(office)
    kept = found(office, made)
    assert (kept.plan, kept.owner_id, kept.status) == (PLAN, office.bia.agent_id, "active")
    assert kept.next_at == PLAN.recurrence.after(office.at, PLAN.clock_zone)
    assert told(office) == [(EventKind.SCHEDULE_SAVED, office.bia.agent_id, made)]


def test_a_plan_is_changed_by_its_owner_only(office, refused):
    made = saved(office)
    other = replace(PLAN, name="Outra", every=Every.MONTH, day=LAST_DAY, target=Target.MAIL)
    assert refused(actions.SaveSchedule(other, made), office.caio) == NO_SUCH_SCHEDULE
    assert refused(actions.SaveSchedule(other, made), office.ana) == NOT_ALLOWED
    saved(office, other, schedule_id=made)
    assert (found(office, made).plan, found(office, made).version) == (other, 2)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": " "}, NAME_MISSING),
        ({"name": "???"}, NAME_UNFIT),
        ({"weekdays": ()}, NO_SUCH_TIME),
        ({"minute": 1440}, NO_SUCH_TIME),
        ({"zone": "Brazil/Nowhere"}, NO_SUCH_TIME),
    ],
)
def test_what_cannot_come_round_is_refused(refused, changes, why):
    assert refused(actions.SaveSchedule(replace(PLAN, **changes))) == why


def test_two_schedules_never_write_one_file(office, refused):
    made = saved(office)
    same = replace(PLAN, name="RESOLVIDAS, da semana!")
    assert refused(actions.SaveSchedule(same), office.caio) == NAME_TAKEN
    saved(office, replace(same, folder="outra"), office.caio)
    saved(office, replace(same, target=Target.MAIL), office.caio)
    saved(office, same, schedule_id=made)
    office.run(actions.RemoveSchedule(made), by=office.bia)
    saved(office, same, office.caio)


def test_a_person_has_so_many_and_no_more(office, refused):
    for n in range(MOST):
        saved(office, replace(PLAN, name=f"Plano {n}"))
    one_more = actions.SaveSchedule(replace(PLAN, name="Mais uma"))
    assert refused(one_more) == TOO_MANY
    office.run(one_more, by=office.caio)


def test_an_agent_may_not(office, refused):
    assert refused(actions.SaveSchedule(PLAN), office.davi) == NOT_ALLOWED
    assert told(office) == []


def test_it_is_paused_and_comes_round_again_from_then_on(office, refused):
    made = saved(office)
    office.run(actions.PauseSchedule(made), by=office.bia)
    kept = found(office, made)
    assert (kept.status, kept.next_at) == (ScheduleStatus.PAUSED, None)
    assert kept.paused_for.pt == "Pausada por Bia."
    office.at += 30 * DAY
    assert kept.due(office.at) is None
    saved(office, replace(PLAN, filter="unread"), schedule_id=made)
    assert found(office, made).next_at is None
    assert refused(actions.ResumeSchedule(made), office.ana) == NOT_ALLOWED
    office.run(actions.ResumeSchedule(made), by=office.bia)
    assert found(office, made).next_at > office.at
    assert found(office, made).paused_for is None


def test_who_administers_pauses_and_removes_everybody_s(office, refused):
    made = saved(office)
    for command in (actions.PauseSchedule, actions.RemoveSchedule, actions.RunSchedule):
        assert refused(command(made), office.caio) == NO_SUCH_SCHEDULE
    office.run(actions.PauseSchedule(made), by=office.ana)
    assert refused(actions.RunSchedule(made), office.ana) == NOT_ALLOWED
    office.run(actions.RemoveSchedule(made), by=office.ana)
    assert found(office, made) is None
    assert refused(actions.RemoveSchedule(made)) == NO_SUCH_SCHEDULE
    assert [kind for kind, *_ in told(office)][1:] == [
        EventKind.SCHEDULE_PAUSED,
        EventKind.SCHEDULE_REMOVED,
    ]


def test_a_run_begins_once_and_asks_for_its_file(office, refused):
    made = saved(office)
    due_at = found(office, made).next_at
    begin = actions.BeginSchedule(made, due_at, "status:resolved")
    assert refused(begin) == NOT_DUE
    office.at = due_at
    assert refused(begin, office.ana) == NOT_ALLOWED
    office.run(begin, by=office.bia)
    kept = found(office, made)
    assert (kept.due_at, kept.next_at > due_at) == (due_at, True)
    with office.store.read() as connection:
        job = exports.find_job(connection, kept.job_id)
        assert exports.open_n(connection, office.bia.agent_id) == 0
    assert (job.name, job.schedule_id, job.reason) == (PLAN.name, made, PLAN.reason)
    assert (job.author_id, job.filter) == (office.bia.agent_id, "status:resolved")
    assert refused(begin) == NOT_DUE


def test_only_central_itself_says_what_became_of_a_run(office, refused):
    made = saved(office)
    why = Text("a", "b", "c")
    for command in (
        actions.HoldSchedule(made, why),
        actions.NoteDelivery(made, 1, "x"),
        actions.NoteTrouble(made, 1, why),
    ):
        assert refused(command) == NOT_ALLOWED
    assert refused(actions.NoteDelivery(made, 1, "x"), system()) == NOT_DUE


def test_of_times_that_were_missed_the_last_is_due(office):
    made = saved(office)
    kept = found(office, made)
    assert kept.due(kept.next_at - MINUTE) is None
    assert kept.due(kept.next_at) == kept.next_at
    later = kept.due(kept.next_at + 15 * DAY)
    assert later > kept.next_at + 10 * DAY
    assert PLAN.recurrence.after(later - MINUTE, PLAN.clock_zone) == later


def test_pauses_between_tries_grow_and_end():
    pauses = [retry_after(n) for n in range(1, 7)]
    assert pauses == [*RETRIES, None]
    assert list(RETRIES) == sorted(RETRIES)
    assert sum(RETRIES) < 20 * HOUR  # the file of a run is kept for a day


def test_a_name_becomes_that_of_a_file():
    names = {n: replace(PLAN, name=n).slug for n in ("Fila às 8h/ontem", "../../x", "É" * 99)}
    assert names == {"Fila às 8h/ontem": "fila-as-8h-ontem", "../../x": "x", "É" * 99: "e" * 60}
