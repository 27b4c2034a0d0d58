"""No statement reaches anything but the tables that people may ask."""

import duckdb
import pytest

from console.readmodel.sql import TABLES, _check_tables, _make_views
from console.readmodel.sql.functions import COMPUTING, FUNCTIONS, OPERATORS, PASSING
from console.readmodel.sql.refusals import (
    NOTHING,
    ONLY_ONE,
    ONLY_SELECT,
    PIVOT_VALUES,
    QueryError,
)
from readmodel.crowd import SUPERVISOR

# The probes of the safety specification, and what else people have tried on such pages.
NOT_A_SELECT = (
    "copy conversation to '/tmp/central-probe.csv'",
    "copy conversation from '/etc/passwd'",
    "copy (select 1) to '/tmp/central-probe.parquet'",
    "attach '/tmp/central-probe.duckdb' as other",
    "detach memory",
    "use memory",
    "export database '/tmp/central-probe'",
    "import database '/tmp/central-probe'",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "set variable x = 1",
    "reset enable_external_access",
    "set memory_limit = '100GB'",
    "set search_path = 'main'",
    "pragma database_list",
    "pragma enable_profiling",
    "call duckdb_settings()",
    "call pragma_version()",
    "explain select 1",
    "explain analyze select * from conversation",
    "prepare x as select 1",
    "execute x",
    "begin",
    "rollback",
    "commit",
    "checkpoint",
    "vacuum",
    "analyze",
    "drop view conversation",
    "drop table conversation",
    "create or replace temp view conversation as select 1 as id",
    "create temp table x as select 1",
    "create macro f(a) as a + 1",
    "create function f(a) as a + 1",
    "create secret s (type s3)",
    "alter table conversation add column x integer",
    "insert into conversation values (1)",
    "update conversation set status = 'resolved'",
    "delete from conversation",
    "truncate conversation",
    "comment on table conversation is 'x'",
)
NOT_A_TABLE = (
    "select * from posting",
    'select * from "posting"',
    'select * from "POSTING"',
    "select * from conversation_group",
    "select * from read_state",
    "select * from business_hours",
    "select * from main.conversation",
    "select * from temp.conversation",
    "select * from temp.main.conversation",
    'select * from "main"."conversation"',
    "from main.posting select *",
    "table posting",
    "summarize posting",
    "describe posting",
    "show tables",
    "show all tables",
    "show databases",
    "describe tables",
    "select * from information_schema.tables",
    "select * from duckdb_tables",
    "select * from duckdb_settings",
    "select * from pg_catalog.pg_class",
    "select * from pg_class",
    "select * from sqlite_master",
    "select * from '/etc/passwd'",
    "select * from 'x.parquet'",
    'select * from "https://evil.example/x.csv"',
    "select (select count(*) from posting)",
    "select 1 where exists (from posting)",
    "select * from conversation where id in (select conversation_id from posting)",
    "select * from conversation order by (select count(*) from posting)",
    "select * from conversation limit (select count(*) from posting)",
    "select * from conversation, lateral (select * from posting) as p",
    "select * from conversation join posting on true",
    "select 1 union all select message_id from posting",
    "select sum(id) over (partition by (select 1 from posting)) from conversation",
    "select count(*) filter ((select true from posting limit 1)) from conversation",
    "pivot posting on token_id in (1) using count(*)",
    "unpivot posting on token_id into name n value v",
    "with a as (select * from posting) select * from a",
    "with posting as (select * from posting) select * from posting",
    "with recursive posting as (select 1 as a from posting union all select 2) from posting",
    "select * from (with posting as (select 1) select * from posting) as a, posting",
    "with sqlite_master as (select 1) select * from sqlite_master",
    "select * from (with pg_class as (select 1) from pg_class) as a, pg_class",
    "select * from (with duckdb_settings as (select 1) from duckdb_settings) a, duckdb_settings",
    "select * from conversation at (version => 1)",
    "select * from (values ((select count(*) from posting))) as v(a)",
    "select * from unnest((select list(token_id) from posting))",
    "select [x for x in (select list(token_id) from posting)]",
)
NOT_A_FUNCTION = (
    "select * from read_text('/etc/passwd')",
    "select * from read_blob('/etc/passwd')",
    "select * from read_csv('/etc/passwd')",
    "select * from read_csv_auto('/etc/passwd')",
    "select * from read_json('/etc/passwd')",
    "select * from read_parquet('/etc/passwd')",
    "select * from read_duckdb('x.duckdb')",
    "select * from parquet_scan('/etc/passwd')",
    "select * from sniff_csv('/etc/passwd')",
    "select * from glob('/etc/*')",
    "select * from query('select * from posting')",
    "select * from query_table('posting')",
    "select * from seq_scan('posting')",
    "select * from summary((select 1))",
    "select * from duckdb_settings()",
    "select * from duckdb_tables()",
    "select * from duckdb_columns()",
    "select * from duckdb_secrets()",
    "select * from duckdb_functions()",
    "select * from duckdb_memory()",
    "select * from duckdb_logs()",
    "select * from pragma_table_info('posting')",
    "select * from pragma_storage_info('posting')",
    "select * from pragma_database_size()",
    "select * from pragma_show('posting')",
    "select * from which_secret('x', 's3')",
    "select * from json_execute_serialized_sql('{}')",
    "select * from enable_logging()",
    "select * from enable_profiling()",
    "select * from checkpoint()",
    "select * from force_checkpoint()",
    "select * from truncate_duckdb_logs()",
    "select * from test_all_types()",
    "select * from repeat('x', 1000000000)",
    "select * from main.range(3)",
    "select * from system.main.duckdb_settings()",
    "select * from histogram(posting, token_id)",
    "select getenv('HOME')",
    "select current_setting('memory_limit')",
    "select getvariable('x')",
    "select current_database()",
    "select current_schemas(true)",
    "select current_catalog",
    "select current_user",
    "select version()",
    "select current_query()",
    "select txid_current()",
    "select nextval('x')",
    "select setseed(0.5)",
    "select sleep_ms(1000)",
    "select pg_sleep(1)",
    "select write_log('x')",
    "select error('x')",
    "select stats(id) from conversation",
    "select pg_get_viewdef(1)",
    "select format_type(1, 1)",
    "select get_block_size('x')",
    "select json_serialize_sql('select 1')",
    "select json_serialize_plan('select * from posting')",
    "select 'HOME'.getenv()",
    "select main.lower('A')",
    "select system.main.lower('A')",
    "select folded('É')",
    "select 1 where getenv('HOME') is not null",
    "select max(getenv('HOME')) over ()",
    "select list_transform([1], lambda x: getenv('HOME'))",
    "select * from conversation order by current_setting('threads')",
    "select finalize(sum(1))",
    "select sum(1) export_state",
    # One call of these fills the memory or keeps a core for minutes, whatever the limits say.
    "select len(range(500000000))",
    "select unnest(range(300000000))",
    "select unnest(generate_series(1, 300000000))",
    "select length(repeat('a', 1000000000))",
    "select length(lpad('a', 900000000, 'b'))",
    "select length(format('{:>900000000}', 1))",
    "select bitstring('1', 2000000000)",
    "select list_resize([1], 1000000000)",
    "select levenshtein('a', 'b')",
    "select list_transform([1, 2], lambda x: x)",
    "select $1",
    "select ?",
)
# A `with` may hold these since DuckDB 2.0, and the statement still is a select.
NOT_ONLY_READING = (
    "with x as (delete from conversation returning id) select * from x",
    "with x as (insert into conversation (id) values (1) returning id) select * from x",
    "with x as (update conversation set status = 'resolved' returning id) select * from x",
    "with x as (delete from main.conversation returning id) select * from x",
)


