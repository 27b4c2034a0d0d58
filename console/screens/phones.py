"""A phone number as people write it at home and abroad."""

from __future__ import annotations

from dataclasses import dataclass

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat


@dataclass(frozen=True, slots=True)
class PhoneForms:
    """One number twice: `(11) 98765-4321` and `+5511987654321`."""

    national: str
    e164: str


def phone_forms(digits: str) -> PhoneForms:
    """Both forms of canonical digits; digits that no country knows stay as they are."""
    international = f"+{digits}"
    try:
        parsed = phonenumbers.parse(international)
    except NumberParseException:
        return PhoneForms(international, international)
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    return PhoneForms(national or international, international)
