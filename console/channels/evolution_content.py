"""What a WhatsApp message is made of, as Baileys writes it and Evolution hands it on.

One entry in `READERS` for each part that is known; any other becomes `unsupported` with its name.
Structured parts get the names of the Cloud API, so that screens draw both channels alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.channels.evolution_shapes import Json, digest, mapping, number, text
from console.channels.inbound import Kind, MediaRef

# Messages around a message: each has it in `message`.
_WRAPPERS: Final = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "deviceSentMessage",
    "groupMentionedMessage",
    "lottieStickerMessage",
    "editedMessage",
)
_DEEPEST: Final = 8  # wrappers inside one another

# Parts that are no message: keys, context, votes and pins.
_SILENT: Final = frozenset(
    {
        "messageContextInfo",
        "senderKeyDistributionMessage",
        "fastRatchetKeySenderKeyDistributionMessage",
        "protocolMessage",
        "pollUpdateMessage",
        "encReactionMessage",
        "encEventResponseMessage",
        "encCommentMessage",
        "keepInChatMessage",
        "pinInChatMessage",
        "base64",
        "mediaUrl",
        "speechToText",
    }
)
_WAID: Final = re.compile(r"waid=([0-9]{5,20})")
_TEL: Final = re.compile(r"^(?:item[0-9]+\.)?TEL[^:\n]*:([^\r\n]{1,60})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Content:
    """One message without who wrote it; `context` quotes and marks it."""

    kind: Kind
    text: str = ""
    media: MediaRef | None = None
    data: Mapping[str, Any] | None = None
    context: Json | None = None


def unwrap(message: Json) -> Json:
    """The message inside its wrappers."""
    for _ in range(_DEEPEST):
        inner = next(filter(None, (_inside(message, name) for name in _WRAPPERS)), None)
        if inner is None:
            break
        message = inner
    return message


def _inside(message: Json, wrapper: str) -> Json:
    return mapping(mapping(message.get(wrapper)).get("message"))


def read_content(message: Json) -> Content | None:
    """The content of an unwrapped message; None when it has none that people see."""
    parts = {name: part for name, part in message.items() if part is not None}
    known = next((name for name in parts if name in READERS), None)
    if known is not None:
        return READERS[known](parts[known])
    other = next((name for name in parts if name not in _SILENT), None)
    return None if other is None else _unsupported(other, mapping(parts[other]))


def _plain(part: Any) -> Content:
    if isinstance(part, str):
        return Content(Kind.TEXT, part)
    return Content(Kind.UNSUPPORTED, data={"type": "conversation"})


def _extended(part: Any) -> Content:
    part = mapping(part)
    return Content(Kind.TEXT, text(part.get("text")), context=_context(part))


def _media(kind: Kind) -> Callable[[Any], Content]:
    return lambda part: _file(kind, mapping(part))


def _audio(part: Any) -> Content:
    part = mapping(part)
    return _file(Kind.VOICE if part.get("ptt") is True else Kind.AUDIO, part)


def _file(kind: Kind, part: Json) -> Content:
    media = MediaRef(
        kind,
        mime=text(part.get("mimetype")),
        sha256=digest(part.get("fileSha256")),
        filename=text(part.get("fileName")) or text(part.get("title")) or None,
        size=number(part.get("fileLength")),
        seconds=number(part.get("seconds")),
        is_animated=part.get("isAnimated") is True,
    )
    return Content(kind, text(part.get("caption")), media, context=_context(part))


def _location(part: Any, *, is_live: bool = False) -> Content:
    part = mapping(part)
    place = {
        "latitude": _degrees(part.get("degreesLatitude")),
        "longitude": _degrees(part.get("degreesLongitude")),
        "name": text(part.get("name")),
        "address": text(part.get("address")),
    }
    told = {name: value for name, value in place.items() if value not in {None, ""}}
    data = {**told, "is_live": True} if is_live else told
    caption = text(part.get("comment")) or text(part.get("caption"))
    return Content(Kind.LOCATION, caption, data={"location": data}, context=_context(part))


def _live_location(part: Any) -> Content:
    return _location(part, is_live=True)


def _degrees(value: Any) -> float | None:
    return value if isinstance(value, int | float) and abs(value) <= 180 else None  # noqa: PLR2004


def _cards(part: Any) -> Content:
    part = mapping(part)
    several = part.get("contacts")
    cards = several if isinstance(several, list) else [part]
    found = [_card(mapping(card)) for card in cards]
    return Content(Kind.CONTACTS, data={"contacts": found}, context=_context(part))


def _card(card: Json) -> dict[str, Any]:
    """A contact card; its numbers are read from the vCard, which is kept."""
    vcard = text(card.get("vcard"))
    phones = [_phone(line) for line in _TEL.finditer(vcard)]
    name = {"formatted_name": text(card.get("displayName"))}
    return {"name": name, "phones": phones, "vcard": vcard}


def _phone(line: re.Match[str]) -> dict[str, str]:
    waid = _WAID.search(line[0])
    return {"phone": line[1].strip()} | ({"wa_id": waid[1]} if waid else {})


def _pressed_button(part: Any) -> Content:
    part = mapping(part)
    title = text(part.get("selectedDisplayText"))
    reply = {"id": text(part.get("selectedButtonId")), "title": title}
    return _interactive("button_reply", reply, part)


def _chosen_row(part: Any) -> Content:
    part = mapping(part)
    row = text(mapping(part.get("singleSelectReply")).get("selectedRowId"))
    reply = {"id": row, "title": text(part.get("title"))}
    about = text(part.get("description"))
    return _interactive("list_reply", reply | ({"description": about} if about else {}), part)


def _filled_form(part: Any) -> Content:
    part = mapping(part)
    flow = mapping(part.get("nativeFlowResponseMessage"))
    reply = {
        "name": text(flow.get("name")),
        "response_json": text(flow.get("paramsJson")),
        "title": text(mapping(part.get("body")).get("text")),
    }
    return _interactive("nfm_reply", reply, part)


def _interactive(form: str, reply: dict[str, str], part: Json) -> Content:
    data = {"interactive": {"type": form, form: reply}}
    return Content(Kind.INTERACTIVE, reply["title"], data=data, context=_context(part))


def _template_button(part: Any) -> Content:
    part = mapping(part)
    shown = text(part.get("selectedDisplayText"))
    data = {"button": {"payload": text(part.get("selectedId")), "text": shown}}
    return Content(Kind.BUTTON, shown, data=data, context=_context(part))


def _order(part: Any) -> Content:
    part = mapping(part)
    order = {
        "id": text(part.get("orderId")),
        "title": text(part.get("orderTitle")),
        "items": number(part.get("itemCount")),
        "total_1000": number(part.get("totalAmount1000")),  # thousandths of the currency
        "currency": text(part.get("totalCurrencyCode")),
    }
    told = {name: value for name, value in order.items() if value not in {None, ""}}
    words = text(part.get("message"))
    return Content(Kind.ORDER, words, data={"order": told}, context=_context(part))


# Where parts that are not drawn keep words to read; the first one that is there is shown.
_WORDS: Final = ("name", "text", "caption", "contentText", "description", "title")


def _unsupported(name: str, part: Json) -> Content:
    words = next(filter(None, (text(part.get(place)) for place in _WORDS)), "")
    words = words or text(mapping(part.get("body")).get("text"))
    data: dict[str, Any] = {"type": name}
    options = part.get("options")
    if isinstance(options, list):
        data["options"] = [text(mapping(option).get("optionName")) for option in options]
    return Content(Kind.UNSUPPORTED, words, data=data, context=_context(part))


def _context(part: Json) -> Json:
    return mapping(part.get("contextInfo"))


READERS: Final[Mapping[str, Callable[[Any], Content]]] = {
    "conversation": _plain,
    "extendedTextMessage": _extended,
    "imageMessage": _media(Kind.IMAGE),
    "videoMessage": _media(Kind.VIDEO),
    "ptvMessage": _media(Kind.VIDEO),
    "audioMessage": _audio,
    "documentMessage": _media(Kind.DOCUMENT),
    "stickerMessage": _media(Kind.STICKER),
    "locationMessage": _location,
    "liveLocationMessage": _live_location,
    "contactMessage": _cards,
    "contactsArrayMessage": _cards,
    "buttonsResponseMessage": _pressed_button,
    "listResponseMessage": _chosen_row,
    "templateButtonReplyMessage": _template_button,
    "interactiveResponseMessage": _filled_form,
    "orderMessage": _order,
}
