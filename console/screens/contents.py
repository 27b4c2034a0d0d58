"""What a message is made of that is neither words nor a file, as far as it is drawn.

It comes from strangers by way of a provider: nothing is taken for given, and texts are cut.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import Any, Final

Json = dict[str, Any]

_LONGEST: Final = 500
_MOST_CARDS: Final = 20
_MOST_PHONES: Final = 5
_HALF_TURN: Final = 180
_MOST: Final = 1e9


def content_of(kind: str, content: str | None) -> Json:
    """The parts to draw under the names of the browser; empty when there are none."""
    told = _mapping(_read(content))
    drawn = {"advert": _advert(told), kind: _READERS[kind](told) if kind in _READERS else None}
    return {name: part for name, part in drawn.items() if part}


def _read(content: str | None) -> object:
    try:
        return json.loads(content or "{}")
    except ValueError:
        return {}


def _location(told: Json) -> Json:
    place = _mapping(told.get("location"))
    where = {name: _degrees(place.get(name)) for name in ("latitude", "longitude")}
    named = {name: _text(place.get(name)) for name in ("name", "address")}
    return {**where, **named} if None not in where.values() else {}


def _contacts(told: Json) -> list[Json]:
    cards = _list(told.get("contacts"))[:_MOST_CARDS]
    return [_card(_mapping(card)) for card in cards]


def _card(card: Json) -> Json:
    phones = [_text(_mapping(p).get("phone")) for p in _list(card.get("phones"))[:_MOST_PHONES]]
    name = _text(_mapping(card.get("name")).get("formatted_name"))
    return {"name": name, "phones": [phone for phone in phones if phone]}


def _order(told: Json) -> Json:
    """Pieces and their price, as the Cloud API (by product) or Evolution (added up) tell it."""
    order = _mapping(told.get("order"))
    products = [_mapping(product) for product in _list(order.get("product_items"))]
    if products:
        priced = [(_whole(p.get("quantity")), _number(p.get("item_price"))) for p in products]
        total = sum(n * (price or 0.0) for n, price in priced)
        currency = _text(products[0].get("currency"))
        return {"n": sum(n for n, _ in priced), "total": total, "currency": currency}
    n, total_1000 = _whole(order.get("items")), _number(order.get("total_1000"))
    total = 0.0 if total_1000 is None else total_1000 / 1_000
    return {"n": n, "total": total, "currency": _text(order.get("currency"))} if n else {}


def _whole(value: object) -> int:
    return int(_number(value) or 0)


def _reply(told: Json) -> Json:
    reply = _mapping(told.get("reply"))
    about = _text(reply.get("description"))
    return {"about": about} if about else {}


def _unsupported(told: Json) -> Json:
    return {"type": _text(_mapping(told.get("unsupported")).get("type"))}


def _advert(told: Json) -> str:
    """What the ad said that the customer came from."""
    referral = _mapping(told.get("referral"))
    return _text(referral.get("headline")) or _text(referral.get("body"))


_READERS: Final[Mapping[str, Callable[[Json], Any]]] = {
    "location": _location,
    "contacts": _contacts,
    "order": _order,
    "interactive": _reply,
    "unsupported": _unsupported,
}


def _mapping(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    """A finite number, also one that came as a text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and abs(number) < _MOST else None


def _degrees(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and abs(number) <= _HALF_TURN else None
