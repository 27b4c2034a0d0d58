"""The page of SQL without a browser: examples, a run that is stopped, what is written down."""

import dataclasses
from datetime import date, datetime

import pyarrow as pa
import pytest
from sqlalchemy import select

from console.actions.base import NOT_ALLOWED
from console.config import Settings
from console.domain.errors import RuleError
from console.readmodel.model import ReadModel
from console.readmodel.sql import answer
from console.readmodel.sql.refusals import STOPPED
from console.screens import analyse
from console.screens.analyse import EXAMPLES, MOST_ROWS
from console.screens.result import Shape, columns
from console.store import tables
from office import Office
from readmodel.crowd import ANALYST, LEAD, SUPERVISOR

BOMB = "select count(*) from range(10000000) a, range(10000000) b"
PATIENCE_S = 20
MORNING, NOON = (datetime.fromisoformat(f"2026-11-02T{hour}:00") for hour in ("09", "12"))


@pytest.fixture
def office(sqlite_store):
    office = Office(sqlite_store)
    office.conversations(3)
    return office


@pytest.fixture
def model(office, tmp_path, model_folder):
    folder = model_folder(office.store, tmp_path / "readmodel")
    model = ReadModel.open(office.store, folder, Settings())
    yield model
    model.close()


@pytest.fixture
def ask(office, model):
    def asked(statement, who=None, limit_s=10):
        made = analyse.start(office.store, model, who or office.bia, statement, limit_s)
        assert made.wait(PATIENCE_S)
        return made

    return asked


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title.pt)
@pytest.mark.parametrize("who", [SUPERVISOR, LEAD, ANALYST], ids=lambda who: who.role)
def test_every_example_runs_for_everybody_who_asks(model, example, who):
    found = answer(model, who, example.statement, limit_s=PATIENCE_S)
    assert len(columns(found.table)) > 1
    assert min(len(text) for text in dataclasses.astuple(example.title)) > 0


def test_a_statement_runs_beside_the_page_and_gives_its_first_rows(ask):
    made = ask(f"from range({MOST_ROWS + 1})")
    assert (made.answer.table.num_rows, made.answer.has_more, made.refused) == (
        MOST_ROWS,
        True,
        None,
    )
    assert made.is_over


def test_a_statement_is_stopped_by_whoever_asked(office, model):
    made = analyse.start(office.store, model, office.bia, BOMB, 60)
    assert not made.wait(0.2)
    assert made.elapsed_s > 0.1
    made.stop.set()
    assert made.wait(PATIENCE_S)
    assert made.refused.text == STOPPED


def test_a_refusal_is_kept_for_the_page(ask):
    assert ask("select * from posting").refused.text.pt.startswith("Não há tabela")


def test_whatever_breaks_is_told_without_its_words(office, ask, monkeypatch, caplog):
    monkeypatch.setattr(analyse.sql, "answer", lambda *_, **__: 1 / 0)
    assert ask("select 'segredo'").refused.text.pt.startswith("Algo deu errado")
    assert "ZeroDivisionError" in caplog.text
    assert "segredo" not in caplog.text


def test_each_run_is_written_down_without_its_words(office, ask):
    statement = "select 1 where 'João 11987654321' <> ''"
    ask(statement)
    ask(statement)
    ask("select 2")
    with office.store.read() as connection:
        found = connection.execute(
            select(tables.event).where(tables.event.c.kind == "queried").order_by(tables.event.c.id)
        ).all()
    assert [row.actor_id for row in found] == [office.bia.agent_id] * 3
    assert found[0].to_id == found[1].to_id != found[2].to_id
    assert "98765" not in str(found)


def test_agents_may_not_ask(office, model):
    agent = office.agent("Davi")
    with pytest.raises(RuleError) as refused:
        analyse.start(office.store, model, agent, "select 1", 10)
    assert refused.value.text == NOT_ALLOWED


def test_the_statements_of_a_session_are_remembered_newest_first():
    kept = []
    for n in (1, 2, 1, 3):
        kept = analyse.remembered(kept, f"select {n}")
    assert kept == ["select 3", "select 1", "select 2"]
    for n in range(50):
        kept = analyse.remembered(kept, f"select {n}")
    assert len(kept) == analyse.MOST_REMEMBERED


@pytest.mark.parametrize(("at", "place"), [(0, (1, 1)), (7, (2, 1)), (9, (2, 3))])
def test_a_place_is_counted_in_lines_and_columns(at, place):
    assert analyse.line_and_column("select\n  x", at) == place


def table(statement):
    import duckdb

    connection = duckdb.connect()
    connection.execute("set timezone = 'America/Sao_Paulo'").fetchall()
    return connection.sql(statement).to_arrow_table()


@pytest.mark.parametrize(
    ("expression", "shape", "value"),
    [
        ("1", Shape.WHOLE, 1),
        ("sum(3)", Shape.WHOLE, 3),
        ("9007199254740993", Shape.TEXT, "9007199254740993"),  # a browser would round it
        ("1.5::double", Shape.NUMBER, 1.5),
        ("1.25::decimal(5,2)", Shape.NUMBER, 1.25),
        ("'nan'::double", Shape.NUMBER, None),
        ("true", Shape.YES_NO, True),
        ("date '2026-11-02'", Shape.DAY, date(2026, 11, 2)),
        ("timestamptz '2026-11-02 12:00:00+00'", Shape.INSTANT, MORNING),
        ("timestamp '2026-11-02 12:00:00'", Shape.INSTANT, NOON),
        ("interval '1 month 3 days 04:05:06'", Shape.TEXT, "1 m 3 d 04:05:06"),
        ("interval '-90 minutes'", Shape.TEXT, "-01:30:00"),
        ("['a', 'ç']", Shape.TEXT, "a, ç"),
        ("[1, null]", Shape.TEXT, "[1, null]"),
        (
            "{'n': 1.5::decimal(3,1), 'at': date '2026-11-02'}",
            Shape.TEXT,
            '{"n": "1.5", "at": "2026-11-02"}',
        ),
        ("'\\xAA'::blob", Shape.TEXT, "aa"),
        ("time '10:00:00'", Shape.TEXT, "10:00:00"),
        (
            "uuid '12345678-1234-1234-1234-123456789012'",
            Shape.TEXT,
            "12345678-1234-1234-1234-123456789012",
        ),
        ("'a'::enum('a', 'b')", Shape.TEXT, "a"),
        ("'<b>x</b>'", Shape.TEXT, "<b>x</b>"),
        ("null", Shape.TEXT, None),
        ("null::varchar", Shape.TEXT, None),
        ("null::timestamptz", Shape.INSTANT, None),
    ],
)
def test_a_value_is_shown_by_its_type(expression, shape, value):
    (column,) = columns(table(f"select {expression} as x"))
    assert (column.name, column.shape, column.values) == ("x", shape, [value])


def test_columns_of_one_name_stay_apart():
    both = pa.table([pa.array([1]), pa.array([2]), pa.array([3])], names=["a", "a", ""])
    assert [column.name for column in columns(both)] == ["a", "a (2)", "?"]
