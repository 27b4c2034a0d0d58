"""Whose rows and which columns somebody reaches in SQL; what could leak is made first."""

import duckdb
import pytest
from sqlalchemy import update

from console.config import Settings
from console.domain.agent import Acting, Role
from console.readmodel.model import ReadModel
from console.readmodel.rows import pseudonym
from console.readmodel.sql import TABLES, answer
from console.readmodel.sql.refusals import NOT_YOURS
from console.readmodel.sql.tables import BY_NAME, Column, Kind, Table
from console.store import tables
from readmodel import crowd
from readmodel.crowd import AGENT, ANALYST, LEAD, SUPERVISOR

PERSONAL = ("contact_phone", "contact_email", "last_preview")
ADMIN = Acting(1, "Ana", Role.ADMIN)


def ids(rows):
    return {row["id"] for row in rows}


def covered(model, who):
    return {
        row["id"]
        for row in crowd.conversations(model.store)
        if who.scope.covers(row["assignee_id"], row["team_id"])
    }


@pytest.mark.parametrize("who", [ADMIN, SUPERVISOR, LEAD, ANALYST], ids=lambda who: who.role)
def test_everybody_reads_the_conversations_of_their_scope(model, asked, who):
    assert ids(asked("select id from conversation", who)) == covered(model, who)


def test_a_team_lead_s_scope_is_part_of_all(model):
    assert 0 < len(covered(model, LEAD)) < 120


@pytest.mark.parametrize("who", [AGENT], ids=lambda who: who.role)
def test_agents_ask_nothing_in_sql(refused, who):
    assert refused("select 1", who).text == NOT_YOURS


@pytest.mark.parametrize(
    "statement",
    [
        "select id from conversation where true or team_id is null",
        "select c.id from conversation c cross join agent",
        "select id from conversation union select id from conversation",
        "select id from (select * from conversation) as conversation",
        "with conversation as (select * from conversation) select id from conversation",
        "select id from conversation where id in (select id from conversation)",
        "select a.id from conversation a full outer join conversation b using (id)",
        "select unnest(list(id)) as id from conversation",
        "select id from (pivot conversation on status in ('pending', 'resolved') using count(*))",
    ],
)
def test_no_statement_widens_the_scope(model, asked, statement):
    assert ids(asked(statement, LEAD)) == covered(model, LEAD)


@pytest.fixture(scope="module")
def told(shared_store, tmp_path_factory):
    """Names are numbers inside the lead's scope and words outside: a cast tells who was read."""
    crowd.fill(shared_store, 400)
    contacts = {}
    for row in crowd.conversations(shared_store):
        inside = LEAD.scope.covers(row["assignee_id"], row["team_id"])
        contacts[row["contact_id"]] = contacts.get(row["contact_id"], True) and inside

    def rename(connection):
        for id_, inside in contacts.items():
            name = "7" if inside else f"segredo {id_}"
            wanted = tables.contact.c.id == id_
            connection.execute(update(tables.contact).where(wanted).values(name=name))
        seen = [i for i, inside in contacts.items() if not inside]
        own = tables.conversation.c.contact_id.in_(seen) & (tables.conversation.c.team_id == 5)
        connection.execute(
            update(tables.conversation).where(own).values(team_id=6, assignee_id=None)
        )
        free = tables.conversation.c.contact_id.in_(seen) & tables.conversation.c.team_id.is_(None)
        connection.execute(update(tables.conversation).where(free).values(team_id=6))

    shared_store.write(rename)
    model = ReadModel.open(shared_store, tmp_path_factory.mktemp("told"), Settings())
    yield model
    model.close()


CASTS = (
    "select count(*) as n from conversation where contact_name::integer > 0 and id > 5",
    "select count(*) as n from conversation join (values (7)) v(x) on contact_name::integer = x",
    "select count(*) as n from conversation where contact_name::integer > 0 and message_n >= 0",
    "select sum(contact_name::integer) / 7 as n from conversation",
    "select count(*) as n from conversation c where c.contact_name::integer in (select 7)",
)


