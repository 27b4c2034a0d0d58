"""Exact Host and Origin: checked before anything else looks at a request."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers

from console.config import Settings

_LOOPBACK = ("localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The origins by which people reach the server; hosts follow from them."""

    origins: frozenset[str]

    @property
    def hosts(self) -> frozenset[str]:
        """What a Host header may say."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def host_names(self) -> list[str]:
        """The same without ports, sorted."""
        return sorted({urlsplit(origin).hostname or "" for origin in self.origins})

    def origin_for(self, host: str | None) -> str | None:
        """The origin a request with this Host header came by, None when it is not ours."""
        wanted = (host or "").lower()
        return next((o for o in sorted(self.origins) if urlsplit(o).netloc == wanted), None)

    def may_write(self, headers: Headers) -> bool:
        """Whether a request that changes something, or opens a socket, names an origin of ours."""
        return headers.get("origin") in self.origins

    def may_read(self, headers: Headers) -> bool:
        """Whether a reading request comes from our pages, a link, or no browser at all."""
        origin = headers.get("origin")
        if origin is not None:
            return origin in self.origins
        is_link = headers.get("sec-fetch-mode") == "navigate"
        return is_link or headers.get("sec-fetch-site") in {None, "same-origin", "none"}


def addresses(settings: Settings) -> Addresses:
    """The addresses of these settings: the public one, else the loopback names of the port."""
    if settings.public_url:
        return Addresses(frozenset({settings.origin.lower()}))
    hosts = {*_LOOPBACK, settings.host} - {"0.0.0.0", "::"}  # noqa: S104
    return Addresses(frozenset(f"http://{host}:{settings.port}" for host in hosts))
