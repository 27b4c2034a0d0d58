"""The errors people read; everything else is a defect and ends at the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.i18n import Text


class RuleError(Exception):
    """A wish that a rule forbids: says what happened and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class ConfigError(Exception):
    """A setting that cannot be used; names the variable."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


class StoreError(Exception):
    """The store cannot be used as it is; says the way out."""
