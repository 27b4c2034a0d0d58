"""Whether an Evolution instance has sent a body: it signs none, so the request brings a secret.

Either as a header of its own, or as a JWT that the server makes of the same secret (`jwt_key` in
the headers of its webhook), which ends after ten minutes.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from console.domain.ids import SECOND, Instant

HEADER: Final = "X-Central-Token"
_SHORTEST_KEY: Final = 32  # bytes of HS256: RFC 7518, section 3.2
_BEARER: Final = "bearer "


def is_authentic(headers: Mapping[str, str], secrets: Iterable[str], at: Instant) -> bool:
    """Whether a request brings one of the secrets; names of headers in lower case."""
    given = headers.get(HEADER.lower(), "")
    sent = headers.get("authorization", "")
    token = sent[len(_BEARER) :] if sent[: len(_BEARER)].lower() == _BEARER else ""
    known = [secret.encode() for secret in secrets if secret]
    return any(_is_equal(given, key) or is_signed(token, key, at) for key in known)


def _is_equal(given: str, key: bytes) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), key)


def is_signed(token: str, key: bytes, at: Instant) -> bool:
    """Whether a JWT is of this key, by HS256 and nothing else, and has not ended."""
    if not token or len(key) < _SHORTEST_KEY:
        return False
    try:
        claims = jwt.decode(token, OctKey.import_key(key), algorithms=["HS256"]).claims
        _times(at).validate({name: claims[name] for name in ("exp", "nbf") if name in claims})
    except (JoseError, ValueError):
        return False
    return True


def _times(at: Instant) -> jwt.JWTClaimsRegistry:
    """An end is demanded; `iat` is not looked at, since the clocks of two machines differ."""
    return jwt.JWTClaimsRegistry(now=at // SECOND, exp={"essential": True})
