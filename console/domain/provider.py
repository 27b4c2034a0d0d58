"""What carries messages: the providers an instance can be linked to, and what a link needs."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from console.domain.errors import RuleError
from console.i18n import Text

BAD_URL: Final = Text(
    "O endereço do provedor precisa começar com https:// e não pode ter senha, “?” nem “#”.",
    "The provider's address must begin with https:// and hold no password, “?” or “#”.",
    "La dirección del proveedor debe comenzar con https:// y no llevar contraseña, “?” ni “#”.",
)
NOT_NEAR: Final = Text(
    "Sem https:// só um endereço desta máquina ou da sua rede privada é aceito.",
    "Without https:// only an address of this machine or of your private network is taken.",
    "Sin https:// solo se acepta una dirección de esta máquina o de tu red privada.",
)


@dataclass(frozen=True, slots=True)
class Provider:
    """One sort of channel. `may_be_local` takes plain HTTP to this machine or a private network.

    `has_business` asks for the account that owns templates, `has_handshake` for a verify token,
    `has_window` takes free text only for a day after the customer wrote, `is_paired` links numbers
    by a phone that scans a code. `names` is what its names of instances and businesses look like,
    `wire` the format it speaks, which is also the beginning of its webhook addresses.
    """

    key: str
    name: Text
    base_url: str = ""
    may_be_local: bool = False
    has_business: bool = True
    has_handshake: bool = True
    has_templates: bool = True
    has_window: bool = True
    names: str = r"[A-Za-z0-9_-]{1,100}"
    wire: str = "cloud"
    is_paired: bool = False


PROVIDERS: Final = (
    Provider(
        "cloud",
        Text("WhatsApp Cloud API (Meta)", "WhatsApp Cloud API (Meta)", "WhatsApp Cloud API (Meta)"),
        "https://graph.facebook.com/v23.0",
        names=r"[0-9]{5,30}",
    ),
    Provider(
        "evolution",
        Text("Evolution API (QR code)", "Evolution API (QR code)", "Evolution API (código QR)"),
        may_be_local=True,
        has_business=False,
        has_handshake=False,
        has_templates=False,
        has_window=False,
        wire="evolution",
        names=r"[^\s/?#%\\](?:[^/?#%\\\x00-\x1f]{0,98}[^\s/?#%\\])?",
        is_paired=True,
    ),
    Provider("simulator", Text("Simulador", "Simulador", "Simulador"), may_be_local=True),
)
"""In the order of the menu. The simulator keeps its name in every language."""


def provider_of(key: str) -> Provider | None:
    """The provider of this key; None for an instance without one."""
    return next((p for p in PROVIDERS if p.key == key), None)


def checked_url(provider: Provider, url: str) -> str:
    """The address as it is kept, without a closing slash; raises RuleError for a bad one."""
    parts = _parts(url.strip() or provider.base_url)
    if parts is None or parts.scheme not in {"http", "https"}:
        raise RuleError(BAD_URL)
    if parts.scheme == "http":
        if not provider.may_be_local:
            raise RuleError(BAD_URL)
        if not _is_near(parts.hostname or ""):
            raise RuleError(NOT_NEAR)
    return parts.geturl().rstrip("/")


def _parts(url: str) -> SplitResult | None:
    """The parts of an address with a host and nothing that an address of an API lacks."""
    try:
        parts = urlsplit(url)
        port = parts.port  # reading it checks it
    except ValueError:
        return None
    is_strange = "@" in parts.netloc or parts.query or parts.fragment or port == 0
    is_plain = url.isascii() and url.isprintable() and " " not in url
    return parts if parts.hostname and is_plain and not is_strange else None


_NEAR: Final = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",  # overlays such as Tailscale, RFC 6598
        "::1/128",
        "fc00::/7",
    )
)
_NEAR_NAMES: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa")


def _is_near(host: str) -> bool:
    """Whether a host is named like one of this machine or of a private network.

    Names are only looked up when they are used: the channel then checks where they lead.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_NEAR_NAMES)
    return any(address in network for network in _NEAR)
