"""A file of records becomes conversations; a repeat adds nothing."""

import json
from zoneinfo import ZoneInfo

import pytest
import zstandard
from sqlalchemy import func, select

from build import Centre
from console.domain.conversation import Conversation, fold
from console.domain.errors import RuleError
from console.imports import lines
from console.imports.jsonl import import_jsonl
from console.store import tables
from console.store.rows import event_of, load_conversations, message_of

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
AT = "2026-03-02T12:00:00Z"
AT_MICROSECONDS = 1_772_452_800_000_000


def message(role="customer", author="rosa", text="Oi", at=AT, kind="text"):
    return {"role": role, "author": author, "text": text, "at": at, "kind": kind}


def record(*messages, key="c-1", dataset="loja-antiga"):
    said = list(messages) or [message(), message("agent", "bia", "Olá!")]
    return {"dataset": dataset, "conversation_id": key, "messages": said, "meta": {}}


def written(path, *records):
    given = [r if isinstance(r, (str, bytes)) else json.dumps(r) for r in records]
    path.write_bytes(b"\n".join(r if isinstance(r, bytes) else r.encode() for r in given))
    return path


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def take(centre, tmp_path):
    """Import records; gives the report."""

    def run(*records, **options):
        path = written(tmp_path / "records.jsonl", *records)
        return import_jsonl(centre.store, path, "loja-1", SAO_PAULO, **options)

    return run


def rows(store, table, **where):
    with store.read() as connection:
        wanted = select(table).filter_by(**where).order_by(table.c.id)
        return [dict(row) for row in connection.execute(wanted).mappings()]


def counts(store):
    named = (tables.conversation, tables.message, tables.event, tables.contact, tables.agent)
    with store.read() as connection:
        return [connection.scalar(select(func.count()).select_from(t)) for t in named]


def test_a_record_becomes_a_pending_conversation_with_its_people(centre, take):
    report = take(record())
    assert (report.read, report.new, report.messages_new) == (1, 1, 2)
    assert (report.contacts_new, report.agents_new) == (1, 1)
    (conversation,) = rows(centre.store, tables.conversation)
    assert conversation["status"] == "pending"
    assert conversation["opened_at"] == conversation["first_response_at"] == AT_MICROSECONDS
    assert conversation["source_key"] == "c-1"
    (contact,) = rows(centre.store, tables.contact)
    assert (contact["id"], contact["name"]) == (conversation["contact_id"], "rosa")
    agent = rows(centre.store, tables.agent, name="bia")[0]
    assert agent["email"] == "bia@loja-antiga.import.invalid"
    assert (agent["password_hash"], bool(agent["is_active"])) == (None, False)
    assert conversation["assignee_id"] == agent["id"]


def test_a_repeat_adds_nothing(centre, take):
    take(record())
    before = counts(centre.store)
    report = take(record())
    assert (report.new, report.known, report.messages_new, report.messages_known) == (0, 1, 0, 2)
    assert counts(centre.store) == before


def test_a_longer_record_adds_only_what_is_new(centre, take):
    take(record())
    longer = [message(), message("agent", "bia", "Olá!"), message(text="Cadê meu pedido?")]
    report = take(record(*longer))
    assert (report.new, report.known, report.messages_new, report.messages_known) == (0, 1, 1, 2)
    texts = [m["text"] for m in rows(centre.store, tables.message)]
    assert texts == ["Oi", "Olá!", "Cadê meu pedido?"]


def test_a_conversation_twice_in_one_file_is_known_the_second_time(centre, take):
    report = take(record(), record())
    assert (report.new, report.known, report.messages_new) == (1, 1, 2)


@pytest.mark.parametrize("repeat", [1, 2])
def test_a_dry_run_reports_the_same_and_writes_nothing(centre, take, repeat):
    before = counts(centre.store)
    records = [record(key=f"c-{i}") for i in range(3)] * repeat
    rehearsal = take(*records, dry_run=True)
    assert counts(centre.store) == before
    real = take(*records)
    assert rehearsal.summary != real.summary
    for name in ("read", "new", "known", "messages_new", "messages_known", "contacts_new"):
        assert getattr(rehearsal, name) == getattr(real, name)
    assert rehearsal.agents_new == real.agents_new == 1


