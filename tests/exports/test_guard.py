"""Texts for spreadsheets: no formula, nothing that a file cannot hold, and all of it comes back."""

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from console.exports.guard import guarded, guarded_array, unguarded

NASTY = "=+-@\t\r\n＝＋－＠"
SIGNS = [
    *NASTY,
    *"'_x0A",
    "_x0001_",
    "\x00",
    "\x1b",
    "\x7f",
    "\uffff",
    "\ufffe",
    "ç",
    "😀",
    "\ufe0f",
]
texts = st.text(max_size=12) | st.lists(st.sampled_from(SIGNS), max_size=9).map("".join)


def begins_a_formula(text):
    return text.startswith(tuple(NASTY))


def is_printed(text):
    return all(c in "\t\n\r" or (c >= " " and c not in "\x7f\ufffe\uffff") for c in text)


@given(texts)
@example("'=1")
@example("_x0001_")
@example("_x005F_x0001_")
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    cell = guarded(text)
    assert not begins_a_formula(cell)
    assert is_printed(cell)
    assert unguarded(cell) == text


@pytest.mark.parametrize("sign", NASTY)
def test_what_begins_like_a_formula_gets_an_apostrophe(sign):
    assert guarded(f"{sign}1") == f"'{sign}1"
    assert guarded(f"'{sign}1") == f"''{sign}1"


@pytest.mark.parametrize("text", ["", "oi", "'", "'oi", "a=1", "1-2", "_x12_", "Ele disse: '=1'"])
def test_any_other_text_stays_as_it_is(text):
    assert guarded(text) == unguarded(text) == text


def test_controls_are_written_as_in_xlsx():
    assert guarded("a\x00b\x1f") == "a_x0000_b_x001F_"
    assert guarded("_x0041_") == "_x005F_x0041_"


@given(st.lists(texts | st.none(), max_size=12), st.integers(0, 3))
def test_a_column_is_guarded_like_its_texts(column, skipped):
    array = pa.array(column, pa.string()).slice(skipped)
    wanted = [None if text is None else guarded(text) for text in column[skipped:]]
    assert guarded_array(array).to_pylist() == wanted


def test_a_column_without_anything_to_guard_is_not_copied():
    column = pa.array(["oi", None, "", "olá ❤️"])
    assert guarded_array(column) is column or guarded_array(column).equals(column)
