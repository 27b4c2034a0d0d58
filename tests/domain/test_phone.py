import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.phone import canonical_phone, typed_phone


@pytest.mark.parametrize(
    ("digits", "canonical"),
    [
        ("551187654321", "5511987654321"),  # an old mobile form
        ("5511987654321", "5511987654321"),
        ("551132654321", "551132654321"),  # a landline
        ("35191234567", "35191234567"),  # another country
        ("551087654321", "551087654321"),  # no such area code
    ],
)
def test_the_ninth_digit_is_put_in_only_where_an_old_mobile_form_lacks_it(digits, canonical):
    assert canonical_phone(digits) == canonical


@given(st.from_regex(r"\A55[1-9][1-9][6-9]\d{7}\Z"))
def test_with_and_without_the_ninth_digit_is_one_number(old):
    with_nine = f"{old[:4]}9{old[4:]}"
    assert canonical_phone(old) == canonical_phone(with_nine) == with_nine


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(11) 90000-0000", "5511900000000"),
        ("011 90000-0000", "5511900000000"),
        ("11 3265-4321", "551132654321"),
        ("+55 11 90000-0000", "5511900000000"),
        ("5511900000000", "5511900000000"),
        ("+351 912 345 678", "351912345678"),
    ],
)
def test_a_typed_number_is_brazilian_unless_it_says_otherwise(text, value):
    assert typed_phone(text).value == value


@pytest.mark.parametrize("text", ["", "12", "ana@exemplo.com", "1" * 16, "11 9000O-0000"])
def test_what_cannot_be_a_number_is_none(text):
    assert typed_phone(text) is None


def test_numbers_of_other_countries_are_never_changed(pack):
    lines = (pack / "naughty" / "phone_examples.jsonl").read_text(encoding="utf-8").splitlines()
    numbers = [json.loads(line) for line in lines]
    foreign = [n["e164"].lstrip("+") for n in numbers if str(n["cc"]) != "55"]
    assert len(foreign) > 1_000
    assert [canonical_phone(digits) for digits in foreign] == foreign


def test_the_examples_of_brazil_keep_their_form(pack):
    lines = (pack / "naughty" / "phone_examples.jsonl").read_text(encoding="utf-8").splitlines()
    brazil = [n["e164"].lstrip("+") for n in map(json.loads, lines) if n["region"] == "BR"]
    assert brazil
    assert [canonical_phone(digits) for digits in brazil] == brazil
