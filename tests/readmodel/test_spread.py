"""Quantiles told apart in memory are those that plain arithmetic gives, however long or odd."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.readmodel.measure import QUANTILES
from console.readmodel.spread import NULL, Lengths, Numbers

EDGES = [0, 10, 1_000, 10**9]
LENGTHS = st.one_of(
    st.just(NULL),
    st.integers(-5, 50),
    st.integers(0, 10**13),
    st.integers(-(2**60), 2**60),  # too long to be packed beside a group
)
ROWS = st.lists(
    st.tuples(LENGTHS, st.sampled_from([NULL, 1, 2, 780_266_373_120_000_016]), st.integers(0, 2)),
    max_size=60,
)


@given(ROWS)
def test_all_rows(rows: list[tuple[int, int, int]]) -> None:
    values = [value for value, _, _ in rows if value != NULL]
    sums, below = Lengths(_column(rows, 0)).whole(EDGES)
    assert (sums.n, sums.total, sums.censored_n) == (
        len(values),
        sum(values),
        len(rows) - len(values),
    )
    assert below == [sum(value < edge for value in values) for edge in EDGES]
    assert sums.quantiles == _quantiles(values)


@given(ROWS)
def test_the_parts_of_two_columns(rows: list[tuple[int, int, int]]) -> None:
    expected = defaultdict(list)
    for value, *keys in rows:
        expected[tuple(None if key == NULL else key for key in keys)].append(value)
    lengths = Lengths(_column(rows, 0))
    found = dict(lengths.parted([_column(rows, 1), _column(rows, 2)]))
    assert found.keys() == expected.keys()
    for keys, sums in found.items():
        values = [value for value in expected[keys] if value != NULL]
        assert (sums.n, sums.total) == (len(values), sum(values))
        assert sums.censored_n == len(expected[keys]) - len(values)
        assert sums.quantiles == _quantiles(values)


def test_a_sum_beyond_a_word_is_exact() -> None:
    values = np.full(200, 2**59 + 1, np.int64)
    (sums, _) = Lengths(np.concatenate((values, [1]))).whole([])
    assert sums.total == 200 * (2**59 + 1) + 1


def _column(rows: list[tuple[int, int, int]], place: int) -> Numbers:
    return np.array([row[place] for row in rows], np.int64)


def _quantiles(values: list[int]) -> object:
    """Each between its neighbours, to the nearest number that a float can hold."""
    if not values:
        return None
    rising = sorted(values)
    found = []
    for share in QUANTILES:
        place = Fraction(share) * (len(rising) - 1)
        below, above = rising[floor(place)], rising[ceil(place)]
        found.append(float(below + (above - below) * (place - floor(place))))
    assert all(first <= second for first, second in pairwise(found))
    return pytest.approx(found, rel=1e-12, abs=1e-3 + 1e-12 * (rising[-1] - rising[0]))
