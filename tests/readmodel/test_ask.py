import json

import pytest
from hypothesis import HealthCheck, given, settings

from console.domain.ids import DAY
from console.readmodel import ask, expression
from console.readmodel.compose import Query, has_clock
from console.readmodel.filters import BY_KEY, FILTERS
from console.readmodel.tree import Everything, FilterError, Words, all_of, leaves, negate
from readmodel import crowd
from readmodel.crowd import (
    AGENT,
    AGENTS,
    ANALYST,
    EVERYBODY,
    INSTANCES,
    LABELS,
    LEAD,
    NOW,
    SUPERVISOR,
    TEAMS,
)
from readmodel.trees import Oracle, conditions, trees

MANY = settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
FEW = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = {"agent": AGENTS, "team": TEAMS, "label": LABELS, "instance": INSTANCES}


@pytest.fixture(scope="module")
def filled(sqlite_template, tmp_path_factory):
    """One store of 200 conversations and its read model, for tests that only read."""
    import shutil

    from console.config import Settings
    from console.readmodel.model import ReadModel
    from console.store.work import open_store

    folder = tmp_path_factory.mktemp("filled")
    shutil.copy(sqlite_template, folder / "central.db")
    store = open_store(f"sqlite:///{folder}/central.db")
    crowd.fill(store)
    model = ReadModel.open(store, folder / "readmodel", Settings())
    yield model, crowd.conversations(store)
    model.close()
    store.close()


def visible(rows, who):
    return [r for r in rows if who.scope.covers(r["assignee_id"], r["team_id"])]


def may_ask(who, tree):
    is_personal = any(isinstance(x, Words) or BY_KEY[x.field].is_personal for x in leaves(tree))
    return not (who.is_masked and is_personal)


def test_the_phone_shown_is_the_one_in_use_that_was_seen_last(filled):
    model, rows = filled
    found = ask.rows(model, Everything(), SUPERVISOR, [r["id"] for r in rows], NOW)
    assert {row.id: row.contact_phone for row in found} == {r["id"]: r["phone"] for r in rows}
    assert {r["phone"] is None for r in rows if r["phones"]} == {True, False}


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.role)
@MANY
@given(tree=trees)
def test_an_expression_finds_what_it_means_among_what_the_person_may_see(filled, who, tree):
    model, rows = filled
    if not may_ask(who, tree):
        with pytest.raises(FilterError):
            ask.ids(model, tree, who, NOW)
        return
    oracle = Oracle(NAMES, who.agent_id, NOW)
    wanted = {row["id"] for row in visible(rows, who) if oracle.fits(tree, row)}
    found = ask.ids(model, tree, who, NOW)
    assert sorted(found) == sorted(wanted)
    assert ask.count(model, tree, who, NOW) == len(wanted)
    assert [row.id for row in ask.rows(model, tree, who, found, NOW)] == sorted(wanted)


@pytest.mark.parametrize("field", FILTERS, ids=lambda field: field.key)
def test_a_filter_only_narrows(filled, field):
    model, _ = filled

    @FEW
    @given(tree=conditions(field))
    def narrows(tree):
        everything = set(ask.ids(model, Everything(), AGENT, NOW))
        inside = set(ask.ids(model, tree, AGENT, NOW))
        outside = set(ask.ids(model, negate(tree), AGENT, NOW))
        assert inside | outside == everything
        assert not inside & outside
        assert set(ask.ids(model, all_of([tree, negate(tree)]), AGENT, NOW)) == set()

    narrows()


def composed(model, who, tree, now):
    """The condition of a tree as it is asked, with its values."""
    with model.cursor() as cursor:
        query = Query(model, cursor, who, now)
        return query.where(tree), query._params


@pytest.mark.parametrize("field", FILTERS, ids=lambda f: f.key)
def test_a_filter_without_a_clock_asks_the_same_at_any_time(filled, field):
    model, _ = filled

    @FEW
    @given(tree=conditions(field))
    def asks_the_same(tree):
        now_and_later = [composed(model, SUPERVISOR, tree, at) for at in (NOW, NOW + 400 * DAY)]
        assert has_clock(tree) or now_and_later[0] == now_and_later[1]

    asks_the_same()


