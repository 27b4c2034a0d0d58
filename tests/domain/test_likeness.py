"""Two contacts that may be one person: what makes Central ask, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.contact import Address
from console.domain.likeness import CLUE_NAMES, Clue, Person, clue_between


def person(number, name="", email=None, *addresses):
    return Person(number, name, email, addresses)


def phone(digits):
    return Address("phone", digits, digits)


def address(kind, value, scope=""):
    return Address(kind, value, value, scope)


@pytest.mark.parametrize(
    ("one", "other", "clue"),
    [
        (phone("5531987654321"), phone("553187654321"), Clue.NUMBER),
        (phone("351912345678"), phone("351912345678"), Clue.NUMBER),
        (phone("5531987654321"), phone("5511987654321"), None),
        (phone("5531987654321"), phone("5531987654320"), None),
        (address("bsuid", "BR.1", "a"), address("bsuid", "BR.1", "b"), Clue.IDENTIFIER),
        (address("lid", "77@lid"), address("lid", "77@lid"), Clue.IDENTIFIER),
        (address("parent_bsuid", "BR.9"), address("parent_bsuid", "BR.9"), Clue.IDENTIFIER),
        (address("username", "ana"), address("username", "ana"), Clue.IDENTIFIER),
        (address("bsuid", "BR.1"), address("lid", "BR.1"), None),
        (address("name", "Ana"), address("name", "Ana"), None),
    ],
)
def test_an_address_in_common_is_a_reason_to_ask(one, other, clue):
    assert clue_between(person(1, "", None, one), person(2, "", None, other)) is clue


@pytest.mark.parametrize(
    ("one", "other", "clue"),
    [
        ("ana@loja.example", " Ana@Loja.example ", Clue.EMAIL),
        ("ana@loja.example", "eva@loja.example", None),
        (None, None, None),
        ("", "", None),
    ],
)
def test_an_email_in_common_is_a_reason_to_ask(one, other, clue):
    assert clue_between(person(1, "Ana", one), person(2, "Eva", other)) is clue


@pytest.mark.parametrize(
    ("one", "other", "clue"),
    [
        (("João da  Silva", "5531987654321"), ("joao da silva", "5511987654321"), Clue.NAME),
        (("João da Silva", "5531987654321"), ("João da Silva", "87654321"), Clue.NAME),
        (("João da Silva", "5531987654321"), ("João da Silva", "5531987654399"), None),
        (("João", "5531987654321"), ("Joana", "5511987654321"), None),
        (("", "5531987654321"), ("", "5511987654321"), None),
        (("João", "7654321"), ("João", "7654321 "), None),
    ],
)
def test_the_same_name_needs_a_number_that_ends_alike(one, other, clue):
    people = [person(n, name, None, phone(d)) for n, (name, d) in enumerate((one, other))]
    assert clue_between(*people) is clue


def test_a_group_is_nobody_and_nobody_is_like_themselves():
    same = [address("lid", "7@lid")]
    group = person(1, "", "a@b.example", address("group", "9@g.us"), *same)
    assert clue_between(group, person(2, "", "a@b.example", *same)) is None
    assert clue_between(person(2, "", "a@b.example", *same), group) is None
    assert clue_between(person(2, "", None, *same), person(2, "", None, *same)) is None


ADDRESSES = st.builds(
    address, st.sampled_from(["phone", "bsuid", "lid", "group"]), st.sampled_from("123")
)
PEOPLE = st.builds(
    Person,
    st.integers(1, 9),
    st.sampled_from(["", "Ana", "Eva"]),
    st.sampled_from([None, "", "a@b.example"]),
    st.lists(ADDRESSES, max_size=3).map(tuple),
)


@given(PEOPLE, PEOPLE)
def test_likeness_has_no_direction(one, other):
    assert clue_between(one, other) is clue_between(other, one)


def test_every_clue_is_said_in_words():
    assert set(CLUE_NAMES) == set(Clue)
