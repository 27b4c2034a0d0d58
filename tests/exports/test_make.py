"""What an export holds: everything a filter matches that the person may see, and no more."""

import hashlib
import json

import pyarrow as pa
import pytest

import reopened
from archive import NAME, PHONE, SECRETS, WORDS
from build import system
from console import actions
from console.actions.base import NOT_ALLOWED
from console.domain.errors import RuleError
from console.exports.formats import FORMATS
from console.exports.grains import BY_KEY, GRAINS, NO_COLUMN, NO_COLUMN_BUT, batches
from console.exports.make import UNKNOWN, export_table
from console.exports.rows import Column, columns_of
from console.readmodel import ask, expression, streams
from console.readmodel.tree import Everything, FilterError
from console.store.work import secret

every_grain = pytest.mark.parametrize("grain", GRAINS, ids=lambda grain: grain.key)
every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.key)


@pytest.fixture
def read(make):
    def rows(*given, **more):
        made = make(*given, **more)
        return reopened.READERS[made.path.suffix[1:]](made.path)

    return rows


def test_a_conversation_has_names_instead_of_ids(office, read):
    (row,) = read(filter="label:vip")
    assert (row["id"], row["instance"], row["team"]) == (office.talk, "loja-1", "Vendas")
    assert (row["contact_name"], row["contact_phone"]) == (NAME, PHONE)
    assert (row["assignee"], row["resolved_by"], row["labels"]) == ("Bia", "Bia", ["vip"])
    assert (row["reopened_n"], row["status"], row["first_response_s"]) == (1, "pending", 300)


def test_an_episode_ends_with_its_resolution(office, read):
    first, second = read("episode", filter="label:vip")
    assert (first["resolved_by"], first["replied_by"], first["is_last"]) == ("Bia", "Bia", False)
    assert (first["first_response_s"], first["resolution_s"]) == (300, 360)
    assert (second["resolved_at"], second["is_last"]) == (None, True)
    assert second["contact_id"] == office.contact(office.talk).id


def test_a_message_has_its_words(office, read):
    rows = read("message")
    assert [(r["direction"], r["author"], r["contact_name"], r["text"]) for r in rows] == [
        ("in", None, NAME, WORDS),
        ("out", "Bia", NAME, "=1+1"),
        ("in", None, "João", "Oi"),
    ]


def test_an_event_names_whom_it_is_about(office, read):
    rows = read("event", filter="label:vip")
    told = [(r["kind"], r["actor"], r["from_name"], r["to_name"]) for r in rows]
    assert told == [
        ("opened", None, None, None),
        ("team_assigned", "Ana", None, "Vendas"),
        ("assigned", "Ana", None, "Bia"),
        ("labelled", "Ana", None, "vip"),
        ("resolved", "Bia", "Bia", None),
        ("reopened", "Caio", "Bia", None),
    ]


@every_grain
def test_the_columns_are_those_that_are_listed(grain, make):
    made = make(grain.key)
    listed = [column.name for column in grain.columns_for(system())]
    assert [column["name"] for column in made.manifest["columns"]] == listed
    assert [*reopened.of_parquet(made.path)[0]] == listed


@every_grain
@every_format
def test_every_grain_comes_in_every_format(grain, form, make, read):
    assert len(read(grain.key, form.key)) == make(grain.key, "parquet").rows_n > 0


@every_grain
def test_rows_are_those_of_the_conversations_that_match(grain, office, model, read):
    key = "id" if grain.key == "conversation" else "conversation_id"
    for filter in ("", "label:vip", "status:resolved", "unassigned"):
        matching = ask.ids(model, expression.parse(filter), system(), office.at)
        assert {row[key] for row in read(grain.key, filter=filter)} == set(matching)


@every_grain
def test_a_team_lead_takes_only_what_the_teams_have(grain, office, read):
    key = "id" if grain.key == "conversation" else "conversation_id"
    assert {row[key] for row in read(grain.key)} == {office.talk, office.other}
    assert {row[key] for row in read(grain.key, who=office.lia)} == {office.talk}


