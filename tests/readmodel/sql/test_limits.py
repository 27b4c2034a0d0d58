"""Time, rows, places, and what an error says."""

import threading
import time

import pytest

from console.i18n import LANGUAGES
from console.readmodel import sql
from console.readmodel.sql import LONGEST, QueryError, answer
from console.readmodel.sql.refusals import BUSY, MEMORY, STOPPED, TOO_DEEP
from console.readmodel.sql.tables import BY_NAME
from readmodel.crowd import SUPERVISOR

BOMB = "select count(*) from range(10000000) a, range(10000000) b"


@pytest.mark.parametrize(
    "bomb",
    [
        BOMB,
        "with recursive t as (select 1 as a union all select a + 1 from t) select count(*) from t",
        "select count(*) from conversation, conversation, conversation, range(1000), range(1000)",
    ],
)
def test_the_clock_stops_a_statement(asked, refused, bomb):
    began = time.monotonic()
    error = refused(bomb, limit_s=0.5)
    assert time.monotonic() - began < 5
    assert (
        error.text.pt == "A consulta passou de 0.5 s e foi interrompida. Filtre um período menor."
    )
    assert asked("select 1 as n") == [{"n": 1}]


def test_a_person_stops_a_statement(model):
    stop, found = threading.Event(), []

    def run():
        try:
            answer(model, SUPERVISOR, BOMB, limit_s=60, stop=stop)
        except QueryError as error:
            found.append(error.text)

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(0.5)
    stop.set()
    thread.join(5)
    assert found == [STOPPED]


def test_two_run_at_a_time_and_the_third_is_told(model, refused):
    stop = threading.Event()

    def run():
        with pytest.raises(QueryError):
            answer(model, SUPERVISOR, BOMB, limit_s=60, stop=stop)

    running = [threading.Thread(target=run) for _ in range(2)]
    for thread in running:
        thread.start()
    time.sleep(0.3)
    assert refused("select 1", limit_s=0.2).text == BUSY
    stop.set()
    for thread in running:
        thread.join(5)
    assert answer(model, SUPERVISOR, "select 1", limit_s=5).table.num_rows == 1


def test_a_refused_statement_gives_its_place_back(model, refused):
    for _ in range(5):
        refused("select * from posting")
        refused("select cast('a' as integer)")
    assert answer(model, SUPERVISOR, "select 1", limit_s=5).table.num_rows == 1


@pytest.mark.parametrize(
    ("most", "n", "more"), [(10, 10, True), (120, 120, False), (None, 120, False)]
)
def test_the_first_rows_are_given_and_more_are_told(model, most, n, more):
    found = answer(model, SUPERVISOR, "select id from conversation", limit_s=5, most_rows=most)
    assert (found.table.num_rows, found.has_more) == (n, more)


def test_the_first_rows_of_very_many_are_there_at_once(model):
    began = time.monotonic()
    found = answer(model, SUPERVISOR, "from range(100000000000)", limit_s=20, most_rows=1000)
    assert (found.table.num_rows, found.has_more) == (1000, True)
    assert time.monotonic() - began < 5


def test_all_rows_are_read_in_parts(model):
    with sql.opened(model, SUPERVISOR, "from range(25000)", limit_s=20) as batches:
        assert sum(batch.num_rows for batch in batches) == 25_000


def test_an_answer_without_rows_has_its_columns(model):
    found = answer(model, SUPERVISOR, "from agent where false", limit_s=5, most_rows=10)
    assert found.table.schema.names == ["id", "name", "email"]
    assert (found.table.num_rows, found.has_more) == (0, False)


def test_memory_stays_that_of_the_read_model(refused):
    assert refused("select list(range) from range(300000000)", limit_s=60).text == MEMORY


def test_a_statement_may_not_be_endless(refused):
    assert "20000" in refused("select 1" + " " * LONGEST).text.pt
    deep = "select " + "(" * 900 + "1" + ")" * 900
    assert refused(deep + "".join(f" + {n}" for n in range(1500))).text


def test_depth_is_refused_in_words(refused):
    nested = "select 1 as a"
    for _ in range(400):
        nested = f"select a from ({nested})"
    assert refused(nested).text == TOO_DEEP


@pytest.mark.parametrize(
    ("statement", "pt", "marked"),
    [
        (
            "select contact_phne from conversation",
            "Não há coluna “contact_phne”. Quis dizer: contact_phone, contact_name, contact_id?",
            "contact_phne",
        ),
        (
            "select 1,\n  frm conversation wher x",
            "Não entendi o comando a partir de “wher”.",
            "wher",
        ),
        ("select", "O comando termina antes do fim: falta alguma parte.", None),
        (
            "select 'ção', * from posting",
            f"Não há tabela “posting”. Há: {', '.join(BY_NAME)}.",
            "posting",
        ),
        ("select lenght('a')", "A função “lenght” não está disponível aqui.", "lenght"),
        (
            "select 'ção',\ncast(contact_name as integer) from conversation",
            "Um valor não pôde ser convertido em INT32. Use try_cast para deixá-lo vazio.",
            "cast",
        ),
        (
            "select sum(status) from conversation",
            "Nenhuma função aceita esses tipos: sum(VARCHAR).",
            None,
        ),
        (
            "select status, count(*) from conversation",
            "A coluna “status” precisa estar no group by, ou em uma função como max.",
            None,
        ),
    ],
)
def test_an_error_is_one_sentence_with_its_place(refused, statement, pt, marked):
    error = refused(statement)
    assert error.text.pt.startswith(pt.removesuffix("."))
    if marked is not None:
        assert statement[error.at :].startswith(marked)
    for language in LANGUAGES:
        assert "\n" not in error.text.in_(language)
        assert "Error:" not in error.text.in_(language)


def test_a_value_that_fails_to_convert_is_not_repeated(refused):
    assert "segredo" not in refused("select cast('segredo' as integer)").text.pt