@pytest.mark.parametrize("statement", NOT_A_SELECT)
def test_only_a_select_runs(refused, asked, statement):
    assert refused(statement).text in (ONLY_SELECT, NOTHING) or statement in (
        "rollback",
        "use memory",
    )
    assert asked("select count(*) as n from conversation") == [{"n": 120}]


@pytest.mark.parametrize("statement", NOT_A_TABLE + NOT_A_FUNCTION)
def test_no_other_table_and_no_other_function_is_reached(model, refused, statement):
    with model.cursor(is_limited=False) as cursor:  # there is something to be found
        assert cursor.execute("select count(*) from posting").fetchall()[0][0] > 0
    refused(statement)


@pytest.mark.parametrize("statement", NOT_ONLY_READING)
def test_a_select_that_writes_is_refused(model, refused, statement):
    def rows():
        with model.cursor() as cursor:
            return cursor.execute("select count(*), max(status) from conversation").fetchall()

    before = rows()
    assert duckdb.extract_statements(statement)[0].type is duckdb.StatementType.SELECT
    refused(statement)
    assert rows() == before


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("", NOTHING),
        ("  -- só um comentário", NOTHING),
        ("select 1; select 2", ONLY_ONE),
        ("select 1; drop view conversation", ONLY_ONE),
        ("pivot conversation on status using count(*)", PIVOT_VALUES),
    ],
)
def test_what_is_no_single_select_is_told(refused, statement, text):
    assert refused(statement).text == text


