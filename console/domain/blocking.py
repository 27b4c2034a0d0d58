"""Why system messages to a contact are blocked: a closed list, so that facts hold no words."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from console.i18n import Text


class BlockReason(StrEnum):
    """What made a person block system messages; facts carry the number of it."""

    ASKED = "asked"
    COMPLAINED = "complained"
    WRONG_NUMBER = "wrong_number"
    TOO_MANY = "too_many"


BLOCK_REASONS: Final = {
    BlockReason.ASKED: Text("o cliente pediu", "the customer asked", "el cliente lo pidió"),
    BlockReason.COMPLAINED: Text(
        "o cliente reclamou", "the customer complained", "el cliente se quejó"
    ),
    BlockReason.WRONG_NUMBER: Text(
        "o número é de outra pessoa",
        "the number is somebody else's",
        "el número es de otra persona",
    ),
    BlockReason.TOO_MANY: Text(
        "avisos repetidos ou errados",
        "repeated or wrong notices",
        "avisos repetidos o equivocados",
    ),
}
_NUMBERS: Final = {reason: n for n, reason in enumerate(BlockReason, 1)}  # kept for ever: append
_BY_NUMBER: Final = {n: reason for reason, n in _NUMBERS.items()}


def reason_number(reason: str) -> int | None:
    """The number by which facts name a reason; None for none. Raises ValueError for another."""
    return _NUMBERS[BlockReason(reason)] if reason else None


def reason_of(number: int | None) -> BlockReason | None:
    """The reason that a fact names."""
    return _BY_NUMBER.get(number or 0)
