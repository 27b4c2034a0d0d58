"""Texts of a wanted length: templates composed once per stage, subject and length."""

from __future__ import annotations

import random as chance
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from console.demo.turns import Ints
from console.demo.words import Topic, Words

Template = str
EDGES: Final = np.unique(np.rint(np.geomspace(2, 1_200, 34))).astype(np.int64)
_PER_LENGTH: Final = 16
_TRIES: Final = 3
_CLOSE_ENOUGH: Final = 0.06
_SHORTEST_PART: Final = 4  # what is joined to more; alone, a question mark is a message
_FULL: Final = 0.9
_MOST_PARTS: Final = 40
_LOWER_CASE: Final = 0.4
_NO_FULL_STOP: Final = 0.6


class Stage(IntEnum):
    """Where in the conversation a message stands, and who writes it."""

    HELLO = 0
    OPEN = 1
    TELL = 2
    DETAIL = 3
    WAIT = 4
    THANKS = 5
    LONG = 6
    FORWARD = 7
    GREET = 8
    FIRST = 9
    ANSWER = 10
    STEP = 11
    DONE = 12
    BOT = 13
    NOTE = 14


_OF_AGENT: Final = frozenset(Stage(number) for number in range(Stage.GREET, len(Stage)))
_AS_WRITTEN: Final = frozenset({Stage.FORWARD, Stage.BOT, Stage.NOTE})  # never composed
_OF_ANY_TOPIC: Final = _AS_WRITTEN | {Stage.HELLO, Stage.WAIT, Stage.THANKS, Stage.GREET}


