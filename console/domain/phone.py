"""Phone numbers: canonical digits, and the Brazilian ninth digit.

Brazilian mobile numbers got a ninth digit between 2012 and 2016 (Anatel, resolution 553/2010);
providers still give some without it. Numbers of other countries are never touched.
"""

from __future__ import annotations

import re
from typing import Final

from console.domain.contact import Address

_BRAZIL_OLD_MOBILE: Final = re.compile(r"55([1-9][1-9])([6-9]\d{7})")
_BRAZIL_LOCAL: Final = re.compile(r"0?([1-9][1-9])(9\d{8}|[2-9]\d{7})")
_SHORTEST: Final = 7
_LONGEST: Final = 15  # ITU-T E.164


def canonical_phone(digits: str) -> str:
    """Digits with country code; the ninth digit is put in where an old mobile form lacks it."""
    old = _BRAZIL_OLD_MOBILE.fullmatch(digits)
    return f"55{old[1]}9{old[2]}" if old else digits


def typed_phone(text: str) -> Address | None:
    """The address a person typed, Brazil by default; None when it cannot be a phone number.

    `+` begins a country code; `(11) 90000-0000`, `011 …` and digits alone are Brazilian unless
    they begin with 55.
    """
    digits = re.sub(r"\D", "", text)
    local = _BRAZIL_LOCAL.fullmatch(digits)
    if local and not text.strip().startswith("+"):
        digits = f"55{local[1]}{local[2]}"
    if not _SHORTEST <= len(digits) <= _LONGEST or re.search(r"[^\d\s()+.\-/]", text):
        return None
    return Address("phone", canonical_phone(digits), digits)