def test_the_state_is_the_fold_of_the_events(centre, take):
    take(
        record(
            message(text="1"),
            message("customer", "irmã", "2"),
            message("bot", "robô", "resposta automática"),
            message("agent", "bia", "3"),
            message("agent", "caio", "4"),
            message("system", "", "entrou"),
            message("draft", "bia", "rascunho"),
            message("note", "bia", "nota"),
            message(text="5", at=None),
        )
    )
    with centre.store.read() as connection:
        (conversation_id,) = connection.scalars(select(tables.conversation.c.id))
        (state,) = load_conversations(connection, [conversation_id])
    messages = {m["id"]: message_of(m) for m in rows(centre.store, tables.message)}
    events = [event_of(e) for e in rows(centre.store, tables.event, conversation_id=state.id)]
    blank = Conversation(state.id, state.instance_id, state.contact_id, version=state.version)
    assert fold(blank, events, messages) == state
    assert [m.direction for m in messages.values()] == [
        "in", "in", "out", "out", "out", "system", "draft", "note", "in",
    ]  # fmt: skip
    assert [e.kind for e in events] == [
        "opened", "received", "received", "replied", "assigned", "replied", "replied",
        "recorded", "recorded", "noted", "received",
    ]  # fmt: skip


def test_the_order_of_the_file_is_kept_when_the_clock_steps_back(centre, take):
    earlier, later = "2026-03-02T11:00:00Z", "2026-03-02T12:30:00Z"
    take(record(message(text="a", at=later), message(text="b", at=earlier), message(text="c")))
    assert [m["text"] for m in rows(centre.store, tables.message)] == ["a", "b", "c"]
    (conversation,) = rows(centre.store, tables.conversation)
    assert conversation["opened_at"] == AT_MICROSECONDS - 3_600_000_000
    assert conversation["last_activity_at"] == AT_MICROSECONDS + 1_800_000_000


def test_messages_without_a_time_say_so(centre, take):
    take(record(message(at=None), message(text="Alô?", at=None)))
    assert [m["is_dated"] for m in rows(centre.store, tables.message)] == [False, False]


def test_a_time_without_an_offset_is_of_the_zone(centre, take):
    take(record(message(at="2026-03-02T09:00:00")))
    assert rows(centre.store, tables.message)[0]["at"] == AT_MICROSECONDS


def test_empty_texts_and_actions_are_kept(centre, take):
    take(record(message(text=""), message(text="acena", kind="action")))
    kept = [(m["text"], m["kind"]) for m in rows(centre.store, tables.message)]
    assert kept == [("", "text"), ("acena", "action")]


def test_a_record_without_a_customer_gets_a_placeholder_contact(centre, take):
    take(record(message("agent", "bia", "Alguém aí?"), key="sem-cliente"))
    (contact,) = rows(centre.store, tables.contact)
    assert contact["name"] == "sem-cliente"


def test_an_author_who_is_only_a_role_is_somebody_else_in_every_conversation(centre, take):
    take(record(message(author="customer"), key="a"), record(message(author="customer"), key="b"))
    assert [c["name"] for c in rows(centre.store, tables.contact)] == ["a", "b"]


def test_the_same_author_is_the_same_contact_and_agent(centre, take):
    report = take(record(key="a"), record(key="b"))
    assert (report.new, report.contacts_new, report.agents_new) == (2, 1, 1)


def test_different_agents_never_share_an_address(centre, take):
    report = take(record(*(message("agent", a) for a in ("zé", "ze", "ZE", "z e", "é", "á"))))
    assert report.agents_new == 6


def test_nul_and_lone_surrogates_are_cleaned_and_the_raw_bytes_kept(centre, take):
    take(record(message(text="a\x00b\ud83dc"), message(author="jo\ud83d\x00", text="ok")))
    kept = [(m["text"], m["raw"]) for m in rows(centre.store, tables.message)]
    assert kept == [("a\ufffdb\ufffdc", b"a\x00b\xed\xa0\xbdc"), ("ok", None)]
    assert {c["name"] for c in rows(centre.store, tables.contact)} == {"rosa", "jo\ufffd\ufffd"}


