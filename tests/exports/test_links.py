"""A link leads one person to one file, for five minutes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import MONDAY_9H
from console.exports.links import VALID, Target, opened, sealed

SECRET = b"of the store"
TARGET = Target(7, 3, "file")


def test_a_link_tells_its_name_and_its_end():
    nonce, until = opened(sealed(TARGET, SECRET, MONDAY_9H), TARGET, SECRET)
    assert (len(nonce), until) == (22, MONDAY_9H + VALID)


def test_no_two_links_are_alike():
    assert sealed(TARGET, SECRET, MONDAY_9H) != sealed(TARGET, SECRET, MONDAY_9H)


@pytest.mark.parametrize(
    "other", [Target(8, 3, "file"), Target(7, 4, "file"), Target(7, 3, "manifest")]
)
def test_a_link_leads_nowhere_else(other):
    assert opened(sealed(TARGET, SECRET, MONDAY_9H), other, SECRET) is None


def test_another_store_s_link_is_none():
    assert opened(sealed(TARGET, b"another", MONDAY_9H), TARGET, SECRET) is None


@given(st.text() | st.lists(st.text(max_size=5), min_size=3, max_size=3).map(".".join))
def test_what_was_not_sealed_is_no_link(token):
    assert opened(token, TARGET, SECRET) is None


def test_a_later_end_is_no_link():
    until, nonce, seal = sealed(TARGET, SECRET, MONDAY_9H).split(".")
    assert opened(f"{int(until) + 1}.{nonce}.{seal}", TARGET, SECRET) is None
