"""The editor in plain values, and the chart of a result."""

import json
from dataclasses import dataclass
from datetime import date, datetime

import plotly.io as pio
import pytest

from console.domain.errors import RuleError
from console.i18n import LANGUAGES, Text
from console.readmodel.sql.refusals import QueryError
from console.readmodel.sql.tables import BY_NAME
from console.screens.analyse import EXAMPLES, LONGEST, LONGEST_LINK, Running
from console.screens.result import ResultColumn, Shape
from console.ui.analyse import _wish, result
from console.ui.analyse.shown import shown
from console.ui.charts import Series
from readmodel.crowd import ANALYST, LEAD, SUPERVISOR

SAID = Text("Não há coluna.", "There is no column.", "No hay columna.")
INSTANTS = ("2026-11-02T00:00", "2026-11-02T09:00")
STATEMENT = "select\n  asignee, 1\nfrom conversation"


@dataclass(frozen=True)
class Person:
    who: object
    csrf: str = "token"


def drawn(running=None, who=SUPERVISOR, **options):
    given = {"text": "", "refused": None, "history": [], "is_from_link": False} | options
    return shown(Person(who), running, **given)


def ended(statement=STATEMENT, **options):
    made = Running(statement, 30)
    for name, value in options.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize("who", [SUPERVISOR, LEAD, ANALYST], ids=lambda who: who.role)
def test_the_schema_shows_what_the_person_has(who):
    told = {t["name"]: {c["name"] for c in t["columns"]} for t in drawn(who=who)["tables"]}
    assert set(told) == set(BY_NAME)
    assert ("contact_phone" in told["conversation"]) == (who is not ANALYST)
    assert ("email" in told["agent"]) == (who is SUPERVISOR)


def test_an_error_carries_its_line_and_a_mark_under_it():
    error = drawn(ended(refused=QueryError(SAID, STATEMENT.index("asignee"))))["error"]
    assert error == {
        "text": "Não há coluna.",
        "line": 2,
        "column": 3,
        "at": 9,
        "length": 8,
        "excerpt": "  asignee, 1",
        "under": 2,
    }


def test_of_a_very_long_line_the_part_around_the_error_is_shown():
    statement = "select " + "a, " * 200 + "b"
    error = drawn(ended(statement, refused=QueryError(SAID, statement.index("b"))))["error"]
    assert error["excerpt"][error["under"]] == "b"
    assert len(error["excerpt"]) < 130


def test_an_error_without_a_place_is_a_sentence():
    assert drawn(ended(refused=QueryError(SAID)))["error"] == {"text": "Não há coluna."}
    assert drawn(refused=RuleError(SAID))["error"] == {"text": "Não há coluna."}
    assert drawn()["error"] is None


def test_what_ran_can_be_exported_and_linked_within_bounds():
    answered = drawn(ended(answer=object()))
    assert (answered["ran"], answered["linked"]) == (STATEMENT, STATEMENT)
    long = "select 1 -- " + "x" * LONGEST_LINK
    answered = drawn(ended(long, answer=object()))
    assert (answered["ran"], answered["linked"]) == (long, "")
    assert (drawn()["ran"], drawn()["linked"]) == ("", "")


def test_recent_statements_are_told_on_one_short_line():
    assert drawn(history=[STATEMENT, "x" * 90])["history"] == [
        ["select asignee, 1 from conversation", STATEMENT],
        ["x" * 59 + "…", "x" * 90],
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_offered_in_the_reader_s_language(language):
    from dataclasses import replace

    told = drawn(who=replace(SUPERVISOR, language=language))
    assert told["examples"][0] == [EXAMPLES[0].title.in_(language), EXAMPLES[0].statement]
    assert json.dumps(told)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "run",
        {"kind": "drop", "sql": "select 1", "limit": 10},
        {"kind": "run", "limit": 10},
        {"kind": "run", "sql": 7, "limit": 10},
        {"kind": "run", "sql": "x" * (LONGEST + 1), "limit": 10},
    ],
)
def test_what_is_no_wish_is_ignored(value):
    assert _wish(value) is None


@pytest.mark.parametrize(("limit", "kept"), [(30, 30), (1_000_000, 10), ("30", 10), (None, 10)])
def test_a_limit_that_is_not_offered_becomes_the_shortest(limit, kept):
    assert _wish({"kind": "run", "sql": "select 1", "limit": limit})["limit"] == kept


def spec(x, kind="bars"):
    series = [Series("<img src=x>", [1, 2, 3][: len(x.values)])]
    return json.loads(pio.to_json(result._figure(x, series, kind, "pt")))


def test_bars_are_labelled_as_people_write():
    day = ResultColumn("d", Shape.DAY, [date(2026, 11, 2), None])
    at = ResultColumn("t", Shape.INSTANT, [*map(datetime.fromisoformat, INSTANTS)])
    assert spec(day)["layout"]["xaxis"]["ticktext"] == ["02/11/2026", "–"]
    assert spec(at)["layout"]["xaxis"]["ticktext"] == ["02/11/2026", "2 de nov. de 2026, 09:00"]
    yes = ResultColumn("b", Shape.YES_NO, [True, False])
    assert spec(yes, "lying")["layout"]["yaxis"]["ticktext"] == ["sim", "não"]
    number = ResultColumn("n", Shape.NUMBER, [1234.5, 7])
    assert spec(number)["layout"]["xaxis"]["ticktext"] == ["1.234,5", "7"]


def test_lines_leave_out_what_has_no_place_on_the_axis():
    x = ResultColumn("d", Shape.DAY, [date(2026, 11, 2), None, date(2026, 11, 4)])
    trace = spec(x, "line")["data"][0]
    assert trace["x"] == ["2026-11-02", "2026-11-04"]
    assert trace["y"] == [1, 3]


def test_no_name_of_a_column_or_value_is_html_in_a_chart():
    x = ResultColumn("x", Shape.TEXT, ["<b>a</b>", "<a href='https://evil.example'>b</a>"])
    for kind in ("bars", "lying", "line", "area", "points"):
        drawn_ = json.dumps({k: v for k, v in spec(x, kind).items() if k == "data"})
        assert "<img" not in drawn_
        assert "<a href" not in drawn_
