"""What a fact changed, kept as JSON to be given back: names of fields and their old values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any, Final

_SETS: Final = frozenset({"label_ids"})
_JSON: Final = json.JSONEncoder(check_circular=False).encode


def changed_columns(
    pairs: Sequence[tuple[Any, Any]], names: Sequence[str]
) -> Iterator[tuple[str, tuple[Any, ...], tuple[Any, ...]]]:
    """Each field that differs in at least one pair of before and after, with both its columns."""
    read = attrgetter(*names)
    befores = zip(*(read(before) for before, _ in pairs), strict=True)
    afters = zip(*(read(after) for _, after in pairs), strict=True)
    for name, old, new in zip(names, befores, afters, strict=False):  # both empty without pairs
        if old != new:
            yield name, old, new


def kept(pairs: Sequence[tuple[Any, Any]], names: Sequence[str]) -> list[str]:
    """For each pair the old values of the fields that any of them changed, to be given back."""
    found = [(name, old) for name, old, _ in changed_columns(pairs, names)]
    changed = [name for name, _ in found]
    columns = [map(_plain, old) if name in _SETS else old for name, old in found]
    if not columns:
        return ["{}"] * len(pairs)
    return [_JSON(dict(zip(changed, row, strict=True))) for row in zip(*columns, strict=True)]


def values(text: str | None) -> dict[str, Any]:
    """The fields and values that `kept` wrote down; nothing for None."""
    found: dict[str, Any] = json.loads(text or "{}")
    return {n: frozenset(v) if n in _SETS else v for n, v in found.items()}


def _plain(value: frozenset[int]) -> list[int]:
    return sorted(value)
