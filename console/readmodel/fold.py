"""Folding of the words people type: lower case, without accents."""

from __future__ import annotations

import unicodedata


def fold(text: str) -> str:
    """Lower case without accents, for names that people type."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def word_key(text: str) -> str:
    """A field name or choice as it is looked up: folded, with `_` for `-`."""
    return fold(text).replace("-", "_")
