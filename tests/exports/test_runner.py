"""Files are made outside every page: cancelled, stopped, failed and begun anew."""

import json

import pytest

import reopened
from archive import Archive
from build import Role
from console import actions
from console.actions.base import NOT_ALLOWED, SIGNED_OUT
from console.config import Settings
from console.domain.export import KEPT, JobStatus
from console.domain.ids import SECOND
from console.exports import runner as runners
from console.exports.limits import TOO_MANY_TODAY
from console.exports.make import manifest_of
from console.exports.runner import BROKEN, Runner, path_of
from console.readmodel.model import ReadModel
from console.store import exports


class Machine:
    """A runner with a clock of its own, on an office."""

    def __init__(self, office, model, folder):
        self.office, self.folder = office, folder
        self.is_over = False
        self.at = office.at
        self.runner = Runner(office.store, model, folder, self.clock, lambda: self.is_over)

    def clock(self):
        self.at += SECOND
        return self.at

    def asked(self, grain="message", form="csv", filter="", by=None):
        wish = actions.AskExport(grain, form, filter)
        return self.office.run(wish, by=by or self.office.bia).done[0]

    def job(self, job_id):
        with self.office.store.read() as connection:
            return exports.find_job(connection, job_id)

    def path(self, job_id):
        return path_of(self.folder, self.job(job_id))

    def files(self):
        return sorted(file.name for file in self.folder.glob("*"))


@pytest.fixture
def machine(sqlite_store, tmp_path, model_folder):
    home = tmp_path / "home"
    office = Archive(sqlite_store).fill()
    folder = model_folder(sqlite_store, home / "readmodel")
    model = ReadModel.open(sqlite_store, folder, Settings(home=home))
    yield Machine(office, model, home / "exports")
    model.close()


def test_files_are_made_in_the_order_in_which_they_were_asked_for(machine):
    first, second = machine.asked(), machine.asked("event", "jsonl")
    assert (machine.runner.step(), machine.runner.step(), machine.runner.step()) == (
        True,
        True,
        False,
    )
    assert len(reopened.of_csv(machine.path(first))) == machine.job(first).rows_n == 3
    assert len(reopened.of_jsonl(machine.path(second))) == machine.job(second).rows_n
    assert {machine.job(i).status for i in (first, second)} == {JobStatus.DONE}
    assert machine.folder.stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in machine.folder.iterdir()} == {0o600}


def test_everybody_gets_what_they_may_see(machine):
    office = machine.office
    of = {who.name: machine.asked("conversation", by=who) for who in (office.bia, office.lia)}
    of["Dora"] = machine.asked("conversation", by=office.dora)
    while machine.runner.step():
        pass
    rows = {name: reopened.of_csv(machine.path(i)) for name, i in of.items()}
    assert {name: len(found) for name, found in rows.items()} == {"Bia": 2, "Lia": 1, "Dora": 2}
    assert ["contact_name" in found[0] for found in rows.values()] == [True, True, False]
    assert machine.job(of["Lia"]).made_for == f"team_lead {office.team_id}"


def test_the_manifest_names_the_export_and_what_it_is_for(machine):
    wish = actions.AskExport("message", "csv", "", reason="auditoria de maio")
    job_id = machine.office.run(wish, by=machine.office.bia).done[0]
    machine.runner.step()
    told = json.loads(manifest_of(machine.path(job_id)).read_text(encoding="utf-8"))
    assert (told["export"], told["reason"]) == (str(job_id), "auditoria de maio")


def test_a_person_takes_no_more_than_the_role_allows_in_a_day(machine):
    settings = Settings(export_daily_rows="supervisor=2")
    machine.runner = Runner(
        machine.office.store,
        machine.runner._model,
        machine.folder,
        machine.clock,
        settings=settings,
    )
    first, second = machine.asked("conversation"), machine.asked("message")
    while machine.runner.step():
        pass
    assert (machine.job(first).status, machine.job(first).rows_n) == ("done", 2)
    assert machine.job(second).status == "failed"
    assert machine.job(second).problem == TOO_MANY_TODAY.with_(n=2, left=0)
    assert machine.files() == [f"{first}.csv", f"{first}.csv.manifest.json"]


