"""`central export schedule`: plans on the command line, with somebody's rights."""

import json

import pytest
from click.testing import CliRunner

from archive import Archive
from console.cli import central, schedules
from console.domain.ids import HOUR, now
from console.domain.recurrence import LAST_DAY, Every
from console.domain.schedule import Span, Target
from console.exports import plans
from console.store import schedules as kept

ADD = ("add", "Resolvidas da semana", "episodes", "--format", "xlsx", "--at", "08:00")
WEEKLY = ("--weekly", "mon,thu")
FOLDER = ("--folder", "relatorios")
BIA = ("--as", "bia@loja.example")


@pytest.fixture
def office(sqlite_store, monkeypatch, tmp_path, model_folder):
    model_folder(sqlite_store, tmp_path / "home" / "readmodel")
    (tmp_path / "out").mkdir()
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CENTRAL_STORE", sqlite_store.url)
    monkeypatch.setenv("CENTRAL_EXPORT_FOLDER", str(tmp_path / "out"))
    monkeypatch.setenv("CENTRAL_MAIL_HOST", "localhost")
    monkeypatch.setenv("CENTRAL_MAIL_FROM", "central@loja.example")
    office = Archive(sqlite_store)
    office.at = now() - HOUR
    return office


@pytest.fixture
def line(office):
    def of(*words):
        return CliRunner().invoke(central, ["export", "schedule", *map(str, words)])

    return of


@pytest.fixture
def added(line, office):
    def of(*words):
        done = line(*words)
        assert (done.exit_code, done.stderr) == (0, ""), done.output
        made = int(done.stdout.partition(":")[0])
        with office.store.read() as connection:
            return kept.find(connection, made)

    return of


def test_the_lists_of_choices_are_those_of_the_registries():
    assert tuple(Span) == schedules.SPANS
    assert schedules.FIELDS == plans.SPAN_FIELDS


def test_a_plan_is_kept_and_told(line, office, added):
    more = ("--filter", "vip", "--span", "last_week", "--by", "resolved", "--keep", 4)
    made = added(*ADD, *WEEKLY, *FOLDER, *BIA, *more)
    plan = made.plan
    assert (plan.every, plan.weekdays, plan.minute) == (Every.WEEK, (0, 3), 480)
    assert (plan.grain, plan.span, plan.span_field) == ("episode", Span.LAST_WEEK, "resolved")
    assert (plan.folder, plan.keep_n, plan.zone) == ("relatorios", 4, "America/Sao_Paulo")
    (row,) = json.loads(line("list", "--format", "json").stdout)
    assert (row["id"], row["owner"], row["state"]) == (str(made.id), "Bia", "active")
    assert row["does"].startswith("Mondays and Thursdays at 08:00 (America/Sao_Paulo): episodes of")
    assert row["next"].endswith("T11:00:00+00:00")
    assert json.loads(line("list", "--as", "caio@loja.example", "--format", "json").stdout) == []


def test_a_plan_may_take_some_columns(line, added):
    names = ("--columns", "conversation_id,queue_s")
    assert added(*ADD, *WEEKLY, *FOLDER, *BIA, *names).plan.columns == (
        "conversation_id",
        "queue_s",
    )
    refused = line(*ADD, *WEEKLY, *FOLDER, *BIA, "--columns", "queue")
    assert (refused.exit_code, "queue_s" in refused.stderr) == (2, True)


def test_it_is_paused_resumed_run_and_removed(line, added, office):
    made = added(*ADD, "--daily", *FOLDER, *BIA)
    for word, said in (
        ("pause", "Paused."),
        ("resume", "Resumed."),
        ("run", "A running server makes it now."),
        ("remove", "Removed."),
    ):
        done = line(word, made.id, *BIA)
        assert (done.exit_code, done.stdout) == (0, f"{said}\n"), done.output
    assert json.loads(line("list", "--format", "json").stdout) == []
    assert line("pause", made.id, *BIA).exit_code == 2


def test_letters_and_months(added):
    mail = ("--mail", "caio@loja.example", "--mail", "ana@loja.example", "--link")
    plan = added(*ADD, "--monthly", "last", *mail, *BIA).plan
    assert (plan.every, plan.day, plan.target) == (Every.MONTH, LAST_DAY, Target.MAIL)
    assert plan.recipients == ("caio@loja.example", "ana@loja.example")
    assert not plan.is_attached
    assert added(*ADD, "--monthly", "5", "--folder", ".", *BIA).plan.day == 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*ADD, *WEEKLY, *BIA), "either --folder or --mail"),
        ((*ADD, *WEEKLY, *FOLDER, "--mail", "a@b.example", *BIA), "either --folder or --mail"),
        ((*ADD, *FOLDER, *BIA), "one of --daily"),
        ((*ADD, "--daily", *WEEKLY, *FOLDER, *BIA), "one of --daily"),
        ((*ADD, "--weekly", "lun", *FOLDER, *BIA), "no day lun"),
        ((*ADD, "--monthly", "32", *FOLDER, *BIA), "from 1 to 31"),
        ((*ADD, "--daily", "--at", "8h", *FOLDER, *BIA), "like 08:00"),
        ((*ADD, "--daily", "--folder", "../etc", *BIA), "without `..`"),
        ((*ADD, "--daily", "--mail", "eva@example.com", *BIA), "may not get this export"),
        ((*ADD, "--daily", *FOLDER, "--filter", "statu:x", *BIA), "Did you mean: status"),
        ((*ADD, "--daily", *FOLDER, "--filter", "team:fantasmas", *BIA), "fantasmas"),
        ((*ADD, "--daily", *FOLDER, "--as", "davi@loja.example"), "does not allow"),
    ],
)
def test_a_refusal_is_one_sentence(line, words, said):
    done = line(*words)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr
    assert done.stdout == ""


def test_personal_data_asks_what_it_is_for(line):
    messages = ("add", "Mensagens", "messages", "--format", "csv", "--at", "08:00", "--daily")
    assert "Say what the customers' data" in line(*messages, *FOLDER, *BIA).stderr
    assert line(*messages, *FOLDER, *BIA, "--reason", "auditoria").exit_code == 0
    assert line(*messages, "--folder", "x", "--as", "dora@loja.example").exit_code == 0