@pytest.mark.parametrize(
    "statement",
    [
        "select 1 as n;",
        "SELECT 1 AS n -- fim",
        "select count(*) - 119 as n from CONVERSATION",
        'select count(*) - 119 as n from "Conversation" as c',
        "with conversation as (select 1 as n) select n from conversation",
        "with recursive r as (select 1 as n union all select n + 1 from r where n < 1) from r",
        "with a as (select 1 as n), b as (from a) select n from b",
        "select n from range(1, 2) as t(n)",
        "select unnest([1]) as n",
        "select 1 as n from (pivot conversation on status in ('pending') using count(*)) limit 1",
        "select n from (values (1)) as v(n)",
        "select row_number() over (order by id) as n from conversation limit 1",
        "select distinct 1 as n from conversation c join agent a on a.id = c.assignee_id",
        "select 1 as n from (summarize conversation) limit 1",
        "select 1 as n from (describe agent) limit 1",
        "select case when '10%' like '1%' and 'Ação' ilike 'ação' then 1 end as n",
        "select 1 as n where date_trunc('day', now()) <= now() and current_date is not null",
    ],
)
def test_ordinary_statements_run(asked, statement):
    assert [int(row["n"]) for row in asked(statement)] == [1]


def test_duckdb_s_own_list_of_tables_is_a_second_wall(model):
    with model.cursor(is_limited=False) as cursor:
        _make_views(cursor, SUPERVISOR)
        _check_tables(cursor, "select * from conversation c join agent on true join team on true")
        for table in TABLES:
            _check_tables(cursor, f"from {table.name}")
        for outside in ("posting", 'posting as "x AS y"', "main.posting"):
            with pytest.raises(QueryError):
                _check_tables(cursor, f"select 1 from {outside}, conversation")


def test_the_transaction_is_a_third_wall(model):
    with model.cursor(is_limited=False) as cursor:
        cursor.execute("begin transaction read only").fetchall()
        with pytest.raises(duckdb.Error, match="read-only"):
            cursor.execute("delete from conversation").fetchall()


def test_views_of_one_person_are_on_no_other_cursor(model, asked):
    asked("select 1")
    with model.cursor() as cursor:
        found = cursor.execute("select count(*) from duckdb_views() where not internal").fetchall()
        assert found == [(0,)]


CATALOGUE = """
select distinct lower(function_name), function_type, stability, coalesce(macro_definition, '')
from duckdb_functions()
where function_type in ('scalar', 'aggregate', 'window', 'macro')
"""


def test_every_function_offered_only_computes():
    found = duckdb.connect().execute(CATALOGUE).fetchall()
    named = {name for name, *_ in found}
    assert (COMPUTING | OPERATORS) - named == set()
    for name, kind, stability, definition in found:
        if name in COMPUTING | OPERATORS:
            assert kind == "macro" or stability == "CONSISTENT", name
            assert "select" not in definition.lower(), name
        elif name in PASSING:
            assert "select" not in definition.lower(), name


def test_what_duckdb_adds_is_looked_at():
    """A new function is refused until somebody has looked at it; this number tells."""
    found = {name for name, *_ in duckdb.connect().execute(CATALOGUE).fetchall()}
    assert (len(found), len(FUNCTIONS)) == (1023, 507)
