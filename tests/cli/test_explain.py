"""`central metric explain`: the same parts in the terminal, in notebooks and on the page."""

import json

import pytest
from click.testing import CliRunner

import console
from console import actions
from console.cli import central
from console.config import Settings
from console.domain.ids import DAY, MINUTE, now
from console.readmodel.metrics import METRICS_BY_KEY
from console.readmodel.model import ReadModel
from console.screens.figures.asked import understand
from console.screens.figures.wanted import Wanted


@pytest.fixture
def line(monkeypatch, tmp_path):
    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))

    def run(*words):
        done = CliRunner().invoke(central, ["metric", "explain", *words])
        assert (done.exit_code, done.stderr) == (0, ""), done.output
        return done.stdout

    return run


def refused(*words):
    done = CliRunner().invoke(central, ["metric", "explain", *words])
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert done.stderr.count("\n") == 1
    return done.stderr.removeprefix("central: ").strip()


def worked(office):
    """Two weeks: Bia answers more slowly in the second one, and Caio answers more often."""
    for days, answers in ((8, ((office.bia, 2), (office.bia, 4), (office.caio, 10))), (1, (
        (office.bia, 6), (office.caio, 10), (office.caio, 10), (office.caio, 10)))):  # fmt: skip
        for n, (who, minutes) in enumerate(answers):
            office.at = now() - days * DAY - n * 30 * MINUTE
            talk = office.receive(phone=5511900000001 + 100 * days + n)
            office.at += (minutes - 1) * MINUTE
            office.run(actions.Reply("Oi!"), talk, by=who)


def test_terminal_notebook_and_page_tell_the_same_parts(office, line, tmp_path):
    worked(office)
    told = json.loads(line("first_response", "--from", "6d", "--by", "agent", "--format", "json"))
    assert (told["metric"], told["by"], told["before"], told["now"]) == (
        "first_response@1",
        "agent",
        pytest.approx(320),
        540,
    )
    assert told["mix"] + told["rate"] == pytest.approx(told["change"]) == pytest.approx(220)
    assert {part["agent"]: (part["mix"], part["rate"]) for part in told["parts"]} == {
        "Bia": pytest.approx(((1 / 4 - 2 / 3) * (270 - 430), 180 * (2 / 3 + 1 / 4) / 2)),
        "Caio": pytest.approx(((3 / 4 - 1 / 3) * (600 - 430), 0)),
    }
    with console.open() as books:
        frame = books.explain("first_response", "agent", first="6d")
        assert frame.to_dict("records") == told["parts"]
        usual = books.explain("TMPR", first="6d")
        assert usual.to_dict("records") == told["parts"]
    model = ReadModel.open(office.store, tmp_path / "page", Settings())
    model.count_all()
    asked = understand(model, office.bia, Wanted(period="7d"), now())
    found = asked.explained(asked.question(METRICS_BY_KEY["first_response"]), "agent")
    on_page = [(e.key, e.before.n, e.now.n, e.mix, e.rate, e.change) for e in found.effects]
    names = ("agent_id", "before_n", "now_n", "mix", "rate", "change")
    assert on_page == [tuple(part[name] for name in names) for part in told["parts"]]
    model.close()


def test_days_of_ones_own_are_compared(office, line):
    worked(office)
    told = json.loads(
        line("received", "--from", "2d", "--against", "9d..7d", "--by", "team", "--format", "json")
    )
    assert (told["before"], told["now"], told["change"]) == (3, 4, 1)
    assert told["against_from"] < told["against_to"] < told["from"]
    assert "mix" not in told
    assert told["parts"] == [
        {"team": None, "team_id": None, "before_n": 3.0, "now_n": 4.0, "change": 1.0}
    ]


def test_a_table_has_a_line_for_each_group(office, line):
    worked(office)
    head, *rows = line("first_response", "--from", "6d").splitlines()
    assert head.split() == "agent agent_id before_n now_n before now mix rate change".split()
    assert [row.split()[0] for row in rows] == ["Bia", "Caio"]


def test_nothing_to_compare_has_no_lines(office, line):
    told = json.loads(line("first_response", "--from", "today", "--format", "json"))
    assert office
    assert (told["before"], told["now"], told["change"], told["parts"]) == (None, None, None, [])


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["first_respons"], "There is no metric “first_respons”. Use one of: first_response"),
        (["opened", "--by", "agent"], "There is no breakdown “agent”. Use one of: "),
        (["opened", "--by", "day"], "There is no breakdown “day”. Use one of: "),
        (["opened", "--against", "31/12"], "“31/12” is no value for against: write "),
        (["opened", "--against", "7d.."], "“7d..” is no value for against: write the first day"),
        (["oldest_wait"], "This metric shows one case, the oldest or the latest"),
        (["resolved", "--credit", "boss"], "This metric does not know that credit rule."),
    ],
)
def test_what_cannot_be_explained_is_one_sentence_with_the_way_out(office, line, words, answer):
    assert office
    assert line
    assert refused(*words).startswith(answer)
