"""What an Evolution instance tells of its link to the phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from console.channels.evolution_item import Item
from console.channels.evolution_shapes import mapping, number, text, words
from console.channels.inbound import ConnectionChanged, Inbound

_STATES: Final[Mapping[str, str]] = {
    "connecting": "connecting",
    "open": "open",
    "close": "close",
    "refused": "close",  # no phone has scanned the code in time
}


def connection(item: Item) -> list[Inbound]:
    """How the phone is linked now."""
    state = _STATES.get(text(item.body.get("state")))
    if state is None:
        return item.unhandled(text(item.body.get("state")))
    reason = number(item.body.get("statusReason"))
    told = None if reason is None else str(reason)
    return [ConnectionChanged(instance=item.instance, at=item.at, state=state, reason=told)]


def qrcode(item: Item) -> list[Inbound]:
    """A new code to scan, or the word that there will be none."""
    code = qr_png(mapping(item.body.get("qrcode")).get("base64"))
    state, reason = ("connecting", None) if code else ("close", words(item.body.get("message")))
    if not code and not reason:
        return item.unhandled("without code")
    return [
        ConnectionChanged(
            instance=item.instance, at=item.at, state=state, reason=reason, qr_png_b64=code
        )
    ]


def qr_png(value: Any) -> str | None:
    """The Base64 of a picture out of a data URL; None when there is none."""
    return text(value).removeprefix("data:image/png;base64,") or None
