"""Results of bulk runs as files: whose they are, and what a spreadsheet makes of them."""

import csv
import io
import time

import pytest

from build import Centre, Role
from console import actions
from console.actions.resolve import ALREADY_RESOLVED
from console.domain.ids import new_id
from console.store import people
from office import Office

FIRST = 5511933300001


class Shared(Office):
    """The people of the running server: its supervisor plans, its team lead looks."""

    def __init__(self, store):
        Centre.__init__(self, store, time.time_ns() // 1000)  # the people are there already
        with store.read() as connection:
            team = next((t for t in people.teams(connection) if t.key == "arquivos"), None)
            found = {r: people.agent_by_email(connection, f"{r}@loja.example").id for r in Role}
        self.team_id = team.id if team else self.team("Arquivos")
        self.bia = self.today(found[Role.SUPERVISOR])
        lead = found[Role.TEAM_LEAD]
        wish = actions.SaveAgent(
            "team_lead@loja.example", "team_lead", Role.TEAM_LEAD, (self.team_id,), True, lead
        )
        self.run(wish)
        self.lia = self.today(lead)

    def talks(self, n):
        ids = [self.receive(phone=FIRST + i, name=f"Cliente {i}") for i in range(n)]
        self.one_by_one(actions.Reopen(), ids)
        self.one_by_one(actions.AssignTeam(self.team_id), ids)
        return ids


@pytest.fixture
def office(served_store):
    return Shared(served_store)


@pytest.fixture(scope="module")
def cookies(served):
    """The cookie of each role, signed in once."""
    return {role: served.sign_in(f"{role}@loja.example") for role in Role}


@pytest.fixture
def ask(served, cookies):
    def asked(role, run):
        headers = {"cookie": cookies[role]} if role else {}
        with served.client(headers=headers) as client:
            return client.get("/runs/results", params={"run": run})

    return asked


def test_a_file_holds_every_row_with_its_result_and_reason(office, ask):
    a, b = office.talks(2)
    office.run(actions.Resolve(), b)
    run = office.bulk(actions.Resolve(), a, b)
    answer = ask(Role.SUPERVISOR, run.id)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="central-bulk-{run.id}.csv"'
    )
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    assert [*csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))] == [
        ["conversa", "resultado", "motivo"],
        [str(a), "done", ""],
        [str(b), "refused", ALREADY_RESOLVED.pt],
    ]


def test_other_supervisors_get_the_file_and_a_team_lead_only_the_own(office, ask):
    a, b = office.talks(2)
    of_bia = office.bulk(
        actions.MarkUnread() if not office.state(a).unread_n else actions.MarkRead(), a
    )
    of_lia = office.bulk(actions.Resolve(), a, b, by=office.lia)
    assert [ask(role, of_bia.id).status_code for role in (Role.ADMIN, Role.SUPERVISOR)] == [200] * 2
    assert ask(Role.ADMIN, of_lia.id).status_code == 200
    assert ask(Role.TEAM_LEAD, of_lia.id).text.count("\n") == 3
    office.run(actions.AssignTeam(None), b)
    seen = ask(Role.TEAM_LEAD, of_lia.id).text
    assert (str(a) in seen, str(b) in seen) == (True, False)
    hidden, absent = (ask(Role.TEAM_LEAD, i) for i in (of_bia.id, new_id()))
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert hidden.headers["cache-control"] == absent.headers["cache-control"] == "no-store"


def test_who_may_not_act_in_bulk_gets_no_file(office, ask):
    run = office.bulk(actions.Resolve(), *office.talks(1))
    assert ask(Role.SUPERVISOR, run.id).status_code == 200
    absent = ask(Role.SUPERVISOR, new_id())
    for role in (Role.AGENT, Role.ANALYST):
        refused = ask(role, run.id)
        assert (refused.status_code, refused.content) == (404, absent.content)
    assert ask(None, run.id).status_code in (303, 401)


@pytest.mark.parametrize("run", ["", "x", "-1", "0", "9" * 30, "1;2", "１"])
def test_nonsense_is_no_run(ask, run):
    answer = ask(Role.SUPERVISOR, run)
    assert (answer.status_code, answer.headers["cache-control"]) == (400, "no-store")
