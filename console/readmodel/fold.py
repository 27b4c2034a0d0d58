"""Names of fields and choices as they are looked up."""

from __future__ import annotations

from console.domain.text import fold


def word_key(text: str) -> str:
    """A field name or choice as it is looked up: folded, with `_` for `-`."""
    return fold(text).replace("-", "_")
