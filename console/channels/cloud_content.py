"""What a Cloud API message is made of, one reader per type.

`data` has one key per topic, so that a message may have several: `location`, `contacts`, `order`,
`reply` (the pressed button, list row or form), `referral` (the ad the customer came from),
`referred_product`, `unsupported` (`type` and the provider's `errors`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from console.channels.content_hash import sha256_hex
from console.channels.inbound import Kind, MediaRef, ProviderError
from console.channels.json_in import (
    cleaned,
    fields,
    is_set,
    listed,
    number,
    part,
    text,
    word,
    words,
)


@dataclass(frozen=True, slots=True)
class Content:
    """The part of a message that its type decides."""

    kind: Kind
    text: str = ""
    media: MediaRef | None = None
    data: Mapping[str, Any] | None = None


def content(message: Any, errors: list[Any]) -> Content:
    """The content of a message; `errors` are those of its body, told with what cannot be read."""
    kind = word(message, "type") or ""
    read = _READERS.get(kind)
    found = read(message) if read else None
    return found or _unsupported(message, kind, errors)


def provider_error(error: Any) -> ProviderError:
    """An error as the provider words it; the details fall back on its message."""
    message = words(error, "message")
    return ProviderError(
        number(error, "code"),
        words(error, "title") or message,
        words(part(error, "error_data"), "details") or message,
    )


def _text(message: Any) -> Content | None:
    body = text(part(message, "text"), "body")
    return None if body is None else Content(Kind.TEXT, body)


def _media(name: str, kind: Kind) -> Callable[[Any], Content | None]:
    def read(message: Any) -> Content | None:
        given = part(message, name)
        if not given:
            return None
        spoken = Kind.VOICE if kind is Kind.AUDIO and is_set(given, "voice") else kind
        return Content(spoken, text(given, "caption") or "", _reference(spoken, given))

    return read


def _reference(kind: Kind, given: Any) -> MediaRef:
    return MediaRef(
        kind,
        word(given, "mime_type") or "",
        provider_id=word(given, "id"),
        url=words(given, "url") or None,
        sha256=sha256_hex(word(given, "sha256")),
        filename=word(given, "filename"),
        size=number(given, "file_size"),
        is_animated=is_set(given, "animated"),
    )


def _location(message: Any) -> Content | None:
    given = part(message, "location")
    return Content(Kind.LOCATION, data={"location": cleaned(given)}) if given else None


def _contacts(message: Any) -> Content | None:
    cards = listed(message, "contacts")
    return Content(Kind.CONTACTS, data={"contacts": cleaned(cards)}) if cards else None


def _interactive(message: Any) -> Content | None:
    """The pressed button or row under the key that `type` names; its title is what was said."""
    given = part(message, "interactive")
    form = word(given, "type")
    if form is None:
        return None
    pressed = part(given, form)
    said = text(pressed, "title") or text(pressed, "body") or ""
    return Content(Kind.INTERACTIVE, said, data={"reply": {"type": form, **cleaned(pressed)}})


def _button(message: Any) -> Content | None:
    given = part(message, "button")
    if not given:
        return None
    reply = {"type": "button", **cleaned(given)}
    return Content(Kind.BUTTON, text(given, "text") or "", data={"reply": reply})


def _order(message: Any) -> Content | None:
    given = part(message, "order")
    if not given:
        return None
    return Content(Kind.ORDER, text(given, "text") or "", data={"order": cleaned(given)})


def _unsupported(message: Any, kind: str, errors: list[Any]) -> Content:
    told = [provider_error(error) for error in (listed(message, "errors") or errors)]
    data = {
        "type": word(part(message, "unsupported"), "type") or kind,
        "errors": [{"code": e.code, "title": e.title, "details": e.details} for e in told],
    }
    return Content(Kind.UNSUPPORTED, data={"unsupported": data})


_READERS: Final[Mapping[str, Callable[[Any], Content | None]]] = {
    "text": _text,
    "image": _media("image", Kind.IMAGE),
    "video": _media("video", Kind.VIDEO),
    "audio": _media("audio", Kind.AUDIO),
    "voice": _media("voice", Kind.VOICE),
    "document": _media("document", Kind.DOCUMENT),
    "sticker": _media("sticker", Kind.STICKER),
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
    "button": _button,
    "order": _order,
}


def beside(message: Any, found: Content) -> Mapping[str, Any] | None:
    """The data of a message with what stands beside its content: the ad, the product asked for."""
    others = {
        "referral": part(message, "referral"),
        "referred_product": part(message, "context", "referred_product"),
    }
    told = {key: cleaned(value) for key, value in others.items() if value}
    return {**fields(found.data), **told} or None