BROKEN = {
    "no JSON": "{",
    "not UTF-8": b'{"dataset": "\xff"}',
    "no object": "[1]",
    "nested too deeply": "[" * 100_000,
    "no dataset": json.dumps({"conversation_id": "x", "messages": [message()]}),
    "blank key": json.dumps(record(key=" ")),
    "messages missing": json.dumps({"dataset": "d", "conversation_id": "x"}),
    "no messages": json.dumps({"dataset": "d", "conversation_id": "x", "messages": []}),
    "a message that is none": json.dumps(record("oi")),
    "unknown role": json.dumps(record(message("chefe"))),
    "text missing": json.dumps(record({"role": "customer", "author": "a", "kind": "text"})),
    "text no text": json.dumps(record(message(text=7))),
    "no time": json.dumps(record(message(at="ontem"))),
    "time no text": json.dumps(record(message(at=5))),
    "time beyond the calendar": json.dumps(record(message(at="0001-01-01T00:00:00+14:00"))),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_broken_line_is_listed_and_the_rest_goes_in(centre, take, broken):
    report = take(record(key="a"), broken, record(key="b"))
    assert (report.read, report.new, report.refused_n) == (3, 2, 1)
    assert [r.line for r in report.refused] == [2]
    assert report.refused[0].reason.pt != report.refused[0].reason.en


def test_a_half_broken_record_goes_in_whole_when_it_is_mended(centre, take):
    assert take(record(message(text="1"), message(at="?"), message(text="3"))).new == 0
    take(record(message(text="1"), message(text="2"), message(text="3")))
    assert [m["text"] for m in rows(centre.store, tables.message)] == ["1", "2", "3"]


def test_blank_lines_are_no_lines_but_count_in_the_numbers(centre, take):
    report = take(record(), "", "  ", "{")
    assert (report.read, report.refused[0].line) == (2, 4)


def test_a_line_that_is_too_long_is_refused(centre, take, monkeypatch):
    monkeypatch.setattr(lines, "LONGEST_LINE", 2_000)
    monkeypatch.setattr(lines, "_CHUNK", 1_000)
    report = take(record(key="a"), record(message(text="x" * 5_000), key="b"), record(key="c"))
    assert (report.new, [r.line for r in report.refused]) == (2, [2])
    assert report.refused[0].reason == lines.TOO_LONG


def compressed(*records):
    content = "\n".join(json.dumps(r) for r in records).encode()
    return zstandard.ZstdCompressor().compress(content)


def test_compressed_files_may_have_several_frames(centre, tmp_path):
    path = tmp_path / "records.jsonl.zst"
    path.write_bytes(compressed(record(key="a")) + compressed("\n") + compressed(record(key="b")))
    report = import_jsonl(centre.store, path, "loja-1", SAO_PAULO)
    assert report.read == report.new + report.refused_n


def test_a_file_that_only_begins_like_a_compressed_one_is_refused(centre, tmp_path):
    path = tmp_path / "records.jsonl.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd" + b"\xff" * 100)
    report = import_jsonl(centre.store, path, "loja-1", SAO_PAULO)
    assert (report.read, [r.reason for r in report.refused]) == (1, [lines.CUT_OFF])


@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_a_damaged_compressed_file_is_reported_and_the_rest_goes_in(centre, tmp_path, damage):
    path = tmp_path / "records.jsonl.zst"
    many = [record(message(text=f"{i} {i * 7919 % 10_007}"), key=str(i)) for i in range(1_500)]
    whole = compressed(*many)
    middle = len(whole) // 2
    path.write_bytes(whole[:middle] + (b"" if damage == "cut" else b"\xff" * 99 + whole[-50:]))
    report = import_jsonl(centre.store, path, "loja-1", SAO_PAULO)
    assert report.refused[-1].reason == lines.CUT_OFF
    assert report.refused_n == 1
    assert report.new == report.read - 1


def test_an_empty_file_is_an_empty_report(centre, take):
    assert take().read == 0


def test_an_unknown_instance_is_refused(centre, tmp_path):
    path = written(tmp_path / "records.jsonl", record())
    with pytest.raises(RuleError) as caught:
        import_jsonl(centre.store, path, "loja-9", SAO_PAULO)
    assert "loja-9" in caught.value.text.pt


def test_progress_is_told_in_bytes(centre, take, monkeypatch, tmp_path):
    monkeypatch.setattr("console.imports.jsonl.BATCH_MESSAGES", 2)
    told = []
    take(*(record(key=str(i)) for i in range(3)), progress=lambda *now: told.append(now))
    size = (tmp_path / "records.jsonl").stat().st_size
    assert told == [(size, size)] * 3


def test_refusals_are_all_counted_though_not_all_listed(centre, take, monkeypatch):
    monkeypatch.setattr("console.imports.report.MOST_LISTED", 2)
    report = take(*["{"] * 5)
    assert (report.refused_n, len(report.refused)) == (5, 2)


def test_a_resolved_conversation_stays_resolved_when_a_longer_record_comes(centre, take):
    from console import actions

    take(record())
    (conversation,) = rows(centre.store, tables.conversation)
    centre.run(actions.Resolve(), conversation["id"])
    take(record(message(), message("agent", "bia", "Olá!"), message(text="Obrigada")))
    assert centre.state(conversation["id"]).is_resolved
