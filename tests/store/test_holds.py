"""Who may send: a paused instance may not, nor a held one until its hold is over."""

import pytest

from build import MONDAY_9H, Centre
from console.domain.ids import HOUR, SECOND
from console.store import accounts, holds
from console.store.accounts import Sealed

VALUES = {"provider_name": "104", "base_url": "https://graph.example", "business": "77"}


@pytest.fixture
def centre(store):
    centre = Centre(store)
    store.write(lambda c: accounts.save_link(c, centre.loja, VALUES, Sealed(), MONDAY_9H))
    return centre


def may_send(centre, at=MONDAY_9H):
    with centre.store.read() as connection:
        return centre.loja in holds.sendable(connection, at)


def test_a_hold_is_over_at_its_instant(centre):
    assert may_send(centre)
    until = centre.store.write(
        lambda c: holds.hold(c, centre.loja, "throttle_number", MONDAY_9H, for_s=60)
    )
    assert until == MONDAY_9H + 60 * SECOND
    assert not may_send(centre, until - 1)
    assert may_send(centre, until)


def test_each_hold_in_a_row_is_longer_up_to_five_minutes(centre):
    def hold(connection):
        return holds.hold(connection, centre.loja, "throttle_number", 0) // SECOND

    assert [centre.store.write(hold) for _ in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    centre.store.write(lambda c: holds.release(c, centre.loja))
    assert centre.store.write(hold) == 2


def test_a_hold_without_an_end_holds_until_it_is_released(centre):
    centre.store.write(lambda c: holds.hold_fast(c, centre.loja, "auth", MONDAY_9H))
    assert not may_send(centre)
    assert not may_send(centre, MONDAY_9H + 1_000 * HOUR)
    centre.store.write(lambda c: holds.takes_again(c, centre.loja))  # it was on its way already
    assert not may_send(centre)
    centre.store.write(lambda c: holds.release(c, centre.loja))
    assert may_send(centre)


def test_a_paused_instance_sends_nothing(centre):
    centre.store.write(lambda c: accounts.update_link(c, centre.loja, {"is_paused": True}))
    assert not may_send(centre)
