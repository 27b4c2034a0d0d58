from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.delivery import FACTS, RANKS, visible
from console.domain.message import Delivery

D = Delivery


@pytest.mark.parametrize(
    ("told", "own", "shown"),
    [
        ((), D.QUEUED, D.QUEUED),
        ((), D.SENDING, D.SENDING),
        ((), D.UNKNOWN, D.UNKNOWN),
        ((), D.WITHDRAWN, D.WITHDRAWN),
        ((D.ACCEPTED,), D.SENDING, D.ACCEPTED),
        ((D.SENT,), D.UNKNOWN, D.SENT),
        ((D.READ,), D.QUEUED, D.READ),
        ((D.SENT, D.FAILED), D.QUEUED, D.FAILED),
        ((D.FAILED,), D.UNKNOWN, D.FAILED),
        ((D.FAILED, D.DELIVERED), D.QUEUED, D.DELIVERED),
        ((D.PLAYED, D.FAILED, D.SENT), D.QUEUED, D.PLAYED),
    ],
)
def test_the_state_follows_from_what_was_told(told, own, shown):
    assert {visible(order, own) for order in permutations(told)} == {shown}


@given(st.lists(st.sampled_from(sorted(FACTS)), min_size=1), st.sampled_from(sorted(FACTS)))
def test_one_more_fact_never_takes_an_arrival_back(told, more):
    before, after = visible(told), visible([*told, more])
    if before in RANKS and RANKS[before] >= RANKS[D.DELIVERED]:
        assert RANKS[after] >= RANKS[before]
    assert visible([*told, *told, more]) == after
