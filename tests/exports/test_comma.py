"""CSV that a spreadsheet only reads: whatever a cell holds, it comes back and is no formula."""

import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from console.exports.comma import BOM, cell, lines
from console.exports.guard import guarded, unguarded

NASTY = "=+-@\t\r\n＝＋－＠"
texts = st.text(max_size=12) | st.builds(str.__add__, st.sampled_from(NASTY), st.text(max_size=12))
values = texts | st.none() | st.integers() | st.booleans()


def read(text):
    return [*csv.reader(io.StringIO(text.removeprefix(BOM), newline=""))]


def plain(text):
    """No lone surrogate comes out of a store."""
    return "".join(c for c in text if not "\ud800" <= c <= "\udfff")


@given(st.lists(st.lists(values, min_size=2, max_size=2), max_size=4))
@example([["=1+1", '@SUM("a")'], ["＝HYPERLINK()", "\t=1"], ["\r\n=1", "a,b\n"]])
def test_every_cell_comes_back_and_none_begins_a_formula(rows):
    given = [[plain(v) if isinstance(v, str) else v for v in row] for row in rows]
    head, *found = read("".join(lines(("a", "b"), given)))
    assert head == ["a", "b"]
    assert found == [["" if v is None else str(cell(v)) for v in row] for row in given]
    for row, cells in zip(given, found, strict=True):
        for value, shown in zip(row, cells, strict=True):
            if isinstance(value, str):
                assert not shown.startswith(tuple(NASTY))
                assert unguarded(shown) == value


@given(st.sampled_from(NASTY), st.text(max_size=5))
def test_a_cell_is_marked_only_when_it_begins_like_a_formula(sign, rest):
    assert cell(f"{sign}{rest}") == f"'{guarded(f'a{sign}{rest}')[1:]}"
    assert cell(f"a{sign}{rest}") == guarded(f"a{sign}{rest}")
    assert cell(f"a{sign}1") == f"a{sign}1"


def test_numbers_stay_numbers_and_nothing_stays_empty():
    assert [cell(v) for v in (-1, 1.5, True, None, "", "1")] == [-1, 1.5, True, None, "", "1"]


def test_a_file_without_rows_has_its_head():
    assert [*lines(("a", "b"), [])] == [f"{BOM}a,b\r\n"]
