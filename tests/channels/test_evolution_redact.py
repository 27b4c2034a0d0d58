"""The key of an instance never stays in a body that is kept."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.evolution_bodies import APIKEY, AT, ITEMS, body, envelope, said
from console.channels.evolution_read import read_webhook
from console.channels.evolution_redact import redact

WHOLE = body("messages.upsert", ITEMS["text"])
NAME = b'"apikey"'
PLAIN = APIKEY.encode()


def test_the_key_is_masked_and_the_rest_stays():
    assert json.loads(redact(WHOLE)) == envelope("messages.upsert", ITEMS["text"], apikey="***")


@pytest.mark.parametrize("name", ITEMS)
def test_the_facts_stay_the_same(name):
    content = body("messages.upsert", ITEMS[name])
    assert read_webhook(redact(content), AT) == read_webhook(content, AT)


@pytest.mark.parametrize("content", [b"{}", b"", b"[1, 2]", b"null", b'{"a": "apikey"}', b"{"])
def test_a_body_without_a_key_stays_byte_for_byte(content):
    assert redact(content) == content
    assert redact(content, ["another-key"]) == content


@pytest.mark.parametrize("name", ["apikey", "apiKey", "APIKEY", "api_key", "globalApikey"])
@pytest.mark.parametrize("value", [APIKEY, [APIKEY], {"x": [APIKEY, {"y": APIKEY}]}])
def test_the_key_may_lie_anywhere_in_any_form(name, value):
    told = {"a": [{"b": {name: value}}], "c": 1}
    assert json.loads(redact(json.dumps(told).encode())) == {"a": [{"b": {name: "***"}}], "c": 1}


def test_the_key_is_masked_in_other_texts_too():
    told = envelope("x", {"u": f"http://h/?k={APIKEY}", "l": [APIKEY, 1, f"-{APIKEY}-"]})
    told |= {f"of {APIKEY}": 1}
    clean = json.loads(redact(json.dumps(told).encode()))
    assert clean["data"] == {"u": "http://h/?k=***", "l": ["***", 1, "-***-"]}
    assert clean["of ***"] == 1


def test_a_key_that_is_known_is_masked_where_no_name_tells():
    told = {"hash": APIKEY, "n": 5}
    assert json.loads(redact(json.dumps(told).encode(), [APIKEY])) == {"hash": "***", "n": 5}
    assert redact(f'{{"hash": "{APIKEY}'.encode(), [APIKEY]) == b'{"hash": "***'


def test_short_keys_are_not_looked_for_in_words():
    told = envelope("messages.upsert", said({"conversation": "sim"}), apikey="sim")
    clean = json.loads(redact(json.dumps(told).encode(), ["oi", ""]))
    assert (clean["apikey"], clean["data"]["message"]["conversation"]) == ("***", "sim")


@pytest.mark.parametrize("value", [None, True, 12345678, 1.5])
def test_a_key_that_is_no_text_is_masked(value):
    told = envelope("x", {"n": 12345678, "b": True}, apikey=value)
    clean = json.loads(redact(json.dumps(told).encode()))
    assert (clean["apikey"], clean["data"]) == ("***", {"n": 12345678, "b": True})


def test_of_two_keys_none_stays():
    assert redact(b'{"apikey":"first-key","apikey":"second-key"}') == b'{"apikey":"***"}'


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_the_encoding_does_not_matter(encoding):
    whole = WHOLE.decode().encode(encoding)
    assert PLAIN not in redact(whole).replace(b"\x00", b"")
    assert PLAIN not in redact(whole[:-8]).replace(b"\x00", b"")


@pytest.mark.parametrize(
    "name",
    [
        b'"\\u0061pikey":"',
        b'"\\u0041\\u0050ikey" :\n "',
        b'{\\"apikey\\":\\"',
        b"apikey=",
        b"'apikey': '",
        b"&api_key=",
    ],
)
def test_a_broken_body_may_write_the_name_in_any_way(name):
    assert PLAIN not in redact(b'{"event":"x",' + name + PLAIN + b'",')


@pytest.mark.parametrize("depth", [900, 990, 5000, 200_000])
def test_depth_does_not_matter(depth):
    deep = "[" * depth + "]" * depth
    told = f'{{"data":{deep},"apikey":"{APIKEY}"}}'.encode()
    assert PLAIN not in redact(told)


def test_a_long_number_does_not_matter():
    assert PLAIN not in redact(b'{"n":' + b"9" * 5000 + b',"apikey":"' + PLAIN + b'"}')


items = st.sampled_from(list(ITEMS.values()))


@given(items, st.floats(0, 1))
def test_a_body_that_was_cut_off_has_no_key(item, share):
    whole = body("messages.upsert", item)
    cut = redact(whole[: int(share * len(whole))])
    assert not any(part in cut for part in (PLAIN, PLAIN[:8]))


@given(items, st.integers(0, 2**32))
@settings(max_examples=500)
def test_damage_beside_the_name_saves_no_key(item, seed):
    chance = random.Random(seed)
    damaged = body("messages.upsert", item)
    for _ in range(chance.randint(1, 12)):
        damaged = hurt(damaged, chance)
    assert PLAIN not in redact(damaged)


@given(items, st.integers(0, 2**32))
def test_damage_anywhere_saves_no_key_that_is_known(item, seed):
    chance = random.Random(seed)
    damaged = bytearray(body("messages.upsert", item))
    for _ in range(chance.randint(1, 40)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    assert PLAIN not in redact(bytes(damaged), [APIKEY])


def hurt(content, chance):
    """One byte put in, taken out or changed, outside the name of the key."""
    name = content.find(NAME.strip(b'"'))
    place = chance.randrange(len(content))
    if name <= place <= name + 6:
        return content
    middle = chance.choice([b"", bytes([chance.randrange(256)])])
    return content[:place] + middle + content[place + chance.randint(0, 1) :]


@given(st.binary(max_size=200))
def test_any_bytes_are_taken(content):
    redact(content, ["some-known-key"])
