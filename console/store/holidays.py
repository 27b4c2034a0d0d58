"""Brazilian holidays, national and of each state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

import holidays

STATES: Final = tuple(
    "AC AL AM AP BA CE DF ES GO MA MG MS MT PA PB PE PI PR RJ RN RO RR RS SC SE SP TO".split()
)
KEYS: Final = ("BR", *(f"BR-{state}" for state in STATES))


@dataclass(frozen=True, slots=True)
class BrazilianHolidays:
    """The holidays of a key such as `BR` or `BR-SP`, asked by year."""

    key: str

    def __call__(self, year: int) -> frozenset[date]:
        """The holidays of one year."""
        return _of_year(self.key, year)


@cache
def _of_year(key: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("BR", key.partition("-")[2] or None, year))
