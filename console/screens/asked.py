"""Reading what a browser sent: anybody can send anything, so nothing is taken as given."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from console.domain.errors import RuleError
from console.i18n import Text

Action = Mapping[str, Any]

MOST_IDS: Final = 1_000
_ID: Final = re.compile(r"[1-9]\d{0,18}")
_KEY: Final = re.compile(r"[\w-]{8,64}")
_LARGEST: Final = 2**63 - 1

NOT_UNDERSTOOD: Final = Text(
    "Não entendemos esse pedido. Recarregue a página e tente de novo.",
    "We did not understand that request. Reload the page and try again.",
    "No entendimos ese pedido. Recarga la página e inténtalo de nuevo.",
)


def an_id(value: object) -> int:
    """An id as browsers send it: a string of digits; raises RuleError."""
    if isinstance(value, str) and _ID.fullmatch(value) and int(value) <= _LARGEST:
        return int(value)
    raise RuleError(NOT_UNDERSTOOD)


def an_id_or_none(value: object) -> int | None:
    """An id, or nobody."""
    return None if value is None else an_id(value)


def ids(action: Action) -> tuple[int, ...]:
    """The ids an action is about, each once, in their order; raises RuleError."""
    value = action.get("ids")
    if not isinstance(value, list) or not 0 < len(value) <= MOST_IDS:
        raise RuleError(NOT_UNDERSTOOD)
    return tuple(dict.fromkeys(an_id(one) for one in value))


def versions(action: Action) -> dict[int, int]:
    """The versions the person saw, by id; raises RuleError."""
    value = action.get("versions")
    if not isinstance(value, dict) or not all(_is_whole(v) for v in value.values()):
        raise RuleError(NOT_UNDERSTOOD)
    return {an_id(key): version for key, version in value.items() if version}


def text(action: Action, name: str, longest: int) -> str:
    """A text of at most `longest` characters; raises RuleError."""
    value = action.get(name)
    if isinstance(value, str) and len(value) <= longest:
        return value
    raise RuleError(NOT_UNDERSTOOD)


def texts(action: Action, name: str) -> tuple[str, ...]:
    """A list of short texts, each once; raises RuleError."""
    value = action.get(name)
    if not isinstance(value, list) or len(value) > MOST_IDS:
        raise RuleError(NOT_UNDERSTOOD)
    if not all(isinstance(one, str) for one in value):
        raise RuleError(NOT_UNDERSTOOD)
    return tuple(dict.fromkeys(value))


def yes_or_no(action: Action, name: str) -> bool:
    """A yes or a no; raises RuleError."""
    value = action.get(name)
    if isinstance(value, bool):
        return value
    raise RuleError(NOT_UNDERSTOOD)


def key(action: Action) -> str:
    """The idempotency key that the browser made; raises RuleError."""
    value = action.get("key")
    if isinstance(value, str) and _KEY.fullmatch(value):
        return value
    raise RuleError(NOT_UNDERSTOOD)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
