"""What an admin sets for the whole centre."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CentreSettings:
    """Above how many rows a bulk run asks its author to type the number, or a second person.

    `bulk_second_above` None: nobody else is asked.
    """

    bulk_confirm_above: int = 100
    bulk_second_above: int | None = None
