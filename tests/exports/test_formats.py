"""Every format gives back what it was given; in those for spreadsheets nothing is a formula."""

import json
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reopened
from console.exports import apart, xlsx_file
from console.exports.formats import BY_KEY, FORMATS
from console.exports.guard import unguarded
from console.exports.rows import Column, Kind, Rows, columns_of

ZONE = ZoneInfo("America/Sao_Paulo")
STARTS = tuple("=+-@\t\r\n＝＋－＠")
MANY = 100_000
every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)


def rows_of(table, size=1_000, **more):
    return Rows("message", columns_of(table.schema), table.to_batches(size), ZONE, **more)


def written(folder, form, table, **more):
    path = folder / f"file.{form.extension}"
    path.unlink(missing_ok=True)
    form.write(path, rows_of(table, **more))
    return path


def texts_of(form, cells):
    return [unguarded(text or "") if form.is_guarded else text for text in cells]


@cache
def hostile(seeds, n):
    """`n` different texts grown from hostile ones, each begun, ended or torn by another."""
    chance, found = random.Random(7), dict.fromkeys(seeds)
    signs = [*STARTS, "'", '"', ",", ";", "\x00", "\x1b[31m", "\u202e", "_x0041_", "\uffff", "\\N"]
    while len(found) < n:
        seed, sign = chance.choice(seeds), chance.choice(signs)
        place = chance.randrange(len(seed) + 1)
        rest = chance.choice([str(len(found)), chance.choice(seeds)[:20]])
        found[chance.choice(["", sign]) + seed[:place] + sign + seed[place:] + rest] = None
    return [*found][:n]


SEEDS = (
    '=HYPERLINK("http://example.com","x")',
    "=cmd|' /C calc'!A0",
    "+5511999990000",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "＝1+1",
    "'=1",
    "a,b;c\td\r\ne",
    '""""',
    "Olá 👩\u200d🚒 \ufe0f",
    "x" * 300,
    "",
    "\ufeff",
    " ",
)


def assert_harmless(folder, form, given):
    path = written(folder, form, pa.table({"id": range(len(given)), "text": given}), size=8_192)
    cells = [row["text"] for row in reopened.READERS[form.key](path)]
    assert texts_of(form, cells) == given
    if form.is_guarded:
        assert [cell for cell in cells if (cell or "").startswith(STARTS)] == []
    if form.key == "xlsx":
        assert reopened.formulas(path) == 0


@every_format
def test_a_hundred_thousand_hostile_texts_come_back_and_none_is_a_formula(form, tmp_path):
    assert_harmless(tmp_path, form, hostile(SEEDS, MANY))


@every_format
def test_the_naughty_strings_come_back(form, tmp_path, pack):
    lines = (pack / "naughty/blns.jsonl").read_text(encoding="utf-8").splitlines()
    seeds = tuple(_text(json.loads(line)) for line in lines)
    assert_harmless(tmp_path, form, hostile(seeds, MANY))


def _text(value):
    text = value if isinstance(value, str) else next(v for v in value.values() if v)
    return str(text).encode("utf-8", "replace").decode()


@every_format
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given=st.lists(st.text(), min_size=1, max_size=20))
def test_any_text_comes_back(form, tmp_path, given):
    assert_harmless(tmp_path, form, given)


AT = datetime(2026, 11, 2, 12, 30, 5, 250_000, tzinfo=UTC)
EVERYTHING = pa.table(
    {
        "id": pa.array([2**62 + 1, 7], pa.int64()),
        "text": ["=1", None],
        "labels": pa.array([["vip", "novo"], []], pa.list_(pa.string())),
        "message_n": pa.array([3, None], pa.int32()),
        "waiting_s": pa.array([90, None], pa.int64()),
        "share": [0.25, float("nan")],
        "at": pa.array([AT, None], pa.timestamp("us")),
        "is_blocked": [True, None],
    }
)


def test_the_kinds_of_a_table_are_seen_in_its_types_and_names():
    assert [column.kind for column in columns_of(EVERYTHING.schema)] == [
        Kind.ID,
        Kind.TEXT,
        Kind.TEXTS,
        Kind.NUMBER,
        Kind.SECONDS,
        Kind.NUMBER,
        Kind.INSTANT,
        Kind.FLAG,
    ]


def test_csv_shows_numbers_and_the_wall_clock(tmp_path):
    path = written(tmp_path, BY_KEY["csv"], EVERYTHING)
    assert path.read_text(encoding="utf-8").splitlines() == [
        '\ufeff"id","text","labels","message_n","waiting_s","share","at","is_blocked"',
        f"""{2**62 + 1},"'=1","vip, novo",3,90,0.25,2026-11-02 09:30:05,true""",
        '7,,"",,,nan,,',
    ]