@every_grain
@every_format
def test_an_analyst_gets_nothing_of_a_customer(grain, form, office, make):
    contact_id = str(office.contact(office.talk).id)
    for who in (system(), office.dora):
        made = make(grain.key, form.key, who=who)
        rows = reopened.READERS[form.key](made.path)
        text = json.dumps(rows, default=str, ensure_ascii=False)
        found = [secret for secret in (*SECRETS, contact_id) if secret in text]
        named = {*rows[0]} & {c.name for c in grain.columns if c.is_personal}
        if who is office.dora:
            assert (found, named, "text" in rows[0]) == ([], set(), False)
            assert made.manifest["is_pseudonymised"] is True
        else:
            assert contact_id in found


def test_columns_are_chosen_in_any_order(office, read, make):
    names = ("text", "author", "conversation_id")
    rows = read("message", filter="label:vip", columns=names)
    assert rows == [
        {"text": WORDS, "author": None, "conversation_id": office.talk},
        {"text": "=1+1", "author": "Bia", "conversation_id": office.talk},
    ]
    told = make("message", columns=("kind", "text", "kind")).manifest
    assert [column["name"] for column in told["columns"]] == ["kind", "text"]
    others = [c.name for c in BY_KEY["message"].every if c.name not in ("kind", "text")]
    assert told["left_out"] == others
    assert make("message").manifest["left_out"] == []


@every_grain
def test_each_column_can_be_had_alone(grain, office, read):
    for who in (system(), office.dora):
        whole = read(grain.key, who=who)
        for column in grain.columns_for(who):
            alone = read(grain.key, who=who, columns=(column.name,))
            assert alone == [{column.name: row[column.name]} for row in whole]


def test_a_column_that_there_is_not_is_named_with_the_nearest(make, tmp_path):
    for name, text in (
        ("contact_fone", NO_COLUMN_BUT.with_(name="contact_fone", near="contact_phone")),
        ("xyzzy", NO_COLUMN.with_(name="xyzzy", known=", ".join(known()))),
    ):
        with pytest.raises(RuleError) as refused:
            make(columns=("id", name))
        assert refused.value.text == text
    assert [*tmp_path.glob("*file*")] == []


def known():
    return [column.name for column in BY_KEY["conversation"].every]


@every_grain
def test_an_analyst_cannot_choose_what_is_hidden(grain, office, make):
    hidden = [c.name for c in grain.every if c.is_personal or c.name == "contact_id"]
    for name in hidden:
        assert make(grain.key, columns=(name,)).rows_n > 0
        with pytest.raises(RuleError):
            make(grain.key, who=office.dora, columns=(name,))
    assert hidden


def test_a_pseudonym_is_the_contact_s_own_in_every_file(office, make):
    names = {
        grain.key: {
            row["contact"]
            for row in reopened.of_parquet(make(grain.key, who=office.dora).path)
            if row.get("conversation_id", row.get("id")) == office.talk
        }
        for grain in GRAINS
    }
    (one,) = names["conversation"]
    assert names == {grain.key: {one} for grain in GRAINS}
    assert len(one) == 16
    others = {row["contact"] for row in reopened.of_parquet(make(who=office.dora).path)}
    assert len(others) == 2


def test_an_analyst_cannot_ask_by_what_is_hidden(office, make, tmp_path):
    for filter in ("contact:maria", f'"{WORDS}"', "phone:97777"):
        assert make(filter=filter).rows_n == 1
        with pytest.raises(FilterError):
            make(filter=filter, who=office.dora)
    assert [file.name for file in tmp_path.glob("*.part*")] == []


def test_who_may_not_export_gets_no_file(office, make, tmp_path):
    with pytest.raises(RuleError) as refused:
        make(who=office.davi)
    assert refused.value.text == NOT_ALLOWED
    assert [*tmp_path.glob("file*")] == []


@pytest.mark.parametrize(("grain", "form"), [("ticket", "csv"), ("message", "exe"), ("", "")])
def test_an_unknown_kind_is_refused(grain, form, make):
    with pytest.raises(RuleError) as refused:
        make(grain, form)
    assert refused.value.text == UNKNOWN


