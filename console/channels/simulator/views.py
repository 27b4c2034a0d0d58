"""What the phone shows of talks and messages, as plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from console.channels.simulator.files import File
from console.channels.simulator.wire import Item
from console.channels.simulator.world import WINDOW, Bubble, Talk, World
from console.domain.ids import Instant

_MS: Final = 1000
_MEDIA: Final = ("image", "video", "audio", "document", "sticker")


def talk_line(world: World, talk: Talk, at: Instant) -> Item:
    """A talk in the list of talks."""
    last = talk.bubbles[-1] if talk.bubbles else None
    seen = bubble_view(world, last) if last else {}
    return {
        "key": talk.key,
        "name": talk.customer.name or talk.customer.phone or talk.customer.bsuid,
        "phone": talk.customer.phone,
        "shop": world.numbers[talk.number_id].name,
        "last": {k: seen.get(k) for k in ("kind", "text", "is_mine", "is_deleted", "at")},
        "unread": sum(bubble.is_unread for bubble in talk.bubbles),
        "closes_at": _closes_at(talk, at),
    }


def bubble_view(world: World, bubble: Bubble) -> Item:
    """A message, seen by the customer: `is_mine` is what they wrote themselves."""
    content = bubble.content
    kind = content.get("type", "text")
    shown: Item = {
        "id": bubble.id,
        "at": bubble.at // _MS,
        "is_mine": not bubble.is_shops,
        "kind": kind,
        "text": "",
        "reply_to": bubble.reply_to,
        "status": bubble.status,
        "error": bubble.error,
        "reactions": [emoji for emoji in bubble.reactions.values() if emoji],
        "is_edited": bubble.is_edited,
        "is_deleted": bubble.is_deleted,
        "is_read": bubble.is_read,
    }
    return shown | _VIEWS.get(kind, _nothing)(content, world)


def _closes_at(talk: Talk, at: Instant) -> int | None:
    """When free text is no longer taken, in milliseconds; None when it is not taken now."""
    if talk.wrote_at is None or not talk.is_open(at):
        return None
    return (talk.wrote_at + WINDOW) // _MS


def _nothing(_: Item, __: World) -> Item:
    return {}


def _text(content: Item, _: World) -> Item:
    return {"text": content["text"]["body"]}


def _media(content: Item, world: World) -> Item:
    media = content[content["type"]]
    file = world.files.known(str(media.get("id", "")))
    return {"text": media.get("caption", ""), "file": _file_view(media, file)}


def _file_view(media: Mapping[str, Any], file: File | None) -> Item:
    name = media.get("filename") or (file.filename if file else "")
    if file is None:
        return {"name": name or media.get("link", ""), "url": "", "size": 0}
    return {"name": name, "url": f"/phone/files/{file.id}", "size": len(file.content)}


def _template(content: Item, world: World) -> Item:
    header = [c for c in content["template"].get("components", []) if c.get("type") == "header"]
    pictures = [p for c in header for p in c.get("parameters", []) if p.get("type") == "image"]
    shown: Item = {"text": content["filled"], "buttons": content["buttons"]}
    if pictures:
        media = pictures[0]["image"]
        file = world.files.known(str(media.get("id", "")))
        shown["file"] = _file_view(media, file) | {"kind": "image"}
    return shown


def _interactive(content: Item, _: World) -> Item:
    asked = content["interactive"]
    if "body" not in asked:
        reply = asked[asked["type"]]
        return {"text": reply["title"], "kind": "text"}
    replies = [b.get("reply", {}) for b in asked["action"].get("buttons", [])]
    rows = [row for s in asked["action"].get("sections", []) for row in s.get("rows", [])]
    buttons = [_choice("button_reply", r) for r in replies] + [
        _choice("list_reply", r) for r in rows
    ]
    return {"text": asked["body"]["text"], "buttons": buttons}


def _choice(kind: str, reply: Mapping[str, Any]) -> Item:
    return {"kind": kind, "text": reply.get("title", ""), "data": reply.get("id", "")}


def _button(content: Item, _: World) -> Item:
    return {"text": content["button"]["text"], "kind": "text"}


def _location(content: Item, _: World) -> Item:
    place = content["location"]
    at = f"{float(place['latitude']):.5f}, {float(place['longitude']):.5f}"
    return {"text": place.get("name", ""), "detail": place.get("address") or at}


def _contacts(content: Item, _: World) -> Item:
    names = [card["name"]["formatted_name"] for card in content["contacts"]]
    phones = [p.get("phone", "") for card in content["contacts"] for p in card.get("phones", [])]
    return {"text": ", ".join(names), "detail": ", ".join(phones)}


def _reaction(content: Item, _: World) -> Item:
    return {"text": content["reaction"]["emoji"]}


_VIEWS: Final[Mapping[str, Callable[[Item, World], Item]]] = {
    "text": _text,
    **dict.fromkeys(_MEDIA, _media),
    "template": _template,
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    "contacts": _contacts,
    "reaction": _reaction,
}
