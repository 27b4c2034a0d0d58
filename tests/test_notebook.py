"""Bulk runs from a notebook: planned, started, read as a data frame, and taken back."""

import pytest

import console
from console import actions
from console.actions.bulk import NO_SUCH_RUN, NOT_THE_AUTHOR, NOTHING_TO_DO, UNDONE_ALREADY
from console.actions.resolve import ALREADY_RESOLVED
from console.domain.bulk import RunStatus
from console.domain.errors import RuleError
from office import Office, unsound


@pytest.fixture
def office(store, tmp_path, monkeypatch, model_folder):
    model_folder(store, tmp_path / "home" / "readmodel")
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CENTRAL_STORE", store.url)
    return Office(store)


def refusal(done):
    with pytest.raises(RuleError) as refused:
        done()
    return refused.value.text


def test_a_run_is_planned_started_read_and_taken_back(office):
    a, b, c = ids = office.conversations(3)
    office.run(actions.Resolve(), a)
    before = office.everything(ids)
    with console.open() as books:
        planned = books.plan(actions.Resolve(), "")
        assert office.everything(ids) == before
        assert (planned.status, planned.waiting_n, planned.refused_n) == (RunStatus.PLANNED, 2, 1)
        done = books.start(planned)
        assert (done.status, done.done_n) == (RunStatus.DONE, 2)
        assert books.count("status:resolved") == 3  # at once, without waiting for the feed
        rows = books.results(done).set_index("conversation")
        assert rows["result"].to_dict() == {a: "refused", b: "done", c: "done"}
        assert rows["reason"].dropna().to_dict() == {a: ALREADY_RESOLVED.pt}
        undo = books.undo(done)
        assert (undo.undo_of_id, undo.done_n, undo.status) == (done.id, 2, RunStatus.DONE)
        assert books.count("status:resolved") == 1
        table = books.arrow().results(undo)
        assert sorted(table.column("conversation").to_pylist()) == [b, c]
        assert refusal(lambda: books.undo(done)) == UNDONE_ALREADY
    assert unsound(office.store) == []


def test_a_person_s_notebook_acts_within_their_scope(office):
    ours, foreign = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours)
    with console.open(email="lia@loja.example") as lia, console.open() as everybody:
        theirs = everybody.plan(actions.MarkRead(), "")
        assert theirs.total_n == 2
        assert refusal(lambda: lia.start(theirs)) == NO_SUCH_RUN
        assert lia.results(theirs).empty
        assert len(everybody.results(theirs)) == 2
        mine = lia.plan(actions.Resolve(), "")
        assert refusal(lambda: everybody.start(mine)) == NOT_THE_AUTHOR
        assert lia.results(lia.start(mine))["conversation"].tolist() == [ours]
        assert refusal(lambda: lia.start(lia.plan(actions.Resolve(), ""))) == NOTHING_TO_DO
    assert office.state(foreign).status == "pending"


def test_a_run_that_waits_for_somebody_else_says_so(office):
    office.limits(0, 1)
    office.conversations(2)
    with console.open(email="bia@loja.example") as bia:
        asked = bia.start(bia.plan(actions.Resolve(), ""))
        assert (asked.status, asked.done_n) == (RunStatus.ASKED, 0)
        assert bia.results(asked)["result"].tolist() == ["waiting"] * 2


def test_a_plan_that_was_replaced_cannot_be_started(office):
    office.conversations(1)
    with console.open(email="bia@loja.example") as bia:
        first = bia.plan(actions.Resolve(), "")
        bia.plan(actions.MarkRead(), "")
        assert refusal(lambda: bia.start(first)) == NO_SUCH_RUN


def test_a_metric_is_a_frame_with_what_has_a_name(office):
    ours, _ = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours)
    days = {"first": "2026-11-01", "last": "2026-11-03"}
    with console.open() as books, console.open(email="lia@loja.example") as lia:
        assert books.metric("opened", **days).to_dict("list") == {
            "value": [2.0],
            "n": [2],
            "censored_n": [0],
        }
        assert lia.metric("opened", **days)["value"].to_list() == [1.0]
        table = books.arrow().metric("opened", "team", **days)
        assert table["team"].to_pylist() == ["Vendas", None]
        assert table["team_id"].to_pylist() == [office.team_id, None]
        assert books.metric("backlog", "agent", **days)["value"].to_list() == [2.0]
        unknown = refusal(lambda: books.metric("openned"))
        assert unknown.en.startswith("There is no metric “openned”. Use one of: opened,")


def test_sql_in_a_notebook_holds_the_person_s_rows_and_columns(office):
    ours, _ = office.conversations(2)
    office.run(actions.AssignTeam(office.team_id), ours)
    statement = "select * from conversation order by id"
    with console.open() as everybody:
        frame = everybody.sql(statement)
        assert len(frame) == 2
        assert str(frame["opened_at"].dtype).endswith("America/Sao_Paulo]")
        assert everybody.arrow().sql("select 1 as n").to_pylist() == [{"n": 1}]
    with console.open(email="lia@loja.example") as lia:
        assert lia.sql(statement)["id"].tolist() == [ours]
        assert "contact_phone" in lia.sql(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "drop table conversation",
        "with x as (delete from conversation returning id) select * from x",
        "select 1; select 2",
        "select * from main.conversation",
        "select * from read_text('/etc/passwd')",
        "",
    ],
)
def test_a_notebook_only_reads_what_people_may_ask(office, statement):
    office.conversations(1)
    with console.open() as everybody:
        refusal(lambda: everybody.sql(statement))
        assert everybody.count() == 1
