"""SHA-256 as providers write it: hexadecimal, or base64 of the 32 bytes."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")
_BYTES: Final = 32


def sha256_hex(given: str | None) -> str | None:
    """The hash in hexadecimal; None when the text is none."""
    if given and _HEX.fullmatch(given):
        return given.lower()
    try:
        digest = base64.b64decode(given or "", validate=True)
    except (binascii.Error, ValueError):
        return None
    return digest.hex() if len(digest) == _BYTES else None
