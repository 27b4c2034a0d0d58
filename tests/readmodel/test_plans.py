"""DuckDB keeps plans, but nothing in them that rests on rows as they were (decision 10)."""

import duckdb
import pytest

BEFORE = "create table seen as select range as id from range(100)"
PLANS = {
    "a filter that no row matched": "select count(*) from seen where id = 200",
    "a filter that every row matched": "select count(*) from seen where id < 150",
    "rows within the bounds of others": "select count(*) from seen where id in (from wanted)",
    "a value that no row lacked": "select count(*) from seen where id is not null",
}


@pytest.mark.parametrize("statement", PLANS.values(), ids=PLANS.keys())
def test_a_kept_plan_sees_rows_beyond_the_old_bounds(statement):
    with duckdb.connect() as connection:
        for made in (BEFORE, "create table wanted as select 5::bigint as id"):
            connection.execute(made).fetchall()
        connection.execute(f"prepare asked as {statement}").fetchall()
        before = connection.execute("execute asked").fetchall()
        connection.execute("insert into seen values (200), (120), (null)").fetchall()
        connection.execute("insert into wanted values (200)").fetchall()
        fresh = connection.execute(statement).fetchall()
        assert fresh != before
        assert connection.execute("execute asked").fetchall() == fresh
