"""What analysts see instead of words and phone numbers; names are masked by the read model."""

from __future__ import annotations

from typing import Final

from console.i18n import Text

HIDDEN_TEXT: Final = Text("Texto oculto", "Hidden text", "Texto oculto")
_SHOWN_DIGITS: Final = 4


def masked_phone(shown: str) -> str:
    """A phone number with every digit but the first four hidden: country and area stay."""
    left = _SHOWN_DIGITS
    out = []
    for sign in shown:
        keeps = not sign.isdigit() or left > 0
        left -= sign.isdigit()
        out.append(sign if keeps else "•")
    return "".join(out)
