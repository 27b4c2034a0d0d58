"""What a provider tells us, in our words: the same few facts whatever the channel.

A webhook body becomes a list of these, in its order, by a pure function: equal bytes give equal
facts. Whatever a channel does not know becomes `Unhandled`; nothing is dropped, nothing raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.domain.ids import Instant


class Kind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    VOICE = "voice"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACTS = "contacts"
    INTERACTIVE = "interactive"
    BUTTON = "button"
    ORDER = "order"
    UNSUPPORTED = "unsupported"


MEDIA_KINDS = frozenset(
    {Kind.IMAGE, Kind.VIDEO, Kind.AUDIO, Kind.VOICE, Kind.DOCUMENT, Kind.STICKER}
)


class Status(StrEnum):
    """What became of a message we sent, as the provider says it."""

    ACCEPTED = "accepted"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    PLAYED = "played"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PeerId:
    """Every identifier that one item names for one person or group.

    `phone` has digits without `+`, as the provider gave them; `bsuid` is scoped to a business,
    `lid` to a provider family; `parent_bsuid`, `username` and `name` never identify alone.
    """

    phone: str | None = None
    bsuid: str | None = None
    parent_bsuid: str | None = None
    lid: str | None = None
    group: str | None = None
    username: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class MediaRef:
    """Where the bytes of a message are; `sha256` is hexadecimal, `size` in bytes."""

    kind: Kind
    mime: str = ""
    provider_id: str | None = None
    url: str | None = None
    sha256: str | None = None
    filename: str | None = None
    size: int | None = None
    inline_b64: str | None = None
    seconds: int | None = None
    is_animated: bool = False


@dataclass(frozen=True, slots=True)
class ProviderError:
    """What a provider holds against a message; decide on `code` and `details`, never on `title`."""

    code: int | None
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What all facts have: `instance` is the provider's name of it, empty when it names none.

    `at` is the provider's clock, or the instant of reception where it tells none.
    """

    instance: str
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageIn(Told):
    """A message; `from_me` was written on our side, on the phone or by us.

    `peer` is whom we talk with; in a group `author` is the person who wrote. `data` holds what
    is neither text nor bytes (location, cards, order, the pressed button, referral) as JSON.
    """

    id: str
    peer: PeerId
    kind: Kind
    from_me: bool = False
    author: PeerId | None = None
    text: str = ""
    media: MediaRef | None = None
    reply_to: str | None = None
    is_forwarded: bool = False
    data: Mapping[str, Any] | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionIn(Told):
    """An emoji put on a message, or taken away (None); the newest of each author holds."""

    id: str
    peer: PeerId
    target: str
    emoji: str | None
    from_me: bool = False
    author: PeerId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(Told):
    """A message has other words now; `media` only when that was given anew."""

    target: str
    text: str
    peer: PeerId | None = None
    from_me: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageRevoked(Told):
    """A message was deleted for everyone."""

    target: str
    peer: PeerId | None = None
    from_me: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusIn(Told):
    """What became of a message of ours; `correlation` is what we gave with it (the outbox id)."""

    id: str
    status: Status
    errors: tuple[ProviderError, ...] = ()
    correlation: str | None = None
    peer: PeerId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerChanged(Told):
    """A person has another number or identifier, or (both equal) another security code."""

    id: str
    old: PeerId
    new: PeerId
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionChanged(Told):
    """The provider's link to the phone: `connecting`, `open` or `close`; the code to scan."""

    state: str
    reason: str | None = None
    qr_png_b64: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhandled(Told):
    """Something this channel does not know; `what` names it, `peer` and `id` where it told them."""

    what: str
    id: str | None = None
    peer: PeerId | None = None


Inbound = (
    MessageIn
    | ReactionIn
    | MessageEdited
    | MessageRevoked
    | StatusIn
    | PeerChanged
    | ConnectionChanged
    | Unhandled
)
