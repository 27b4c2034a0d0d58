"""A thousand ways of telling the same: shuffled, doubled, cut, together; one end."""

import pytest

from build import Centre
from console.store.doctor import examine
from endings import told
from stories import story, told_in_order, told_otherwise

BODIES = story()
PARTS, EACH = 10, 100


@pytest.mark.parametrize("part", range(PARTS))
def test_a_conversation_ends_the_same_in_a_thousand_ways(sqlite_store, part):
    centre = Centre(sqlite_store)
    expected = told(centre, "in order", told_in_order(BODIES))
    for seed in range(1_000 + part * EACH, 1_000 + (part + 1) * EACH):
        assert told(centre, f"variant {seed}", told_otherwise(BODIES, seed)) == expected, seed
    with sqlite_store.read() as connection:
        assert list(examine(connection)) == []
