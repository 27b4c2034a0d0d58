"""A number as it is typed: whose it would be, how it is written, and what is wrong with it."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import phonenumbers
from babel import Locale
from phonenumbers import NumberParseException, PhoneNumber, ValidationResult

from console.domain.agent import Acting
from console.domain.contact import Address
from console.domain.phone import canonical_phone
from console.i18n import LOCALES, Text
from console.screens.contact_cards import cards
from console.screens.phones import phone_forms
from console.store.contacts import contact_by_address, conversations_of
from console.store.work import Connection

Json = dict[str, Any]

HOME: Final = "BR"
_BRAZIL: Final = 55
_SHORTEST_BRAZILIAN: Final = 12  # digits: country, area and eight of the number
_NOT_A_NUMBER: Final = Text(
    "Escreva só o número, com DDD.",
    "Write the number only, with its area code.",
    "Escribe solo el número, con su código de área.",
)
_TOO_SHORT: Final = Text("Faltam dígitos.", "Digits are missing.", "Faltan dígitos.")
_TOO_LONG: Final = Text("Há dígitos demais.", "There are too many digits.", "Sobran dígitos.")
_NO_COUNTRY: Final = Text(
    "Nenhum país tem esse código.", "No country has this code.", "Ningún país tiene ese código."
)
_UNLIKELY: Final = Text(
    "Confira: esse número não parece existir.",
    "Check it: this number does not seem to exist.",
    "Revísalo: ese número no parece existir.",
)
_NINTH: Final = Text(
    "O nono dígito foi acrescentado.", "The ninth digit was added.", "Se agregó el noveno dígito."
)
_PROBLEMS: Final = {
    ValidationResult.TOO_SHORT: _TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: _TOO_SHORT,
    ValidationResult.TOO_LONG: _TOO_LONG,
    ValidationResult.INVALID_LENGTH: _TOO_SHORT,
    ValidationResult.INVALID_COUNTRY_CODE: _NO_COUNTRY,
}


def checked(connection: Connection, who: Acting, text: str, country: str) -> Json:
    """A typed number: both its forms when it is one, a problem or a hint, and who has it."""
    parsed = _parsed(text, country)
    if parsed is None:
        return _wrong(_NOT_A_NUMBER, who)
    problem = _problem(parsed)
    if problem is not None:
        return _wrong(problem, who)
    typed = _digits(parsed)
    digits = canonical_phone(typed)
    forms = phone_forms(digits)
    hint = _NINTH if digits != typed else None if _is_likely(digits) else _UNLIKELY
    return {
        "national": forms.national,
        "e164": forms.e164,
        "country": phonenumbers.region_code_for_number(parsed) or country,
        "hint": hint.in_(who.language) if hint else None,
        "problem": None,
        "known": _known(connection, who, digits),
    }


def _parsed(text: str, country: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, country)
    except NumberParseException:
        return None


def _problem(parsed: PhoneNumber) -> Text | None:
    """What is missing or too much; in Brazil a number without its area code is no WhatsApp."""
    reason = phonenumbers.is_possible_number_with_reason(parsed)
    is_short = parsed.country_code == _BRAZIL and len(_digits(parsed)) < _SHORTEST_BRAZILIAN
    return _TOO_SHORT if is_short else _PROBLEMS.get(reason)


def _digits(parsed: PhoneNumber) -> str:
    return f"{parsed.country_code}{phonenumbers.national_significant_number(parsed)}"


def _is_likely(digits: str) -> bool:
    parsed = _parsed(f"+{digits}", HOME)
    return parsed is not None and phonenumbers.is_valid_number(parsed)


def _wrong(problem: Text, who: Acting) -> Json:
    return {"national": "", "e164": "", "problem": problem.in_(who.language), "known": None}


def _known(connection: Connection, who: Acting, digits: str) -> Json | None:
    """Who has the number, with the latest conversation; without a name when one may not see it."""
    contact_id = contact_by_address(connection, Address("phone", digits, digits))
    if contact_id is None:
        return None
    seen = cards(connection, who, [contact_id])
    if not seen:
        return {"id": None, "name": "", "conversation": None}
    latest = conversations_of(connection, [contact_id], who.scope, limit=1)
    return {**seen[0], "conversation": str(latest[0]) if latest else None}


@cache
def countries(language: str) -> tuple[Json, ...]:
    """Every country with its dialling code in the reader's words; Brazil first, then by name."""
    names = Locale.parse(LOCALES.get(language, LOCALES["pt"])).territories
    found = [
        {"code": code, "dial": phonenumbers.country_code_for_region(code), "name": names[code]}
        for code in phonenumbers.SUPPORTED_REGIONS
        if code in names
    ]
    return tuple(sorted(found, key=lambda one: (one["code"] != HOME, one["name"])))
