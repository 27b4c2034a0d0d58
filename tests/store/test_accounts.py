import pytest

from build import MONDAY_9H, Centre
from console.config import Settings
from console.domain.ids import HOUR
from console.store import accounts, holds
from console.store.accounts import Opened, Sealed
from console.store.vault import VaultError, open_vault

VALUES = {"provider_name": "104", "base_url": "https://graph.example/v23.0", "business": "77"}
CANARY = "EAAG-canary"


@pytest.fixture
def centre(store):
    return Centre(store)


@pytest.fixture
def vault(store, tmp_path):
    return open_vault(store, Settings(home=tmp_path))


@pytest.fixture
def sealed(vault):
    return Sealed(vault.seal(CANARY), (vault.seal("a"), vault.seal("b")), vault.seal("v"))


def save(centre, sealed, **values):
    centre.store.write(
        lambda c: accounts.save_link(c, centre.loja, VALUES | values, sealed, MONDAY_9H)
    )
    return found(centre)


def found(centre):
    with centre.store.read() as connection:
        return accounts.link(connection, centre.loja)


def test_a_link_comes_back_with_its_secrets_sealed(centre, sealed, vault):
    link = save(centre, sealed)
    assert (link.instance_id, link.provider_name, link.business) == (centre.loja, "104", "77")
    assert (link.sealed, link.channel, link.is_active) == (sealed, "none", True)
    assert (link.state, link.is_paused, link.held_n, link.inbound_at) == ("unknown", False, 0, None)
    assert accounts.opened(vault, link.sealed) == Opened(CANARY, ("a", "b"), "v")


def test_nothing_shows_a_secret(centre, sealed, vault):
    link = save(centre, sealed)
    with centre.store.read() as connection:
        kept = connection.exec_driver_sql("select secrets from channel_account").scalar_one()
    assert CANARY not in kept
    shown = repr(link) + repr(accounts.opened(vault, link.sealed))
    assert CANARY not in shown
    assert sealed.token not in shown


def test_an_instance_without_a_link_has_none(centre):
    assert found(centre) is None
    with centre.store.read() as connection:
        assert accounts.links(connection) == {}


def test_saving_again_keeps_the_route(centre, sealed):
    first = save(centre, sealed)
    again = save(centre, Sealed(), provider_name="105")
    assert (again.route, again.provider_name, again.sealed) == (first.route, "105", Sealed())


def test_a_link_is_found_by_its_route_and_by_nothing_near_it(centre, sealed):
    link = save(centre, sealed)
    with centre.store.read() as connection:
        assert accounts.link_by_route(connection, link.route) == link
        assert accounts.link_by_route(connection, link.route[:-1]) is None
        assert accounts.link_by_route(connection, "") is None
        assert accounts.links(connection) == {centre.loja: link}


def test_a_route_cannot_be_guessed():
    routes = {accounts.new_route() for _ in range(100)}
    assert len(routes) == 100
    assert {len(route) for route in routes} == {32}  # 192 bit in base 64


def test_states_and_holds_are_written_down(centre, sealed):
    save(centre, sealed)

    def unit(connection):
        accounts.note_state(connection, centre.loja, "down", "no answer", MONDAY_9H)
        holds.hold(connection, centre.loja, "throttle_number", MONDAY_9H)
        holds.hold_fast(connection, centre.loja, "auth", MONDAY_9H)

    centre.store.write(unit)
    link = found(centre)
    assert (link.state, link.state_detail, link.state_at) == ("down", "no answer", MONDAY_9H)
    assert (link.held_until_at, link.held_for, link.held_n) == (None, "auth", 2)
    centre.store.write(lambda c: holds.release(c, centre.loja))
    link = found(centre)
    assert (link.held_until_at, link.held_for, link.held_n) == (None, None, 0)


def test_the_last_arrival_is_the_newest_one(centre, sealed):
    save(centre, sealed)
    for at in (MONDAY_9H, MONDAY_9H + HOUR, MONDAY_9H + 1):
        centre.store.write(lambda c, at=at: accounts.note_inbound(c, centre.loja, at))
    assert found(centre).inbound_at == MONDAY_9H + HOUR


def test_every_secret_is_sealed_again_with_a_new_key(centre, sealed, vault):
    before = save(centre, sealed)
    vault.add_key()
    assert accounts.renew_secrets(centre.store, vault) == 1
    vault.forget_old_keys()
    after = found(centre)
    assert after.sealed != before.sealed
    assert accounts.opened(vault, after.sealed) == Opened(CANARY, ("a", "b"), "v")
    with pytest.raises(VaultError):
        accounts.opened(vault, before.sealed)


def test_a_link_without_secrets_can_be_renewed(centre, vault):
    vault.seal("x")
    save(centre, Sealed())
    assert accounts.renew_secrets(centre.store, vault) == 1
    assert accounts.opened(vault, found(centre).sealed) == Opened()


def test_a_lost_key_is_noticed_once_something_is_sealed(centre, sealed, vault):
    save(centre, sealed)
    vault.file.unlink()
    with pytest.raises(VaultError, match="is missing"):
        vault.seal("x")
