"""Why a message was not sent, in words for the person who wrote it."""

from __future__ import annotations

import json

from console.channels.graph_errors import spoken
from console.channels.inbound import ProviderError
from console.i18n import Text


def reason_of(failure: str | None) -> Text | None:
    """The reason in each language; None when the channel gave none.

    `failure` is JSON: a phrase of ours (`pt`, `en`, `es`), or the provider's `code`, `title` and
    `details`: what is known of the code is said in our words, anything else as the provider has it.
    """
    given = json.loads(failure) if failure else {}
    if {"pt", "en", "es"} <= given.keys():
        return Text(given["pt"], given["en"], given["es"])
    error = ProviderError(given.get("code"), given.get("title") or "", given.get("details") or "")
    is_told = error.code is not None or error.title or error.details
    return spoken(error) if is_told else None
