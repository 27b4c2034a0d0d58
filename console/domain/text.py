"""What comes in from outside is cleaned at the door, and the raw bytes are kept.

NUL is refused by PostgreSQL text, and a lone surrogate by every encoder, while SQLite and
DuckDB take NUL: the stores would differ. Both become U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

_UNSAFE: Final = re.compile("[\x00\ud800-\udfff]")
PREVIEW_LENGTH: Final = 120


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text that every store takes; `raw` holds the original bytes when something changed."""

    text: str
    raw: bytes | None


def clean(text: str) -> Cleaned:
    """Replace NUL and lone surrogates by U+FFFD; the raw bytes are UTF-8 with surrogates."""
    if not _UNSAFE.search(text):
        return Cleaned(text, None)
    return Cleaned(_UNSAFE.sub("\ufffd", text), text.encode("utf-8", "surrogatepass"))


def preview(text: str) -> str:
    """The first line's worth of a text for the list: white space folded, cut with an ellipsis."""
    folded = " ".join(text[: 4 * PREVIEW_LENGTH].split())
    return folded if len(folded) <= PREVIEW_LENGTH else folded[: PREVIEW_LENGTH - 1] + "…"


def fold(text: str) -> str:
    """Lower case without accents, for what people type."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))