def test_which_filters_have_a_clock_in_them():
    having = ("waiting>15m", "pending -idle>3d", "opened:today", "unread or sla:due")
    lacking = ("", "pending unread", "waiting", "reopened_within<=1d", '"boa tarde" -assignee:me')
    assert [has_clock(expression.parse(text)) for text in having] == [True] * 4
    assert [has_clock(expression.parse(text)) for text in lacking] == [False] * 5


@pytest.mark.parametrize("sort", ask.SORTS)
@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pages_after_one_another_are_one_large_page(filled, sort, limit):
    model, rows = filled
    whole = ask.page(model, Everything(), SUPERVISOR, now=NOW, sort=sort, limit=1_000)
    assert whole.next is None
    assert len(whole.rows) == len(rows)
    pages, after = [], None
    while True:
        page = ask.page(
            model, Everything(), SUPERVISOR, now=NOW, sort=sort, after=after, limit=limit
        )
        pages += page.rows
        after = page.next
        if after is None:
            break
    assert pages == whole.rows


def test_sorts_begin_where_they_say(filled):
    model, rows = filled

    def first(sort):
        return ask.page(model, Everything(), SUPERVISOR, now=NOW, sort=sort, limit=1).rows[0]

    assert first("newest").last_activity_at == max(r["last_activity_at"] for r in rows)
    assert first("oldest").last_activity_at == min(r["last_activity_at"] for r in rows)
    assert first("waiting").waiting_since_at == min(
        r["waiting_since_at"] for r in rows if r["waiting_since_at"]
    )
    assert first("unread").unread_n > 0


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.role)
@pytest.mark.parametrize("chosen", [None, [1], [1, 3], []])
def test_counts_equal_the_count_of_each_filter(filled, who, chosen):
    model, _ = filled
    counts = ask.counts(model, who, chosen, NOW)
    keys = {i: key for i, key, _ in INSTANCES}

    def counted(text):
        instances = "" if chosen is None else " instance:" + ",".join(keys[i] for i in chosen)
        if chosen == []:
            return 0
        return ask.count(model, expression.parse(text + instances), who, NOW)

    assert counts.mine == counted("assignee:me")
    assert counts.pending == counted("status:pending")
    assert counts.unread == counted("unread")
    assert counts.all == counted("")
    assert counts.unassigned == counted("unassigned")
    assert counts.by_instance == {
        i: n
        for i, key in keys.items()
        if (n := ask.count(model, expression.parse(f"instance:{key}"), who, NOW))
    }


@pytest.mark.parametrize("who", [LEAD, AGENT], ids=lambda who: who.role)
def test_nothing_outside_the_scope_is_ever_answered(filled, who):
    model, rows = filled
    hidden = [r["id"] for r in rows if not who.scope.covers(r["assignee_id"], r["team_id"])]
    assert hidden
    assert ask.ids(model, Everything(), SUPERVISOR, NOW).count(hidden[0]) == 1
    for text in ("", "id:" + ",".join(map(str, hidden[:50])), "unread or -unread", "assignee:bia"):
        assert not set(ask.ids(model, expression.parse(text), who, NOW)) & set(hidden)
    assert ask.rows(model, Everything(), who, hidden, NOW) == []
    assert ask.counts(model, who, None, NOW).all == len(rows) - len(hidden)


def test_a_row_carries_names_and_labels(filled):
    model, rows = filled
    wanted = next(
        r for r in rows if r["labels"] == {9, 10} and r["assignee_id"] == 7 and r["phones"]
    )
    (row,) = ask.rows(model, Everything(), SUPERVISOR, [wanted["id"]], NOW)
    assert (row.contact_name, row.assignee_name) == (wanted["name"], "Ana Lima")
    assert row.labels == ("vip", "troca")
    assert row.instance_key == {i: key for i, key, _ in INSTANCES}[wanted["instance_id"]]
    assert row.is_blocked == wanted["is_blocked"]


