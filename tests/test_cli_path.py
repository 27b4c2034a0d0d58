"""From an empty folder to counted conversations, on both stores and on the data pack."""

import json
import random
import secrets

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from console.actions import (
    Assign,
    Label,
    MarkRead,
    Resolve,
    SaveLabel,
    run,
)
from console.cli import central
from console.domain.agent import system
from console.domain.ids import MINUTE, now
from console.store.work import open_store

SECRET = "uma senha muito boa\n"
WORDS = ("boleto", "troca", "entrega", "kernel", "sudo", "xyzzy")
FIVE = {
    "assignee:me": "c.assignee_id = :me",
    "status:pending": "c.status <> 'resolved'",
    "unread": "c.unread_n > 0",
    "": "true",
    "unassigned": "c.assignee_id is null",
}


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request, tmp_path):
    """The address of a store that nobody has made yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/store/central.db"
        return
    server = request.getfixturevalue("postgres_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def command(monkeypatch, tmp_path):
    """Run a command line that must end well; gives what it printed."""

    def go(*words, code=0, **more):
        done = CliRunner().invoke(central, [*words], **more)
        assert (done.exit_code, done.stderr) == (code, ""), done.output
        return done.stdout

    monkeypatch.setenv("CENTRAL_HOME", str(tmp_path / "home"))
    return go


def set_up(command, instance):
    command("init")
    command("instance", "add", "--name", instance)
    for mail, role in (("rui@example.com", "admin"), ("ana@example.com", "supervisor")):
        words = ["--name", mail[:3].title(), "--role", role, "--password-stdin"]
        command("user", "add", mail, *words, input=SECRET)


def own_records(path, n=40):
    chance = random.Random(7)
    with path.open("w") as file:
        for number in range(n):
            at = f"2026-03-{1 + number % 28:02}T12:{number % 60:02}:00Z"
            roles = ["customer", *chance.choices(["customer", "agent"], k=number % 5)]
            messages = [
                {
                    "role": role,
                    "author": f"{role} {number % 7}",
                    "text": f"{chance.choice(WORDS)} número {place}",
                    "at": at,
                    "kind": "text",
                }
                for place, role in enumerate(roles)
            ]
            record = {"dataset": "own", "conversation_id": f"c-{number}", "messages": messages}
            file.write(json.dumps({**record, "meta": {}}) + "\n")
    return path


def stir(store):
    """Give some conversations another state, with commands as people give them."""

    def wish(command, ids=()):
        at, key = now(), secrets.token_hex(8)
        return run(store, command, ids, actor=system(), at=at, key=key)

    with store.read() as connection:
        ids = list(connection.scalars(text("select id from conversation order by id")))
        people = dict(connection.execute(text("select email, id from agent")).all())
    vip = wish(SaveLabel("vip")).done[0]
    wish(Assign(people["ana@example.com"]), ids[::3])
    wish(Assign(people["rui@example.com"]), ids[1::5])
    wish(Resolve(), ids[::4])
    wish(MarkRead(), ids[::7])
    wish(Label(vip, True), ids[::6])
    return people["ana@example.com"]


def leaf(chance):
    """A condition in the filter expression and in the store's SQL."""
    minutes = chance.choice([1, 60, 10_000_000])
    word = chance.choice(WORDS)
    said = f"lower(m.text) like '%{word}%'"
    return chance.choice(
        [
            *[(expression, sql) for expression, sql in FIVE.items() if expression],
            ("status:resolved", "c.status = 'resolved'"),
            ("assignee:rui@example.com", f"c.assignee_id in ({agent('rui')})"),
            ("assignee:none,me", "(c.assignee_id is null or c.assignee_id = :me)"),
            ("label:vip", "c.id in (select conversation_id from conversation_label)"),
            ("instance:loja", "c.instance_id in (select id from instance where key = 'loja')"),
            (f"waiting>{minutes}m", f":now - c.waiting_since_at > {minutes * MINUTE}"),
            (word, f"c.id in (select m.conversation_id from message as m where {said})"),
        ]
    )


def agent(name):
    return f"select id from agent where email = '{name}@example.com'"


def expression(chance, depth=3):
    """A random expression and the condition it stands for; unknown counts as false."""
    kind = chance.choice(["leaf", "and", "or", "not"]) if depth else "leaf"
    if kind == "leaf":
        written, sql = leaf(chance)
        return written, f"coalesce({sql}, false)"
    if kind == "not":
        written, sql = expression(chance, depth - 1)
        return f"-({written})", f"not ({sql})"
    pair = [expression(chance, depth - 1) for _ in range(2)]
    join = {"and": " ", "or": " or "}[kind]
    return (
        "(" + join.join(written for written, _ in pair) + ")",
        "(" + f" {kind} ".join(sql for _, sql in pair) + ")",
    )


