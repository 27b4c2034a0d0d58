"""Pseudonyms for analysts: the same contact has the same one everywhere, and no words show."""

from __future__ import annotations

from hashlib import blake2s
from typing import Final

from console.i18n import Text

HIDDEN_TEXT: Final = Text("Texto oculto", "Hidden text", "Texto oculto")
_CONTACT: Final = Text("Contato {code}", "Contact {code}", "Contacto {code}")
_SHOWN_DIGITS: Final = 4


def pseudonym(contact_id: int, language: str) -> str:
    """A name that tells contacts apart and nothing else."""
    code = blake2s(str(contact_id).encode(), digest_size=4).hexdigest().upper()
    return _CONTACT.with_(code=code).in_(language)


def masked_phone(shown: str) -> str:
    """A phone number with every digit but the first four hidden: country and area stay."""
    left = _SHOWN_DIGITS
    out = []
    for sign in shown:
        keeps = not sign.isdigit() or left > 0
        left -= sign.isdigit()
        out.append(sign if keeps else "•")
    return "".join(out)
