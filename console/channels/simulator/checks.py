"""Whether a send is one that the Cloud API takes: required keys, types, lengths, known media.

Texts of the refusals follow the published error bodies; lengths: Meta, "Messages" reference.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from console.channels.simulator.files import MIMES
from console.channels.simulator.graph import Refused
from console.channels.simulator.templates import check_template
from console.channels.simulator.wire import Item
from console.channels.simulator.world import World
from console.domain.ids import Instant

MOST_TEXT: Final = 4096
_MOST_CAPTION: Final = 1024
_MOST_CORRELATION: Final = 512
_MOST_BUTTONS: Final = 3
_WITH_CAPTION: Final = frozenset({"image", "video", "document"})

Check = Callable[[World, Any, Instant], None]


def parsed(raw: bytes) -> Item:
    """The body of a call as an object; refused when it is none."""
    try:
        given = json.loads(raw)
    except ValueError:
        raise Refused(100, "The request body is not valid JSON.") from None
    if not isinstance(given, dict):
        raise Refused(100, "The request body is not an object.")
    if given.get("messaging_product") != "whatsapp":
        raise Refused(100, "The parameter messaging_product is required.")
    return given


def check_message(world: World, given: Item, at: Instant) -> str:
    """The type of a message that may be sent; refused with the code that Graph has for it."""
    kind = given.get("type", "text")
    if not isinstance(kind, str) or kind not in _CHECKS:
        raise Refused(100, f"Param type must be one of {{{', '.join(sorted(_CHECKS))}}}.")
    _object(given, kind)
    correlation = given.get("biz_opaque_callback_data", "")
    if not isinstance(correlation, str) or len(correlation) > _MOST_CORRELATION:
        raise Refused(100, f"biz_opaque_callback_data has {_MOST_CORRELATION} characters at most.")
    _CHECKS[kind](world, given[kind], at)
    return kind


def _object(given: Mapping[str, Any], key: str) -> None:
    wanted = list if key == "contacts" else dict
    if not isinstance(given.get(key), wanted):
        raise Refused(131008, f"Parameter {key} is mandatory for type {key}.")


def _length(value: object, name: str, most: int) -> None:
    if not isinstance(value, str) or not value:
        raise Refused(100, f"Param {name} must be a non-empty string.")
    if len(value) > most:
        raise Refused(100, f"Param {name} must be at most {most} characters long.")


def _text(_: World, text: Item, __: Instant) -> None:
    _length(text.get("body"), "text['body']", MOST_TEXT)


def _media(kind: str) -> Check:
    def check(world: World, media: Item, at: Instant) -> None:
        if ("id" in media) == ("link" in media):
            raise Refused(100, f"Exactly one of id and link is required in {kind}.")
        if "caption" in media:
            _caption(kind, media["caption"])
        if "id" in media:
            _known_file(world, kind, str(media["id"]), at)

    return check


def _caption(kind: str, caption: object) -> None:
    if kind not in _WITH_CAPTION:
        raise Refused(100, f'Unexpected key "caption" on param "{kind}".')
    _length(caption, f"{kind}['caption']", _MOST_CAPTION)


def _known_file(world: World, kind: str, id: str, at: Instant) -> None:
    try:
        file = world.files.get(id, at)
    except Refused:
        raise Refused(131009, f"Media id {id} is not known or has expired.") from None
    bare = file.mime.split(";")[0]
    if bare not in MIMES[kind] and kind != "document":
        raise Refused(131053, f"A file of type {bare} cannot be sent as {kind}.")


def _template(_: World, template: Item, __: Instant) -> None:
    check_template(template)


def _reaction(world: World, reaction: Item, _: Instant) -> None:
    _length(reaction.get("message_id"), "reaction['message_id']", MOST_TEXT)
    if not isinstance(reaction.get("emoji"), str):
        raise Refused(131008, "Parameter reaction['emoji'] is mandatory.")
    if world.bubble(reaction["message_id"]) is None:
        raise Refused(131009, "reaction['message_id'] is not a known message.")


def _location(_: World, location: Item, __: Instant) -> None:
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not _is_within(location.get(name), most):
            raise Refused(131009, f"Param location['{name}'] is not a coordinate.")


def _is_within(value: object, most: int) -> bool:
    try:
        return abs(float(str(value))) <= most
    except ValueError:
        return False


def _contacts(_: World, cards: list[Any], __: Instant) -> None:
    for card in cards:
        name = card.get("name") if isinstance(card, dict) else None
        if not isinstance(name, dict) or not name.get("formatted_name"):
            raise Refused(131008, "Parameter contacts['name']['formatted_name'] is mandatory.")


def _interactive(_: World, interactive: Item, __: Instant) -> None:
    action, body = interactive.get("action"), interactive.get("body")
    if not isinstance(action, dict) or not isinstance(body, dict):
        raise Refused(131008, "Parameters interactive['action'] and ['body'] are mandatory.")
    _length(body.get("text"), "interactive['body']['text']", MOST_TEXT)
    if len(action.get("buttons", [])) > _MOST_BUTTONS:
        raise Refused(131009, f"interactive['action']['buttons'] has {_MOST_BUTTONS} at most.")


_CHECKS: Final[Mapping[str, Check]] = {
    "text": _text,
    **{kind: _media(kind) for kind in MIMES},
    "template": _template,
    "reaction": _reaction,
    "location": _location,
    "contacts": _contacts,
    "interactive": _interactive,
}
