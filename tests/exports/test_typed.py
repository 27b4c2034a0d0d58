"""The rows of a typed statement as a file: all of them, none of them a formula."""

import csv
import io

import pytest

from console.exports.typed import typed_csv
from console.readmodel.sql import QueryError
from readmodel import crowd
from readmodel.crowd import AGENT, ANALYST, LEAD, SUPERVISOR


@pytest.fixture
def model(sqlite_store, tmp_path):
    from console.config import Settings
    from console.readmodel.model import ReadModel

    crowd.fill(sqlite_store, 60)
    model = ReadModel.open(sqlite_store, tmp_path / "readmodel", Settings())
    yield model
    model.close()


def rows(model, statement, who=SUPERVISOR):
    text = "".join(typed_csv(model, who, statement))
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_every_row_is_written_however_many(model):
    found = rows(model, "select range as n from range(12345)")
    assert (found[0], len(found), found[-1]) == (["n"], 12_346, ["12344"])


def test_no_cell_is_a_formula(model):
    found = rows(model, "select '=1+1' as a, '+55' as b, '@x' as c, -1 as d")
    assert found == [["a", "b", "c", "d"], ["'=1+1", "'+55", "'@x", "-1"]]


def test_values_are_written_as_programs_read_them(model):
    statement = """
    select
      timestamptz '2026-11-02 12:00:00+00' as at,
      date '2026-11-02' as on_day,
      1.50::decimal(5, 2) as price,
      sum(2) as total,
      ['a', 'ç'] as list,
      {'k': 1} as struct,
      null as nothing
    """
    assert rows(model, statement)[1] == [
        "2026-11-02 09:00:00",
        "2026-11-02",
        "1.5",
        "2",
        '["a", "ç"]',
        '{"k": 1}',
        "",
    ]


def test_the_file_holds_the_person_s_rows_and_columns(model):
    everything = rows(model, "from conversation")
    assert len(rows(model, "from conversation", LEAD)) < len(everything) == 61
    assert "contact_phone" in everything[0]
    assert "contact_phone" not in rows(model, "from conversation", ANALYST)[0]


@pytest.mark.parametrize(
    ("statement", "who"),
    [("select * from posting", SUPERVISOR), ("select 1/", SUPERVISOR), ("select 1", AGENT)],
)
def test_what_is_refused_is_refused_before_a_file_begins(model, statement, who):
    with pytest.raises(QueryError):
        typed_csv(model, who, statement)


def test_a_file_that_nobody_reads_on_gives_its_place_back(model):
    for _ in range(4):
        parts = typed_csv(model, SUPERVISOR, "from range(100000)")
        next(parts)
        del parts
    assert len(rows(model, "select 1")) == 2
