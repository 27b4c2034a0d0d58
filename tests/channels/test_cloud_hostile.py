"""Whatever comes in becomes facts or a note of it; nothing raises and nobody is dropped."""

import json
import os
import random
import time

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from cloud_bodies import (
    EVERY_ITEM,
    RECEIVED_US,
    SEEDS,
    body,
    change,
    entry,
    message,
    raw,
    value,
    with_messages,
)
from console.channels.cloud_read import read_cloud
from console.channels.inbound import Inbound, MessageIn, Unhandled
from spoiling import damaged, encoded, shuffled, spoiled


def items_of(given):
    """How many messages, echoes and statuses a body has, counted without our reader."""
    n = 0
    for one in given.get("entry", []):
        for changed in one.get("changes", []):
            told = changed.get("value", {})
            lists = ("messages", "message_echoes", "statuses")
            n += max(1, sum(len(told.get(name, [])) for name in lists))
    return n


def read(given):
    """The facts, the same ones twice, every one of a known type and fit to be kept."""
    facts = read_cloud(given, RECEIVED_US)
    assert facts == read_cloud(given, RECEIVED_US)
    assert facts
    for fact in facts:
        assert isinstance(fact, Inbound)
        assert fact.at >= 0
        assert_fit(fact)
    return facts


def assert_fit(fact):
    """Everything but the words of a message, which its reader cleans, is fit for every store."""
    texts = [fact.instance, getattr(fact, "id", None) or "", getattr(fact, "what", "")]
    peer = getattr(fact, "peer", None)
    if peer is not None:
        texts += [peer.phone or "", peer.name or "", peer.bsuid or "", peer.group or ""]
    if isinstance(fact, MessageIn):
        texts.append(json.dumps(fact.data, ensure_ascii=False, allow_nan=False))
        if fact.media is not None:
            texts += [fact.media.filename or "", fact.media.url or "", fact.media.mime]
    "".join(texts).encode()
    assert "\x00" not in "".join(texts)
    assert isinstance(getattr(fact, "text", ""), str)


def fuzz(seeds, rounds, choose):
    for _ in range(rounds):
        given = choose.choice(seeds)
        for _ in range(choose.randrange(1, 4)):
            given = spoiled(given, choose) if given else given
        read(damaged(encoded(given), choose) if choose.random() < 0.2 else encoded(given))


def test_spoiled_bodies_never_raise():
    """CENTRAL_FUZZ sets how many; 100,000 take about a minute."""
    fuzz(SEEDS, int(os.environ.get("CENTRAL_FUZZ", "2000")), random.Random(7))


@pytest.mark.pack
def test_spoiled_bodies_of_others_never_raise(pack):
    fuzz(
        list(pack_bodies(pack).values()),
        int(os.environ.get("CENTRAL_FUZZ", "2000")),
        random.Random(8),
    )


def pack_bodies(pack):
    found = {}
    for file in sorted((pack / "webhooks_dev").glob("*.json")):
        for name, one in json.loads(file.read_text()).items():
            if "entry" in one:
                found[f"{file.stem} {name}"] = one
    for file in sorted((pack / "meta_openapi" / "webhooks").glob("*.json")):
        found[file.stem] = json.loads(file.read_text())
    return found


@pytest.mark.pack
def test_bodies_of_others_lose_nothing_whatever_the_order_of_their_keys(pack):
    found = pack_bodies(pack)
    assert len(found) == 90
    choose = random.Random(3)
    for name, one in found.items():
        facts = read(encoded(one))
        assert len(facts) >= items_of(one), name
        assert read(encoded(shuffled(one, choose))) == facts, name


@pytest.mark.pack
def test_bodies_of_others_are_read_the_same_in_one_batch(pack):
    found = list(pack_bodies(pack).values())
    choose = random.Random(4)
    for _ in range(50):
        seven = choose.sample(found, 7)
        together = body(*(one for given in seven for one in given["entry"]))
        assert read(encoded(together)) == [fact for given in seven for fact in read(encoded(given))]


@given(st.binary(max_size=400))
def test_any_bytes(given):
    assert len(read(given)) >= 1


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "value", "messages", "statuses", "id", "type", "text"]
            )
            | st.text(max_size=4),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@given(JSON)
def test_any_json(given):
    assert len(read(json.dumps(given).encode())) >= 1


@settings(max_examples=200)
@given(st.lists(st.sampled_from(EVERY_ITEM), min_size=7, max_size=7), JSON, st.integers(0, 7))
def test_seven_items_and_a_wrong_one(seven, wrong, at):
    given = raw_with([*seven[:at], wrong, *seven[at:]])
    facts = read(given)
    assert len(facts) == 8
    assert [f for i, f in enumerate(facts) if i != at] == read(raw_with(seven))


def raw_with(items):
    """Encoded with NaN and surrogates as they are written by careless programs."""
    return json.dumps(body(entry({"field": "messages", "value": value(messages=items)}))).encode()


@given(st.text(), st.text())
def test_any_words_come_through_unchanged(said, name):
    person = {"profile": {"name": name}, "wa_id": "5511900000000"}
    (fact,) = read_cloud(
        with_messages(message(text={"body": said}), contacts=[person]), RECEIVED_US
    )
    assert fact.text == said


@pytest.mark.pack
def test_naughty_strings_come_through_unchanged(pack):
    lines = (pack / "naughty" / "blns.jsonl").read_text(encoding="utf-8").splitlines()
    for said in (json.loads(line)["text"] for line in lines):
        (fact,) = read(with_messages(message(text={"body": said})))
        assert fact.text == said


@pytest.mark.parametrize("said", ["\x00", "\ud83d", "a\x00b\udfff", "\ufeff", "á" * 500_000])
def test_words_that_stores_refuse_are_left_to_be_cleaned(said):
    given = json.dumps(
        json.loads(raw(body()))
        | {"entry": [entry(change(messages=[message(text={"body": said})]))]}
    ).encode()
    (fact,) = read(given)
    assert fact.text == said


def test_a_megabyte_of_text_is_read_whole():
    said = "ação " * 200_000
    (fact,) = read(with_messages(message(text={"body": said})))
    assert fact.text == said


@pytest.mark.parametrize(
    "number", ["1" * 5_000, "-1" + "0" * 400, "NaN", "Infinity", "-Infinity", "1e999", "1.0"]
)
def test_numbers_beyond_all_measure(number):
    given = with_messages(message("location", location={"latitude": "HERE"}))
    (fact,) = read(given.replace(b'"HERE"', number.encode()))
    json.dumps(fact.data, allow_nan=False)


def test_of_equal_keys_the_last_one_holds():
    given = with_messages(message()).replace(b'"type": "text"', b'"type": "image", "type": "text"')
    (fact,) = read(given)
    assert fact.kind == "text"


def test_an_endless_id_is_no_id():
    (fact,) = read(with_messages(message(id="w" * 100_000)))
    assert (type(fact), fact.id) == (Unhandled, None)


def test_a_body_of_three_megabytes_is_read_in_time():
    numbers = [f"55119{i:08}" for i in range(10_000)]
    items = [message(id=f"wamid.{number}", **{"from": number}) for number in numbers]
    people = [{"profile": {"name": "Rosa"}, "wa_id": number} for number in reversed(numbers)]
    given = with_messages(*items, contacts=people)
    assert 2_000_000 < len(given) < 3_000_000
    began = time.process_time()
    facts = read_cloud(given, RECEIVED_US)
    assert time.process_time() - began < 5
    assert {(fact.peer.phone, fact.peer.name) for fact in facts} == {(n, "Rosa") for n in numbers}
