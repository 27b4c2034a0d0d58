"""Bodies of an Evolution server without the key of the instance, which it puts into each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

_MASK: Final = "***"
_NAMES: Final = frozenset({"apikey", "globalapikey"})
_SHORTEST: Final = 8  # characters of a key that is looked for in other texts, too


def _letter(letter: str) -> bytes:
    """A letter in either case, or as an escape of JSON."""
    codes = "|".join(f"{ord(form):02x}" for form in (letter, letter.upper()))
    return f"(?:{letter}|u00(?:{codes}))".encode()


# However the name is written: escaped, inside a string of JSON, in UTF-16, as `api_key`.
_NAME: Final = re.compile(rb"[\x00_\s\\-]*".join(map(_letter, "apikey")), re.IGNORECASE)


def redact(body: bytes, known: Iterable[str] = ()) -> bytes:
    """The body with `***` in place of every `apikey`, and of keys that are known already.

    It gives the same facts as before. Of bytes that are no JSON, all after the first `apikey` go:
    the server writes it last.
    """
    keys = {key for key in known if len(key) >= _SHORTEST}
    try:
        told = json.loads(body)
        return _masked(told, keys, body) if isinstance(told, dict | list) else _cut(body, keys)
    except (ValueError, RecursionError):
        return _cut(body, keys)


def _masked(told: Any, keys: set[str], body: bytes) -> bytes:
    found = [key for box in _boxes(told) for key in _mask_names(box)]
    hidden = keys | {key for key in found if len(key) >= _SHORTEST}
    is_changed = bool(found)
    for box in _boxes(told) if hidden else ():
        is_changed |= _hide(box, hidden)
    return json.dumps(told, separators=(",", ":")).encode() if is_changed else body


def _boxes(told: Any) -> Iterator[Any]:
    """Every object and list, the outer before the inner; without recursion."""
    waiting = [told]
    while waiting:
        box = waiting.pop()
        yield box
        inner = box.values() if isinstance(box, dict) else box
        waiting += [one for one in inner if isinstance(one, dict | list)]


def _mask_names(box: Any) -> list[str]:
    """Mask what goes by a secret name; what stood there as texts."""
    names = [name for name in box if _is_secret(name)] if isinstance(box, dict) else []
    found = [leaf for name in names for leaf in _leaves(box[name])]
    for name in names:
        box[name] = _MASK
    return found


def _is_secret(name: str) -> bool:
    return re.sub(r"[\x00_\s-]", "", name).casefold() in _NAMES


def _leaves(value: Any) -> list[str]:
    if not isinstance(value, dict | list):
        return [str(value)]
    boxes = [box.values() if isinstance(box, dict) else box for box in _boxes(value)]
    return [str(leaf) for box in boxes for leaf in box if not isinstance(leaf, dict | list)]


def _hide(box: Any, hidden: set[str]) -> bool:
    """Take keys out of the texts and names of one object or list; whether there were any."""
    if isinstance(box, list):
        clean: Any = [_without(one, hidden) for one in box]
    else:
        clean = {_without(name, hidden): _without(one, hidden) for name, one in box.items()}
    is_changed = bool(clean != box)
    if is_changed:
        box.clear()
        box.extend(clean) if isinstance(box, list) else box.update(clean)
    return is_changed


def _without(value: Any, hidden: set[str]) -> Any:
    for key in hidden if isinstance(value, str) else ():
        value = value.replace(key, _MASK)
    return value


def _cut(body: bytes, keys: set[str]) -> bytes:
    found = _NAME.search(body)
    kept = body[: found.end()] + _MASK.encode() if found else body
    for key in keys:
        kept = kept.replace(key.encode("utf-8", "surrogatepass"), _MASK.encode())
    return kept
