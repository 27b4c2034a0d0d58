"""Channels: each translates one WhatsApp provider to and from our words."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, cast

from console.channels.base import Account, Channel

CHANNELS: Final[Mapping[str, tuple[str, str]]] = {
    "cloud": ("console.channels.cloud", "Cloud"),
    "evolution": ("console.channels.evolution", "Evolution"),
    "simulator": ("console.channels.cloud", "Cloud"),  # speaks the same format, at its own address
}
"""Module and class of each provider of `console.domain.provider`, in the order of the menu."""


def open_channel(key: str, account: Account) -> Channel:
    """The channel of an account; raises KeyError for a provider that is none."""
    module, name = CHANNELS[key]  # loaded when first used: HTTP clients are slow to import
    return cast("Channel", getattr(import_module(module), name)(account))
