"""Messages as requests to an Evolution server; pure.

`number` is the form the provider gave: the server itself takes the ninth digit from Brazilian
numbers of area codes from 31 on, and looks a number up before it sends (createJid.ts, 2.3.6).
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from console.channels.base import Limit, MediaOut, Outbound
from console.channels.evolution_shapes import jid_of
from console.channels.inbound import Kind, MessageIn, PeerId, ProviderError
from console.channels.own_errors import own_error

_MB: Final = 1024 * 1024

# What WhatsApp shows everywhere; the server itself takes bodies of 136 MB, 102 MB as Base64.
LIMITS: Final[Mapping[Kind, Limit]] = {
    Kind.IMAGE: Limit(("image/jpeg", "image/png"), 5 * _MB),
    Kind.VIDEO: Limit(("video/mp4", "video/3gpp"), 16 * _MB),
    Kind.AUDIO: Limit(("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"), 16 * _MB),
    Kind.VOICE: Limit(("audio/ogg",), 16 * _MB),
    Kind.DOCUMENT: Limit(("*/*",), 100 * _MB),
    Kind.STICKER: Limit(("image/webp",), 500 * 1024),
}
_WITH_CAPTION: Final = frozenset({Kind.IMAGE, Kind.VIDEO, Kind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Request:
    """One call; the bytes of `file` go as Base64 to `place` in it."""

    call: str
    told: Mapping[str, Any]
    file: Path | None = None
    place: str = ""


def problem_of(out: Outbound) -> ProviderError | None:
    """Why a message cannot be sent at all; None when it can."""
    failed = (key for key, is_wrong in PROBLEMS.items() if is_wrong(out))
    key = next(failed, None)
    return own_error(key) if key else None


def request_of(out: Outbound) -> Request:
    """The call that sends a message without a problem."""
    if out.emoji is not None:
        return Request("message/sendReaction", {"key": _target(out), "reaction": out.emoji})
    told: dict[str, Any] = {"number": number_of(out.to)}
    if out.reply_to:
        told["quoted"] = {"key": _target(out)}
    if out.media is None:
        return Request("message/sendText", {**told, "text": out.text})
    return _MEDIA[out.media.kind](out.media, told | ({"caption": out.text} if out.text else {}))


def number_of(peer: PeerId) -> str:
    """Where to send: the group, the phone as the provider gave it, or the LID."""
    return peer.group or peer.phone or peer.lid or ""


def _target(out: Outbound) -> dict[str, Any]:
    return {"id": out.reply_to, "remoteJid": jid_of(out.to), "fromMe": out.reply_to_is_ours}


def _file(form: str) -> Callable[[MediaOut, dict[str, Any]], Request]:
    """A picture is made a JPEG by the server, which names it so; other files need their ending."""

    def request(media: MediaOut, told: dict[str, Any]) -> Request:
        named = {} if form == "image" else {"fileName": _filename(media)}
        told = {**told, "mediatype": form, "mimetype": media.mime, **named}
        return Request("message/sendMedia", told, media.path, "media")

    return request


def _spoken(media: MediaOut, told: dict[str, Any]) -> Request:
    """Audio is made a voice message; the server sends it without the quote (2.3.6)."""
    return Request("message/sendWhatsAppAudio", told, media.path, "audio")


def _sticker(media: MediaOut, told: dict[str, Any]) -> Request:
    return Request("message/sendSticker", told, media.path, "sticker")


def _filename(media: MediaOut) -> str:
    """A name with an ending: without one the server tells the type `false`."""
    ending = mimetypes.guess_extension(media.mime.split(";")[0].strip()) or ".bin"
    name = PurePosixPath(media.filename.replace("\\", "/")).name or media.kind.value
    return name if mimetypes.guess_type(name)[0] else f"{name}{ending}"


_MEDIA: Final[Mapping[Kind, Callable[[MediaOut, dict[str, Any]], Request]]] = {
    Kind.IMAGE: _file("image"),
    Kind.VIDEO: _file("video"),
    Kind.DOCUMENT: _file("document"),
    Kind.AUDIO: _spoken,
    Kind.VOICE: _spoken,
    Kind.STICKER: _sticker,
}


def _is_refused(out: Outbound) -> bool:
    """Whether a file is of a kind, a type or a size that the channel does not take."""
    if out.media is None:
        return False
    limit = LIMITS.get(out.media.kind)
    return limit is None or not limit.takes(out.media.mime, out.media.size)


def _has_lost_caption(out: Outbound) -> bool:
    return bool(out.text and out.media and out.media.kind not in _WITH_CAPTION)


def _is_empty(out: Outbound) -> bool:
    return out.media is None and out.emoji is None and not out.text.strip()


PROBLEMS: Final[Mapping[str, Callable[[Outbound], bool]]] = {
    "no_address": lambda out: not number_of(out.to),
    "no_templates": lambda out: out.template is not None,
    "no_target": lambda out: out.emoji is not None and not out.reply_to,
    "no_text": _is_empty,
    "file_refused": _is_refused,
    "no_caption": _has_lost_caption,
}


def is_sent_as(out: Outbound, kept: MessageIn) -> bool:
    """Whether a message that the server has kept may be this one; audio has become voice."""
    if kept.text.strip() != out.text.strip():
        return False
    if out.media is None:
        return kept.kind is Kind.TEXT
    wanted = Kind.VOICE if out.media.kind is Kind.AUDIO else out.media.kind
    told = kept.media.sha256 if kept.media else None
    is_other = kept.kind is Kind.DOCUMENT and told not in {None, out.media.sha256}
    return kept.kind is wanted and not is_other
