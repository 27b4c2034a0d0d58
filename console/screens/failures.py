"""Why a message was not sent, in words for the person who wrote it."""

from __future__ import annotations

import json
from typing import Final

from console.i18n import Text

REFUSED: Final = Text(
    "O WhatsApp recusou a mensagem: {told}",
    "WhatsApp refused the message: {told}",
    "WhatsApp rechazó el mensaje: {told}",
)


def reason_of(failure: str | None) -> Text | None:
    """The reason in each language; None when the channel gave none.

    `failure` is JSON: a phrase of ours (`pt`, `en`, `es`), or the provider's `code`, `title` and
    `details`, which are told as they are.
    """
    given = json.loads(failure) if failure else {}
    if {"pt", "en", "es"} <= given.keys():
        return Text(given["pt"], given["en"], given["es"])
    told = given.get("details") or given.get("title")
    if not told:
        return None
    code = given.get("code")
    return REFUSED.with_(told=f"{told} ({code})" if code is not None else told)