def assert_counts_agree(command, store, me, expressions):
    for written, sql in expressions:
        words = ["--count", "--as", "ana@example.com", "--filter", written]
        counted = f"select count(*) from conversation as c where {sql}"
        values = {"me": me, "now": now()}
        with store.read() as connection:
            used = {name: value for name, value in values.items() if f":{name}" in counted}
            expected = connection.scalar(text(counted), used)
        assert (written, int(command("conversations", *words))) == (written, expected)


def random_expressions(n, seed):
    chance = random.Random(seed)
    return [expression(chance) for _ in range(n)]


def test_from_an_empty_folder_to_counted_conversations(address, command, monkeypatch, tmp_path):
    monkeypatch.setenv("CENTRAL_STORE", address)
    set_up(command, "Loja")
    records = own_records(tmp_path / "records.jsonl")
    words = ["import", "jsonl", str(records), "--instance", "loja"]
    assert "40 conversations would be new" in command(*words, "--dry-run")
    assert command("conversations", "--count") == "0\n"
    assert "40 new conversations" in command(*words)
    assert json.loads(command(*words, "--format", "json"))[0]["messages_new"] == 0
    assert command("conversations", "--count") == "40\n"
    assert len(json.loads(command("conversations", "--limit", "7", "--format", "json"))) == 7
    store = open_store(address)
    me = stir(store)
    assert_counts_agree(command, store, me, [*FIVE.items(), *random_expressions(10, 1)])
    store.close()
    assert command("sync", "--check") == "No differences.\n"
    assert "agrees" in command("sync", "--rebuild")
    assert command("doctor").endswith("Every invariant holds.\n")


def test_a_listing_pages_through_everything(command, tmp_path):
    set_up(command, "Loja")
    records = own_records(tmp_path / "records.jsonl", 600)
    command("import", "jsonl", str(records), "--instance", "loja")
    listed = json.loads(command("conversations", "--limit", "1000", "--format", "json"))
    assert len({row["id"] for row in listed}) == 600
    shown = [row["last_activity"] for row in listed]
    assert shown == sorted(shown, reverse=True)


def test_a_refused_line_is_named_and_the_rest_goes_in(command, tmp_path):
    set_up(command, "Loja")
    records = own_records(tmp_path / "records.jsonl", 3)
    records.write_text(records.read_text() + "{half a line\n")
    done = CliRunner().invoke(central, ["import", "jsonl", str(records), "--instance", "loja"])
    assert done.exit_code == 2
    assert done.stderr.startswith("line 4: ")
    assert command("conversations", "--count") == "3\n"


def test_an_instance_that_does_not_exist_is_not_made(command, tmp_path):
    set_up(command, "Loja")
    records = own_records(tmp_path / "records.jsonl", 1)
    done = CliRunner().invoke(central, ["import", "jsonl", str(records), "--instance", "nova"])
    assert (done.exit_code, "`central instance add`" in done.stderr) == (2, True)
    unzoned = ["import", "jsonl", str(records), "--instance", "loja", "--time-zone", "Mars/Base"]
    done = CliRunner().invoke(central, unzoned)
    assert (done.exit_code, "try America/Sao_Paulo" in done.stderr) == (2, True)


def test_what_is_broken_is_reported_with_exit_1(command, tmp_path):
    set_up(command, "Loja")
    records = own_records(tmp_path / "records.jsonl", 9)
    command("import", "jsonl", str(records), "--instance", "loja")
    command("sync")
    store = open_store(f"sqlite:///{tmp_path}/home/central.db")
    broken = "update conversation set message_n = message_n + 1 where id = (select min(id)"
    store.write(lambda connection: connection.execute(text(f"{broken} from conversation)")))
    with store.read() as connection:
        (first,) = connection.scalars(text("select min(id) from conversation"))
    store.close()
    problems = json.loads(command("doctor", "--format", "json", code=1))[0]["problems"]
    assert [p["invariant"] for p in problems] == ["I4", "I7"]
    assert {p["first_ids"].split()[0] for p in problems} == {str(first)}
    assert "conversation" in command("sync", "--check", code=1)


@pytest.mark.pack
@pytest.mark.slow
def test_the_pack_is_counted_as_the_store_counts_it(command, pack, tmp_path):
    set_up(command, "Loja")
    records = pack / "dev" / "irc_ubuntu_threads.jsonl.zst"
    words = ["import", "jsonl", str(records), "--instance", "loja", "--format", "json"]
    first, second = (json.loads(command(*words))[0] for _ in range(2))
    assert (first["new"], first["messages_new"]) == (5_734, 57_004)
    assert (second["new"], second["messages_new"], second["known"]) == (0, 0, 5_734)
    store = open_store(f"sqlite:///{tmp_path}/home/central.db")
    me = stir(store)
    assert_counts_agree(command, store, me, [*FIVE.items(), *random_expressions(50, 2)])
    store.close()
    assert command("sync", "--check") == "No differences.\n"
    assert command("doctor").endswith("Every invariant holds.\n")
