"""`central metric`: the same figures in the terminal, and questions that cannot be read."""

import json

import pytest
from click.testing import CliRunner

from console import actions
from console.cli import central
from console.domain.ids import MINUTE, SECOND
from console.readmodel.metrics import METRICS


class Line:
    def __call__(self, *words):
        done = CliRunner().invoke(central, ["metric", *words])
        assert (done.exit_code, done.stderr) == (0, ""), done.output
        return done.stdout

    def read(self, *words):
        return json.loads(self(*words, "--format", "json"))

    def refused(self, *words):
        done = CliRunner().invoke(central, ["metric", *words])
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        return done.stderr.removeprefix("central: ").strip()


@pytest.fixture
def line(monkeypatch, tmp_path):
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    return Line()


def answered(office):
    """A conversation of the team, answered by Bia after two minutes, and one that waits."""
    talk = office.receive()
    office.run(actions.AssignTeam(office.team_id), talk)
    office.run(actions.Reply("Oi!"), talk, by=office.bia)
    office.receive(phone=5511900000002)
    return talk


def test_every_metric_is_listed_with_its_key(line):
    assert [one["key"] for one in line.read("list")] == [metric.key for metric in METRICS]
    assert len(line("list").splitlines()) == len(METRICS) + 1


def test_a_figure_carries_its_version_its_period_and_its_watermark(office, line):
    answered(office)
    found = line.read("show", "first_response", "--from", "today")
    assert found["metric"] == "first_response@1"
    assert (found["from"], found["to"]) == (found["to"], found["from"])
    assert found["watermark"].count("@") == 1
    assert (found["value"], found["median"]) == (2 * MINUTE / SECOND,) * 2
    assert (found["n"], found["censored_n"]) == (1, 1)


def test_a_short_name_is_the_metric_too(office, line):
    answered(office)
    assert line.read("show", "TMPR") == line.read("show", "first_response")


def test_a_figure_is_broken_down_by_names(office, line):
    answered(office)
    parts = line.read("show", "received", "--by", "team,instance")["parts"]
    assert [(part["team"], part["instance"], part["value"]) for part in parts] == [
        ("Vendas", "Loja 1", 1.0),
        (None, "Loja 1", 1.0),
    ]
    assert line("show", "first_response", "--by", "agent").splitlines()[1].startswith("Bia")


def test_a_filter_narrows_and_a_person_sees_what_is_theirs(office, line):
    answered(office)
    assert line.read("show", "opened")["value"] == 2
    assert line.read("show", "opened", "--filter", "team:vendas")["value"] == 1
    assert line.read("show", "opened", "--as", "lia@loja.example")["value"] == 1


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["first_respons"], "There is no metric “first_respons”. Use one of: first_response"),
        (["opened", "--by", "agent"], "There is no breakdown “agent”. Use one of: "),
        (["opened", "--filter", "sttus:pending"], "There is no filter “sttus”."),
        (["opened", "--from", "31/12"], "“31/12..today” is no value for period: write "),
        (["resolved", "--credit", "boss"], "This metric does not know that credit rule."),
        (["delivery_time", "--clock", "business"], "This metric has the calendar clock only."),
    ],
)
def test_what_cannot_be_read_is_one_sentence_with_the_way_out(office, line, words, answer):
    assert office
    assert line.refused("show", *words).startswith(answer)
