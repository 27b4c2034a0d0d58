"""The channels of linked instances: made when first asked for, and anew when a link has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from console.channels import CHANNELS, open_channel
from console.channels.base import Account, Channel
from console.domain.provider import provider_of
from console.gateway.linked import Linked
from console.store import accounts
from console.store.accounts import Link
from console.store.vault import Vault
from console.store.work import Store


@dataclass(frozen=True, slots=True)
class _Kept:
    mark: tuple[object, ...]
    channel: Channel


class Links:
    """Safe to use in several threads. `opener` makes a channel of a provider and an account."""

    def __init__(
        self, store: Store, vault: Vault, opener: Callable[[str, Account], Channel] = open_channel
    ) -> None:
        self._store = store
        self._vault = vault
        self._opener = opener
        self._kept: dict[int, _Kept] = {}
        self._routes: dict[str, tuple[float, Linked]] = {}
        self._left: list[Channel] = []
        self._lock = threading.Lock()

    def channel_of(self, instance_id: int) -> Channel | None:
        """The channel of an instance; None when it is linked to nothing.

        Raises VaultError when its secrets cannot be opened.
        """
        with self._store.read() as connection:
            found = accounts.link(connection, instance_id)
        return self.channel(found) if found else None

    def by_id(self, instance_id: int) -> Linked | None:
        """An instance with its channel; None while it is linked to nothing.

        Raises VaultError when its secrets cannot be opened.
        """
        with self._store.read() as connection:
            return self._linked(accounts.link(connection, instance_id))

    def by_route(self, route: str) -> Linked | None:
        """The instance whose webhooks come to this address; raises VaultError likewise."""
        with self._store.read() as connection:
            found = self._linked(accounts.link_by_route(connection, route))
        if found:
            self._routes[route] = (time.monotonic(), found)
        else:
            self._routes.pop(route, None)
        return found

    def known_route(self, route: str) -> Linked | None:
        """The same as it was found a moment ago, None when it has to be looked up.

        A provider posts hundreds a second; an address that was changed ends half a second later.
        """
        found_at, linked = self._routes.get(route, (0.0, None))
        return linked if time.monotonic() - found_at < _KNOWN_S else None

    def _linked(self, found: Link | None) -> Linked | None:
        channel = self.channel(found) if found else None
        if found is None or channel is None:
            return None
        return Linked(found.instance_id, found.provider_name, channel)

    def channel(self, link: Link) -> Channel | None:
        """The channel of a link that was just read."""
        if link.channel not in CHANNELS:
            return None
        with self._lock:
            kept = self._kept.get(link.instance_id)
            if kept is None or kept.mark != link.mark:
                kept = _Kept(link.mark, self._opener(link.channel, account_of(link, self._vault)))
                self._replace(link.instance_id, kept)
            return kept.channel

    def close(self) -> None:
        """Close every channel, also those that were replaced while somebody may have used them."""
        with self._lock:
            closing = [*self._left, *(kept.channel for kept in self._kept.values())]
            self._left, self._kept = [], {}
        for channel in closing:
            close_channel(channel)

    def _replace(self, instance_id: int, kept: _Kept) -> None:
        """Another thread may be sending through the one before: the last but one is closed."""
        before = self._kept.pop(instance_id, None)
        self._kept[instance_id] = kept
        if before is None:
            return
        self._left.append(before.channel)
        while len(self._left) > _LEFT_OPEN:
            close_channel(self._left.pop(0))


_LEFT_OPEN: Final = 8
_KNOWN_S: Final = 0.5


def account_of(link: Link, vault: Vault) -> Account:
    """What a channel is made of; raises VaultError when the secrets cannot be opened."""
    provider = provider_of(link.channel)
    keys = accounts.opened(vault, link.sealed)
    return Account(
        name=link.provider_name,
        base_url=link.base_url,
        token=keys.token,
        webhook_secrets=keys.webhook_secrets,
        verify_token=keys.verify_token,
        business=link.business,
        may_be_local=bool(provider and provider.may_be_local),
    )


def close_channel(channel: Any) -> None:
    """Close what a channel keeps open, if it keeps anything."""
    close = getattr(channel, "close", None)
    if close is not None:
        close()
