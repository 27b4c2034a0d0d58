"""The bodies of requests to the Cloud API, and what may be put into them; pure functions.

The form of `to` is the one that the provider gave of a customer. A customer whose phone we do not
know is named by the identifier of the business portfolio, in `recipient` instead of `to`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from console.channels.base import Limit, MediaOut, Outbound, TemplateOut
from console.channels.inbound import Kind, PeerId, ProviderError
from console.channels.json_in import Fields, cleaned, fields
from console.channels.own_errors import own_error

LONGEST_TEXT: Final = 4096  # characters
LONGEST_CAPTION: Final = 1024
_MB: Final = 1024 * 1024
_AUDIO: Final = tuple(f"audio/{form}" for form in ("aac", "amr", "mpeg", "mp4", "ogg", "opus"))
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."

# Sizes and types as of Meta's page on supported media types (June 2026).
LIMITS: Final[Mapping[Kind, Limit]] = {
    Kind.IMAGE: Limit(("image/jpeg", "image/png"), 5 * _MB),
    Kind.VIDEO: Limit(("video/mp4", "video/3gpp"), 16 * _MB),
    Kind.AUDIO: Limit(_AUDIO, 16 * _MB),
    Kind.VOICE: Limit(("audio/ogg",), 16 * _MB),
    Kind.DOCUMENT: Limit(
        (
            "application/pdf",
            "text/plain",
            "application/msword",
            "application/vnd.ms-excel",
            "application/vnd.ms-powerpoint",
            f"{_OFFICE}wordprocessingml.document",
            f"{_OFFICE}spreadsheetml.sheet",
            f"{_OFFICE}presentationml.presentation",
        ),
        100 * _MB,
    ),
    Kind.STICKER: Limit(("image/webp",), 500 * 1024),  # 100 KB when it does not move
}
_SENT_AS: Final = {Kind.VOICE: "audio"}
_WITHOUT_CAPTION: Final = frozenset({Kind.AUDIO, Kind.VOICE, Kind.STICKER})


def body_of(out: Outbound) -> Fields:
    """What is posted to `/messages` for one message; half a character would spoil all of it."""
    body = {
        "messaging_product": "whatsapp",
        **_to(out.to),
        **_content(out),
        "biz_opaque_callback_data": out.outbox_id,  # at most 512 characters
    }
    if out.reply_to and out.emoji is None:
        body["context"] = {"message_id": out.reply_to}
    return fields(cleaned(body))


def read_receipt(message_id: str) -> Fields:
    """What is posted to `/messages` to mark a message as read."""
    return {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}


def problem_of(out: Outbound) -> ProviderError | None:
    """What keeps a message from being sent at all; None when nothing does."""
    found = next((key for is_so, key in _problems(out) if is_so), None)
    return own_error(found) if found else None


def _problems(out: Outbound) -> Sequence[tuple[bool, str]]:
    media, is_text = out.media, not (out.media or out.template) and out.emoji is None
    return (
        (not _to(out.to), "no_address"),
        (is_text and not out.text.strip(), "no_text"),
        (is_text and len(out.text) > LONGEST_TEXT, "text_too_long"),
        (out.emoji is not None and not out.reply_to, "no_target"),
        (any(not file.provider_id for file in _files(out)), "not_uploaded"),
        (media is not None and len(out.text) > LONGEST_CAPTION, "caption_too_long"),
        (_is_bare(media) and bool(out.text), "no_caption"),
        (out.template is not None and not _is_named_in_full(out.template), "bad_template"),
    )


def _files(out: Outbound) -> Sequence[MediaOut]:
    top = out.template.header_media if out.template else None
    return [file for file in (out.media, top) if file]


def _is_named_in_full(template: TemplateOut) -> bool:
    pairs = ((template.header, template.header_names), (template.body, template.body_names))
    return all(len(names) in {0, len(texts)} for texts, names in pairs)


def _is_bare(media: MediaOut | None) -> bool:
    return media is not None and media.kind in _WITHOUT_CAPTION


def _to(peer: PeerId) -> dict[str, str]:
    if peer.group:
        return {"recipient_type": "group", "to": peer.group}
    if peer.phone:
        return {"recipient_type": "individual", "to": peer.phone}
    return {"recipient_type": "individual", "recipient": peer.bsuid} if peer.bsuid else {}


def _content(out: Outbound) -> dict[str, Any]:
    if out.media:
        return _file(out.media, out.text)
    if out.template:
        return {"type": "template", "template": _template(out.template)}
    if out.emoji is not None:
        return {"type": "reaction", "reaction": {"message_id": out.reply_to, "emoji": out.emoji}}
    return {"type": "text", "text": {"body": out.text, "preview_url": "://" in out.text}}


def _file(media: MediaOut, caption: str) -> dict[str, Any]:
    kind = _SENT_AS.get(media.kind, str(media.kind))
    given = {"id": media.provider_id}
    if caption:
        given["caption"] = caption
    if media.kind is Kind.DOCUMENT:
        given["filename"] = media.filename
    return {"type": kind, kind: given}


def _template(template: TemplateOut) -> dict[str, Any]:
    parts = [
        *_top(template.header_media),
        *_part("header", template.header, template.header_names),
        *_part("body", template.body, template.body_names),
        *(_button(position, text) for position, text in template.buttons),
    ]
    named = {"name": template.name, "language": {"code": template.language}}
    return {**named, "components": parts} if parts else named


def _top(media: MediaOut | None) -> list[dict[str, Any]]:
    """The file of a header."""
    if media is None:
        return []
    file = _file(media, "")
    return [{"type": "header", "parameters": [file]}]


def _part(kind: str, texts: Sequence[str], names: Sequence[str]) -> list[dict[str, Any]]:
    """A part with its values; named ones where the template names them."""
    values = [{"type": "text", "text": text} for text in texts]
    if names:
        named = zip(values, names, strict=True)
        values = [{**value, "parameter_name": name} for value, name in named]
    return [{"type": kind, "parameters": values}] if values else []


def _button(position: int, text: str) -> dict[str, Any]:
    return {
        "type": "button",
        "sub_type": "url",
        "index": str(position),
        "parameters": [{"type": "text", "text": text}],
    }