def test_rights_are_those_of_the_moment_in_which_the_file_is_made(machine):
    office = machine.office
    kept, lost, gone = (machine.asked(by=who) for who in (office.bia, office.caio, office.lia))
    for who, role, active in (
        (office.bia, Role.ANALYST, True),
        (office.caio, Role.AGENT, True),
        (office.lia, Role.TEAM_LEAD, False),
    ):
        mail = f"{who.name.lower()}@loja.example"
        office.run(actions.SaveAgent(mail, who.name, role, (), active, who.agent_id))
    while machine.runner.step():
        pass
    assert "text" not in reopened.of_csv(machine.path(kept))[0]
    assert (machine.job(lost).status, machine.job(lost).problem) == ("failed", NOT_ALLOWED)
    assert (machine.job(gone).status, machine.job(gone).problem) == ("failed", SIGNED_OUT)
    assert machine.files() == [f"{kept}.csv", f"{kept}.csv.manifest.json"]


def test_a_filter_that_makes_no_sense_any_more_is_said(machine):
    job_id = machine.asked(filter="team:fantasmas")
    machine.runner.step()
    assert machine.job(job_id).status is JobStatus.FAILED
    assert "fantasmas" in machine.job(job_id).problem.pt


def test_an_unexpected_error_fails_one_export_and_leaves_nothing(machine, monkeypatch, caplog):
    monkeypatch.setattr(runners, "export", lambda *_, **__: 1 // 0)
    job_id = machine.asked()
    machine.runner.step()
    assert (machine.job(job_id).status, machine.job(job_id).problem) == ("failed", BROKEN)
    assert f"Export {job_id} failed" in caplog.text


def during(machine, monkeypatch, happen):
    """Something that happens while a file is made."""
    before = runners.export

    def made(*given, told, **more):
        happen()
        return before(*given, told=told, **more)

    monkeypatch.setattr(runners, "export", made)


def test_a_cancelled_export_stops_and_leaves_nothing(machine, monkeypatch):
    job_id = machine.asked()
    cancel = actions.CancelExport(job_id)
    during(machine, monkeypatch, lambda: machine.office.run(cancel, by=machine.office.bia))
    machine.runner.step()
    assert machine.job(job_id).status is JobStatus.CANCELLED
    assert machine.files() == []


def test_an_export_that_is_cancelled_at_its_end_leaves_nothing(machine, monkeypatch):
    job_id = machine.asked()
    before = runners.export

    def made(*given, told, **more):
        done = before(*given, **more)
        machine.office.run(actions.CancelExport(job_id), by=machine.office.bia)
        return done

    monkeypatch.setattr(runners, "export", made)
    machine.runner.step()
    assert machine.job(job_id).status is JobStatus.CANCELLED
    assert machine.files() == []


def test_what_the_end_of_the_process_stops_is_made_by_the_next(machine, monkeypatch):
    job_id = machine.asked()

    def end():
        machine.is_over = True

    with monkeypatch.context() as patched:
        during(machine, patched, end)
        machine.runner.step()
    assert (machine.job(job_id).status, machine.files()) == (JobStatus.WAITING, [])
    machine.is_over = False
    machine.runner.step()
    assert machine.job(job_id).status is JobStatus.DONE


def test_how_far_an_export_is_can_be_seen(machine, monkeypatch):
    job_id, seen = machine.asked(), []
    before = exports.change_job

    def change(connection, changed_id, **values):
        seen.append(values.get("rows_n"))
        before(connection, changed_id, **values)

    monkeypatch.setattr(exports, "change_job", change)
    machine.runner.step()
    assert 3 in seen
    assert machine.job(job_id).seen_at < machine.job(job_id).ended_at


def test_files_go_after_a_day_and_strays_at_once(machine):
    job_id = machine.asked()
    machine.runner.step()
    (machine.folder / ".123.csv.part").touch()
    (machine.folder / "456.csv").touch()
    assert machine.runner.tidy() == 2
    assert machine.path(job_id).exists()
    machine.at += KEPT
    assert machine.runner.tidy() == 2
    assert not machine.path(job_id).exists()
    assert not manifest_of(machine.path(job_id)).exists()
