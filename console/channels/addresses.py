"""Which addresses of the internet a channel may connect to, and which names may be asked for.

Addresses inside other addresses (IPv4 mapped into IPv6, 6to4, Teredo, NAT64) lead around every
list of private ranges; no provider needs them, so they are refused as a whole.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import httpx

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What an operator may mean by an address of their own: this machine, its networks, its overlay.
_NEAR: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
    )
)
# Never a provider's: what leads to other addresses, and what versions of Python judge differently.
_NEVER: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",
        "192.88.99.0/24",
        "::/8",  # IPv4 inside IPv6 in three ways, and NAT64
        "2001::/23",  # Teredo among others
        "2002::/16",  # 6to4
        "fec0::/10",
    )
)
_LAST_PORT: Final = 65_535
_PORTS: Final = {"http": 80, "https": 443}


def _parsed(address: str) -> _Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None


def is_public(address: str) -> bool:
    """Whether an address belongs to a machine on the internet."""
    found = _parsed(address)
    if found is None or found.is_multicast or any(found in network for network in _NEVER):
        return False
    return found.is_global


def is_near(address: str) -> bool:
    """Whether an address belongs to this machine or to a private network."""
    found = _parsed(address)
    return found is not None and any(found in network for network in _NEAR)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where requests may go: to `base_url`, and over HTTPS to `hosts`.

    A host that begins with a dot stands for all below it. With `may_be_local` the base may be
    plain HTTP and lie on this machine or in a private network.
    """

    base_url: str
    may_be_local: bool = False
    hosts: Sequence[str] = ()

    def allows(self, address: httpx.URL) -> bool:
        """Whether a request may go to a URL, whatever its name resolves to."""
        if address.userinfo or (_port(address) or 0) > _LAST_PORT:
            return False
        if self._is_own(address):
            return address.scheme == "https" or (self.may_be_local and address.scheme == "http")
        is_plain = address.scheme == "https" and _port(address) == _PORTS["https"]
        return is_plain and any(_is_below(address.host, host) for host in self.hosts)

    def takes(self, host: str, port: int, address: str) -> bool:
        """Whether a name may be reached at the address it resolved to."""
        own = _url(self.base_url)
        is_own = own is not None and (own.host, _port(own)) == (host, port)
        return is_public(address) or (self.may_be_local and is_own and is_near(address))

    def _is_own(self, address: httpx.URL) -> bool:
        own = _url(self.base_url)
        return own is not None and _origin(own) == _origin(address)


def _url(text: str) -> httpx.URL | None:
    try:
        return httpx.URL(text)
    except httpx.InvalidURL:
        return None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, _port(url)


def _port(url: httpx.URL) -> int | None:
    return url.port or _PORTS.get(url.scheme)


def _is_below(host: str, allowed: str) -> bool:
    return host.endswith(allowed) if allowed.startswith(".") else host == allowed