def test_csv_takes_another_separator(tmp_path):
    path = written(tmp_path, BY_KEY["csv"], EVERYTHING.select(["id", "text"]), separator=";")
    assert reopened.of_csv(path, ";")[0] == {"id": str(2**62 + 1), "text": "'=1"}


def test_xlsx_has_typed_cells(tmp_path):
    path = written(tmp_path, BY_KEY["xlsx"], EVERYTHING)
    first, second = reopened.of_xlsx(path)
    clock = first.pop("at")
    assert first == {
        "id": str(2**62 + 1),
        "text": "'=1",
        "labels": "vip, novo",
        "message_n": 3.0,
        "waiting_s": 90.0,
        "share": 0.25,
        "is_blocked": True,
    }
    shown = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=clock)
    assert abs(shown - datetime(2026, 11, 2, 9, 30, 5, tzinfo=UTC)) < timedelta(milliseconds=1)
    assert second == {**dict.fromkeys([*first, "at"]), "id": "7", "labels": ""}


def test_xlsx_goes_on_in_another_sheet(tmp_path):
    path = tmp_path / "file.xlsx"
    xlsx_file.write(path, rows_of(pa.table({"id": range(10)})), most_rows=5)
    assert [[int(row["id"]) for row in sheet] for sheet in reopened.sheets(path)] == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9],
    ]


def test_xlsx_shows_an_instant_that_spreadsheets_do_not_know(tmp_path):
    ancient = pa.array([datetime(1850, 1, 1, 12, tzinfo=UTC)], pa.timestamp("us"))
    (row,) = reopened.of_xlsx(written(tmp_path, BY_KEY["xlsx"], pa.table({"at": ancient})))
    assert row["at"].startswith("1850-01-01 08:53")


def test_json_lines_have_instants_in_utc_and_ids_as_texts(tmp_path):
    first, second = reopened.of_jsonl(written(tmp_path, BY_KEY["jsonl"], EVERYTHING))
    assert first == {
        "id": str(2**62 + 1),
        "text": "=1",
        "labels": ["vip", "novo"],
        "message_n": 3,
        "waiting_s": 90,
        "share": 0.25,
        "at": "2026-11-02T12:30:05.250000Z",
        "is_blocked": True,
    }
    assert (second["text"], second["at"], second["labels"]) == (None, None, [])


@pytest.mark.parametrize("key", ["parquet", "duckdb"])
def test_files_for_programs_keep_every_value(key, tmp_path):
    found = reopened.READERS[key](written(tmp_path, BY_KEY[key], EVERYTHING))
    assert found[0] == EVERYTHING.to_pylist()[0] | {"at": AT}
    assert found[1]["at"] is None


@every_format
def test_a_file_without_rows_has_its_columns(form, tmp_path):
    columns = tuple(Column(kind.value, kind) for kind in Kind)
    path = tmp_path / f"empty.{form.extension}"
    form.write(path, Rows("event", columns, iter(()), ZONE))
    assert reopened.READERS[form.key](path) == []
    assert form.key == "jsonl" or b"seconds" in path.read_bytes() or form.key == "xlsx"


@every_format
def test_batches_of_any_size_make_the_same_rows(form, tmp_path):
    table = pa.table({"id": range(50), "text": [f"={n}" for n in range(50)]})
    whole = reopened.READERS[form.key](written(tmp_path, form, table))
    assert reopened.READERS[form.key](written(tmp_path, form, table, size=7)) == whole


@every_format
@pytest.mark.parametrize("n", [0, 25])
def test_another_process_writes_the_same_file(form, n, tmp_path):
    table = pa.table({"id": range(n), "text": [f"={i}" for i in range(n)]})
    here, there = tmp_path / f"here.{form.extension}", tmp_path / f"there.{form.extension}"
    form.write(here, rows_of(table, 7))
    apart.write(form, there, rows_of(table, 7))
    read = reopened.READERS[form.key]
    assert read(here) == read(there)


def test_what_another_process_cannot_write_is_said(tmp_path, capfd):
    with pytest.raises(apart.ApartError, match="ended with 1"):
        apart.write(BY_KEY["csv"], tmp_path / "nowhere/file.csv", rows_of(EVERYTHING))
    assert "FileNotFoundError" in capfd.readouterr().err


def test_what_is_stopped_here_is_stopped_there(tmp_path):
    def broken():
        yield from EVERYTHING.to_batches()
        raise KeyboardInterrupt

    rows = Rows("message", columns_of(EVERYTHING.schema), broken(), ZONE)
    with pytest.raises(KeyboardInterrupt):
        apart.write(BY_KEY["xlsx"], tmp_path / "file.xlsx", rows)
