"""Reading JSON that others wrote: nothing raises, whatever stands where something else belongs.

Numbers too large for 64 bits become their digits, NaN and the infinities become None, so that
what is kept of a body is JSON again in every store. Of equal keys the last one holds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any, Final

from console.domain.text import clean

DEEPEST: Final = 48  # no body of a provider nests deeper than a dozen levels
LONGEST_WORD: Final = 512  # characters of an id or a name; an index of PostgreSQL takes 2,700 bytes
_LONGEST_NUMBER: Final = 18  # digits that always fit into 64 bits

Fields = Mapping[str, Any]


class NotJsonError(ValueError):
    """The bytes are no JSON, or nest too deep."""


def read_json(body: bytes) -> Any:
    """The value that a body holds; raises NotJsonError."""
    try:
        value = json.loads(
            body, parse_int=_whole, parse_float=_finite, parse_constant=lambda _: None
        )
    except (ValueError, RecursionError) as error:
        raise NotJsonError from error
    if _is_too_deep(value):
        raise NotJsonError
    return value


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _finite(digits: str) -> float | None:
    value = float(digits)
    return value if math.isfinite(value) else None


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [part for whole in level for part in _parts(whole)]
        if not level:
            return False
    return True


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def fields(value: Any) -> Fields:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def part(value: Any, *path: str) -> Fields:
    """The object at the end of a path of keys, empty where there is none."""
    for key in path:
        value = fields(value).get(key)
    return fields(value)


def listed(value: Any, key: str) -> list[Any]:
    """The list under a key, empty where there is none."""
    found = fields(value).get(key)
    return found if isinstance(found, list) else []


def text(value: Any, key: str) -> str | None:
    """The text under a key exactly as it came; its reader cleans it and keeps what it was."""
    found = fields(value).get(key)
    return found if isinstance(found, str) else None


def words(value: Any, key: str) -> str:
    """The text under a key, fit for every store."""
    return clean(text(value, key) or "").text


def word(value: Any, key: str) -> str | None:
    """An id or a name, whether it came as text or as a number; None when empty or endless."""
    found = fields(value).get(key)
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str) or len(found) > LONGEST_WORD:
        return None
    return clean(found).text.strip() or None


def number(value: Any, key: str) -> int | None:
    """A whole number that is not negative, whether it came as a number or as digits."""
    digits = word(value, key) or ""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _LONGEST_NUMBER:
        return None
    return int(digits)


def is_set(value: Any, key: str) -> bool:
    """Whether a flag is `true`."""
    return fields(value).get(key) is True


def cleaned(value: Any) -> Any:
    """The same JSON with texts and keys that every store takes."""
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, dict):
        return {clean(key).text: cleaned(kept) for key, kept in value.items()}
    return [cleaned(kept) for kept in value] if isinstance(value, list) else value
