"""Links to finished files: for one person, one file, five minutes and one use.

A link carries its own end and a name, sealed with the store's secret, so that showing one writes
nothing; that it was used is written when it is.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from console.domain.ids import MINUTE, Instant

VALID: Final = 5 * MINUTE
_PARTS: Final = 3


@dataclass(frozen=True, slots=True)
class Target:
    """What a link leads to: a part (`file` or `manifest`) of one export, for one person."""

    job_id: int
    agent_id: int
    part: str


def sealed(target: Target, secret: bytes, now: Instant, valid: Instant = VALID) -> str:
    """A new token for a target; that of a letter is good for longer than one of a page."""
    until, nonce = str(now + valid), secrets.token_urlsafe(16)
    return f"{until}.{nonce}.{_seal(target, until, nonce, secret)}"


def opened(token: str, target: Target, secret: bytes) -> tuple[str, Instant] | None:
    """The name and the end of a token; None when it is not of this target."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        return None
    until, nonce, seal = parts
    wanted = _seal(target, until, nonce, secret)
    if not hmac.compare_digest(seal.encode(), wanted.encode()):
        return None
    return nonce, int(until)


def _seal(target: Target, until: str, nonce: str, secret: bytes) -> str:
    told = f"export {target.job_id} {target.agent_id} {target.part} {until} {nonce}"
    return hmac.new(secret, told.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
