"""One simulated customer or agent at a time: names, facts and texts for the live traffic."""

from __future__ import annotations

import random as chance
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from console.demo import measures
from console.demo.phrasebook import Phrasebook, Stage
from console.demo.texts import Spoken, facts_of, phrasebook
from console.demo.words import Words, load_words
from console.domain.contact import Address
from console.domain.ids import Instant


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who writes to the centre, and what it is about."""

    name: str
    topic: int
    address: Address
    facts: Mapping[str, str]


class Voice:
    """Makes customers and what is said; not for use by several threads."""

    def __init__(self, seed: int) -> None:
        self.words: Words = load_words()
        self.chance = chance.Random(seed)
        self._random = np.random.default_rng(seed)
        self._book: Phrasebook = phrasebook()

    def meet(self, at: Instant) -> Customer:
        """A customer nobody knows yet, with a number of the demo's block."""
        first = self.chance.choice(self.words.first_names)
        ddd = self.chance.choice(self.words.shop["ddds"])
        phone = f"55{ddd}9000{self.chance.randrange(100_000):05d}"
        name = f"{first} {self.chance.choice(self.words.surnames)}"
        return self.known(name, Address("phone", phone, phone), at)

    def known(self, name: str, address: Address, at: Instant) -> Customer:
        """A customer the store knows, with a subject of their own."""
        topic = self.chance.randrange(len(self.words.topics))
        spoken = Spoken(
            conversation=np.zeros(1, np.int64),
            stage=np.zeros(1, np.int64),
            topic=np.array([topic]),
            opened_at=np.array([at]),
            first_name=[name.split(maxsplit=1)[0] if name.split() else ""],
            agent_name=[self.chance.choice(self.words.first_names)],
        )
        return Customer(name, topic, address, facts_of(self._random, self.words, spoken)[0])

    def say(self, stage: Stage, customer: Customer, agent: str = "") -> str:
        """A text of the stage about the customer's subject."""
        measure = measures.AGENT_LENGTH if stage > Stage.FORWARD else measures.INFORMAL_LENGTH
        if stage <= Stage.THANKS and self.chance.random() < measures.SHORT_SHARE:
            measure = measures.SHORT_LENGTH
        length = min(120, max(1, round(float(measures.lognormal(self._random, measure, 1)[0]))))
        place = self._book.choose(
            np.array([int(stage)]),
            np.array([customer.topic]),
            np.array([length]),
            self._random.random(1),
        )
        facts = {**customer.facts, "atendente": agent} if agent else customer.facts
        return str(self._book.templates[place[0]] % facts)
