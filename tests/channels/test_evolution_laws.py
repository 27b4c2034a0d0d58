"""Whatever an Evolution body holds: a fact for each item at least, the same for the same bytes."""

import json
import random
import time
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.evolution_bodies import AT, ITEMS, body, key
from console.channels.evolution_read import EVENTS, read_records, read_webhook
from console.channels.evolution_redact import redact
from console.channels.inbound import MessageIn, PeerId
from console.domain.text import clean

UPDATES = [
    {"keyId": "1", "remoteJid": "5511900000001@s.whatsapp.net", "fromMe": True, "status": "READ"},
    key(id_="2"),
    {"state": "open", "statusReason": 200},
    {"qrcode": {"base64": "data:image/png;base64,aGk="}},
]
NAUGHTY = [
    "",
    "\x00",
    "\ud800",
    "\u202eabc",
    "=cmd()",
    "<img src=x onerror=alert(1)>",
    "' or 1=1 --",
    "𝕬" * 50,
    "\r\n\r\n",
    "NaN",
    "9" * 400,
    "@",
    "5511900000001:99999@lid",
]
leaves = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(NAUGHTY),
)
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
items = st.sampled_from([*ITEMS.values(), *UPDATES])
seeds = st.integers(0, 2**32)


def places(value, path=()):
    """Every place in a tree of JSON."""
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for name, one in inner:
            yield from places(one, (*path, name))


def changed(value, chance, other):
    """The tree with one place dropped, or filled with something else."""
    *way, last = chance.choice([path for path in places(value) if path])
    value = inner = json.loads(json.dumps(value))
    for name in way:
        inner = inner[name]
    if chance.random() < 0.5:
        del inner[last]
    else:
        inner[last] = other
    return value


def shuffled(value, chance):
    if isinstance(value, list):
        return [shuffled(one, chance) for one in value]
    if not isinstance(value, dict):
        return value
    names = chance.sample(list(value), len(value))
    return {name: shuffled(value[name], chance) for name in names}


def check(content, least=1):
    facts = read_webhook(content, AT)
    assert len(facts) >= least
    assert read_webhook(content, AT) == facts or "nan" in repr(facts)
    assert all(fact.at <= AT + 86_400_000_000 for fact in facts)
    assert all(is_fit(asdict(fact)) for fact in facts)
    return facts


def is_fit(fact):
    """Whether every store takes it; words of people are cleaned, and kept, where they are read."""
    fact.pop("text", None)
    kept = json.dumps(fact, ensure_ascii=False, allow_nan=False).encode("utf-8")
    return b"\\u0000" not in kept


@given(items, seeds, anything, st.sampled_from(list(EVENTS)))
@settings(max_examples=400)
def test_a_field_that_is_missing_or_odd_stops_nothing(item, seed, other, event):
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        item = changed(item, chance, other) if item else item
    check(body(event, item))
    assert read_records([item], "loja", AT)


@given(st.lists(items | anything, max_size=8), st.sampled_from([*EVENTS, "presence.update"]))
def test_a_batch_loses_nothing(batch, event):
    check(body(event, batch), max(1, len(batch)))
    assert len(read_records(batch, "loja", AT)) >= len(batch)


@given(st.lists(items, min_size=1, max_size=5))
def test_a_batch_is_its_items_one_by_one(batch):
    alone = [fact for item in batch for fact in read_webhook(body("messages.upsert", item), AT)]
    assert read_webhook(body("messages.upsert", batch), AT) == alone


@given(items, seeds)
def test_the_order_of_names_means_nothing(item, seed):
    mixed = shuffled(item, random.Random(seed))
    assert read_webhook(body("messages.upsert", mixed), AT) == read_webhook(
        body("messages.upsert", item), AT
    )


@given(items, st.floats(0, 1))
def test_a_body_that_was_cut_off_is_one_fact(item, share):
    whole = body("messages.upsert", item)
    (fact,) = check(whole[: int(share * (len(whole) - 1))])
    assert fact.what == "malformed"


@given(items, seeds)
@settings(max_examples=300)
def test_bytes_that_were_damaged_stop_nothing(item, seed):
    chance = random.Random(seed)
    damaged = bytearray(body("messages.upsert", item))
    for _ in range(chance.randint(1, 20)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    check(bytes(damaged))


@given(st.binary(max_size=300) | anything.map(lambda told: json.dumps(told).encode()))
def test_any_bytes_are_read(content):
    check(content)


@pytest.mark.parametrize("text", NAUGHTY)
def test_words_arrive_as_they_were_written(text):
    item = ITEMS["text"] | {"message": {"conversation": text}, "pushName": f"R {text} L"}
    (fact,) = read_webhook(body("messages.upsert", item), AT)
    assert isinstance(fact, MessageIn)
    assert fact.text == text
    assert fact.peer == PeerId(phone="5511900000001", name=clean(f"R {text} L").text)


LARGE = {
    "brackets": b"[" * 3_000_000,
    "backslashes": b'{"a":"' + b"\\\\" * 1_500_000,
    "names": b'{"data":{"message":' * 100_000,
    "beginnings": b"a_p-i " * 500_000,
    "keys": b'"apike":' * 400_000,
    "digits": b'{"data":' + b"1" * 3_000_000 + b"}",
    "items": body("messages.upsert", [None] * 200_000),
    "text": body("messages.upsert", ITEMS["text"] | {"message": {"conversation": "a" * 3_000_000}}),
    "card": body(
        "messages.upsert",
        ITEMS["text"] | {"message": {"contactMessage": {"vcard": "TEL;waid=1" * 300_000}}},
    ),
    "bytes": body(
        "messages.upsert",
        ITEMS["text"]
        | {"message": {"imageMessage": {"fileSha256": {str(n): n % 256 for n in range(200_000)}}}},
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_body_takes_no_time_worth_mentioning(name):
    began = time.process_time()
    assert read_webhook(LARGE[name], AT)
    redact(LARGE[name], ["some-known-key"])
    assert time.process_time() - began < 10
