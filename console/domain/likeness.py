"""When two contacts may be one person: a question to put to people, never an answer.

Only a provider that names an address of each in one item makes them one by itself
(`store/identity.py`); everything here is shown as "Mesma pessoa?" and waits for somebody to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.contact import Address
from console.domain.phone import canonical_phone
from console.domain.text import fold
from console.i18n import Text

TAIL: Final = 8
"""Last digits of a number that two writings of it share: without country, area and ninth digit."""
_IDENTIFIERS: Final = frozenset({"bsuid", "lid", "parent_bsuid", "username"})


class Clue(StrEnum):
    """What two contacts have in common, the strongest first."""

    NUMBER = "number"
    IDENTIFIER = "identifier"
    EMAIL = "email"
    NAME = "name"


CLUE_NAMES: Final = {
    Clue.NUMBER: Text("O mesmo número", "The same number", "El mismo número"),
    Clue.IDENTIFIER: Text(
        "A mesma identificação no WhatsApp",
        "The same identity on WhatsApp",
        "La misma identificación en WhatsApp",
    ),
    Clue.EMAIL: Text("O mesmo e-mail", "The same e-mail", "El mismo correo"),
    Clue.NAME: Text(
        "O mesmo nome e o mesmo final do número",
        "The same name, and a number that ends alike",
        "El mismo nombre y el mismo final del número",
    ),
}


@dataclass(frozen=True, slots=True)
class Person:
    """A contact as it is compared: with the addresses that it has and those that it had."""

    id: int
    name: str
    email: str | None
    addresses: tuple[Address, ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it is several people: never the same as anybody."""
        return any(address.kind == "group" for address in self.addresses)


def clue_between(one: Person, other: Person) -> Clue | None:
    """The strongest reason to ask whether both are one person, None when there is none."""
    if one.id == other.id or one.is_group or other.is_group:
        return None
    return next((clue for clue, shared in _CLUES if shared(one) & shared(other)), None)


def tails(addresses: Iterable[Address]) -> frozenset[str]:
    """The last digits of each number; shorter numbers have none."""
    return frozenset(a.value[-TAIL:] for a in addresses if a.kind == "phone" and _is_long(a.value))


def email_key(email: str | None) -> str:
    """An e-mail as it is compared, empty without one."""
    return (email or "").strip().lower()


def _is_long(digits: str) -> bool:
    return len(digits) >= TAIL


def _numbers(person: Person) -> frozenset[str]:
    return frozenset(canonical_phone(a.value) for a in person.addresses if a.kind == "phone")


def _identifiers(person: Person) -> frozenset[tuple[str, str]]:
    """Without their scope: the same one elsewhere is a hint, and no more."""
    return frozenset((a.kind, a.value) for a in person.addresses if a.kind in _IDENTIFIERS)


def _emails(person: Person) -> frozenset[str]:
    return frozenset({email_key(person.email)} - {""})


def _names(person: Person) -> frozenset[tuple[str, str]]:
    name = " ".join(fold(person.name).split())
    return frozenset((name, tail) for tail in tails(person.addresses) if name)


_CLUES: Final[tuple[tuple[Clue, Callable[[Person], frozenset[object]]], ...]] = (
    (Clue.NUMBER, _numbers),
    (Clue.IDENTIFIER, _identifiers),
    (Clue.EMAIL, _emails),
    (Clue.NAME, _names),
)
