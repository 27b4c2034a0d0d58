"""Exports as commands: who may ask, cancel and fetch, and what is put down of it."""

import pytest

from archive import Archive
from build import Role, system
from console import actions
from console.actions.base import NOT_ALLOWED
from console.actions.export import GONE, MOST_OPEN, NO_SUCH_EXPORT, OVER, TOO_MANY, USED
from console.domain.errors import RuleError
from console.domain.events import EventKind
from console.domain.export import KEPT, SILENT, JobStatus
from console.domain.ids import SECOND
from console.store import exports
from office import facts

ASK = actions.AskExport("message", "csv", "status:pending", 12)


@pytest.fixture
def office(store):
    return Archive(store)


@pytest.fixture
def refused(office):
    def of(command, **options):
        with pytest.raises(RuleError) as refusal:
            office.run(command, **options)
        return refusal.value.text

    return of


def asked(office, by=None):
    return office.run(ASK, by=by or office.bia).done[0]


def found(office, job_id):
    with office.store.read() as connection:
        return exports.find_job(connection, job_id)


def claimed(office):
    return office.store.write(lambda connection: exports.claim_job(connection, office.at))


def done(office, by=None):
    """A finished export."""
    job_id = asked(office, by)
    claimed(office)
    office.run(actions.FinishExport(job_id, 12, 300, "abc"), by=by or office.bia)
    return job_id


def told(office):
    events = facts(office.store)
    kinds = {k for k in EventKind if k.value.startswith("export")}
    return [(e.kind, e.actor_id, e.to_id) for e in events if e.kind in kinds]


def test_what_is_asked_for_waits_and_is_put_down(office):
    job = found(office, asked(office))
    assert (job.grain, job.format, job.filter, job.total_n) == (
        "message",
        "csv",
        "status:pending",
        12,
    )
    assert (job.status, job.author_id, job.made_for) == (
        JobStatus.WAITING,
        office.bia.agent_id,
        "supervisor",
    )
    assert told(office) == [(EventKind.EXPORT_ASKED, office.bia.agent_id, job.id)]


@pytest.mark.parametrize("name", ["ana", "bia", "lia", "dora"])
def test_whoever_may_export_asks(office, name):
    assert found(office, asked(office, getattr(office, name)))


def test_an_agent_may_not(office, refused):
    for command in (ASK, actions.NoteExport("message", "csv", "", 1, "")):
        assert refused(command, by=office.davi) == NOT_ALLOWED
    assert told(office) == []


def test_a_person_has_a_few_exports_at_a_time(office, refused):
    for _ in range(MOST_OPEN):
        asked(office)
    assert refused(ASK, by=office.bia) == TOO_MANY.with_(n=MOST_OPEN)
    assert asked(office, office.caio)


def test_an_export_goes_from_waiting_to_done(office):
    job_id = done(office)
    job = found(office, job_id)
    assert (job.status, job.rows_n, job.bytes_n, job.sha256) == (JobStatus.DONE, 12, 300, "abc")
    assert job.is_kept(office.at)
    assert not job.is_kept(job.ended_at + KEPT)
    assert [kind for kind, *_ in told(office)] == [EventKind.EXPORT_ASKED, EventKind.EXPORTED]


def test_only_its_author_cancels_an_export_and_only_before_its_end(office, refused):
    job_id = asked(office)
    assert refused(actions.CancelExport(job_id), by=office.caio) == NO_SUCH_EXPORT
    assert refused(actions.CancelExport(7), by=office.bia) == NO_SUCH_EXPORT
    office.run(actions.CancelExport(job_id), by=office.bia)
    assert found(office, job_id).status is JobStatus.CANCELLED
    assert refused(actions.CancelExport(job_id), by=office.bia) == OVER
    assert claimed(office) is None


def test_what_was_cancelled_is_not_finished(office, refused):
    job_id = asked(office)
    claimed(office)
    office.run(actions.CancelExport(job_id), by=office.bia)
    finish = actions.FinishExport(job_id, 1, 1, "")
    assert refused(finish, by=office.bia) == OVER
    assert refused(finish, by=office.caio) == NO_SUCH_EXPORT


def test_a_link_is_used_once_and_by_its_owner(office, refused):
    job_id = done(office)
    fetch = actions.FetchExport(job_id, "one")
    assert refused(fetch, by=office.caio) == NO_SUCH_EXPORT
    office.run(fetch, by=office.bia)
    assert refused(fetch, by=office.bia) == USED
    office.run(actions.FetchExport(job_id, "another"), by=office.bia)
    fetched = [kind for kind, *_ in told(office)].count(EventKind.EXPORT_FETCHED)
    assert fetched == 2


def test_a_file_is_kept_for_a_day(office, refused):
    job_id = done(office)
    office.at += KEPT
    assert refused(actions.FetchExport(job_id, "one"), by=office.bia) == GONE


def test_whoever_lost_rights_fetches_no_file_of_before(office, refused):
    job_id = done(office)
    bia = office.bia.agent_id
    office.run(actions.SaveAgent("bia@loja.example", "Bia", Role.ANALYST, (), True, bia))
    assert refused(actions.FetchExport(job_id, "one"), by=office.bia) == NO_SUCH_EXPORT
    office.run(actions.SaveAgent("bia@loja.example", "Bia", Role.AGENT, (), True, bia))
    assert refused(actions.FetchExport(job_id, "one"), by=office.bia) == NOT_ALLOWED


def test_a_team_lead_of_other_teams_fetches_no_file_of_before(office, refused):
    job_id, lia = done(office, office.lia), office.lia.agent_id
    other = office.team("Outra")
    office.run(actions.SaveAgent("lia@loja.example", "Lia", Role.TEAM_LEAD, (other,), True, lia))
    assert refused(actions.FetchExport(job_id, "one"), by=office.lia) == NO_SUCH_EXPORT


def test_what_a_dead_process_left_is_taken_over(office):
    job_id = asked(office)
    assert claimed(office).id == job_id
    assert claimed(office) is None
    office.at += SILENT + SECOND
    assert claimed(office).id == job_id


def test_the_command_line_puts_down_what_it_took(office):
    job_id = office.run(actions.NoteExport("event", "csv", "", 5, "abc"), by=system()).done[0]
    assert (found(office, job_id).status, found(office, job_id).author_id) == ("taken", None)
    assert told(office) == [(EventKind.EXPORTED, None, job_id)]