def test_the_manifest_says_what_the_file_is(office, model, make):
    made = make("message", "csv", "label:vip")
    told = json.loads(made.manifest_path.read_text(encoding="utf-8"))
    assert told == made.manifest
    assert told["sha256"] == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert (told["file"], told["rows"], told["bytes"]) == (
        "file.csv",
        2,
        made.path.stat().st_size,
    )
    assert (told["grain"], told["filter"], told["is_guarded"]) == ("message", "label:vip", True)
    assert (told["created_by"], told["seen_by"]) == ("system", "admin, all")
    assert told["watermark"]["epoch"] == office.store.epoch()
    assert told["time_zone"] == "America/Sao_Paulo"
    assert {path.stat().st_mode & 0o777 for path in (made.path, made.manifest_path)} == {0o600}


@every_format
def test_what_is_stopped_leaves_nothing(form, make, tmp_path):
    def stop(_rows_n):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make("message", form.key, told=stop)
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []


def test_a_file_is_replaced_only_by_a_whole_one(make, tmp_path):
    made = make(form="csv")
    before = made.path.read_bytes()
    with pytest.raises(ZeroDivisionError):
        make(form="csv", told=lambda _: 1 // 0)
    assert made.path.read_bytes() == before


def test_each_kind_of_store_gives_words_and_what_changed_a_moment_ago(changing):
    office = changing.office
    rows = reopened.of_parquet(changing("message", filter="label:vip").path)
    assert sorted(row["text"] for row in rows) == sorted([WORDS, "=1+1"])
    office.run(actions.Resolve(), office.other, by=office.caio)
    events = reopened.of_parquet(changing("event", filter="resolved_by:Caio").path)
    assert [(row["kind"], row["actor"]) for row in events][-1] == ("resolved", "Caio")
    (masked, _) = reopened.of_parquet(changing(who=office.dora).path)
    assert len(masked["contact"]) == 16


def test_the_table_of_a_figure_is_a_file_with_what_is_said_of_it(office, model, tmp_path):
    table = pa.table({"agent": ["=Ana"], "resolved_n": [3], "first_response_s": [61]})
    path = tmp_path / "figure.xlsx"
    about = {"metrics": {"resolved": 1}}
    made = export_table(
        table, "xlsx", path, model=model, who=office.dora, now=office.at, about=about
    )
    assert made.manifest["metrics"] == {"resolved": 1}
    assert reopened.of_xlsx(path) == [
        {"agent": "'=Ana", "resolved_n": 3.0, "first_response_s": 61.0}
    ]
    with pytest.raises(RuleError):
        export_table(table, "csv", path, model=model, who=office.davi, now=office.at)


@every_grain
def test_the_kinds_of_columns_are_those_of_their_types(grain, model, office):
    found = next(batches(grain, office.store, model, Everything(), system(), office.at)).schema
    assert columns_of(found) == tuple(Column(c.name, c.kind) for c in grain.columns_for(system()))


def test_rows_come_in_order_in_slices_of_any_size(read, monkeypatch):
    whole = {grain: read(grain) for grain in ("episode", "message", "event")}
    for size in (1, 2, 5):
        monkeypatch.setattr(streams, "_SLICE", size)
        assert {grain: read(grain) for grain in whole} == whole
    ids = [(row["conversation_id"], row["id"]) for row in whole["message"]]
    assert ids == sorted(ids)


def test_conversations_come_newest_first_unless_there_are_very_many(office, read, monkeypatch):
    assert [row["id"] for row in read()] == [office.other, office.talk]
    monkeypatch.setattr(streams, "SORTED", 1)
    assert {row["id"] for row in read()} == {office.other, office.talk}


@pytest.mark.parametrize("filter", ["", "-assignee:Ana", '-"segunda via"'])
def test_the_same_rows_make_the_same_file(filter, crowded):
    made = [crowded(form="csv", filter=filter) for _ in range(3)]
    assert made[0].rows_n > streams.SORTED
    assert len({one.sha256 for one in made}) == 1


def test_the_secret_of_a_store_is_long_and_its_own(store):
    with store.read() as connection:
        assert len(secret(connection)) == 64


def test_the_grains_are_listed_once():
    assert [*BY_KEY] == [grain.key for grain in GRAINS]
