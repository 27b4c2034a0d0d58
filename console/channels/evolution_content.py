"""What a WhatsApp message is made of, as Baileys writes it and Evolution hands it on.

One entry in `READERS` for each part that is known; any other becomes `unsupported` with its name.
`data` has one key per topic, with the names of the Cloud API, so that screens draw both channels
alike: `location`, `contacts`, `order`, `reply` (the pressed button, list row or form) and
`unsupported` (its `type`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.channels.evolution_shapes import Json, digest, mapping, number, text, word, words
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
    return Content(Kind.UNSUPPORTED, data={"unsupported": {"type": "conversation"}})


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
        mime=words(part.get("mimetype")),
        sha256=digest(part.get("fileSha256")),
        filename=word(part.get("fileName")) or word(part.get("title")) or None,
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
        "name": part.get("name"),
        "address": part.get("address"),
    }
    told = _told(place)
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
    vcard = words(card.get("vcard"))
    phones = [_phone(line) for line in _TEL.finditer(vcard)]
    name = {"formatted_name": words(card.get("displayName"))}
    return {"name": name, "phones": phones, "vcard": vcard}


def _phone(line: re.Match[str]) -> dict[str, str]:
    waid = _WAID.search(line[0])
    return {"phone": line[1].strip()} | ({"wa_id": waid[1]} if waid else {})


def _pressed_button(part: Any) -> Content:
    part = mapping(part)
    title, pressed = part.get("selectedDisplayText"), part.get("selectedButtonId")
    return _reply(Kind.INTERACTIVE, "button_reply", part, title, id=pressed, title=title)


def _chosen_row(part: Any) -> Content:
    part = mapping(part)
    row = mapping(part.get("singleSelectReply")).get("selectedRowId")
    title, about = part.get("title"), part.get("description")
    return _reply(
        Kind.INTERACTIVE, "list_reply", part, title, id=row, title=title, description=about
    )


def _filled_form(part: Any) -> Content:
    part = mapping(part)
    flow, body = mapping(part.get("nativeFlowResponseMessage")), mapping(part.get("body"))
    said, name, form = body.get("text"), flow.get("name"), flow.get("paramsJson")
    return _reply(
        Kind.INTERACTIVE, "nfm_reply", part, said, body=said, name=name, response_json=form
    )


def _template_button(part: Any) -> Content:
    part = mapping(part)
    title, pressed = part.get("selectedDisplayText"), part.get("selectedId")
    return _reply(Kind.BUTTON, "button", part, title, payload=pressed, text=title)


def _reply(kind: Kind, form: str, part: Json, said: Any, **pressed: Any) -> Content:
    data = {"reply": {"type": form, **_told(pressed)}}
    return Content(kind, text(said), data=data, context=_context(part))


def _order(part: Any) -> Content:
    part = mapping(part)
    order = {
        "id": part.get("orderId"),
        "title": part.get("orderTitle"),
        "items": number(part.get("itemCount")),
        "total_1000": number(part.get("totalAmount1000")),  # thousandths of the currency
        "currency": part.get("totalCurrencyCode"),
    }
    said = text(part.get("message"))
    return Content(Kind.ORDER, said, data={"order": _told(order)}, context=_context(part))


def _told(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The texts and numbers of a part that are there."""
    told = {
        name: value if isinstance(value, int | float) else words(value)
        for name, value in parts.items()
    }
    return {name: value for name, value in told.items() if value != ""}


# Where parts that are not drawn keep words to read; the first one that is there is shown.
_WORDS: Final = ("name", "text", "caption", "contentText", "description", "title")


def _unsupported(name: str, part: Json) -> Content:
    said = next(filter(None, (text(part.get(place)) for place in _WORDS)), "")
    said = said or text(mapping(part.get("body")).get("text"))
    told: dict[str, Any] = {"type": word(name)}
    options = part.get("options")
    if isinstance(options, list):
        told["options"] = [words(mapping(option).get("optionName")) for option in options]
    return Content(Kind.UNSUPPORTED, said, data={"unsupported": told}, context=_context(part))


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
