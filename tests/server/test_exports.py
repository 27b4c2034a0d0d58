"""The way to a finished file: for its owner, once, within five minutes."""

import json
import time

import pytest

import reopened
from build import Role
from console import actions
from console.domain.export import JobStatus
from console.domain.ids import MINUTE, new_id, now
from console.exports.links import Target, sealed
from console.store import exports, people
from console.store.work import secret

PATIENCE_S = 30


@pytest.fixture(scope="module")
def cookies(served):
    return {role: served.sign_in(f"{role}@loja.example") for role in Role}


class Desk:
    """People of the running server, their exports and links."""

    def __init__(self, served, store, cookies):
        self.served, self.store, self.cookies = served, store, cookies
        with store.read() as connection:
            found = {r: people.agent_by_email(connection, f"{r}@loja.example").id for r in Role}
            self.who = {r: people.acting(connection, i) for r, i in found.items()}
            self.secret = secret(connection)

    def asked(self, role, grain="event", form="csv"):
        wish = actions.AskExport(grain, form, "")
        done = actions.run(self.store, wish, actor=self.who[role], at=now(), key=str(new_id()))
        return done.done[0]

    def ready(self, role, **more):
        """An export whose file the server has made."""
        job_id, until = self.asked(role, **more), time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with self.store.read() as connection:
                job = exports.find_job(connection, job_id)
            if job.status not in (JobStatus.WAITING, JobStatus.RUNNING):
                assert job.status is JobStatus.DONE
                return job_id
            time.sleep(0.1)
        raise AssertionError("the server makes no file")

    def token(self, role, job_id, part="file", at=None):
        target = Target(job_id, self.who[role].agent_id, part)
        return sealed(target, self.secret, at or now())

    def get(self, role, job_id, token, part="file"):
        headers = {"cookie": self.cookies[role]} if role else {}
        with self.served.client(headers=headers) as client:
            return client.get(f"/export/{job_id}/{part}", params={"token": token})


@pytest.fixture
def desk(served, served_store, cookies):
    return Desk(served, served_store, cookies)


@pytest.fixture
def job_id(desk):
    return desk.ready(Role.SUPERVISOR)


def test_the_owner_gets_the_file_and_its_manifest(desk, job_id, tmp_path):
    answer = desk.get(Role.SUPERVISOR, job_id, desk.token(Role.SUPERVISOR, job_id))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    name = f"central-event-{job_id}.csv"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    (tmp_path / "file.csv").write_bytes(answer.content)
    rows = reopened.of_csv(tmp_path / "file.csv")
    token = desk.token(Role.SUPERVISOR, job_id, "manifest")
    manifest = desk.get(Role.SUPERVISOR, job_id, token, "manifest")
    assert manifest.headers["content-type"] == "application/json"
    assert json.loads(manifest.text)["rows"] == len(rows)


def test_nobody_gets_it_without_signing_in(desk, job_id):
    assert desk.get(None, job_id, desk.token(Role.SUPERVISOR, job_id)).status_code == 401


def test_a_second_time_the_link_is_gone(desk, job_id):
    token = desk.token(Role.SUPERVISOR, job_id)
    statuses = [desk.get(Role.SUPERVISOR, job_id, token).status_code for _ in range(3)]
    assert statuses == [200, 410, 410]


def test_a_link_ends_after_five_minutes(desk, job_id):
    token = desk.token(Role.SUPERVISOR, job_id, at=now() - 5 * MINUTE)
    assert desk.get(Role.SUPERVISOR, job_id, token).status_code == 410


@pytest.mark.parametrize("role", [Role.ADMIN, Role.TEAM_LEAD, Role.AGENT, Role.ANALYST])
def test_another_person_learns_nothing(desk, job_id, role):
    absent = new_id()
    own_link = desk.get(role, job_id, desk.token(role, job_id))
    others_link = desk.get(role, job_id, desk.token(Role.SUPERVISOR, job_id))
    nothing = desk.get(role, absent, desk.token(role, absent))
    assert [a.status_code for a in (own_link, others_link, nothing)] == [404] * 3
    assert own_link.content == others_link.content == nothing.content
    assert own_link.headers["cache-control"] == "no-store"
    assert desk.get(Role.SUPERVISOR, job_id, desk.token(Role.SUPERVISOR, job_id)).status_code == 200


@pytest.mark.parametrize("token", ["", "a.b.c", "1.2.3.4", "é"])
def test_nonsense_is_no_link(desk, job_id, token):
    assert desk.get(Role.SUPERVISOR, job_id, token).status_code == 404


@pytest.mark.parametrize("job", ["x", "0", "9" * 30])
def test_nonsense_is_no_export(desk, job):
    assert desk.get(Role.SUPERVISOR, job, "a.b.c").status_code == 404


def test_a_link_to_one_part_opens_no_other(desk, job_id):
    token = desk.token(Role.SUPERVISOR, job_id)
    assert desk.get(Role.SUPERVISOR, job_id, token, "manifest").status_code == 404
    assert desk.get(Role.SUPERVISOR, job_id, token, "central.db").status_code == 404


def test_a_file_that_was_removed_is_gone(desk, job_id):
    for file in (desk.served.home / "exports").glob(f"{job_id}*"):
        file.unlink()
    token = desk.token(Role.SUPERVISOR, job_id)
    assert desk.get(Role.SUPERVISOR, job_id, token).status_code == 410


def test_files_of_the_server_are_readable_by_nobody_else(desk, job_id):
    folder = desk.served.home / "exports"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in folder.glob(f"{job_id}*")} == {0o600}


def test_an_analyst_s_file_is_pseudonymised(desk):
    job_id = desk.ready(Role.ANALYST, grain="conversation", form="jsonl")
    token = desk.token(Role.ANALYST, job_id, "manifest")
    told = json.loads(desk.get(Role.ANALYST, job_id, token, "manifest").text)
    assert told["is_pseudonymised"] is True
    assert "contact_name" not in {column["name"] for column in told["columns"]}
