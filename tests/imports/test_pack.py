"""The development data pack through the importer; skipped where there is none."""

import json
import time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from build import Centre
from console.imports.jsonl import import_jsonl
from console.store import tables

UTC = ZoneInfo("UTC")


def count(store, table):
    with store.read() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_the_help_channel_goes_in_whole_and_once(sqlite_store, pack):
    centre = Centre(sqlite_store)
    path = pack / "dev" / "irc_ubuntu_threads.jsonl.zst"
    began = time.process_time()
    report = import_jsonl(sqlite_store, path, "loja-1", UTC)
    assert time.process_time() - began < 30
    assert (report.new, report.messages_new, report.refused_n) == (5_734, 57_004, 0)
    assert count(sqlite_store, tables.message) == 57_004
    again = import_jsonl(sqlite_store, path, "loja-1", UTC)
    assert (again.new, again.messages_new, again.contacts_new) == (0, 0, 0)
    assert count(centre.store, tables.conversation) == 5_734


SIZES = {
    "pt_chatterbot": (294, 719),
    "ptbr_tais_bot": (25, 519),
    "ptbr_tais_questions": (1_864, 1_864),
    "taskmaster4_coffee": (3_710, 13_915),
}


@pytest.mark.parametrize("name", SIZES)
def test_sets_without_times_go_in_whole(sqlite_store, pack, name):
    Centre(sqlite_store)
    report = import_jsonl(sqlite_store, pack / "dev" / f"{name}.jsonl.zst", "loja-1", UTC)
    assert (report.new, report.messages_new, report.refused_n) == (*SIZES[name], 0)


def test_naughty_strings_come_out_as_they_went_in(store, pack, tmp_path):
    Centre(store)
    lines = (pack / "naughty" / "blns.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    said = [
        {"role": "customer", "author": f"{i}", "text": text, "at": None, "kind": "text"}
        for i, text in enumerate(texts)
    ]
    path = tmp_path / "naughty.jsonl"
    record = {"dataset": "naughty", "conversation_id": "all", "messages": said}
    path.write_text(json.dumps(record), encoding="utf-8")
    report = import_jsonl(store, path, "loja-1", UTC)
    assert report.messages_new == len(texts) == 517
    with store.read() as connection:
        kept = list(connection.scalars(select(tables.message.c.text).order_by(tables.message.c.id)))
    assert kept == texts