def test_an_analyst_sees_pseudonyms_and_cannot_ask_for_names(filled):
    model, rows = filled
    page = ask.page(model, Everything(), ANALYST, now=NOW, limit=1_000)
    assert len(page.rows) == len(rows)
    names = {row.contact_name for row in page.rows}
    assert all(name.startswith("Contato ") for name in names)
    assert len(names) == len({r["contact_id"] for r in rows})
    assert {(row.contact_phone, row.last_preview) for row in page.rows} == {(None, "")}
    for text in ("contact:souza", "phone:119", "email:example", "boleto", '-"segunda via"'):
        with pytest.raises(FilterError):
            ask.count(model, expression.parse(text), ANALYST, NOW)
    table = ask.table(model, Everything(), ANALYST, NOW)
    assert not {"contact_name", "contact_phone", "contact_email", "last_preview"} & set(
        table.column_names
    )


def test_the_table_of_a_notebook_holds_what_the_list_holds(filled):
    model, _ = filled
    tree = expression.parse("status:pending label:vip")
    table = ask.table(model, tree, SUPERVISOR, NOW)
    assert table.column("id").to_pylist() == ask.ids(model, tree, SUPERVISOR, NOW)
    assert {"vip"} <= set(table.column("labels")[0].as_py())


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("assignee:anna-lima", "Ana Lima"),
        ("team:venda-x", "vendas"),
        ("instance:loja-9", "loja-1"),
        ("label:vipp", "vip"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(filled, text, near):
    model, _ = filled
    with pytest.raises(FilterError) as refused:
        ask.count(model, expression.parse(text), SUPERVISOR, NOW)
    assert near in refused.value.nearest or near in refused.value.text.pt
    with pytest.raises(FilterError):
        ask.check(model, expression.parse(f"-({text} unread)"), SUPERVISOR, NOW)


def test_the_sql_of_a_filter_is_told_with_its_values(filled):
    model, _ = filled
    tree = expression.parse('pending -(label:vip or contact:"joão \\"x\\"")')
    assert ask.sql_text(model, tree, SUPERVISOR, NOW).splitlines() == [
        "select id",
        "from conversation",
        "where true and (",
        "  (status in ($p0))",
        "  and ((",
        "    ((list_has_any(label_ids, $p1::bigint[])))",
        "    or ((contains(contact_folded, folded($p2))))",
        "  ) is not true)",
        ")",
        '-- $p0 = "pending"',
        "-- $p1 = [9]",
        '-- $p2 = "joão \\"x\\""',
    ]
    assert ask.sql_text(model, Everything(), AGENT, NOW) == (
        f"select id\nfrom conversation\nwhere {AGENT.scope.condition()} and (true)"
    )


def test_the_sql_that_is_told_runs_with_its_values(filled):
    model, _ = filled
    for text in ("pending -label:vip waiting>15m", "opened:30d.. or messages:1,2 or team:vendas"):
        told = ask.sql_text(model, expression.parse(text), LEAD, NOW)
        notes = [line for line in told.splitlines() if line.startswith("-- $")]
        values = {n[4:].split(" = ")[0]: json.loads(n.split(" = ", 1)[1]) for n in notes}
        with model.cursor() as cursor:
            found = {row[0] for row in cursor.execute(told, values).fetchall()}
        assert found == set(ask.ids(model, expression.parse(text), LEAD, NOW))


def test_the_sql_says_words_and_not_what_they_found(filled):
    model, _ = filled
    told = ask.sql_text(model, expression.parse('boleto "segunda\nvia"'), AGENT, NOW)
    assert "(id in (select id from word_found($p0)))" in told
    assert "(id in (select id from phrase_found($p1)))" in told
    assert told.splitlines()[-2:] == ['-- $p0 = "boleto"', '-- $p1 = "segunda\\nvia"']
    for who, text in ((ANALYST, "boleto"), (SUPERVISOR, "label:vipp")):
        with pytest.raises(FilterError):
            ask.sql_text(model, expression.parse(text), who, NOW)


def test_the_load_of_each_agent_counts_pending_conversations(filled):
    model, rows = filled
    for agent_id, _, _ in AGENTS:
        pending = [r for r in rows if r["assignee_id"] == agent_id and r["status"] == "pending"]
        assert ask.open_by_assignee(model)[agent_id] == len(pending)
