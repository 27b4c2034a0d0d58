"""The rows of a typed statement as a file: all of them, none of them a formula."""

import csv
import hashlib
import json
import threading

import pytest

import reopened
from console.config import Settings
from console.exports.formats import BY_KEY, FORMATS
from console.exports.typed import Typed, typed_file
from console.readmodel.model import ReadModel
from console.readmodel.sql import QueryError
from readmodel import crowd
from readmodel.crowd import AGENT, ANALYST, LEAD, SUPERVISOR


@pytest.fixture(scope="module")
def model(shared_store, tmp_path_factory):
    """A read model that nobody writes: one for all tests of a file."""
    crowd.fill(shared_store, 60)
    model = ReadModel.open(shared_store, tmp_path_factory.mktemp("typed"), Settings())
    yield model
    model.close()


NOW = 1_700_000_000_000_000


@pytest.fixture
def write(model, tmp_path):
    def written(statement, form="csv", who=SUPERVISOR, stop=None, **more):
        typed = Typed(statement, BY_KEY[form], stop=stop or threading.Event())
        return typed_file(model, who, typed, tmp_path / f"file.{form}", now=NOW, **more)

    return written


@pytest.fixture
def rows(write):
    def read(statement, who=SUPERVISOR):
        text = write(statement, who=who).path.read_text(encoding="utf-8-sig")
        return list(csv.reader(text.splitlines()))

    return read


def test_every_row_is_written_however_many(rows):
    found = rows("select range as n from range(12345)")
    assert (found[0], len(found), found[-1]) == (["n"], 12_346, ["12344"])


def test_no_cell_is_a_formula(rows):
    found = rows("select '=1+1' as a, '+55' as b, '@x' as c, -1 as d")
    assert found == [["a", "b", "c", "d"], ["'=1+1", "'+55", "'@x", "-1"]]


def test_values_are_written_as_programs_read_them(rows):
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
    assert rows(statement)[1] == [
        "2026-11-02 09:00:00",
        "2026-11-02",
        "1.5",
        "2",
        "a, ç",
        '{"k": 1}',
        "",
    ]


def test_the_file_holds_the_person_s_rows_and_columns(rows):
    everything = rows("from conversation")
    assert len(rows("from conversation", LEAD)) < len(everything) == 61
    assert "contact_phone" in everything[0]
    assert "contact_phone" not in rows("from conversation", ANALYST)[0]


@pytest.mark.parametrize(
    ("statement", "who"),
    [("select * from posting", SUPERVISOR), ("select 1/", SUPERVISOR), ("select 1", AGENT)],
)
def test_what_is_refused_leaves_no_file(write, tmp_path, statement, who):
    with pytest.raises(QueryError):
        write(statement, who=who)
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_fails_gives_its_place_back(write, rows):
    for _ in range(4):
        with pytest.raises(ZeroDivisionError):
            write("from range(100000)", told=lambda _: 1 // 0)
    assert len(rows("select 1")) == 2


def test_the_manifest_says_what_the_file_is(write):
    made = write("select 1 as n", about={"statement": "select 1 as n"})
    told = json.loads(made.manifest_path.read_text(encoding="utf-8"))
    assert (told["statement"], told["rows"], told["is_guarded"]) == ("select 1 as n", 1, True)
    assert told["sha256"] == hashlib.sha256(made.path.read_bytes()).hexdigest()


EVERYTHING = """
select
  range as "=n",
  timestamptz '2026-11-02 12:00:00+00' as at,
  date '2026-11-02' as on_day,
  time '12:30:00' as on_time,
  interval 3 days as long,
  1.50::decimal(5, 2) as price,
  sum(range) over () as total,
  ['a', 'ç'] as list,
  [{'k': 1}] as structs,
  {'k': 'x'} as struct,
  'abc'::blob as bytes,
  uuid '00000000-0000-0000-0000-000000000001' as key,
  '=1+1' as text,
  null as nothing,
  true as flag,
  1 as twice,
  2 as twice
from range(3)
"""


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)
def test_every_type_reaches_every_file(write, form):
    found = reopened.READERS[form.key](write(EVERYTHING, form.key).path)
    assert len(found) == 3
    heads = list(found[0])
    assert heads[0] == ("'=n" if form.is_guarded else "=n")
    assert len(set(heads)) == len(heads) == 17
    text = found[0]["text"]
    assert text == ("'=1+1" if form.is_guarded else "=1+1")
    if form.is_guarded:
        shown = {"csv": "2026-11-02 09:00:00", "xlsx": 46328.375}  # days since 1899-12-30
        assert found[0]["at"] == shown[form.key]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)
def test_a_statement_without_rows_makes_a_file_without_rows(write, form):
    made = write("select 1 as a, [1] as b where false", form.key)
    assert reopened.READERS[form.key](made.path) == []


def test_the_heads_of_a_csv_are_no_formulas(rows):
    assert rows('select 1 as "=1+1"') == [["'=1+1"], ["1"]]


def test_who_gives_up_stops_it(write):
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    endless = "select count(*) from range(3000000000) a, range(3000) b"
    with pytest.raises(QueryError, match=r"[Ss]topped"):
        write(endless, "jsonl", stop=stop)
