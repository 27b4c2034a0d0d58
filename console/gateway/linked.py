"""What the gateway needs to know of an instance that is linked to a provider."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from console.channels.base import Channel


@dataclass(frozen=True, slots=True)
class Linked:
    """An instance with the channel that reaches its provider; `provider_name` is its name there.

    An empty name is that of an instance whose bodies are replayed without a link.
    """

    instance_id: int
    provider_name: str
    channel: Channel


class Links(Protocol):
    """Every linked instance."""

    def by_route(self, route: str) -> Linked | None:
        """The instance whose webhooks come to this address."""
        ...

    def known_route(self, route: str) -> Linked | None:
        """The same if it was found a moment ago; asks nothing."""
        ...

    def by_id(self, instance_id: int) -> Linked | None:
        """An instance, None while it is not linked."""
        ...
