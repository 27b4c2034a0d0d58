"""However the same things are told, the store comes to the same end: forty ways of telling.

A thousand are told in `tests/faults/test_any_order_many.py`.
"""

import pytest

from build import Centre
from console.store.doctor import examine
from endings import told
from stories import story, told_in_order, told_otherwise

BODIES = story()


@pytest.mark.parametrize("part", range(5))
def test_a_conversation_ends_the_same_however_it_is_told(sqlite_store, part):
    centre = Centre(sqlite_store)
    expected = told(centre, "in order", told_in_order(BODIES))
    for seed in range(part * 8, (part + 1) * 8):
        assert told(centre, f"variant {seed}", told_otherwise(BODIES, seed)) == expected, seed
    with sqlite_store.read() as connection:
        assert list(examine(connection)) == []
