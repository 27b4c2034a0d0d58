import threading
import time

import pytest

from build import MONDAY_9H, Centre
from console import actions
from console.channels import CHANNELS, open_channel
from console.channels.base import Account
from console.config import Settings
from console.gateway.links import Links
from console.store import accounts, holds
from console.store.accounts import Sealed
from console.store.vault import VaultError, open_vault

VALUES = {"provider_name": "104", "base_url": "https://graph.example/v23.0", "business": "77"}


class Opened:
    """A channel that remembers its account and whether it was closed."""

    def __init__(self, key, account):
        self.key, self.account, self.closed_n = key, account, 0

    def close(self):
        self.closed_n += 1


@pytest.fixture
def centre(store):
    centre = Centre(store)
    centre.run(actions.SaveInstance("Loja 1", "cloud", instance_id=centre.loja))
    return centre


@pytest.fixture
def vault(store, tmp_path):
    return open_vault(store, Settings(home=tmp_path))


@pytest.fixture
def links(store, vault):
    links = Links(store, vault, Opened)
    yield links
    links.close()


def link(centre, vault, **values):
    sealed = Sealed(vault.seal("token"), (vault.seal("secret"),), vault.seal("verify"))
    centre.store.write(
        lambda c: accounts.save_link(c, centre.loja, VALUES | values, sealed, MONDAY_9H)
    )


def test_a_linked_instance_has_the_channel_of_its_account(centre, vault, links):
    link(centre, vault)
    channel = links.channel_of(centre.loja)
    assert channel.key == "cloud"
    assert channel.account == Account(
        "104", "https://graph.example/v23.0", "token", ("secret",), "verify", "77"
    )


def test_what_is_linked_to_nothing_has_no_channel(centre, vault, links):
    assert links.channel_of(centre.loja) is None
    assert links.channel_of(1) is None
    link(centre, vault)
    centre.run(actions.SaveInstance("Loja 1", "none", instance_id=centre.loja))
    assert links.channel_of(centre.loja) is None


def test_a_channel_is_made_once_and_anew_when_the_link_changes(centre, vault, links):
    link(centre, vault)
    first = links.channel_of(centre.loja)
    centre.store.write(lambda c: holds.hold_fast(c, centre.loja, "auth", MONDAY_9H))
    assert links.channel_of(centre.loja) is first
    link(centre, vault, provider_name="105")
    second = links.channel_of(centre.loja)
    assert (second.account.name, second is first) == ("105", False)
    assert first.closed_n == 0  # somebody may be sending through it


def test_many_changes_leave_few_channels_open(centre, vault, links):
    made = []
    for n in range(12):
        link(centre, vault, provider_name=str(n))
        made.append(links.channel_of(centre.loja))
    assert [channel.closed_n for channel in made] == [1] * 3 + [0] * 9
    links.close()
    assert [channel.closed_n for channel in made] == [1] * 12


def test_two_threads_get_one_channel(centre, vault, links):
    link(centre, vault)
    found, wait = [], threading.Barrier(6)

    def ask():
        wait.wait()
        found.append(links.channel_of(centre.loja))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(channel) for channel in found}) == 1


def test_a_wrong_key_is_an_error_in_words_and_not_no_channel(centre, vault, links):
    link(centre, vault)
    vault.file.unlink()
    with pytest.raises(VaultError, match="is missing"):
        links.channel_of(centre.loja)


@pytest.mark.parametrize("key", ["evolution", "simulator"])
def test_only_some_providers_may_be_on_the_private_network(centre, vault, links, key):
    centre.run(actions.SaveInstance("Loja 1", key, instance_id=centre.loja))
    link(centre, vault)
    assert links.channel_of(centre.loja).account.may_be_local


def test_a_channel_without_connections_needs_no_closing(centre, vault):
    class Plain:
        pass

    links = Links(centre.store, vault, lambda *_: Plain())
    link(centre, vault)
    assert isinstance(links.channel_of(centre.loja), Plain)
    links.close()


@pytest.mark.parametrize("key", CHANNELS)
def test_a_channel_is_opened_by_the_key_of_its_provider(key, monkeypatch):
    _, name = CHANNELS[key]
    account = Account("104", "https://graph.example/v23.0")
    assert type(open_channel(key, account)).__name__ == name


def test_an_unknown_key_opens_nothing():
    with pytest.raises(KeyError):
        open_channel("none", Account("104", "https://graph.example"))


def test_an_address_is_known_for_half_a_second_and_no_longer(centre, vault, links, monkeypatch):
    link(centre, vault)
    with centre.store.read() as connection:
        route = accounts.link(connection, centre.loja).route
    assert links.known_route(route) is None
    found = links.by_route(route)
    assert links.known_route(route) is found
    centre.run(actions.RotateRoute(centre.loja))
    later = time.monotonic() + 0.5
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert links.known_route(route) is None
    assert links.by_route(route) is None