@pytest.mark.parametrize("statement", CASTS)
def test_a_failing_cast_tells_nothing_of_rows_outside_the_scope(told, statement):
    count = answer(told, LEAD, "select count(*) as n from conversation", limit_s=20)
    found = answer(told, LEAD, statement, limit_s=20)
    assert found.table.to_pylist() == count.table.to_pylist()
    assert count.table.to_pylist()[0]["n"] > 0


def test_without_the_limit_in_the_view_a_cast_would_tell(told):
    """The control of the test above: the same rows by their conversations, and no limit."""
    inside = LEAD.scope.condition("k.")
    with told.cursor() as cursor:
        cursor.execute(
            "create temp view bare as select c.id, c.contact_name, c.message_n from conversation c"
            f" where c.id in (select k.id from conversation as k where {inside})"
        ).fetchall()
        told_of = [_told(cursor, statement) for statement in CASTS]
    assert any("segredo" in words for words in told_of)


def _told(cursor, statement):
    try:
        return str(cursor.execute(statement.replace("from conversation", "from bare")).fetchall())
    except duckdb.ConversionException as error:
        return str(error)


def test_analysts_get_pseudonyms_and_nothing_personal(model, asked, refused):
    rows = asked("select * from conversation", ANALYST)
    for name in PERSONAL:
        assert name not in rows[0]
        assert name in asked("select * from conversation limit 1", LEAD)[0]
        for statement in (
            f"select {name} from conversation",
            f"select 1 from conversation where {name} like '%5%'",
            f"select c.{name} from conversation as c",
            f"select columns('{name}') from conversation",
            f"select count(*) from conversation group by {name}",
        ):
            refused(statement, ANALYST)
    shown = {row["contact_id"]: row["contact_name"] for row in rows}
    assert {f"Contato {name}" for name in shown.values()} == {pseudonym(i, "pt") for i in shown}
    written = str(rows)
    for name in crowd.NAMES:
        assert name not in written


def test_no_value_of_a_customer_reaches_an_analyst(model, asked):
    known = {row["name"] for row in crowd.conversations(model.store)} | {
        phone for row in crowd.conversations(model.store) for phone in row["phones"]
    }
    for table in TABLES:
        written = str(asked(f"from {table.name}", ANALYST)) + str(
            asked(f"summarize {table.name}", ANALYST)
        )
        assert [value for value in known if value and value in written] == []


def test_e_mail_addresses_of_colleagues_are_for_people_who_see_everything(asked, refused):
    assert asked("select email from agent order by 1", SUPERVISOR)[0] == {
        "email": "ana@loja.example"
    }
    for who in (LEAD, ANALYST):
        refused("select email from agent", who)
        assert [row["name"] for row in asked("from agent order by name", who)] == [
            "Ana Lima",
            "Bia Ávila",
        ]


def test_a_table_of_rows_of_conversations_is_scoped_by_them(model):
    name = Column("id", Kind.ID, BY_NAME["agent"].meaning, "c.message_id")
    table = Table("posting", name.meaning, (name,), "$main.posting as c", "conversation")
    with model.cursor() as cursor:
        found = cursor.execute(table.view(LEAD, "main")).fetchall()
        everything = cursor.execute(table.view(SUPERVISOR, "main")).fetchall()
        own = cursor.execute(
            "select count(*) from posting where conversation_id in (select id from conversation"
            f" where {LEAD.scope.condition()})"
        ).fetchall()[0][0]
    assert 0 < len(found) == own < len(everything)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_described_and_given(model, table):
    for who in (SUPERVISOR, LEAD, ANALYST):
        names = [column.name for column in table.seen(who)]
        found = answer(model, who, f"from {table.name}", limit_s=20)
        assert found.table.schema.names == names
    assert len({column.name for column in table.columns}) == len(table.columns)
    for text in (table.meaning, *(column.meaning for column in table.columns)):
        assert min(len(text.pt), len(text.en), len(text.es)) > 0


def test_days_and_hours_are_those_of_the_account(asked):
    statement = """
    select
      hour(opened_at) as hour,
      hour(opened_at at time zone 'UTC') as utc,
      date_trunc('day', opened_at) as day
    from conversation
    """
    for row in asked(statement):
        assert (row["utc"] - row["hour"]) % 24 == 3
        assert (row["day"].hour, str(row["day"].tzinfo)) == (0, "America/Sao_Paulo")
