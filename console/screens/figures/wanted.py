"""The question of a page of figures as it stands in its address, in plain words.

What is in it may be wrong, since anybody can write an address; `asked` understands or refuses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from console.readmodel.period import PRESETS

BEFORE: Final = "before"
NOTHING: Final = "none"
PRESETS_BY_KEY: Final = {preset.key: preset for preset in PRESETS}
_SPAN: Final = ".."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Every choice of a page of figures; each has the name of its parameter in the address.

    `period` is the key of a preset, or `2026-11-01..2026-11-07`. An empty `zone` is the account's,
    an empty `credit` the metric's first rule. `metric` and `by` are for pages that offer a choice.
    """

    period: str = "30d"
    compare: str = BEFORE
    zone: str = ""
    clock: str = "calendar"
    filter: str = ""
    credit: str = ""
    metric: str = ""
    by: str = ""

    def with_days(self, first: date, last: date) -> Wanted:
        """The same question over these days, whenever it is asked."""
        return replace(self, period=f"{first.isoformat()}{_SPAN}{last.isoformat()}")


NAMES: Final = tuple(field.name for field in fields(Wanted))
USUAL: Final = Wanted()


def to_address(wanted: Wanted) -> dict[str, str]:
    """The parameters of a question; what everybody starts with is left out."""
    given = {name: str(getattr(wanted, name)) for name in NAMES}
    return {name: value for name, value in given.items() if value != getattr(USUAL, name)}


def from_address(address: Mapping[str, str]) -> Wanted:
    """The question of an address; parameters of others are not ours."""
    return Wanted(**{name: address[name] for name in NAMES if name in address})


def own_days(period: str) -> tuple[date, date] | None:
    """The first and last day of a period that is no preset; None when it cannot be read."""
    first, dots, last = period.partition(_SPAN)
    if not dots:
        return None
    try:
        return date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
