"""The shapes that JSON of an Evolution instance comes in, read so that none of them can fail.

What Baileys holds as Long or bytes arrives as an object, as digits or as Base64, depending on the
road it took through the server (measured with 2.3.6).
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.channels.inbound import PeerId
from console.domain.ids import DAY, SECOND, Instant
from console.domain.text import clean

Json = Mapping[str, Any]

LONGEST_WORD: Final = 512  # characters of an id or a name; an index of PostgreSQL takes 2,700 bytes
_LARGEST: Final = 2**63
_WORD: Final = 2**32
_EARLIEST: Final = 1_230_768_000 * SECOND  # 2009, when WhatsApp began
_SHA256: Final = 32
_JID: Final = re.compile(
    r"([0-9-]{4,40})(?:_[0-9]+)?(?::[0-9]+)?@(s\.whatsapp\.net|c\.us|hosted|lid|hosted\.lid|g\.us)"
)
_KINDS: Final[Mapping[str, str]] = {
    "s.whatsapp.net": "phone",
    "c.us": "phone",
    "hosted": "phone",
    "lid": "lid",
    "hosted.lid": "lid",
    "g.us": "group",
}
_WRITTEN: Final[Mapping[str, str]] = {"phone": "{}", "lid": "{}@lid", "group": "{}@g.us"}


def mapping(value: Any) -> Json:
    """The object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """The text exactly as it came, or an empty one for anything else."""
    return value if isinstance(value, str) else ""


def words(value: Any) -> str:
    """The text, fit for every store."""
    return clean(text(value)).text


def word(value: Any) -> str:
    """An id or a name; empty when it is none, or endless."""
    found = words(value).strip()
    return found if len(found) <= LONGEST_WORD else ""


def number(value: Any) -> int | None:
    """A whole number from 0 to 2⁶³: a number, digits, or a Long with `low` and `high`."""
    found = _whole(value)
    return found if found is not None and 0 <= found < _LARGEST else None


def _whole(value: Any) -> int | None:
    if isinstance(value, dict):
        return _long(value)
    if isinstance(value, str):
        return int(value) if re.fullmatch("[0-9]{1,19}", value) else None
    if isinstance(value, float):
        return int(value) if math.isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _long(value: Json) -> int | None:
    low, high = value.get("low"), value.get("high")
    if not isinstance(low, int) or not isinstance(high, int):
        return None
    whole = (high % _WORD) * _WORD + low % _WORD
    return whole if value.get("unsigned") is True or whole < _LARGEST else whole - _WORD**2


def digest(value: Any) -> str | None:
    """A SHA-256 as hexadecimal, from bytes in any of their shapes."""
    found = _bytes(value)
    return found.hex() if found is not None and len(found) == _SHA256 else None


def _bytes(value: Any) -> bytes | None:
    if isinstance(value, str):
        return _decoded(value)
    if isinstance(value, dict):
        value = value.get("data", [value.get(str(place)) for place in range(len(value))])
    is_bytes = isinstance(value, list) and all(_is_byte(one) for one in value)
    return bytes(value) if is_bytes else None


def _is_byte(value: Any) -> bool:
    return isinstance(value, int) and 0 <= value <= 255  # noqa: PLR2004


def _decoded(value: str) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


def told_at(seconds: Any, received_at: Instant) -> Instant:
    """The provider's instant, or the one of reception where it tells none that can be."""
    found = number(seconds)
    if found is None or not _EARLIEST <= found * SECOND <= received_at + DAY:
        return received_at
    return found * SECOND


def peer_of(*jids: Any, name: str | None = None) -> PeerId | None:
    """The person or group that JIDs name, without the number of the device; None without any."""
    found: dict[str, str] = {}
    for jid in jids:
        named = _JID.fullmatch(text(jid).lower())
        if named:
            kind = _KINDS[named[2]]
            found.setdefault(kind, _WRITTEN[kind].format(named[1]))
    return PeerId(**found, name=name) if found else None


def jid_of(peer: PeerId) -> str:
    """The address of a chat; a phone goes before a LID, to which sending may fail (#2547)."""
    if peer.group or not peer.phone:
        return peer.group or peer.lid or ""
    return f"{peer.phone}@s.whatsapp.net"


@dataclass(frozen=True, slots=True)
class Key:
    """What names a message: its id, whom we talk with, and who wrote it in a group."""

    id: str
    peer: PeerId
    author: PeerId | None
    from_me: bool


def read_key(key: Json, push_name: Any = None) -> Key | None:
    """The key of a message; None without an id, a person or a group.

    `pushName` of our own messages is ours. Where a sender has no name the server puts their
    number or JID there, which is none either.
    """
    id_, from_me = word(key.get("id")), key.get("fromMe") is True
    remote = key.get("remoteJid")
    name = None if from_me else _name(push_name, key)
    group = peer_of(remote)
    if not id_ or group is None:
        return None
    if group.group is None:
        theirs = () if from_me else (key.get("senderPn"), key.get("senderLid"))
        peer = peer_of(remote, key.get("remoteJidAlt"), *theirs, name=name) or group
        return Key(id_, peer, None, from_me)
    author = None if from_me else _author(key, name)
    return Key(id_, PeerId(group=group.group), author, from_me)


def _author(key: Json, name: str | None) -> PeerId | None:
    forms = ("participant", "participantAlt", "participantPn", "participantLid")
    return peer_of(*(key.get(form) for form in forms), name=name)


def _name(push_name: Any, key: Json) -> str | None:
    name = word(push_name)
    addresses = {text(value).split("@")[0] for value in key.values()} - {""}
    return name if name and name.split("@")[0] not in addresses else None
