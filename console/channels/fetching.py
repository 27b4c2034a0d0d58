"""Bytes of a provider into a file of ours: from few hosts, at most so many, and whole.

Whoever can write into a webhook chooses the address. It has to be HTTPS at a host of the provider
or the account's own base; the wire judges the address it resolves to, also after a redirect, which
may only lead to the same host. What is told of a failure names no address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

import httpx

from console.channels.addresses import Reach
from console.channels.base import Action, Fetched, Rejected
from console.channels.content_hash import sha256_hex
from console.channels.own_errors import own_error

TOTAL_S: Final = 120.0  # of one file: 100 MB at 7 Mbit/s
_REDIRECTS: Final = 3
_NO_TYPE: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file at a provider: where it is, how large it may be, its SHA-256 in hexadecimal or base64.

    A hash that is neither cannot be compared.
    """

    url: str
    most: int
    sha256: str | None = None
    headers: Mapping[str, str] = field(repr=False, default_factory=dict)
    total_s: float = TOTAL_S


class _RefusedError(Exception):
    """A fetch is given up; `later` when it may go well another time."""

    def __init__(self, why: str, action: Action = Action.PERMANENT) -> None:
        super().__init__(why)
        self.why = why
        self.action = action


def safe_fetch(web: httpx.Client, reach: Reach, wanted: Wanted, to: Path) -> Fetched | Rejected:
    """Write a file to `to`, which is there only when it is whole.

    `web` keeps to the same `reach` by its transport (`Wire`). Raises OSError for our own disk.
    """
    try:
        return _fetched(web, reach, wanted, to)
    except _RefusedError as refused:
        return Rejected(own_error("not_fetched", refused.why), refused.action)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        is_passing = isinstance(error, httpx.TransportError)
        action = Action.RETRY if is_passing else Action.PERMANENT
        return Rejected(own_error("not_fetched", type(error).__name__), action)


def _fetched(web: httpx.Client, reach: Reach, wanted: Wanted, to: Path) -> Fetched:
    url = _allowed(reach, httpx.URL(wanted.url))
    for _ in range(_REDIRECTS + 1):
        with _asked(web, url, wanted) as answer:
            if not answer.has_redirect_location:
                return _kept(answer, wanted, to)
            url = _next(reach, url, answer.headers["location"])
    raise _RefusedError("too many redirects")


def _allowed(reach: Reach, url: httpx.URL) -> httpx.URL:
    if not reach.allows(url):
        raise _RefusedError("forbidden address")
    return url


def _next(reach: Reach, url: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads; the token is never shown to another host."""
    found = _allowed(reach, url.join(location))
    if found.host != url.host:
        raise _RefusedError("redirect to another host")
    return found


@contextmanager
def _asked(web: httpx.Client, url: httpx.URL, wanted: Wanted) -> Iterator[httpx.Response]:
    headers = {**wanted.headers, "Accept-Encoding": "identity"}
    extensions = {"total_s": wanted.total_s}
    with web.stream("GET", url, headers=headers, extensions=extensions) as answer:
        yield answer


def _kept(answer: httpx.Response, wanted: Wanted, to: Path) -> Fetched:
    _check(answer, wanted.most)
    partial = to.with_name(f"{to.name}.part")
    try:
        with partial.open("wb") as file:
            size, digest = _written(answer, wanted.most, file)
        if sha256_hex(wanted.sha256) not in {None, digest}:
            raise _RefusedError("wrong hash")
        partial.replace(to)
    finally:
        with suppress(FileNotFoundError):
            partial.unlink()
    return Fetched(digest, size, answer.headers.get("content-type", _NO_TYPE))


def _check(answer: httpx.Response, most: int) -> None:
    if answer.status_code != httpx.codes.OK:
        raise _RefusedError(f"HTTP {answer.status_code}", _action_of(answer.status_code))
    if answer.headers.get("content-encoding", "identity") != "identity":
        raise _RefusedError("compressed")
    told = answer.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > most:
        raise _RefusedError("too large")


def _action_of(status: int) -> Action:
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        return Action.AUTH
    is_passing = httpx.codes.is_server_error(status) or status == httpx.codes.TOO_MANY_REQUESTS
    return Action.RETRY if is_passing else Action.PERMANENT


def _written(answer: httpx.Response, most: int, file: BinaryIO) -> tuple[int, str]:
    """The size and hash of what was written; one byte too many ends it."""
    size, digest = 0, hashlib.sha256()
    for chunk in answer.iter_bytes():
        size += len(chunk)
        if size > most:
            raise _RefusedError("too large")
        digest.update(chunk)
        file.write(chunk)
    return size, digest.hexdigest()
