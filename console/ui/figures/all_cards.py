"""All cards of a page as one file: a row for each figure, as the cards show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any

from console.i18n import Text
from console.screens.figures.about import about
from console.screens.figures.asked import Asked
from console.screens.figures.cards import cards
from console.screens.taken import Shown
from console.ui import taken
from console.ui.figures.values import name
from console.ui.taken import Offer
from console.ui.words import figures as words


def offer(asked: Asked, groups: Iterable[tuple[Text, Sequence[str]]], title: Text) -> None:
    """The button below the cards; what it takes was counted for them already."""
    keys = tuple(chain.from_iterable(keys for _, keys in groups))
    taken.offer(Offer(partial(shown, asked, keys, title), len(keys)), key="figures:cards")


def shown(asked: Asked, keys: Sequence[str], title: Text) -> Shown:
    """Value and value before of each figure, durations in seconds and shares from 0 to 1."""
    language, found = asked.who.language, list(cards(asked, keys))
    cells: dict[str, list[Any]] = {
        words.FIGURE.in_(language): [name(card.metric, language) for card in found],
        words.UNIT.in_(language): [words.UNITS[card.unit].in_(language) for card in found],
        words.VALUE.in_(language): [card.figure.value for card in found],
        words.VALUE_BEFORE.in_(language): [
            card.before.value if card.before else None for card in found
        ],
        words.N.in_(language): [card.figure.n for card in found],
    }
    told = about(asked, *(card.question for card in found))
    return Shown(title.in_(language), cells, told)
