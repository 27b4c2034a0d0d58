"""A contact and its addresses; a phone is one optional address among several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

STRONG: Final = frozenset({"phone", "bsuid", "lid", "group"})
"""Kinds of addresses that identify; the others are shown and searched, and never match."""


@dataclass(frozen=True, slots=True)
class Address:
    """One identifier of a contact at a provider.

    `value` is the canonical form that identifies, `send_value` the form the provider gave.
    """

    kind: str
    value: str
    send_value: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or group that writes to the centre; `is_blocked` silences notifications only."""

    id: int
    name: str
    email: str | None = None
    is_blocked: bool = False
    version: int = 0
    addresses: tuple[Address, ...] = ()

    @property
    def phone(self) -> str | None:
        """Canonical digits with country code and without `+`, when the contact has a phone."""
        return next((a.value for a in self.addresses if a.kind == "phone"), None)