# What a message of the stage may begin with, and what it may go on with.
_SOURCES: Final[Mapping[Stage, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Stage.HELLO: (("customer/hello",), ()),
    Stage.OPEN: (("open",), ("detail",)),
    Stage.TELL: (("detail", "customer/data"), ("detail", "customer/grumble")),
    Stage.DETAIL: (
        ("detail", "customer/data", "customer/yes", "customer/no"),
        ("detail", "customer/data"),
    ),
    Stage.WAIT: (("customer/wait",), ("customer/wait", "customer/grumble")),
    Stage.THANKS: (("customer/thanks", "customer/yes"), ("customer/thanks",)),
    Stage.LONG: (("open",), ("customer/long",)),
    Stage.FORWARD: (("customer/forward",), ("customer/forward_question",)),
    Stage.GREET: (("agent/hello",), ("agent/ask",)),
    Stage.FIRST: (("agent/hello",), ("first", "agent/padding")),
    Stage.ANSWER: (("first",), ("first", "step", "step", "agent/padding")),
    Stage.STEP: (
        ("agent/hold", "step", "step"),
        ("first", "step", "step", "step", "agent/padding"),
    ),
    Stage.DONE: (("done", "agent/close"), ("done", "step", "agent/close", "agent/padding")),
    Stage.BOT: (("bot/hello",), ()),
    Stage.NOTE: (("note/any",), ()),
}


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Templates for `%` with a mapping; those of one stage, subject and length lie together."""

    templates: NDArray[np.object_]
    begin: Ints  # [stage, topic, length]
    size: Ints

    def choose(self, stage: Ints, topic: Ints, length: Ints, luck: NDArray[np.float64]) -> Ints:
        """Positions in `templates`: one per message, by `luck` in [0, 1)."""
        bucket = np.clip(np.searchsorted(EDGES, length, side="right") - 1, 0, EDGES.size - 1)
        begin, size = self.begin[stage, topic, bucket], self.size[stage, topic, bucket]
        return np.asarray(begin + (luck * size).astype(np.int64))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Phrases by length, longest last."""

    phrases: Sequence[Template]
    lengths: Sequence[int]

    def pick(self, limit: float, random: chance.Random) -> tuple[Template, int]:
        """A phrase of at most `limit` characters, or the shortest."""
        end = bisect_right(self.lengths, limit)
        place = int(random.random() * end)
        return self.phrases[place], self.lengths[place]


def compose(words: Words, example: Mapping[str, str]) -> Phrasebook:
    """Make the phrasebook, always the same; `example` fills the slots to measure lengths."""
    random = chance.Random(1)
    shape = (len(Stage), len(words.topics), EDGES.size)
    begin, size = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    templates: list[Template] = []
    for stage in Stage:
        for number, topic in enumerate(words.topics):
            if number and stage in _OF_ANY_TOPIC:
                begin[stage, number], size[stage, number] = begin[stage, 0], size[stage, 0]
                continue
            first, more = (_phrases(words, topic, stage, names) for names in _SOURCES[stage])
            heads = _sorted(first, example)
            parts = _sorted([p for p in more if len(p) >= _SHORTEST_PART], example)
            for bucket, edge in enumerate(EDGES.tolist()):
                made = _variants(stage, heads, parts, _middle(bucket, edge), random)
                begin[stage, number, bucket] = len(templates)
                size[stage, number, bucket] = len(made)
                templates += made
    return Phrasebook(np.array(templates, dtype=np.object_), begin, size)


def _middle(bucket: int, edge: int) -> float:
    after = int(EDGES[bucket + 1]) if bucket + 1 < EDGES.size else edge * 1.2
    return float(edge + after - 1) / 2


def _phrases(
    words: Words, topic: Topic, stage: Stage, names: tuple[str, ...]
) -> tuple[Template, ...]:
    """The phrases with these names: `speaker/kind` are common ones, the others the topic's."""
    found: list[Template] = []
    for name in names:
        speaker, _, kind = name.rpartition("/")
        found += words.common[speaker][kind] if speaker else topic.phrases[kind]
    return tuple(_begun(phrase) if stage in _OF_AGENT else phrase for phrase in found)


def _sorted(phrases: Sequence[Template], example: Mapping[str, str]) -> _Parts:
    measured = sorted((len(phrase % example), phrase) for phrase in phrases)
    return _Parts([phrase for _, phrase in measured], [length for length, _ in measured])


def _variants(
    stage: Stage, heads: _Parts, parts: _Parts, wanted: float, random: chance.Random
) -> list[Template]:
    if stage in _AS_WRITTEN:
        return list(heads.phrases)
    return [_variant(stage, heads, parts, wanted, random) for _ in range(_PER_LENGTH)]


def _variant(
    stage: Stage, heads: _Parts, parts: _Parts, wanted: float, random: chance.Random
) -> Template:
    """The best of a few compositions: the one whose length is nearest to the wanted one."""
    best, best_miss = "", float("inf")
    for _ in range(_TRIES):
        text, length = _composition(stage, heads, parts, wanted, random)
        miss = abs(length - wanted)
        if miss < best_miss:
            best, best_miss = text, miss
        if miss <= _CLOSE_ENOUGH * wanted:
            break
    return best


def _composition(
    stage: Stage, heads: _Parts, parts: _Parts, wanted: float, random: chance.Random
) -> tuple[Template, int]:
    text, length = heads.pick(wanted * 1.1, random)
    used = {text}
    for _ in range(_MOST_PARTS):
        room = wanted * 1.08 - length - 2
        if not parts.phrases or room < parts.lengths[0] or length > _FULL * wanted:
            break
        phrase, size = parts.pick(room, random)
        if phrase in used:
            continue
        used.add(phrase)
        joint = _joint(stage, text, random)
        text, length = text + joint + phrase, length + len(joint) + size
    return (text if stage in _OF_AGENT else _typed(text, random)), length


def _joint(stage: Stage, before: Template, random: chance.Random) -> str:
    if before.endswith((".", "!", "?", "…", ":", "\n")):
        return " "
    if stage in _OF_AGENT or stage is Stage.LONG:
        return ". "
    return random.choice((", ", ". ", " ", ", "))


def _begun(text: Template) -> Template:
    """A sentence of the team begins with a capital, also when a slot begins it."""
    if text.startswith("%("):
        return f"%({text[2].upper()}{text[3:]}"
    return text


def _typed(text: Template, random: chance.Random) -> Template:
    """As on a phone: many begin in lower case and end without a full stop."""
    if random.random() < _LOWER_CASE and not text.startswith("%"):
        text = text[0].lower() + text[1:]
    return text.removesuffix(".") if random.random() < _NO_FULL_STOP else text
