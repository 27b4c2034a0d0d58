"""Whether a webhook was signed by who knows one of our secrets.

`X-Hub-Signature-256` holds `sha256=` and the HMAC-SHA256 of the raw body in hexadecimal. The bytes
are signed, not their meaning: a body that was parsed and written again has another signature.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from typing import Final

HEADER: Final = "x-hub-signature-256"
_FORM: Final = re.compile(r"sha256=([0-9a-f]{64})")


def signature(secret: str, body: bytes) -> str:
    """The header's value for a body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_signed(headers: Mapping[str, str], body: bytes, secrets: Iterable[str]) -> bool:
    """Whether one of the secrets has signed the body; an empty secret signs nothing."""
    given = headers.get(HEADER, "")
    if not _FORM.fullmatch(given):
        return False
    # Every secret is tried, so that the time taken does not tell which one is in use.
    tried = [hmac.compare_digest(given, signature(one, body)) for one in secrets if one]
    return True in tried
