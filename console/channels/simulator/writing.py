"""What customers write, in the published format: one entry per kind of message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from console.channels.simulator.files import File
from console.channels.simulator.wire import Item


@dataclass(frozen=True, slots=True)
class Written:
    """What a customer (or the shop on its phone) writes.

    `file` is what media consist of, `url` its address where that is told, `target` the message
    that a reaction, an edit or a deletion is about, `original` its content. `data` is the whole
    content of kinds that are neither text nor file; without it, they have a sensible example.
    """

    kind: str = "text"
    text: str = ""
    file: File | None = None
    url: str = ""
    target: str = ""
    original: Item = field(default_factory=dict)
    reply_to: str = ""
    is_forwarded: bool = False
    data: Any = None


def content_of(written: Written) -> Item:
    """`type` and the object of that name, as an item of `messages` has them."""
    return KINDS[written.kind](written)


def context_of(written: Written, by: str) -> Item:
    """The `context` of an item: what it answers (written by a phone) or that it was forwarded."""
    context: Item = {"from": by, "id": written.reply_to} if written.reply_to else {}
    if written.is_forwarded:
        context["forwarded"] = True
    return {"context": context} if context else {}


def _text(written: Written) -> Item:
    return {"type": "text", "text": {"body": written.text}}


def _media(kind: str, **more: object) -> Callable[[Written], Item]:
    def made(written: Written) -> Item:
        return {"type": kind, kind: _reference(written) | more}

    return made


def _reference(written: Written) -> Item:
    if written.file is None:
        raise ValueError(f"a message of kind {written.kind} needs a file")
    found: Item = {"caption": written.text} if written.text else {}
    found |= {"mime_type": written.file.mime, "sha256": written.file.sha256_b64}
    found["id"] = written.file.id
    return found | ({"url": written.url} if written.url else {})


def _document(written: Written) -> Item:
    reference = _reference(written)
    return {"type": "document", "document": reference | {"filename": written.file.filename}}  # type: ignore[union-attr]


def _given(kind: str, example: Any) -> Callable[[Written], Item]:
    def made(written: Written) -> Item:
        return {"type": kind, kind: example if written.data is None else written.data}

    return made


def _reaction(written: Written) -> Item:
    reaction = {"message_id": written.target, "emoji": written.text}
    return {"type": "reaction", "reaction": reaction}


def _edit(written: Written) -> Item:
    kind = written.original.get("type", "text")
    if kind == "text":
        new: Item = {"type": "text", "text": {"body": written.text}}
    else:
        new = {"type": kind, kind: written.original[kind] | {"caption": written.text}}
    return {"type": "edit", "edit": {"original_message_id": written.target, "message": new}}


def _revoke(written: Written) -> Item:
    return {"type": "revoke", "revoke": {"original_message_id": written.target}}


def _unsupported(written: Written) -> Item:
    error = {
        "code": 131051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    }
    named = {"type": written.text or "poll_creation"}
    return {"type": "unsupported", "errors": [error], "unsupported": named}


def _button_reply(written: Written) -> Item:
    reply = {"id": written.data or "opcao-1", "title": written.text}
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}


def _list_reply(written: Written) -> Item:
    reply = {"id": written.data or "item-1", "title": written.text, "description": ""}
    return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": reply}}


def _button(written: Written) -> Item:
    pressed = {"payload": written.data or written.text, "text": written.text}
    return {"type": "button", "button": pressed}


PLACE: Final = {
    "latitude": -23.5613,
    "longitude": -46.6565,
    "name": "Praça das Mangueiras",
    "address": "Rua das Mangueiras, 120 - Bela Vista, São Paulo - SP",
}
CARD: Final = (
    {
        "name": {
            "formatted_name": "Sônia Portaria",
            "first_name": "Sônia",
            "last_name": "Portaria",
        },
        "phones": [{"phone": "+55 11 98888-0101", "wa_id": "5511988880101", "type": "CELL"}],
    },
)
ORDER: Final = {
    "catalog_id": "354160437058781",
    "text": "",
    "product_items": [
        {
            "product_retailer_id": "VELA-LAVANDA",
            "quantity": 2,
            "item_price": 39.9,
            "currency": "BRL",
        }
    ],
}

KINDS: Final[Mapping[str, Callable[[Written], Item]]] = {
    "text": _text,
    "image": _media("image"),
    "voice": _media("audio", voice=True),
    "audio": _media("audio", voice=False),
    "video": _media("video"),
    "document": _document,
    "sticker": _media("sticker", animated=False),
    "location": _given("location", PLACE),
    "contacts": _given("contacts", list(CARD)),
    "order": _given("order", ORDER),
    "reaction": _reaction,
    "button_reply": _button_reply,
    "list_reply": _list_reply,
    "button": _button,
    "edit": _edit,
    "revoke": _revoke,
    "unsupported": _unsupported,
}
NEED_A_FILE: Final = frozenset({"image", "voice", "audio", "video", "document", "sticker"})
ABOUT_ANOTHER: Final = frozenset({"reaction", "edit", "revoke"})
