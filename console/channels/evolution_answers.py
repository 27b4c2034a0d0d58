"""What an answer of an Evolution server means for a message.

The HTTP status does not classify: an instance whose phone has gone answers 500 or 400 with the
words of a TypeError. Only what the server refuses before it begins to send is a rejection, by its
source (2.3.6); anything else may have gone out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from console.channels.base import Accepted, Action, Rejected, SendResult, Unknown
from console.channels.evolution_http import Answer, Lost
from console.channels.evolution_shapes import mapping, word
from console.channels.own_errors import own_error

_GUARDED: Final = frozenset({401, 403, 404})  # by the key and the name, before anything is done
_TOO_LONG: Final = 413
_TOO_MANY: Final = 429
_LONGEST: Final = 200
_DEEPEST: Final = 3
_DIGITS: Final = re.compile(r"[0-9]{5,}")  # numbers of people
# What sendMessage.controller.ts says before it hands a message on.
_BEFORE_SENDING: Final = (
    "Owned media must be",
    "For base64 the file name must be informed",
    "Reaction must be a single emoji",
)


def outcome(found: Answer | Lost) -> SendResult:
    """What became of a message that was handed over."""
    if isinstance(found, Lost):
        return Unknown(found.reason) if found.may_have_arrived else not_reached(found)
    if not found.is_ok:
        return refusal(found) or Unknown(_details(found))
    given = word(mapping(mapping(found.json).get("key")).get("id"))
    return Accepted(given) if given else Unknown("no id")


def answered(found: Answer | Lost) -> Answer | Rejected:
    """The answer to a question that sends nothing."""
    if isinstance(found, Lost):
        return not_reached(found)
    if found.is_ok:
        return found
    unclear = Rejected(own_error("refused", _details(found)), Action.RETRY)
    return refusal(found) or unclear


def not_reached(lost: Lost) -> Rejected:
    """A question that nobody has answered."""
    if lost.is_unaskable:
        return Rejected(own_error("misconfigured", lost.reason), Action.AUTH)
    return Rejected(own_error("unreachable", lost.reason), Action.RETRY)


def refusal(answer: Answer) -> Rejected | None:
    """What the server refuses before it sends; None for anything else."""
    details = _details(answer)
    told = _message(answer)
    if answer.status in _GUARDED:
        return Rejected(own_error("misconfigured", details), Action.AUTH)
    if answer.status == _TOO_MANY:
        return Rejected(own_error("refused", details), Action.THROTTLE_NUMBER)
    if answer.status == _TOO_LONG:
        return Rejected(own_error("file_refused", details), Action.PERMANENT)
    if any(mapping(one).get("exists") is False for one in told):
        return Rejected(own_error("not_on_whatsapp"), Action.PERMANENT)
    is_invalid = any(isinstance(one, list) for one in told)  # the problems of a JSON schema
    if is_invalid or said(answer).startswith(_BEFORE_SENDING):
        return Rejected(own_error("refused", details), Action.PERMANENT)
    return None


def _details(answer: Answer) -> str:
    return f"HTTP {answer.status}: {said(answer)}".removesuffix(": ")


def said(answer: Answer) -> str:
    """The words of an error, whether a text, a list or lists in it; without numbers of people."""
    found = " ".join(_words(_message(answer), _DEEPEST))
    return _DIGITS.sub("…", found)[:_LONGEST]


def _message(answer: Answer) -> list[Any]:
    told = mapping(mapping(answer.json).get("response")).get("message")
    return told if isinstance(told, list) else [told]


def _words(told: Any, deepest: int) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, list) and deepest:
        for one in told:
            yield from _words(one, deepest - 1)
