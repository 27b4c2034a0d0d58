"""Who a Cloud API item is about: its own words, and the contact of the same body that fits them.

Since 2026 a person may have no phone for us but an identifier of the business portfolio alone
(`user_id`). A contact is taken for the sender only when one key is equal and none differs: two
keys named together let the store merge two people.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from console.channels.inbound import PeerId
from console.channels.json_in import listed, part, word
from console.domain.phone import canonical_phone

_PHONE: Final = re.compile(r"\+?[0-9 ().\-]{5,30}")
_BSUID: Final = re.compile(r"[A-Z]{2}\.[A-Za-z0-9.]+")
_NOT_A_DIGIT: Final = re.compile(r"[^0-9]")

_Key = tuple[str, str]  # kind and value


def phone_of(given: str | None) -> str | None:
    """The digits of a phone number, None for anything else."""
    return _NOT_A_DIGIT.sub("", given) if given and _PHONE.fullmatch(given) else None


def person(given: str | None, bsuid: str | None, parent: str | None, known: Known) -> PeerId | None:
    """A person by the keys of an item, with what the body says of them; None without any key."""
    if given and not bsuid and _BSUID.fullmatch(given):
        given, bsuid = None, given
    named = PeerId(phone=phone_of(given), bsuid=bsuid, parent_bsuid=parent)
    if named.phone or named.bsuid:
        return known.completed(named)
    return known.only


def is_phone(given: str | None, ours: str | None) -> bool:
    """Whether two ways to write a phone are the same number."""
    digits = phone_of(given)
    return digits is not None and canonical_phone(digits) == canonical_phone(phone_of(ours) or "")


class Known:
    """The contacts of one change."""

    def __init__(self, value: Any) -> None:
        contacts = [_contact(entry) for entry in listed(value, "contacts")]
        self._people = [one for one in contacts if one.phone or one.bsuid]
        self._by_key: dict[_Key, PeerId] = {}
        for one in self._people:
            for key in _keys(one):
                self._by_key.setdefault(key, one)

    @property
    def only(self) -> PeerId | None:
        """The one contact there is, for items that do not name their sender."""
        return self._people[0] if len(self._people) == 1 else None

    def completed(self, named: PeerId) -> PeerId:
        """The same person with what their contact says beside the keys."""
        fitting = (self._by_key.get(key) for key in _keys(named))
        found = next((one for one in fitting if one and _agree(one, named)), None)
        if found is None:
            return named
        return replace(
            named,
            phone=named.phone or found.phone,
            bsuid=named.bsuid or found.bsuid,
            parent_bsuid=named.parent_bsuid or found.parent_bsuid,
            username=found.username,
            name=found.name,
        )


def _keys(one: PeerId) -> list[_Key]:
    """What identifies a person; a phone with and without the ninth digit is one."""
    keys = (("phone", one.phone and canonical_phone(one.phone)), ("bsuid", one.bsuid))
    return [(kind, key) for kind, key in keys if key]


def _agree(one: PeerId, other: PeerId) -> bool:
    """Whether no kind of key has two values."""
    mine, theirs = dict(_keys(one)), dict(_keys(other))
    return all(mine[kind] == theirs[kind] for kind in mine.keys() & theirs.keys())


def _contact(entry: Any) -> PeerId:
    profile = part(entry, "profile")
    return PeerId(
        phone=phone_of(word(entry, "wa_id")),
        bsuid=word(entry, "user_id"),
        parent_bsuid=word(entry, "parent_user_id"),
        username=word(profile, "username"),
        name=word(profile, "name"),
    )
